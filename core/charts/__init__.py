"""Frames made into Altair charts; pure, one module a picture."""
