"""Mantel: the instrument for manajemen talenta of a regency."""

__version__ = "0.4.0"
