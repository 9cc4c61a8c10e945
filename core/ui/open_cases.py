"""On Beranda: cases that wait for a letter, acting holders of long standing, new holders whom the data do not show."""

from __future__ import annotations

import streamlit as st

from core.service.cases import steps
from core.settings import settings
from core.store.accounts import Account
from core.talent.appointments import Why
from core.talent.case.steps import STEP_NAMES
from core.talent.messages import N_
from core.talent.oversight.acting import ActingHolder, list_long_acting
from core.talent.review import TalentReview
from core.ui.language import show_day, t, tn
from core.ui.shared import engine, shared_result
from core.ui.statement import show_statement

#: Why the imported data do not show an inauguration.
UNCONFIRMED: dict[Why, str] = {
    "waits": N_("{name} was inaugurated on {day} and counts as the holder; the imported data do not show it yet."),
    "other_holder": N_(
        "{name} was inaugurated on {day}; the imported data have {other} in the post since then: look which is wrong."
    ),
    "other_post": N_(
        "{name} was inaugurated on {day}; the imported data have another post of theirs since then, or write this one otherwise."
    ),
    "left": N_("{name} was inaugurated on {day}; by the imported data they are not in active service."),
    "no_post": N_("{name} was inaugurated on {day}; the post is not among the posts of the regency any more."),
}
#: So many of each are told.
_TOLD = 4


def show_open_cases(current: TalentReview, account: Account) -> None:
    """What waits after sessions, the longest first."""
    titles = {post.key: post.title for post in current.posts}
    waiting = steps.list_open_cases(engine(), by=account)
    for case, days in waiting[:_TOLD]:
        assert case.next is not None
        words = tn(
            "{post}: next is “{step}”, {count} day since the last step",
            "{post}: next is “{step}”, {count} days since the last step",
            days,
            post=titles.get(case.post, case.post),
            step=t(STEP_NAMES[case.next]),
        )
        query = {"session": str(case.session.id)}
        show_statement(f"case_{case.session.id}_{case.post}", words, "session", query, ":material/outgoing_mail:")
    if (more := len(waiting) - _TOLD) > 0:
        st.caption(tn("{count} more case waits.", "{count} more cases wait.", more))
    _show_unconfirmed(current, titles)
    _show_acting(current)


def _show_unconfirmed(current: TalentReview, titles: dict[str, str]) -> None:
    names = current.people["full_name"]
    for each in current.unconfirmed[:_TOLD]:
        made = each.appointment
        other = str(names.get(each.other, each.other))
        said = t(UNCONFIRMED[each.why], name=str(names.get(made.nip, made.nip)), day=show_day(made.day), other=other)
        words = f"{titles.get(made.post, made.post)}: {said}"
        show_statement(f"unconfirmed_{made.post}", words, "succession", {}, ":material/person_check:")
    if (more := len(current.unconfirmed) - _TOLD) > 0:
        st.caption(
            tn(
                "{count} more inauguration is not shown by the data.",
                "{count} more inaugurations are not shown by the data.",
                more,
            )
        )


@shared_result(max_entries=4)
def _find_long_acting(current: TalentReview, months: int) -> list[ActingHolder]:
    """Found once for a review: the histories of everybody are read for it."""
    return list_long_acting(current, months)


def _show_acting(current: TalentReview) -> None:
    found = _find_long_acting(current, settings().acting_months)
    names = current.people["full_name"]
    for at, each in enumerate(found[:_TOLD]):
        words = t(
            "{name} has been acting as {post} for {months} months, since {day}",
            name=str(names.get(each.nip, each.nip)),
            post=each.title,
            months=each.months,
            day=show_day(each.since),
        )
        show_statement(f"acting_{at}", words, "candidate", {"nip": each.nip}, ":material/hourglass_bottom:")
    if (more := len(found) - _TOLD) > 0:
        st.caption(tn("{count} more has been acting for long", "{count} more have been acting for long", more))
