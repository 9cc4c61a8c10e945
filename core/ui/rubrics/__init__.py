"""The parts of the page Daftar rubrik."""
