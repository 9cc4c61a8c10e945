"""Deciding on a post: the names put to the vote with their reasons, the votes, dissent; and leaving it open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.service.sessions import deciding, seen
from core.service.sessions.records import Session, find_parts
from core.service.sessions.seen import Decided
from core.store.accounts import Account
from core.talent.eligibility.rules import INELIGIBLE, REVIEW
from core.talent.messages import N_
from core.talent.session.decision import VOTES, Choice, Standing, list_reasons_needed
from core.talent.session.phases import may_do
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.language import plain, t, tn
from core.ui.session.sentences import vote_name
from core.ui.session.shared import Seen, session_review
from core.ui.shared import engine

_PLACE, _DISSENT = "session_deciding", "session_dissent"
_TYPED = ("choice_", "reason_", "check_", "open_reason_")
_WHY = {
    "official": N_("differs from the official order"),
    "consensus": N_("differs from the consensus"),
    "behind": N_("from place four down"),
}


def draw(session: Session, post: str, shown: Seen | None, account: Account) -> None:
    """What is decided on a post, and what somebody may do about it."""
    outcome(_PLACE)
    _keep_what_is_typed()
    decided = seen.read_decided(engine(), session, post, by=account)
    parts = find_parts(session, account)
    if decided is not None:
        show_decided(session, decided)
        if session.phase == "decision":
            _vote(session, post, decided, account)
    if session.phase != "decision":
        return
    if shown is not None and seen.may_lead_decision(engine(), session, post, by=account):
        _decide(session, post, shown, decided, account)
    if may_do(session.phase, parts, "enter") and decided is not None and session.find_own_seat(account) is None:
        _paper_votes(session, post, decided, account)
    if seen.may_lead_decision(engine(), session, post, by=account):

        def leave_open() -> None:
            reason, text = entered(f"open_reason_{post}"), decided.text if decided else ""
            deciding.leave_open(engine(), session.id, post, reason, text, by=account)

        with st.expander(t("Leave this post open"), icon=":material/event_busy:"):
            st.text_input(t("Reason (obligatory)"), key=f"open_reason_{post}", max_chars=2000)
            ask_first(
                st.container(),
                t("Leave open"),
                t(
                    "Names that were put to the vote and {count} votes on them fall away. Leave open?",
                    count=decided.cast,
                )
                if decided is not None and decided.choices
                else t("Name nobody for this post?"),
                f"leave_open_{post}",
                _PLACE,
                leave_open,
            )


def _keep_what_is_typed() -> None:
    """Streamlit drops what stands in a field that is not drawn: names and reasons of the other posts stay as they are."""
    for key in [str(key) for key in st.session_state]:
        if key.startswith(_TYPED):
            st.session_state[key] = st.session_state[key]


def show_decided(session: Session, decided: Decided) -> None:
    """The names in order with their reasons, the votes, dissent."""
    people = session_review(session).people["full_name"]
    with st.container(border=True):
        if not decided.choices:
            st.markdown(f"**{t('Left open')}**: {plain(decided.reason)}")
        for place, choice in enumerate(decided.choices, 1):
            st.markdown(f"**{place}. {plain(str(people.get(choice.nip, choice.nip)))}**")
            if choice.reason:
                st.caption(plain(choice.reason))
            if choice.check:
                st.caption(plain(t("to be checked: {what}", what=choice.check)))
        if decided.choices:
            st.markdown(say_votes(decided))
        for before in decided.earlier:
            names = "; ".join(str(people.get(nip, nip)) for nip in before.choices) or t("Left open")
            votes = t(
                "{yes} in favour, {no} against, {abstain} abstentions",
                yes=before.yes,
                no=before.no,
                abstain=before.abstain,
            )
            st.caption(plain(t("Before: {names} ({votes})", names=names, votes=votes)))
        for member, vote in decided.votes.items():
            st.caption(plain(f"{session.find_member(member).full_name}: {vote_name(vote)}"))
        for member, text in decided.dissents.items():
            st.text(t("Dissent of {name}: {text}", name=session.find_member(member).full_name, text=text))


def say_votes(decided: Decided) -> str:
    """The votes in words, as Markdown; of a secret vote that goes on only how many have voted."""
    tally = decided.tally
    if tally is None:
        return t("Secret vote: {count} of {all} have voted.", count=decided.cast, all=len(decided.entitled))
    said = t("{yes} in favour, {no} against, {abstain} abstentions", yes=tally.yes, no=tally.no, abstain=tally.abstain)
    if tally.carried:
        return f"{said}: **{t('carried')}**"
    missing = tally.entitled - tally.cast
    if not tally.quorate:
        return f"{said}: {tn('no quorum yet, {count} vote is missing', 'no quorum yet, {count} votes are missing', missing)}"
    return f"{said}: {t('no majority')}"


def _vote(session: Session, post: str, decided: Decided, account: Account) -> None:
    seat = session.find_own_seat(account)
    if seat is None or seat.id not in decided.entitled:
        return
    st.markdown(f"**{t('My vote')}**: {vote_name(decided.own)}")
    for column, vote in zip(st.columns(3), VOTES, strict=True):
        column.button(
            vote_name(vote).capitalize(),
            key=f"vote_{post}_{vote}",
            width="stretch",
            type="primary" if vote == decided.own else "secondary",
            on_click=attempt,
            args=(_PLACE, lambda vote=vote: deciding.vote(engine(), session.id, post, vote, decided.text, by=account)),
        )


def draw_dissent(session: Session, account: Account) -> None:
    """The form in which a member writes down that they think otherwise; the chair's turning of the page leaves it alone."""
    posts = seen.list_seen_posts(engine(), session, by=account)
    if not posts:
        return
    titles = {each.key: each.title for each in session_review(session).posts}
    with st.expander(t("I think otherwise and want it written down"), icon=":material/edit_note:", key="dissent_open"):
        outcome(_DISSENT)
        post = st.selectbox(t("Post"), posts, format_func=lambda key: titles.get(key, key), key="dissent_post")
        st.text_area(t("Dissent"), key="dissent_text", max_chars=2000, height=80)

        def write_down() -> None:
            deciding.dissent(engine(), session.id, post, entered("dissent_text"), by=account)
            say_done(_DISSENT, t("Written down: {post}.", post=titles.get(post, post)))

        st.button(t("Write down"), key="dissent_now", on_click=attempt, args=(_DISSENT, write_down, ["dissent_text"]))


