"""What is printed: the national header, dates and amounts in words, HTML to PDF."""
