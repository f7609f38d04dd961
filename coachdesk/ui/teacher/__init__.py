"""The parts of a teacher's page."""
