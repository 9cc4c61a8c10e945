"""Scenarios: keep what is looked at, reopen it, compare up to six."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from core.charts.scenarios import slope_chart
from core.reports.workbook import frame_workbook
from core.service import scenarios as service
from core.service.saved import may_remove
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.ranking.of_post import rank_post
from core.talent.ranking.scenario import Scenario, compare_orders, compare_scenario
from core.talent.review import TalentReview
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.download import offer_download
from core.ui.export import chart_with_files
from core.ui.language import named, plain, sentence_of, show_day, show_number, t
from core.ui.ranking import weights_in_session
from core.ui.ranking.order_table import ranked_table, shortlist
from core.ui.ranking.weights_in_session import Simulation
from core.ui.shared import engine, review
from core.ui.stale import find_marks, say_mark
from core.ui.terms import answer_name
from core.ui.widgets import post_labels

#: Where refusals about scenarios are said.
_PLACE = "scenarios"
_OPENED = "scenario_opened"
_COMPARED, _CHOSEN = "scenarios_compared", "scenario_chosen"
_DEPTH = 10


def open_asked(current: TalentReview, readonly: bool) -> None:
    """Before the page is drawn: open the scenario of the link, or say in a sentence why it cannot be."""
    number = st.query_params.get("scenario")
    if number is None:
        return
    del st.query_params["scenario"]
    try:
        saved = service.find_scenario(engine(), number)
        service.rank_scenario(saved.scenario, current)
    except MantelError as error:
        st.warning(sentence_of(error))
        return
    scenario = saved.scenario
    st.query_params["post"], st.query_params["basis"] = scenario.post, scenario.basis
    st.query_params["order" if scenario.basis == "talent" else "fit_order"] = scenario.rule
    weights_in_session.order_by(scenario.basis)
    if scenario.tenths is None or readonly:
        st.query_params.pop("weights", None)
        weights_in_session.forget()
    else:
        st.query_params["weights"] = ".".join(str(tenth) for tenth in scenario.tenths)
    st.session_state[_OPENED] = saved.id


def show_drift(simulation: Simulation) -> None:
    """While a scenario is looked at: whether its order is the one it was kept with, or what has changed since."""
    saved = _opened(simulation)
    if saved is None:
        return
    scenario = saved.scenario
    drift = compare_scenario(
        scenario,
        simulation.review,
        rank_post(simulation.review, simulation.post, simulation.weights, simulation.rule, simulation.basis),
    )
    head = t(
        "Scenario “{name}”, kept by {who} on {day}",
        name=plain(scenario.name),
        who=plain(saved.username),
        day=show_day(scenario.as_of),
    )
    if drift.same_order:
        st.info(f"{head}: {t('the order is the same as then, to the last name.')}")
        return
    reasons = [
        words
        for changed, words in (
            (drift.rubric, t("the rubric is another one ({rubric} then)", rubric=plain(scenario.rubric))),
            (
                drift.data,
                t(
                    "the data are newer (version {then} then, {now} now)",
                    then=scenario.data_version,
                    now=simulation.review.data_version,
                ),
            ),
            (drift.day, t("the reference date is another one")),
        )
        if changed
    ] or [t("the rules have changed")]
    first = (
        t("the first three are the same")
        if drift.same_first
        else t("the first three were {names}", names=plain(_people(simulation.review, scenario.first)))
    )
    st.warning(f"{head}: {t('the order has changed since:')} {'; '.join(reasons)}. {first[:1].upper()}{first[1:]}.")


def _opened(simulation: Simulation) -> service.SavedScenario | None:
    number = st.session_state.get(_OPENED)
    if number is None:
        return None
    saved = next((scenario for scenario in service.list_scenarios(engine()) if scenario.id == number), None)
    if saved is None or (saved.scenario.post, saved.scenario.rule, saved.scenario.basis, saved.scenario.tenths) != (
        simulation.post,
        simulation.rule,
        simulation.basis,
        simulation.tenths,
    ):
        return None
    return saved


def _people(current: TalentReview, nips: tuple[str, ...]) -> str:
    names = current.people["full_name"]
    return "; ".join(str(names[nip]) if nip in names.index else nip for nip in nips)


def draw(simulation: Simulation, account: Account) -> None:
    """Keep, reopen, compare."""
    outcome(_PLACE)
    left, right = st.columns(2, gap="large")
    with left:
        if simulation.readonly:
            st.caption(t("Your role looks at scenarios and keeps none."))
        else:
            _keep_form(simulation, account)
    saved = service.list_scenarios(engine())
    if not saved:
        right.info(t("No scenario has been kept yet. Move the weights, then keep them here under a name."))
        return
    by_number = {scenario.id: scenario for scenario in saved}
    # What has been removed, by whomever, is not chosen any more.
    if st.session_state.get(_CHOSEN) not in by_number:
        st.session_state.pop(_CHOSEN, None)
    compared = st.session_state.get(_COMPARED, list(by_number)[: service.MOST_COMPARED])
    st.session_state[_COMPARED] = [number for number in compared if number in by_number]
    with right:
        _one(simulation, by_number, account)
    _compare(by_number)


def _keep_form(simulation: Simulation, account: Account) -> None:
    # What was typed stays after a refusal.
    with st.form("keep_scenario"):
        st.text_input(t("Name of the scenario"), max_chars=100, key="scenario_name")
        st.text_area(t("Note"), max_chars=2000, height=68, key="scenario_note")
        st.form_submit_button(
            t("Keep these weights"),
            on_click=attempt,
            args=(_PLACE, lambda: _keep(simulation, account), ("scenario_name", "scenario_note")),
        )


def _keep(simulation: Simulation, account: Account) -> None:
    name = entered("scenario_name")
    number = service.save_scenario(
        engine(),
        simulation.review,
        simulation.post,
        simulation.rule,
        simulation.tenths,
        name,
        entered("scenario_note"),
        by=account,
        basis=simulation.basis,
    )
    st.session_state[_OPENED] = number
    # The new one joins those compared.
    st.session_state[_COMPARED] = [*st.session_state.get(_COMPARED, []), number][-service.MOST_COMPARED :]
    say_done(_PLACE, t("The scenario “{name}” was kept.", name=plain(name)))


def _label(saved: service.SavedScenario) -> str:
    return f"{saved.scenario.name} · {saved.scenario.post} · {saved.username}"


def _one(simulation: Simulation, by_number: dict[int, service.SavedScenario], account: Account) -> None:
    number = st.selectbox(
        t("Kept scenarios"), list(by_number), key=_CHOSEN, format_func=lambda number: _label(by_number[number])
    )
    if number is None:
        return
    chosen = by_number[number]
    if chosen.scenario.note:
        st.text(chosen.scenario.note)
    say_mark(find_marks("scenario", review()).get(chosen.id))
    ranked = _ranked(chosen.scenario)
    first, second, third, fourth = st.columns(4)
    if first.button(t("Open"), key="scenario_open", width="stretch"):
        st.query_params["scenario"] = str(number)
        st.rerun()
    if ranked is not None:
        offer_download(
            "JSON",
            lambda: service.write_json(chosen, ranked),
            f"mantel_skenario_{number}.json",
            mime="application/json",
            width="stretch",
            place=second,
        )
        offer_download(
            "XLSX",
            lambda: _workbook(chosen, ranked),
            f"mantel_skenario_{number}.xlsx",
            width="stretch",
            place=third,
        )
    if may_remove(chosen.username, account):
        ask_first(
            fourth,
            t("Remove"),
            t("Remove “{name}”?", name=chosen.scenario.name),
            f"scenario_remove_{chosen.id}",  # of this one alone: the next has its own question
            _PLACE,
            lambda: _remove(chosen, account),
            width="stretch",
        )
    st.caption(t("Link to this scenario: {link}", link=f"`?scenario={number}`"))


def _remove(saved: service.SavedScenario, account: Account) -> None:
    service.remove_scenario(engine(), saved.id, by=account)
    say_done(_PLACE, t("“{name}” was removed.", name=plain(saved.scenario.name)))


def _ranked(scenario: Scenario) -> pd.DataFrame | None:
    """The scenario's order under its own rubric and today's data; a sentence where there is none."""
    try:
        return service.rank_scenario(scenario, review(scenario.rubric_digest))
    except MantelError as error:
        st.warning(f"{plain(scenario.name)}: {sentence_of(error)}")
        return None


def _weights(scenario: Scenario) -> dict[str, float]:
    current = review(scenario.rubric_digest)
    rubric = current.rubric_of(scenario.basis)
    shares = scenario.tenths or [1000 * weight for weight in rubric.weights]
    return {named(criterion.name): share / 10 for criterion, share in zip(rubric.criteria, shares, strict=True)}


def _workbook(saved: service.SavedScenario, ranked: pd.DataFrame) -> bytes:
    scenario = saved.scenario
    weights = ", ".join(f"{name} {show_number(share, 1)} %" for name, share in _weights(scenario).items())
    titles = [
        scenario.name,
        f"{scenario.post} · {scenario.rubric} · {show_day(scenario.as_of)} · {scenario.data_version}",
        weights,
        scenario.note,
    ]
    return frame_workbook(t("Ranking"), ranked_table(ranked), [title for title in titles if title])


def _first_three(ranked: pd.DataFrame) -> Iterator[tuple[int, str, float, int]]:
    first = ranked[ranked["rank"].notna() & (ranked["rank"] <= 3)]
    return first[["rank", "name", "score", "eligibility"]].itertuples(index=False, name=None)


def _compare(by_number: dict[int, service.SavedScenario]) -> None:
    chosen = st.multiselect(
        t("Compare side by side (up to six)"),
        list(by_number),
        key=_COMPARED,
        placeholder=t("choose …"),
        max_selections=service.MOST_COMPARED,
        format_func=lambda number: _label(by_number[number]),
    )
    orders = {}
    for number in chosen:
        ranked = _ranked(by_number[number].scenario)
        if ranked is not None:
            orders[by_number[number].scenario.name] = (by_number[number].scenario, ranked)
    if len(orders) < 2:
        if chosen:
            st.caption(t("Choose at least two scenarios to compare."))
        return
    compared = compare_orders({name: ranked for name, (_, ranked) in orders.items()}, _DEPTH)
    ranks = compared.ranks.assign(always=compared.ranks["nip"].isin(compared.always))
    answers = {
        nip: max(int(frame.loc[frame["nip"] == nip, "eligibility"].iloc[0]) for _, frame in orders.values())
        for nip in compared.always
    }
    marked = {nip: f" ({answer_name(answer)})" if answer else "" for nip, answer in answers.items()}
    names = sorted({f"{row.name}{marked[row.nip]}" for row in ranks[ranks["always"]].itertuples(index=False)})
    if names:
        st.markdown(f"**{t('In every first three: {names}', names=plain('; '.join(names)))}**")
    else:
        st.markdown(f"**{t('Nobody is in every first three.')}**")
    text = {"rank": t("Rank"), "scenario": t("Scenario"), "name": t("Name")}
    picture = slope_chart(ranks.rename(columns={"order": "scenario"}), list(orders), text)
    chart_with_files("slope", "mantel_skenario", picture, ranks, t("Ranks in each scenario"))
    table = pd.DataFrame(
        {
            name: {criterion: f"{show_number(share, 1)} %" for criterion, share in _weights(scenario).items()}
            for name, (scenario, _) in orders.items()
        }
    )
    table.loc[t("First three")] = {name: shortlist(_first_three(ranked)) for name, (_, ranked) in orders.items()}
    table.loc[t("Post")] = {
        name: post_labels(review()).get(scenario.post, scenario.post) for name, (scenario, _) in orders.items()
    }
    st.dataframe(table.fillna("–"), alt=t("Weights of each scenario"))
