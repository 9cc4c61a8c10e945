"""Conflicts of interest: what a member declares of each candidate, and what is kept from the member for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from core.talent.errors import MantelError
from core.talent.messages import N_

#: Grounds of UU 30/2014, articles 42 and 43(1), by their key.
GROUNDS: Mapping[str, str] = {
    "business": N_("own interest or business"),
    "family": N_("relative or family"),
    "representative": N_("relation to a representative of the person"),
    "paid": N_("relation to somebody who is paid by the person"),
    "recommendation": N_("gave or arranged a recommendation"),
    "other": N_("another relation that the law forbids"),
}

#: What a conflict shuts out from: every post where the candidate stands, or only that candidate.
Scope = Literal["post", "candidate"]


class ConflictProblem(MantelError):
    """A declaration that cannot be taken as it is."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a member says of a candidate: ``ground`` empty for no conflict, else with the reason in words."""

    nip: str
    ground: str
    reason: str = ""


@dataclass(frozen=True)
class Recusal:
    """What a member is shut out from: whole ``posts``, and ``people`` on the posts that stay."""

    posts: frozenset[str]
    people: frozenset[str]

    def hides(self, post: str) -> bool:
        """Whether anything of a post is kept from the member."""
        return post in self.posts

    @property
    def hides_something(self) -> bool:
        """Whether anything of the session is kept from the member."""
        return bool(self.posts or self.people)


def check_declaration(declaration: Declaration) -> None:
    """Refuse a declaration without a known ground, or with a ground and no reason.

    Raises
    ------
    ConflictProblem
    """
    if not declaration.ground:
        return
    if declaration.ground not in GROUNDS:
        raise ConflictProblem(N_("“{value}” is no ground of conflict"), value=declaration.ground)
    if not 3 <= len(declaration.reason.strip()) <= 500:
        raise ConflictProblem(N_("say in 3 to 500 characters what the conflict is"))


def find_recusal(
    declared: Mapping[str, Declaration], candidates: Mapping[str, Collection[str]], scope: Scope
) -> Recusal:
    """What a member is shut out from by the own declarations.

    Parameters
    ----------
    declared
        By NIP.
    candidates
        NIP of each post's candidates.
    """
    people = frozenset(nip for nip, declaration in declared.items() if declaration.ground)
    if scope == "candidate":
        return Recusal(frozenset(), people)
    return Recusal(frozenset(post for post, nips in candidates.items() if people & set(nips)), frozenset())


def list_undeclared(declared: Mapping[str, Declaration], candidates: Mapping[str, Collection[str]]) -> list[str]:
    """NIP of the candidates of whom a member has said nothing yet, in the order of the posts."""
    return list(dict.fromkeys(nip for nips in candidates.values() for nip in nips if nip not in declared))
