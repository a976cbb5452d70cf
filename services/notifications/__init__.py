"""Notifications: tells people what happened to their dossiers."""
