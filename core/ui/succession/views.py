"""What the page Suksesi can show, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.store.accounts import Account
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.ui.succession.look_ahead import ahead
from core.ui.succession.matrix import matrix
from core.ui.succession.organisation import organisation
from core.ui.succession.placement import place
from core.ui.succession.pools import succession_pools
from core.ui.succession.posts import posts
from core.ui.succession.risk import risk


@dataclass(frozen=True)
class View:
    """A view: its title and what draws it."""

    title: str
    draw: Callable[[TalentReview, Account], None]


VIEWS: dict[str, View] = {
    "posts": View(N_("Posts"), posts),
    "placement": View(N_("Best placement"), place),
    "bench": View(N_("Bench and risk"), risk),
    "matrix": View(N_("Posts and candidates"), lambda current, account: matrix(current)),
    "organisation": View(N_("Organisation"), organisation),
    "pools": View(N_("Succession groups (KRS)"), succession_pools),
    "ahead": View(N_("Ten years ahead"), lambda current, account: ahead(current)),
}
