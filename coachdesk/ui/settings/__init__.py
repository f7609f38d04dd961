"""The parts of the page on which the coach says how the program should be."""
