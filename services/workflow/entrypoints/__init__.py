"""What can be asked of workflow over the bus, by theme."""
