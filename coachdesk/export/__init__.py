"""What leaves the desk: from plain data to bytes."""
