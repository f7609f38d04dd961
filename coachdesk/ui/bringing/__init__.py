"""Bringing in a roster: a file chosen or a list pasted, its columns named, what it would change decided."""
