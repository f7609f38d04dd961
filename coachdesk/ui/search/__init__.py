"""The parts of the search box: what it finds, and the list that drops from it."""
