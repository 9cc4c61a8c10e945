"""Who goes where: plans side by side, what they leave behind, how sure they are, and why a name is not placed."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.succession import chains
from core.service import placement as placing
from core.service.placement import Placement, find_placement, tabulate_plan
from core.settings import settings
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.placement.compare import compare_plans, find_exchangeable
from core.talent.placement.limits import Limits
from core.talent.placement.plans import Plan, build_plan, find_best_plan, follow_chain
from core.talent.placement.under_weights import compute_kept_shares, reweigh_problem, split_fits
from core.talent.ranking.acceptability import WEIGHTINGS, draw_weightings, draw_weightings_near
from core.talent.review import BASES, Basis, TalentReview
from core.ui.export import beside, chart_with_files, downloads
from core.ui.language import named, plain, sentence_of, show_number, t, tn
from core.ui.links import choose_one, switch
from core.ui.people_table import people_doors
from core.ui.shared import copied_result, shared_result
from core.ui.succession.limits import let_go, pins_and_bans
from core.ui.succession.reasons import say_why_empty, why_not
from core.ui.succession.saved_plans import save_form, saved_plans
from core.ui.terms import post_title

_HORIZONS = ("0", "12", "24", "36", "60")
_SEED = 20_261_124


def place(current: TalentReview, account: Account) -> None:
    """The whole view."""
    limits = _limits(current)
    try:
        with st.spinner(t("Seeking the best placement …")):  # shown after half a second
            placement = _placement(limits, current)
    except MantelError as error:
        st.error(sentence_of(error))
        st.button(t("Let go of all pins and limits"), key="place_reset", on_click=let_go)
        return
    if not placement.problem.vacant:
        st.info(t("No post is vacant within this time; choose a longer one."))
        return
    _side_by_side(current, placement)
    chosen = _chosen_plan(placement)
    _picture(placement, chosen)
    left, right = st.columns(2, gap="large")
    with left:
        _chains(current, placement, chosen)
        save_form(placement, chosen, account)
    with right:
        why_not(current, placement, chosen)
    if limits.basis == "talent":
        _other_weights(current, placement)
    saved_plans(current, account)


@shared_result(max_entries=32)
def _placement(limits: Limits, current: TalentReview) -> Placement:
    return find_placement(current, limits)


def _limits(current: TalentReview) -> Limits:
    columns = st.columns([3.1, 1.4, 2.0, 2.8, 2.1], vertical_alignment="bottom")
    with columns[0]:
        names = {"0": t("now")} | {months: months for months in _HORIZONS[1:]}
        horizon = choose_one(
            st.segmented_control,
            t("Vacant within (months)"),
            _HORIZONS,
            "horizon",
            "0",
            required=True,
            format_func=names.get,
        )
    with columns[1]:
        options = ["", *(str(count) for count in range(1, 21))]
        moves = choose_one(
            st.selectbox, t("Moves at most"), options, "moves", "", format_func=lambda choice: choice or t("any number")
        )
    with columns[2]:
        fixed = switch(
            t("Leave holders"), "nochain", help=t("Holders of other posts stay where they are: no post is opened anew.")
        )
    with columns[3]:
        pins, bans = pins_and_bans(current)
    with columns[4]:
        measures = {"talent": t("official"), "fit": t("three parts")}
        basis = choose_one(
            st.segmented_control, t("Fit by"), BASES, "place_by", "talent", required=True, format_func=measures.get
        )
    return Limits(
        horizon=int(horizon),
        chains=not fixed,
        most_moves=int(moves) if moves else None,
        pins=pins,
        bans=bans,
        basis=cast(Basis, basis),
    )


def _side_by_side(current: TalentReview, placement: Placement) -> None:
    """Each plan a column: figures above, then who goes where."""
    goals = {
        "total": t("best total"),
        "worst": t("best least fit"),
        "moves": t("fewest moves"),
        "chains": t("fewest chains"),
        "box": t("box before score"),
    }
    best = placement.plans[0]
    st.subheader(
        t(
            "{filled} of {vacant} vacant posts can be filled; {count} plans",
            filled=best.filled,
            vacant=placement.problem.vacant,
            count=len(placement.plans),
        ),
        anchor=False,
    )
    table: dict[str, dict[str, str]] = {}
    people: dict[tuple[str, str], str] = {}
    for number, plan in enumerate(placement.plans, start=1):
        lines = {
            t("Best in"): ", ".join(goals[goal] for goal in plan.goals) or t("next best"),
            t("Posts filled"): str(plan.filled),
            t("Fit won in all"): _against(plan.gain, best.gain),
            t("Least fit"): _figure(plan.worst),
            t("Moves, of them holders"): f"{plan.moves}, {plan.chains}",
            t("Proof"): t("proven best, gap 0")
            if plan.gap == 0
            else t("at most {gap} points of fit short of the best", gap=show_number(plan.gap, 1)),
        }
        problem = placement.problem
        exchanged = {problem.posts[post] for both in find_exchangeable(problem, plan) for post, _ in both}
        for row in tabulate_plan(placement, plan).itertuples():
            if not pd.isna(row.nip):
                people[_post_name(current, placement, row.post), t("Plan {number}", number=number)] = str(row.nip)
            lines[_post_name(current, placement, row.post)] = (
                t("– stays empty –")
                if pd.isna(row.nip)
                else f"{row.name} ({show_number(row.fit, 1)}){' ⇄' if row.post in exchanged else ''}"
            )
        table[t("Plan {number}", number=number)] = lines
    frame = pd.DataFrame(table).fillna("–").rename_axis(index=t("Post")).reset_index()
    wide = {t("Post"): st.column_config.TextColumn(width=330, pinned=True)}
    wide |= {name: st.column_config.TextColumn(width=330) for name in table}
    rows = frame[t("Post")].tolist()
    people_doors(
        current,
        frame,
        lambda row, column: people.get((rows[row], column)),
        "plan_people",
        height="content",
        column_config=wide,
        alt=t("Plans side by side"),
    )
    for number, plan in enumerate(placement.plans, start=1):
        said = [_say_difference(current, placement, number, plan)] if number > 1 else []
        exchangeable = _say_exchangeable(current, placement, number, plan)
        if said or exchangeable:
            st.text(" ".join(filter(None, [*said, exchangeable])))
    text, files = beside()
    text.caption(
        t(
            "Posts filled come first, then what the plan is best in, then the fit won: a holder who moves counts what is won less "
            "what is left. Whom a plan may place can take the post now: all gates, a box that may be promoted, known fit. Proposals, never decisions: the decision is the PPK's."
        )
    )
    with files:
        downloads("plans", "mantel_penempatan", lambda: placing.tabulate_plans(placement), t("Plans side by side"))


def _say_exchangeable(current: TalentReview, placement: Placement, number: int, plan: Plan) -> str:
    """Who can change places with whom in a plan without any fit lost; empty where nobody."""
    problem, names = placement.problem, current.people["full_name"]
    pairs = [
        " ⇄ ".join(
            f"{names[problem.nips[person]]} ({post_title(current, problem.posts[post])})" for post, person in both
        )
        for both in find_exchangeable(problem, plan)
    ]
    if not pairs:
        return ""
    return t("Plan {number}: can be exchanged without any fit lost: {pairs}.", number=number, pairs="; ".join(pairs))


def _say_difference(current: TalentReview, placement: Placement, number: int, plan: Plan) -> str:
    """What a plan gains and costs against the first, in a sentence."""
    other, problem, names = compare_plans(plan, placement.plans[0]), placement.problem, current.people["full_name"]
    gains, costs = [], []
    filled, moves, chains = abs(other.filled), abs(other.moves), abs(other.chains)
    for value, more, fewer in (
        (
            other.filled,
            tn("{count} more post filled", "{count} more posts filled", filled),
            tn("{count} fewer post filled", "{count} fewer posts filled", filled),
        ),
        (
            -other.moves,
            tn("{count} fewer move", "{count} fewer moves", moves),
            tn("{count} more move", "{count} more moves", moves),
        ),
        (
            -other.chains,
            tn("{count} fewer holder moved", "{count} fewer holders moved", chains),
            tn("{count} more holder moved", "{count} more holders moved", chains),
        ),
    ):
        if value:
            (gains if value > 0 else costs).append(more if value > 0 else fewer)
    for points, unit in ((other.gain, t("points of fit in all")), (other.worst, t("points of the least fit"))):
        if abs(points) >= 0.05:
            (gains if points > 0 else costs).append(f"{show_number(abs(points), 1)} {unit}")
    enters, leaves = (
        ", ".join(str(names[problem.nips[person]]) for person in people) for people in (other.enters, other.leaves)
    )
    said = [
        t(
            "Plan {number} against plan 1: gains {gains}; costs {costs}.",
            number=number,
            gains=", ".join(gains) or t("nothing"),
            costs=", ".join(costs) or t("nothing"),
        )
    ]
    if enters:
        said.append(t("It also places {names}.", names=enters))
    if leaves:
        said.append(t("It does not place {names}.", names=leaves))
    if not (enters or leaves):
        said.append(t("It places the same people, in other posts."))
    return " ".join(said)


def _post_name(current: TalentReview, placement: Placement, post: str) -> str:
    opened = placement.problem.posts.index(post) >= placement.problem.vacant
    return post_title(current, post) + (f" ({t('opened')})" if opened else "")


def _figure(value: float) -> str:
    return "–" if np.isnan(value) else show_number(value, 1)


def _against(value: float, best: float) -> str:
    difference = value - best
    words = _figure(value)
    return (
        words
        if abs(difference) < 0.05
        else f"{words} ({'+' if difference > 0 else '−'}{show_number(abs(difference), 1)})"
    )


def _chosen_plan(placement: Placement) -> Plan:
    numbers = [str(number) for number in range(1, len(placement.plans) + 1)]
    number = choose_one(
        st.segmented_control,
        t("Look closer at"),
        numbers,
        "plan_number",
        "1",
        required=True,
        format_func=lambda number: t("Plan {number}", number=number),
    )
    return placement.plans[int(number) - 1]


def _picture(placement: Placement, plan: Plan) -> None:
    """The chains of a plan as a picture."""
    rows = placing.tabulate_chains(placement, plan)
    text = {
        "post": t("Post"),
        "person": t("Name"),
        "filled": t("filled by the plan"),
        "empty": t("stays empty"),
        "left": t("left, outside these posts"),
    }
    picture = chains(rows.rename(columns={"name": "person"}), text)
    title = t("Who follows whom, and what it leaves")
    chart_with_files("chains", "mantel_rantai", picture, rows, title)


@copied_result(max_entries=32)
def _shares(radius: float, placement: Placement) -> list[np.ndarray]:
    review = placement.review
    drawn = draw_weightings(WEIGHTINGS, len(review.rubric.criteria), _SEED)
    near = draw_weightings_near(np.array(review.rubric.weights), radius, drawn)
    return compute_kept_shares(placement.problem, split_fits(review, placement.problem), near, placement.plans)


def _chains(current: TalentReview, placement: Placement, plan: Plan) -> None:
    """Who goes where, what that leaves, and how often the pair stays under other weights."""
    st.markdown(f"**{t('How sure it is')}**")
    problem, people = placement.problem, current.people
    radius = settings().robustness_radius
    # Under other weights of the talent value only the official figure is another.
    official = placement.limits.basis == "talent"
    kept = _shares(radius, placement)[placement.plans.index(plan)] if official else [float("nan")] * plan.moves
    shares = dict(zip(plan.pairs, kept, strict=True))
    for vacant in range(problem.vacant):
        steps = []
        for post, person in follow_chain(problem, plan, vacant):
            title = post_title(current, problem.posts[post])
            if person is None:
                steps.append(
                    f"**{plain(title)}**: {t('stays empty')} – {plain(say_why_empty(current, placement, plan, post))}"
                )
                break
            nip = problem.nips[person]
            sure = (
                t("in {share} % of weightings", share=show_number(100 * shares[post, person]))
                if official
                else t("fit {fit}", fit=show_number(problem.fit[post, person], 1))
            )
            steps.append(
                f"**{plain(title)}** ← {plain(str(people.at[nip, 'full_name']))} ({sure}; "
                + t("leaves {post}", post=plain(str(people.at[nip, "position_title"] or "–")))
                + ")"
            )
        st.markdown("  \n↳ ".join(steps))
    if not official:
        return
    st.caption(
        t(
            "Share of {count} weightings around the official ones ({radius} % given out anew) whose own best plan has this pair. Equal fits "
            "share: 50 % may mean that two people are interchangeable.",
            count=show_number(WEIGHTINGS),
            radius=show_number(100 * radius),
        )
    )


def _other_weights(current: TalentReview, placement: Placement) -> None:
    """Weights put otherwise by sliders, and which placements of the best total turn by it."""
    with st.expander(t("What if the weights were others")):
        criteria = current.rubric.criteria
        columns = st.columns(min(len(criteria), 3))
        shares = []
        for at, criterion in enumerate(criteria):
            with columns[at % len(columns)]:
                usual = round(100 * criterion.weight, 1)
                shares.append(
                    st.slider(
                        named(criterion.name),
                        0.0,
                        100.0,
                        usual,
                        0.5,
                        key=f"place_weight_{criterion.key}",
                        format="%.1f",
                    )
                )
        if sum(shares) <= 0:
            st.warning(t("At least one weight must be above zero."))
            return
        weights = np.array(shares) / sum(shares)
        described = "; ".join(
            f"{named(criterion.name)} {show_number(100 * share, 1)} %"
            for criterion, share in zip(criteria, weights, strict=True)
        )
        st.caption(t("Of the sum: {weights}", weights=described))
        if np.allclose(weights, np.array(current.rubric.weights), atol=5e-4):
            st.text(t("These are the official weights."))
            return
        _turned(current, placement, weights)


def _turned(current: TalentReview, placement: Placement, weights: np.ndarray) -> None:
    """What the plan is worth under other weights, and the posts where another plan is better then."""
    problem = reweigh_problem(placement.problem, split_fits(current, placement.problem), weights)
    plan = next((plan for plan in placement.plans if "total" in plan.goals), placement.plans[0])
    same = build_plan(problem, plan.pairs, (), 0.0)
    other = find_best_plan(problem)
    st.text(
        t(
            "Under these weights the plan is worth {before}; the best one then {after}.",
            before=show_number(same.gain, 1),
            after=show_number(other.gain, 1),
        )
    )
    names = current.people["full_name"]
    was, now = dict(plan.pairs), dict(other.pairs)
    rows = [
        {
            t("Post"): post_title(current, problem.posts[post]),
            t("Official weights"): str(names[problem.nips[was[post]]]) if post in was else "–",
            t("These weights"): str(names[problem.nips[now[post]]]) if post in now else "–",
        }
        for post in sorted(set(was) | set(now))
        if was.get(post) != now.get(post)
    ]
    if rows:
        st.markdown(f"**{tn('{count} placement turns', '{count} placements turn', len(rows))}**")
        st.dataframe(pd.DataFrame(rows), hide_index=True, height="content", alt=t("Placements that turn"))
    else:
        st.markdown(f"**{t('No placement turns.')}**")