def _paper_votes(session: Session, post: str, decided: Decided, account: Account) -> None:
    without = {
        member.id: member.full_name
        for member in session.members
        if not member.username and member.id in decided.entitled
    }
    if not without:
        return
    with st.expander(t("Votes on paper"), icon=":material/how_to_vote:"):
        left, right = st.columns(2)
        member = left.selectbox(t("Member"), list(without), format_func=without.get, key=f"paper_vote_of_{post}")
        vote = right.selectbox(t("Vote"), list(VOTES), format_func=vote_name, key=f"paper_vote_{post}")
        st.button(
            t("Enter"),
            key=f"paper_vote_now_{post}",
            on_click=attempt,
            args=(
                _PLACE,
                lambda: deciding.vote(engine(), session.id, post, vote, decided.text, by=account, member=member),
            ),
        )


def _decide(session: Session, post: str, shown: Seen, decided: Decided | None, account: Account) -> None:
    """The chair's form: it begins with the consensus, and asks for a reason only where one is needed."""
    standings = seen.find_standings(session, shown.room)
    people = session_review(session).people["full_name"]
    names = {nip: str(people.get(nip, nip)) for nip in shown.room.candidates}
    able = sorted(
        (nip for nip, standing in standings.items() if standing.answer != INELIGIBLE),
        key=lambda nip: (standings[nip].consensus, standings[nip].official),
    )
    places = session.find_post(post).places
    # A key for each post: else the one that was shut for the post before stays shut.
    with st.expander(
        t("Put names to the vote"),
        expanded=decided is None,
        icon=":material/gavel:",
        key=f"decide_open_{post}_{decided is None}",
    ):
        if not able:
            st.warning(t("No candidate passes the gates; leave the post open."))
            return
        _warn_elsewhere(session, post, decided, names, account)
        for place in range(1, places + 1):
            _choose(post, place, able, names, standings, decided)
        if len(able) < places:
            st.caption(
                tn("Only {count} candidate passes the gates.", "Only {count} candidates pass the gates.", len(able))
            )

        def decide() -> None:
            choices = _read_choices(post, places, standings)
            deciding.decide(engine(), session.id, post, choices, standings, decided.text if decided else "", by=account)
            say_done(_PLACE, t("The names are put to the vote."))

        if decided is not None and decided.cast:
            ask_first(
                st.container(),
                t("Put to the vote"),
                tn(
                    "{count} vote on what was put before falls away. Put these names to the vote?",
                    "{count} votes on what was put before fall away. Put these names to the vote?",
                    decided.cast,
                ),
                f"decide_{post}",
                _PLACE,
                decide,
            )
        else:
            st.button(
                t("Put to the vote"), key=f"decide_{post}", type="primary", on_click=attempt, args=(_PLACE, decide)
            )


