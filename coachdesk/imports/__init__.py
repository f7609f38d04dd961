"""What comes in: from bytes to checked rows."""
