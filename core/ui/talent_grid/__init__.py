"""The parts of the page Kotak talenta."""
