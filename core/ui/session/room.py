"""A post as the room sees it: what the dispute is about in one sentence, how far members agree, proposals, pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.session import agreement_matrix, orders_chart, weights_chart
from core.charts.style import Picture
from core.service.sessions.records import Session
from core.talent.eligibility.rules import INELIGIBLE
from core.talent.messages import N_
from core.talent.person.anonymised import number_anonymously
from core.talent.session.agreement import compare_members
from core.talent.session.phases import Phase
from core.ui.export import show_shared_picture
from core.ui.language import named, plain, show_number, t, tn
from core.ui.links import choose_one
from core.ui.plain_table import show_shared_table, show_table
from core.ui.session.sentences import (
    agreement_lines,
    dispute_details,
    dispute_sentence,
    proposal_name,
)
from core.ui.session.shared import Seen, monitor_proposals, session_review

#: So many places are laid side by side.
_SHOWN = 8
_KINDS = {
    "sex": N_("Sex"),
    "age_band": N_("Age"),
    "unit_type": N_("Kind of unit"),
    "workplace": N_("Place of work"),
}
_OPEN: frozenset[Phase] = frozenset({"decision", "closed"})


def draw(session: Session, post: str, seen: Seen | None, nip: str = "") -> None:
    """The post, and one of its candidates where the chair has come to them; ``seen`` is None where it is kept from somebody."""
    review = session_review(session)
    title = next(each.title for each in review.posts if each.key == post)
    if seen is None:
        st.subheader(plain(title), anchor=False)
        st.info(t("A declared conflict of interest keeps this post from you, or nobody has judged it."))
        return
    names = candidate_names(session, seen)
    st.subheader(plain(title), anchor=False)
    with st.container(key="dispute"):
        st.markdown(plain(dispute_sentence(seen.dispute, review, names)))
    if details := dispute_details(seen.dispute, review, names):
        st.caption(plain(details))
    in_question = [*seen.dispute.common, *seen.dispute.contested]
    if in_question and all(seen.room.answers[row] == INELIGIBLE for row in in_question):
        st.warning(t("None of them passes the gates of this post: nobody of them can be chosen as things stand."))
    if nip in seen.room.candidates:
        show_candidate(session, seen, seen.room.candidates.index(nip), names)
    show_agreement(session, seen)
    _proposals(session, seen, names)
    _pictures(session, seen, names)


def candidate_names(session: Session, seen: Seen) -> list[str]:
    """The candidates' names, by row; two of the same name with the end of their NIP."""
    people = session_review(session).people["full_name"]
    names = [str(people.get(nip, nip)) for nip in seen.room.candidates]
    return [
        f"{name} (…{nip[-4:]})" if names.count(name) > 1 else name
        for name, nip in zip(names, seen.room.candidates, strict=True)
    ]


def show_candidate(session: Session, seen: Seen, row: int, names: Sequence[str]) -> None:
    """One candidate: the value of each criterion, each member's place and scores."""
    room, rubric = seen.room, session_review(session).rubric
    with st.container(border=True):
        official = _place(int(room.official[row]), len(names))
        st.markdown(f"**{plain(names[row])}** · {t('official order: {place}', place=official)}")
        values = {
            named(criterion.name): _number(float(room.opinions.value[row, k]))
            for k, criterion in enumerate(rubric.criteria)
        }
        show_table(pd.DataFrame([values], index=[t("Value")]))
        said = {
            member: [_place(int(room.opinions.rankings[at].rank[row]), len(names))]
            + [_number(float(score)) for score in room.opinions.scores[at, row]]
            for at, member in seat_members(session, room.members)
        }
        heads = [t("Rank"), *(part.name for part in session.settings.parts)]
        show_table(pd.DataFrame(said, index=heads))


def _number(value: float) -> str:
    return "–" if np.isnan(value) else show_number(value, 1)


def seat_members(session: Session, members: Sequence[int]) -> list[tuple[int, str]]:
    """The members as they are shown: the row in the opinions, and the name; two of the same name are told apart.

    While names are hidden in the discussion, numbers that tell nothing of the seats, in the order of the numbers.
    """
    if session.settings.hide_members and session.phase not in _OPEN:
        numbers = number_anonymously([str(member.id) for member in session.members], f"session {session.id}")
        shown = sorted((numbers[str(member)], at) for at, member in enumerate(members))
        return [(at, t("Member {number}", number=number)) for number, at in shown]
    names = [session.find_member(member).full_name for member in members]
    return [
        (at, f"{name} ({names[: at + 1].count(name)})" if names.count(name) > 1 else name)
        for at, name in enumerate(names)
    ]


