"""Beranda: what calls for somebody now; nothing that is fine takes room, and each statement is a way there."""

import streamlit as st

from core.service.accounts import has_right
from core.service.clock import today
from core.service.sessions import records, seen
from core.store.accounts import Account
from core.talent.oversight.alerts import Alerts, find_alerts
from core.talent.review import TalentReview
from core.ui.freshness import say_backup, say_how_fresh
from core.ui.language import show_day, show_number, t, tn
from core.ui.open_cases import show_open_cases
from core.ui.session.sentences import phase_name
from core.ui.shared import engine, review, succession_table
from core.ui.shell import serve
from core.ui.stale import PAGES, link_to, list_stale, say_stale
from core.ui.statement import show_statement
from core.ui.widgets import nothing_imported

#: So many things that rest on old data are named.
_STALE = 4

# A statement is read from the other end of the table.
_LARGE = """<style>
[class*="st-key-now_"] a p { font-size: 1.3rem; font-weight: 600; white-space: normal; }
[class*="st-key-named_"] a p { font-size: 1rem; font-weight: 400; text-decoration: underline; }
</style>"""


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    st.html(_LARGE)
    alerts = find_alerts(current, succession_table(current))
    if not alerts.anything:
        st.success(t("Nothing calls for you: every post is covered and everybody is assessed."))
    _sessions(account)
    show_open_cases(current, account)
    _stale(current, account)
    _posts(alerts)
    _people(alerts)
    say_how_fresh(current)
    if has_right(account, "administer"):
        say_backup()


def _sessions(account: Account) -> None:
    """The sessions that wait for somebody, and what is still to be done after others."""
    for session in records.list_sessions(engine(), by=account):
        if session.phase in ("judging", "revealed", "discussion", "decision"):
            words = f"{session.name}: {phase_name(session.phase)}"
            show_statement(f"session_{session.id}", words, "session", {"session": str(session.id)}, ":material/groups:")
    tasks = seen.list_open_tasks(engine(), by=account)
    if tasks:
        late = sum(task.due < today() for _, task in tasks)
        words = tn("{count} open task of a session", "{count} open tasks of sessions", len(tasks))
        if late:
            words += ", " + tn("{count} overdue", "{count} overdue", late)
        words += f": {tasks[0][1].what} ({tasks[0][1].owner}, {show_day(tasks[0][1].due)})"
        query = {"session": str(tasks[0][0].id)}
        show_statement("tasks", words, "session", query, ":material/task_alt:")


def _stale(current: TalentReview, account: Account) -> None:
    """What was kept and rests on old data since an import, with the reason."""
    found = list_stale(current, account)
    for stale in found[:_STALE]:
        key, words = f"stale_{stale.kind}_{stale.number}", say_stale(stale, current)
        show_statement(key, words, PAGES[stale.kind], link_to(stale), ":material/update:")
    if (more := len(found) - _STALE) > 0:
        st.caption(tn("{count} more rests on old data.", "{count} more rest on old data.", more))


def _posts(alerts: Alerts) -> None:
    uncovered, waiting, retiring = (len(posts) for posts in (alerts.uncovered, alerts.waiting, alerts.retiring))
    if uncovered:
        words = tn(
            "{count} vacant post without a ready candidate", "{count} vacant posts without a ready candidate", uncovered
        )
        show_statement("uncovered", words, "succession", {"show": "vacant"}, ":material/error:", alerts.uncovered)
    if waiting:
        words = tn(
            "{count} vacant post whose candidates can be weighed",
            "{count} vacant posts whose candidates can be weighed",
            waiting,
        )
        show_statement(
            "waiting", words, "ranking", {"post": alerts.waiting[0].key}, ":material/balance:", alerts.waiting
        )
    if retiring:
        words = tn(
            "{count} post falls vacant within twelve months", "{count} posts fall vacant within twelve months", retiring
        )
        show_statement("retiring", words, "succession", {}, ":material/event:", alerts.retiring)


def _people(alerts: Alerts) -> None:
    unplaced = alerts.people - alerts.on_grid
    if unplaced:
        words = t(
            "{count} of {people} people are not fully assessed and stand in no box",
            count=show_number(unplaced),
            people=show_number(alerts.people),
        )
        show_statement("unplaced", words, "talent_grid", {"box": "0"}, ":material/grid_off:")
    if alerts.expired or alerts.missing:
        words = t(
            "Assessments: {expired} people have an expired one, {missing} lack one",
            expired=show_number(alerts.expired),
            missing=show_number(alerts.missing),
        )
        show_statement("assessments", words, "quality", {}, ":material/assignment_late:")


serve(draw)
