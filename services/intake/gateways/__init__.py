"""The outside world behind the ports: the payment gateway."""
