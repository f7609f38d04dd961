"""The parts of the page on which a cycle is planned."""
