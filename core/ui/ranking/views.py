"""The views of the page Peringkat & Bobot, in the order of the switch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.store.accounts import Account
from core.talent.messages import N_
from core.ui.ranking import changes, fairness, fit, pair, rating, robustness, scenarios
from core.ui.ranking import elicitation as finding
from core.ui.ranking import second_opinions as opinions
from core.ui.ranking.weights_in_session import Simulation


@dataclass(frozen=True)
class View:
    """A view: its title (a message), what draws it, and whether there is anything to show."""

    title: str
    draw: Callable[[Simulation, Account], None]
    wanted: Callable[[Simulation], bool] = lambda _: True


VIEWS = {
    "robustness": View(N_("How firm"), robustness.draw),
    "changes": View(N_("Smallest changes"), changes.draw),
    "pair": View(N_("Why A above B"), pair.draw),
    "scenarios": View(N_("Scenarios"), scenarios.draw),
    "finding": View(N_("Find weights"), finding.draw, lambda simulation: not simulation.readonly),
    "opinions": View(N_("Second opinions"), opinions.draw),
    "rating": View(N_("Rating's share"), rating.draw, rating.wanted),
    "fairness": View(N_("Fairness"), fairness.draw),
    "fit": View(N_("Post fit"), fit.draw, fit.wanted),
}
