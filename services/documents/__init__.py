"""Documents: takes files in, looks into each of them, keeps what is harmless."""
