"""The parts of the page Peringkat & Bobot: one module for each thing one can ask of an order."""
