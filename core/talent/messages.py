"""Marks for sentences that people may read: what is marked is extracted into the catalogues and translated where it is shown."""

from __future__ import annotations


def N_(message: str) -> str:  # gettext's own name for a message that is translated later
    """Mark a message; it is returned as it is."""
    return message
