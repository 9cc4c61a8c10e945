"""The parts of the page Administrasi."""
