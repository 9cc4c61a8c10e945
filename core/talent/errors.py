"""What can go wrong for a user, named after what went wrong.

Each error carries one English sentence as a template and its values, so that the screen and the
command line can show it translated: ``translate(error.message).format(**error.values)``.
"""

from __future__ import annotations


class MantelError(Exception):
    """A refusal with its reason: what, where, what was expected."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class InvalidValue(MantelError):
    """A single value that cannot be what its column says."""


class InvalidNip(InvalidValue):
    """A value that is no NIP."""


class InvalidWeights(MantelError):
    """Weights that cannot be used: negative, not numbers, all zero, or of another rubric."""


class InvalidRubric(MantelError):
    """A rubric file that does not describe a usable rubric."""


class UnknownPost(MantelError):
    """A post that is not in the list of posts."""
