"""What can go wrong for a user, named after what went wrong.

Each error carries one English sentence as a template and its values, so that the screen and the
command line can show it translated: ``translate(error.message).format(**error.values)``.
"""

from __future__ import annotations

from collections.abc import Sequence


class MantelError(Exception):
    """A refusal with its reason: what, where, what was expected."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)  # a value may itself be an error


class InvalidValue(MantelError):
    """A single value that cannot be what its column says."""


class InvalidNip(InvalidValue):
    """A value that is no NIP."""


class InvalidWeights(MantelError):
    """Weights that cannot be used: negative, not numbers, all zero, or of another rubric."""


class InvalidMethod(MantelError):
    """A method of scoring that does not say all that a rubric must give it."""


class InvalidRubric(MantelError):
    """A rubric or rules file that cannot be used; ``place`` leads to the entry that is wrong."""

    def __init__(self, message: str, *, place: tuple[str | int, ...] = (), **values: object) -> None:
        super().__init__(message, **values)
        self.place = place


class InvalidRubricFile(MantelError):
    """A rubric or rules text that is refused, with its line."""


class UnknownRubric(MantelError):
    """A rubric that is neither shipped nor kept."""


class UnknownPerson(MantelError):
    """A NIP that nobody known has."""


class UnknownPost(MantelError):
    """A post that is not in the list of posts."""


def join_problems(problems: Sequence[MantelError]) -> MantelError:
    """Several problems as one error of the kind of the first, so that all that is lacking is said at once."""
    first, *others = problems
    for other in others:
        first = type(first)("{one}; {other}", one=first, other=other)
    return first
