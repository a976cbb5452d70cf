"""Audit: keeps one log over the events of every service, and proves each history."""
