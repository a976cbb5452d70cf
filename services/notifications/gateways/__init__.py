"""The outside world behind the ports: mail, short messages, papers, receipts."""
