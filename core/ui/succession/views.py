"""What the page Suksesi can show, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.service.accounts import Account
from core.talent.review import TalentReview
from core.ui.succession.placing import place
from core.ui.succession.posts import posts


@dataclass(frozen=True)
class View:
    """A view: its title and what draws it."""

    title: str
    draw: Callable[[TalentReview, Account], None]


VIEWS: dict[str, View] = {
    "posts": View("Posts", lambda current, account: posts(current)),
    "placement": View("Best placement", place),
}