def show_agreement(session: Session, seen: Seen) -> None:
    """The three figures in words, and what they were before the discussion."""
    st.markdown(f"**{t('How far the members agree')}**")
    left, middle, right = st.columns(3)
    for place, (what, word, meaning) in zip((left, middle, right), agreement_lines(seen.agreement), strict=True):
        place.markdown(f"{what}: **{word}**", help=meaning)
    if session.phase != "revealed" and seen.room.first.weights.tolist() != seen.room.opinions.weights.tolist():
        words = [word for _, word, _ in agreement_lines(seen.before)]
        st.caption(
            t(
                "Before the discussion: weights {weights}, orders {orders}, first names {names}.",
                weights=words[0],
                orders=words[1],
                names=words[2],
            )
        )


def _proposals(session: Session, seen: Seen, names: Sequence[str]) -> None:
    room = seen.room
    st.markdown(f"**{t('Proposals side by side')}**")
    key = f"{room.cache_key}|proposals|{session.settings.consensus}"
    show_shared_table(key, lambda: _tabulate_proposals(session, seen, names))
    st.caption(_say_where_they_differ(seen))
    # Counting costs more than all else here: it is for who looks.
    title = t("Fairness monitor of each proposal")
    with st.expander(title, icon=":material/balance:", key="fairness_open", on_change="rerun"):
        if not st.session_state.get("fairness_open"):
            return
        key = f"{room.cache_key}|fairness"
        monitored = monitor_proposals(key, session, seen)
        shown = monitored.xs("selected", axis=1, level=1)
        shown.columns = [proposal_name(str(name)) for name in shown.columns]
        shown.index = [f"{t(_KINDS[kind])}: {group or '–'}" for kind, group in shown.index]
        show_table(shown.astype(int))
        st.caption(t("How many of each group are within the first names. It informs and is never part of a score."))


def _tabulate_proposals(session: Session, seen: Seen, names: Sequence[str]) -> pd.DataFrame:
    """The place of each candidate who is among the first in any order: candidates x orders."""
    room = seen.room
    columns = {"official": room.official, **{each.key: each.places for each in seen.proposals}}
    best = np.min([np.where(places > 0, places, len(names) + 1) for places in columns.values()], axis=0)
    rows = [row for row in np.argsort(best, kind="stable") if best[row] <= _SHOWN]
    rows.sort(key=lambda row: columns[session.settings.consensus][row])
    mark = t("{name} (beside decisions)", name=proposal_name(session.settings.consensus))
    return pd.DataFrame(
        {
            t("Candidate"): [names[row] for row in rows],
            **{
                mark if key == session.settings.consensus else proposal_name(key): [
                    _place(int(places[row]), len(names)) for row in rows
                ]
                for key, places in columns.items()
            },
        }
    ).set_index(t("Candidate"))


def _place(place: int, count: int) -> str:
    return "–" if not 0 < place <= count else str(place)


def _say_where_they_differ(seen: Seen) -> str:
    places = seen.room.places
    firsts = {each.key: frozenset(each.find_first(places).tolist()) for each in seen.proposals}
    official = frozenset(np.flatnonzero((seen.room.official > 0) & (seen.room.official <= places)).tolist())
    different = [proposal_name(key) for key, first in firsts.items() if first != official]
    if not different:
        return t("All proposals have the same first names as the official order.")
    return t("Other first names than the official order: {which}.", which=", ".join(different))