def _read_choices(post: str, places: int, standings: Mapping[str, Standing]) -> list[Choice]:
    """The names and reasons as they stand in the fields now: what was typed last counts, also where nobody left the field."""
    choices = []
    for place in range(1, places + 1):
        nip = st.session_state.get(f"choice_{post}_{place}")
        if nip is None or nip not in standings:
            continue
        reason = entered(f"reason_{post}_{place}_{nip}") if list_reasons_needed(place, standings[nip]) else ""
        check = entered(f"check_{post}_{place}_{nip}") if standings[nip].answer == REVIEW else ""
        choices.append(Choice(nip, reason.strip(), check.strip()))
    return choices


def _choose(
    post: str,
    place: int,
    able: list[str],
    names: dict[str, str],
    standings: dict[str, Standing],
    decided: Decided | None,
) -> None:
    before = decided.choices[place - 1] if decided and len(decided.choices) >= place else None
    start = before.nip if before and before.nip in able else able[place - 1] if len(able) >= place else None
    key = f"choice_{post}_{place}"
    if st.session_state.get(key) not in able:
        st.session_state[key] = start
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    nip = left.selectbox(
        t("Name {place}", place=place),
        able,
        index=None,
        format_func=lambda nip: t(
            "{name} (official {official}, consensus {consensus})",
            name=names[nip],
            official=standings[nip].official or "–",
            consensus=standings[nip].consensus,
        ),
        key=key,
        placeholder=t("choose …"),
    )
    if nip is None:
        return
    why = [_WHY[key] for key in list_reasons_needed(place, standings[nip])]
    if why:
        right.text_input(
            t("Reason (obligatory: {why})", why=", ".join(t(word) for word in why)),
            key=_begin_with(f"reason_{post}_{place}_{nip}", before.reason if before and before.nip == nip else ""),
            max_chars=2000,
        )
    if standings[nip].answer == REVIEW:
        st.text_input(
            t("{name} is to be reviewed: what is checked, by whom, until when", name=plain(names[nip])),
            key=_begin_with(f"check_{post}_{place}_{nip}", before.check if before and before.nip == nip else ""),
            max_chars=500,
        )


def _begin_with(key: str, text: str) -> str:
    """The key of a field that begins with a text and then keeps what is typed."""
    st.session_state.setdefault(key, text)
    return key


def _warn_elsewhere(
    session: Session, post: str, decided: Decided | None, names: dict[str, str], account: Account
) -> None:
    """Tell where a name of this post is put to the vote for another post too."""
    mine = {choice.nip for choice in decided.choices} if decided else set()
    titles = {each.key: each.title for each in session_review(session).posts}
    for other in session.posts:
        if other.post == post:
            continue
        there = seen.read_decided(engine(), session, other.post, by=account)
        both = [choice.nip for choice in there.choices if choice.nip in mine] if there else []
        for nip in both:
            st.warning(
                t(
                    "{name} is put to the vote for {other} as well.",
                    name=plain(names.get(nip, nip)),
                    other=plain(titles[other.post]),
                )
            )
