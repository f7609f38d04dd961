"""How things leave this laptop, and how they go for good."""
