"""Peringkat & Bobot: choose a post, move a weight, see the order change and how firm it is."""

import streamlit as st

from core.service.accounts import has_right
from core.store.accounts import Account
from core.talent.eligibility.order_rule import OrderRule
from core.talent.review import Basis, TalentReview
from core.ui.explaining import explanation_dialog
from core.ui.language import language, named, t
from core.ui.links import choose_one
from core.ui.overtaken import give_way
from core.ui.people_set import only_the_set
from core.ui.ranking import robustness as robustness_view
from core.ui.ranking import scenarios, weights_in_session
from core.ui.ranking.choice import choose
from core.ui.ranking.confirmed import show_confirmed
from core.ui.ranking.panel import live_ranking, tell_robustness
from core.ui.ranking.panel.rows import panel_rows
from core.ui.ranking.panel.text import panel_text
from core.ui.ranking.views import VIEWS
from core.ui.ranking.weights_in_session import Simulation
from core.ui.review_choice import choose_review
from core.ui.shared import review
from core.ui.shell import fragment, serve
from core.ui.widgets import nothing_imported


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    readonly = not has_right(account, "weigh")
    scenarios.open_asked(current, readonly)
    # The switch stands beside the choices below it, which need the review that it chooses.
    rubric_place, choices = st.container(), st.container()
    with choices:
        columns = st.columns([12.8, 7.2, 9.6, 6.4], vertical_alignment="bottom")
    with columns[-1]:
        asked = st.toggle(t("Other rubric, date"), key="other_view")
    with rubric_place:
        current = only_the_set(choose_review(asked))
    post, rule, basis = choose(current, columns)
    if current.candidates(post).empty:
        st.info(t("Nobody of the set is a candidate for this post by level; choose another post or all people."))
        return
    weights_in_session.begin(basis, current.rubric_of(basis).criterion_keys, readonly)
    _live(current, post, rule, basis, readonly, account)


@fragment
def _live(current: TalentReview, post: str, rule: OrderRule, basis: Basis, readonly: bool, account: Account) -> None:
    """The panel and all that depends on its weights; runs again by itself on each release."""
    simulation = weights_in_session.present(current, post, rule, basis, readonly)
    released = weights_in_session.keep(simulation)
    above, panel, alarm, drift_place = (st.container() for _ in range(4))
    # The confirmed order is on screen before the slower answers are worked out.
    with drift_place:
        show_confirmed(simulation, above)
    start = weights_in_session.start()
    with panel:
        opened = live_ranking(
            panel_rows(current, post, basis, language()),
            key=simulation.panel_key,
            cache_key=simulation.shown_key,
            criteria=[
                {
                    "key": criterion.key,
                    "name": named(criterion.name),
                    "measures": [
                        {"name": named(measure.name), "share": measure.share} for measure in criterion.measures
                    ],
                }
                for criterion in simulation.rubric.criteria
            ],
            official=simulation.rubric.weights,
            weights=start.tenths,
            locked=start.locked,
            start_id=weights_in_session.start_id(),
            rule=rule,
            text=panel_text(rule, current.eligibility_for(post)),
            decimal_comma=language() == "id",
            readonly=readonly,
        )
    candidates = current.candidates(post)
    if type(opened) is int and 0 <= opened < len(candidates):
        explanation_dialog(current, str(candidates[opened]), post)
    if released:  # a run that a button began is never given up: its click would be lost
        give_way()
    robustness = weights_in_session.robustness_of(simulation)
    tell_robustness(
        "robustness",
        simulation.shown_key,
        simulation.weights,
        robustness.near.first,
        robustness.near.first_three,
        robustness.intervals,
        weights_in_session.influence_of(simulation),
        robustness_view.verdict(simulation, robustness),
    )
    with alarm:
        robustness_view.alarm(simulation, robustness)
    with drift_place:
        robustness_view.waiting(simulation, robustness)
        scenarios.show_drift(simulation)
    if released:  # a run that a button began is never given up: its click would be lost
        give_way()
    _views(simulation, account)


def _views(simulation: Simulation, account: Account) -> None:
    shown = {key: view for key, view in VIEWS.items() if view.wanted(simulation)}
    key = choose_one(
        st.segmented_control,
        t("Look closer"),
        list(shown),
        "view",
        next(iter(shown)),
        required=True,
        format_func=lambda key: t(shown[key].title),
        label_visibility="collapsed",
    )
    shown[key].draw(simulation, account)


serve(draw)
