"""The outside world behind signing's ports."""
