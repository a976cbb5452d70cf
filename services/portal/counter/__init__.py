"""The front desk: a filing done in one go, and the lists of its day."""
