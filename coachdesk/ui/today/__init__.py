"""The parts of the day's page."""
