"""The parts of a visit note: what shows while the visit runs, and what waits until it is over."""
