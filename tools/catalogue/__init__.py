"""Procedures as data: looked over on any machine, published where Guichet runs."""
