"""The week: a painted grid, and on it a button for every event."""
