"""The views of the page Suksesi."""
