"""The parts of the page Mutu data."""
