"""The parts of the page Profil."""