def _pictures(session: Session, seen: Seen, names: Sequence[str]) -> None:
    room = seen.room
    members = seat_members(session, room.members)
    views = {"weights": t("Weights"), "orders": t("Orders"), "alike": t("Who weighs alike")}
    if session.phase != "revealed":
        views["shift"] = t("Before and after")
    chosen = choose_one(
        st.segmented_control,
        t("Picture"),
        list(views),
        "picture",
        "weights",
        required=True,
        format_func=views.get,
        label_visibility="collapsed",
    )
    drawn: dict[str, tuple[str, Callable[[], Picture]]] = {
        "weights": (t("Weights of each member"), lambda: _draw_weights(session, seen, members)),
        "orders": (t("Orders of each member"), lambda: draw_orders(seen, names, members)),
        "alike": (t("Who weighs alike"), lambda: _draw_matrix(seen, members)),
    }
    if chosen in drawn:
        alt, make = drawn[chosen]
        show_shared_picture(f"{room.cache_key}|{chosen}|{members}", make, key=f"{chosen}_{room.post}", alt=alt)
    else:
        _show_shift(session, seen, names)
    if room.notes:
        with st.expander(tn("{count} note", "{count} notes", len(room.notes)), icon=":material/sticky_note_2:"):
            for at, member in members:
                if at in room.notes:
                    st.text(f"{member}: {room.notes[at]}")


def _draw_weights(session: Session, seen: Seen, members: Sequence[tuple[int, str]]) -> Picture:
    rubric, room = session_review(session).rubric, seen.room
    criteria = [named(criterion.name) for criterion in rubric.criteria]
    rows = [
        (
            criterion,
            member,
            100 * float(room.opinions.weights[at, k]),
            100 * rubric.weights[k],
            seen.agreement.clusters[at] + 1,
        )
        for at, member in members
        for k, criterion in enumerate(criteria)
    ]
    table = pd.DataFrame(rows, columns=["criterion", "member", "weight", "official", "group"])
    text = {
        "weight": t("Weight (%)"),
        "member": t("Member"),
        "criterion": t("Criterion"),
        "official": t("Official weight (%)"),
        "group": t("Like-minded members"),
    }
    return weights_chart(table, criteria, text)


def draw_orders(seen: Seen, names: Sequence[str], members: Sequence[tuple[int, str]]) -> Picture:
    """The members' orders as slopes to the mean of the weights."""
    room = seen.room
    consensus = t("Mean of weights")
    columns = [*(member for _, member in members), consensus]
    places = [*(room.opinions.rankings[at].rank for at, _ in members), seen.proposals[0].places]
    shown = [*seen.dispute.common, *seen.dispute.contested]
    rows = [
        (column, names[row], int(place[row]), row in seen.dispute.contested)
        for column, place in zip(columns, places, strict=True)
        for row in shown
        if place[row] > 0
    ]
    table = pd.DataFrame(rows, columns=["column", "name", "place", "contested"])
    depth = int(min(max(table["place"].max(), room.places), 12)) if len(table) else room.places
    return orders_chart(table, columns, depth, {"place": t("Rank"), "name": t("Candidate"), "column": t("Member")})


def _draw_matrix(seen: Seen, members: Sequence[tuple[int, str]]) -> Picture:
    alike = compare_members(seen.room.opinions.weights) * 100
    rows = [(one, other, float(alike[i, j])) for i, one in members for j, other in members]
    table = pd.DataFrame(rows, columns=["one", "other", "alike"])
    return agreement_matrix(table, [member for _, member in members], {"alike": t("alike (%)"), "member": t("Member")})


def _show_shift(session: Session, seen: Seen, names: Sequence[str]) -> None:
    """What changed by the discussion: weights and first names before and after, for each member."""
    room = seen.room
    rubric = session_review(session).rubric
    criteria = [named(criterion.name) for criterion in rubric.criteria]
    moved = np.abs(room.opinions.weights - room.first.weights).sum(axis=1) / 2
    rows = []
    for at, member in seat_members(session, room.members):
        k = int(np.argmax(np.abs(room.opinions.weights[at] - room.first.weights[at])))
        change = (
            f"{criteria[k]}: {show_number(100 * room.first.weights[at, k], 1)} → "
            f"{show_number(100 * room.opinions.weights[at, k], 1)} %"
            if moved[at] > 0
            else "–"
        )
        before, after = (
            ", ".join(names[row] for row in opinions.find_first(at, room.places))
            for opinions in (room.first, room.opinions)
        )
        rows.append((member, f"{show_number(100 * moved[at], 1)} %", change, before, after if after != before else "="))
    table = pd.DataFrame(
        rows,
        columns=[t("Member"), t("Weight moved"), t("Most"), t("First names before"), t("First names after")],
    )
    show_table(table.set_index(t("Member")))
