"""Why a post stays empty, and why a name is not placed where one would look for it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.service.placement import Placement
from core.talent.placement.plans import Plan
from core.talent.placement.problem import PlacementProblem
from core.talent.placement.why_not import explain_empty, explain_not_placed
from core.talent.ranking.of_post import rank_post
from core.talent.review import TalentReview
from core.talent.takers import find_takers
from core.ui.language import show_number, t, tn
from core.ui.links import choose_one
from core.ui.succession.limits import add_pair
from core.ui.terms import post_title, say_lacking


def say_why_empty(current: TalentReview, placement: Placement, plan: Plan, post: int) -> str:
    """The real cause, and who would fill the post if one thing were otherwise."""
    problem, names = placement.problem, current.people["full_name"]
    months = placement.limits.horizon + placement.limits.term
    empty = explain_empty(current, problem, plan, post, months, placement.limits.basis)
    causes = [
        t(
            "{name} is needed for {post}",
            name=names[problem.nips[person]],
            post=post_title(current, problem.posts[where]),
        )
        for person, where in empty.elsewhere[:3]
    ]
    causes += [
        t("{name} holds a post that would stay empty instead", name=names[problem.nips[person]])
        for person in empty.holding[:3]
    ]
    if not causes:
        causes = [
            t(
                "of {candidates} candidates {passing} pass all gates, {in_box} of them in a box that may be promoted, {known} of those with known fit, {serving} of those serve {months} months more",
                candidates=empty.candidates,
                passing=empty.passing,
                in_box=empty.in_box,
                known=empty.known,
                serving=empty.serving,
                months=months,
            )
        ]
    if empty.nearly:
        key, basis = problem.posts[post], placement.limits.basis
        nearly = "; ".join(
            f"{names[nip]} ({say_lacking(current, key, nip, [check], basis)})" for nip, check in empty.nearly[:3]
        )
        causes.append(t("one thing alone keeps {names}", names=nearly))
    return "; ".join(map(str, causes))


def why_not(current: TalentReview, placement: Placement, plan: Plan) -> None:
    """Who is first on the ranking and not placed, and who of high fit is placed elsewhere or nowhere, with the price."""
    st.markdown(f"**{t('Why not another name')}**")
    problem, names = placement.problem, current.people["full_name"]
    titles = {str(post): post_title(current, problem.posts[post]) for post in range(problem.vacant)}
    chosen = choose_one(st.selectbox, t("Post"), list(titles), "why_post", "0", format_func=titles.get)
    reasons = explain_not_placed(problem, plan, int(chosen))
    _first_of_ranking(current, placement, plan, int(chosen))
    if not reasons:
        st.text(t("Nobody else may take this post."))
    for reason in reasons:
        who = f"{names[problem.nips[reason.person]]} ({show_number(reason.fit, 1)})"
        if reason.elsewhere >= 0:
            where = post_title(current, problem.posts[reason.elsewhere])
            words = _compare_posts(who, where, reason.gain)
        else:
            words = t("{who}: placed nowhere", who=who)
        st.text(f"{words}. {_price(reason.price, reason.fewer)}")
        st.button(
            t("Pin here"),
            key=f"pin_{reason.post}_{reason.person}",
            icon=":material/push_pin:",
            type="tertiary",
            on_click=add_pair,
            args=("pin", problem.posts[reason.post], problem.nips[reason.person]),
        )


def _first_of_ranking(current: TalentReview, placement: Placement, plan: Plan, post: int) -> None:
    """Who is first for the post on Peringkat, where the plan takes another: with the reason, always."""
    problem, key = placement.problem, placement.problem.posts[post]
    ranked = rank_post(current, key, np.array(current.rubric.weights), current.rule_book.find(current.post(key)).order)
    placed = ranked[ranked["rank"].notna()]
    if placed.empty:
        return
    first, name = str(placed["nip"].iloc[0]), str(placed["name"].iloc[0])
    here = dict(plan.pairs).get(post)
    if here is not None and problem.nips[here] == first:
        st.text(t("{name} is first on Ranking & weights as well.", name=name))
        return
    limits = placement.limits
    lacking = find_takers(current, key, limits.horizon + limits.term, limits.basis).lacking(first)
    if lacking:
        why = say_lacking(current, key, first, lacking, limits.basis)
    elif (where := _placed_in(problem, plan, first)) is not None:
        why = t("the plan gives {post}, best for all posts together", post=post_title(current, problem.posts[where]))
    else:
        why = t("best for all posts together, or a limit keeps them")
    st.text(t("{name} is first on Ranking & weights, but not here: {why}.", name=name, why=why))


def _compare_posts(who: str, where: str, gain: float) -> str:
    """What somebody wins or loses by being placed in another post, in words."""
    if abs(gain) < 0.05:
        return t("{who}: placed in {post}, where the fit is the same", who=who, post=where)
    points = show_number(abs(gain), 1)
    if gain > 0:
        return t("{who}: placed in {post}, where the fit is {points} higher", who=who, post=where, points=points)
    return t("{who}: needed for {post}, though the fit there is {points} lower", who=who, post=where, points=points)


def _price(price: float, fewer: int) -> str:
    if np.isnan(price):
        return t("Placing them here is impossible within the limits.")
    if fewer > 0:
        return tn(
            "Placing them here leaves {count} more post empty.",
            "Placing them here leaves {count} more posts empty.",
            fewer,
        )
    if price < 0.05:
        return t("Placing them here costs the whole plan nothing.")
    return t("Placing them here costs the whole plan {price} of fit.", price=show_number(max(price, 0.0), 1))


def _placed_in(problem: PlacementProblem, plan: Plan, nip: str) -> int | None:
    """The post that a plan gives somebody."""
    return next((post for post, person in plan.pairs if problem.nips[person] == nip), None)
