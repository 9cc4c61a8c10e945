"""The secretariat's forms before a session opens: frame, settings, members, posts, and what the rules have against them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.service.sessions import preparing
from core.service.sessions.records import Session, SessionPost, SessionProblem
from core.store.accounts import Account
from core.talent.eligibility.order_rule import ORDER_RULES
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.committee import SEATS, Member, check_committee
from core.talent.session.proposals import PROPOSALS
from core.talent.session.settings import ScoredPart, SessionSettings
from core.talent.vocabulary import ECHELON
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.language import plain, sentence_of, show_number, t, tn
from core.ui.session.applicants import choose_applicants
from core.ui.session.choice import basis_name, leave
from core.ui.session.sentences import proposal_name, seat_name
from core.ui.session.shared import session_review
from core.ui.shared import engine, review

_PLACE = "session_preparing"
#: More fields than this are more than a member types in a meeting.
_MANY = 60
_RULES = {"box": N_("by box"), "eligible": N_("eligible first"), "score": N_("score alone")}


def draw(session: Session, account: Account) -> None:
    """The forms, the checks and the button that opens."""
    # What somebody is filling in stays theirs, whatever a colleague saves meanwhile; saving tells them.
    shown = st.session_state.setdefault(f"_prepared_{session.id}", session)
    if shown.version != session.version:
        st.warning(t("Somebody else has changed this session meanwhile: reload the page and enter your changes again."))
    session = shown
    key = f"{session.id}_{session.version}"
    current = review()
    settings = _settings(session, key)
    st.markdown(f"**{t('Members')}**")
    members = _members(session, key, account)
    st.markdown(f"**{t('Posts to fill')}**")
    posts = _posts(session, current, key)

    def save(posts: Sequence[SessionPost] = posts) -> None:
        day = st.session_state.get(f"day_{key}")
        preparing.change_session(
            engine(),
            session,
            entered(f"name_{key}"),
            entered(f"place_{key}"),
            day if isinstance(day, dt.date) else session.held_on,
            settings,
            members,
            posts,
            by=account,
        )
        del st.session_state[f"_prepared_{session.id}"]
        say_done(_PLACE, t("Saved."))

    def open_now() -> None:
        preparing.open_session(engine(), current, session.id, session.version, by=account)

    changed = (
        members != list(session.members)
        or posts != list(session.posts)
        or settings != session.settings
        or (entered(f"name_{key}").strip(), entered(f"place_{key}").strip()) != (session.name, session.place)
        or st.session_state.get(f"day_{key}") != session.held_on
    )
    outcome(_PLACE)
    choose_applicants(current, posts, key, lambda chosen: attempt(_PLACE, lambda: save(chosen)))
    left, middle, right = st.columns([1, 1, 3])
    left.button(
        t("Save changes"), key=f"save_{key}", type="primary", on_click=attempt, args=(_PLACE, save), width="stretch"
    )
    ask_first(
        middle,
        t("Open the judging"),
        t("Rubric, rules, data and candidates stay as they are now. Open?"),
        f"open_session_{key}",
        _PLACE,
        open_now,
        disabled=changed,
        width="stretch",
    )
    if changed:
        right.caption(t("Save first; then the judging can be opened."))
    else:
        _say_checks(session, current)
    with st.expander(t("Take this session back"), icon=":material/delete:"):
        ask_first(
            st.container(),
            t("Remove"),
            t("Remove “{name}”?", name=session.name),
            f"remove_{key}",
            _PLACE,
            lambda: _remove(session, account),
        )


def _remove(session: Session, account: Account) -> None:
    preparing.remove_session(engine(), session.id, by=account)
    leave()


def _say_checks(session: Session, current: TalentReview) -> None:
    posts = [post for post in current.posts if post.key in session.candidates]
    obstacles = [sentence_of(problem) for problem in preparing.find_obstacles(session, current)]
    for obstacle in obstacles:
        st.error(obstacle)
    for finding in check_committee(session.members, posts):
        if not finding.grave:
            st.warning(f"{sentence_of(finding.problem)} ({plain(finding.article)})")
    applications, persons = preparing.count_applicants(session.posts)
    if applications:
        st.caption(t("{applications} applications of {persons} persons", applications=applications, persons=persons))
    seated, titles = session_review(session), {post.key: post.title for post in posts}
    counts = {each.post: len(seated.candidates(each.post)) for each in session.posts if each.post in titles}
    if counts:
        st.caption(plain(" · ".join(f"{titles[post]}: {_say_candidates(count)}" for post, count in counts.items())))
    fields = sum(counts.values()) * len(session.settings.parts)
    if fields:
        said = tn("Each member types {count} score.", "Each member types {count} scores.", fields)
        parts = "; ".join(f"{part.name} {show_number(part.tenths / 10, 1)} %" for part in session.settings.parts)
        (st.warning if fields > _MANY else st.caption)(plain(f"{said} {parts}"))
    for each in session.posts:
        if each.post not in titles:
            continue
        count = counts[each.post]
        least = preparing.count_least(each)
        if count < least:
            st.warning(
                tn(
                    "{post}: {count} candidate; at least {least} are usual",
                    "{post}: {count} candidates; at least {least} are usual",
                    count,
                    post=plain(titles[each.post]),
                    least=least,
                )
            )
    if not obstacles:
        st.success(t("Everything is there that a session needs."))


def _say_candidates(count: int) -> str:
    return tn("{count} candidate", "{count} candidates", count)


def _settings(session: Session, key: str) -> SessionSettings:
    known = session.settings
    left, middle, right = st.columns([3, 3, 2])
    left.text_input(t("Name"), value=session.name, key=f"name_{key}", max_chars=100)
    middle.text_input(t("Venue"), value=session.place, key=f"place_{key}", max_chars=200)
    right.date_input(t("Day"), value=session.held_on, format="DD-MM-YYYY", key=f"day_{key}")
    with st.expander(t("What no rule says: set here, printed on the paper"), icon=":material/tune:"):
        one, two, three = st.columns(3)
        basis = one.selectbox(
            t("Basis"),
            ["management", "open"],
            index=["management", "open"].index(known.basis),
            format_func=basis_name,
            key=f"basis_{key}",
        )
        number = one.text_input(
            t("Number of BKN's decision on manajemen talenta"),
            value=known.basis_number,
            key=f"number_{key}",
            max_chars=100,
        )
        quorum = two.number_input(
            t("Quorum (0: two thirds)"), value=known.quorum, min_value=0, max_value=45, key=f"quorum_{key}"
        )
        majority = two.number_input(
            t("Majority: more than … % of votes for and against"),
            value=round(known.majority * 100),
            min_value=0,
            max_value=99,
            key=f"majority_{key}",
        )
        secret = two.toggle(t("Secret vote"), value=known.secret_votes, key=f"secret_{key}")
        scope = three.selectbox(
            t("A conflict of interest shuts out from"),
            ["post", "candidate"],
            index=["post", "candidate"].index(known.recusal),
            format_func=lambda one: t("the candidate's posts") if one == "post" else t("that candidate alone"),
            key=f"scope_{key}",
        )
        consensus = three.selectbox(
            t("Decisions are held beside"),
            list(PROPOSALS),
            index=list(PROPOSALS).index(known.consensus),
            format_func=proposal_name,
            key=f"consensus_{key}",
        )
        hidden = three.toggle(
            t("Members' names hidden in the discussion"), value=known.hide_members, key=f"hidden_{key}"
        )
        st.caption(t("What members score themselves, e.g. the interview, with its weight in the whole:"))
        parts = _parts(known.parts, key)
    return SessionSettings(
        basis,
        number.strip() if number else "",
        int(quorum),
        (majority or 0) / 100,
        secret,
        scope,
        hidden,
        consensus,
        parts,
    )


def _parts(known: Sequence[ScoredPart], key: str) -> tuple[ScoredPart, ...]:
    table = pd.DataFrame(
        {"name": [part.name for part in known], "percent": [part.tenths / 10 for part in known]}
    ).astype({"name": "object", "percent": "float64"})
    edited = st.data_editor(
        table,
        placeholder="–",
        key=f"parts_{key}",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "name": st.column_config.TextColumn(t("Part"), max_chars=60),
            "percent": st.column_config.NumberColumn(t("Weight (%)"), min_value=0.1, max_value=90.0, step=0.1),
        },
    )
    return tuple(
        ScoredPart(str(row.name or "").strip(), round((row.percent if _is_number(row.percent) else 0) * 10))
        for row in edited.itertuples(index=False)
        if _given(row.name) or _is_number(row.percent)
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not math.isnan(value)


def _given(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _members(session: Session, key: str, account: Account) -> list[Member]:
    seatable = preparing.list_seatable(engine(), by=account)
    users = {name: f"{full} ({name})" for name, full in seatable.items()}
    seats = {seat_name(seat): seat for seat in SEATS}
    table = pd.DataFrame(
        {
            "name": [member.full_name for member in session.members],
            "seat": [seat_name(member.seat) for member in session.members],
            "user": [users.get(member.username, member.username) for member in session.members],
            "inside": [member.inside for member in session.members],
            "echelon": [member.echelon for member in session.members],
        }
    ).astype({"name": "object", "seat": "object", "user": "object", "inside": "bool", "echelon": "object"})
    edited = st.data_editor(
        table,
        placeholder="–",
        key=f"members_{key}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={
            "name": st.column_config.TextColumn(t("Name"), max_chars=200, width="medium"),
            "seat": st.column_config.SelectboxColumn(t("Seat"), options=list(seats), default=seat_name("member")),
            "user": st.column_config.SelectboxColumn(
                t("User (none: enters by paper)"), options=["", *users.values()], width="medium"
            ),
            "inside": st.column_config.CheckboxColumn(t("From inside"), default=False),
            "echelon": st.column_config.SelectboxColumn(t("Own echelon"), options=["", *ECHELON.codes]),
        },
    )
    names = {label: name for name, label in users.items()}
    members = []
    for at, row in enumerate(edited.itertuples(index=False)):
        if not _given(row.name) and not _given(row.user):
            continue
        user = names.get(row.user, row.user if _given(row.user) else "")
        full = row.name.strip() if _given(row.name) else seatable.get(user, "")
        members.append(
            Member(
                session.members[at].id if at < len(session.members) else 0,
                full,
                seats.get(row.seat, "member"),
                user,
                bool(row.inside),
                row.echelon if _given(row.echelon) else "",
            )
        )
    return members


def _posts(session: Session, current: TalentReview, key: str) -> list[SessionPost]:
    titles = {post.key: post.title for post in current.posts}
    known = {post.post: post for post in session.posts}
    chosen = st.multiselect(
        t("Posts"),
        list(titles),
        default=[post for post in known if post in titles],
        format_func=titles.get,
        key=f"posts_{key}",
        label_visibility="collapsed",
        placeholder=t("choose posts …"),
    )
    if not chosen:
        return []
    rules = {t(name): rule for rule, name in _RULES.items()}
    rule_names = {rule: name for name, rule in rules.items()}
    rows = []
    for post in chosen:
        book = current.rule_book.find(current.post(post))
        each = known.get(post) or SessionPost(post, "", book.proposal, book.order, False, ())
        rows.append(
            (titles[post], str(each.places), rule_names[each.rule], each.reference_date, " ".join(each.candidates))
        )
    table = pd.DataFrame(rows, columns=["title", "places", "rule", "date", "nips"]).astype("object")
    edited = st.data_editor(
        table,
        placeholder="–",
        key=f"seats_{key}_{len(chosen)}_{hash(tuple(chosen))}",
        hide_index=True,
        width="stretch",
        disabled=["title"],
        column_config={
            "title": st.column_config.TextColumn(t("Post"), width="medium"),
            "places": st.column_config.SelectboxColumn(t("Names"), options=["3", "1"], required=True),
            "rule": st.column_config.SelectboxColumn(t("Order"), options=list(rules), required=True),
            "date": st.column_config.TextColumn(t("Reference date (YYYY-MM-DD)"), max_chars=10),
            "nips": st.column_config.TextColumn(
                t("Applicants: NIP of each (empty: candidates by rule)"), width="large", max_chars=60_000
            ),
        },
    )
    assert all(rule in rule_names for rule in ORDER_RULES)
    return [
        SessionPost(
            post,
            (row.date or "").strip(),
            int(row.places),
            rules[row.rule],
            bool(_read_nips(row.nips)),
            _read_nips(row.nips),
        )
        for post, row in zip(chosen, edited.itertuples(index=False), strict=True)
    ]


def _read_nips(text: object) -> tuple[str, ...]:
    """NIP out of a text: parted by whatever is no digit; two of one person count once."""
    if not isinstance(text, str):
        return ()
    return tuple(dict.fromkeys(re.findall(r"[0-9]+", re.sub(r"(?<=[0-9]) (?=[0-9]{1,6}\b)", "", text))))


def refuse_unopened() -> SessionProblem:
    """What whoever is no secretariat reads before the opening."""
    return SessionProblem(N_("the secretariat is preparing this session; it has not opened yet"))
