"""What stands in for the world on one machine. It speaks the world's protocols."""
