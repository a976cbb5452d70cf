"""What can be asked of intake over the bus, by theme."""
