"""Beranda: what needs attention today; each line leads to its page."""

import pandas as pd
import streamlit as st

from core.service import importing
from core.store.accounts import Account
from core.talent.oversight.alerts import Alerts, find_alerts
from core.ui.language import plain, show_day, show_number, t
from core.ui.shared import engine, review, succession_table
from core.ui.shell import page, serve
from core.ui.widgets import nothing_imported


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    look = find_alerts(current, succession_table(current))
    st.caption(t("As of {day}.", day=show_day(current.as_of)))
    posts, data = st.columns(2)
    with posts:
        _posts(look)
    with data:
        _data(look)


def _posts(look: Alerts) -> None:
    st.subheader(t("Posts"), anchor=False)
    _line(
        len(look.vacant_without_ready),
        t("vacant posts without a ready candidate"),
        ", ".join(look.vacant_without_ready) or t("every vacant post has at least one ready candidate"),
        ("succession", t("Open succession"), {"show": "vacant"}),
        urgent=bool(look.vacant_without_ready),
    )
    _line(
        len(look.retiring_soon),
        t("retirements within twelve months"),
        ", ".join(look.retiring_soon) or t("none"),
        ("succession", t("Open succession"), {}),
    )
    _line(look.vacant, t("vacant posts"), t("choose one and weigh its candidates"), ("ranking", t("Open ranking"), {}))


def _data(look: Alerts) -> None:
    st.subheader(t("People and data"), anchor=False)
    grid = t("Open talent grid")
    _line(
        f"{show_number(look.share_on_grid, 1)} %",
        t("of {people} people are on the grid", people=show_number(look.people)),
        t(
            "{count} are not assessed: a missing criterion is never counted as zero",
            count=show_number(look.people - look.on_grid),
        ),
        ("talent_grid", grid, {}),
    )
    _line(
        look.expired,
        t("people with an expired assessment"),
        t("older than three years: to be assessed again"),
        ("talent_grid", grid, {"box": "0"}),
    )
    _line(
        look.missing,
        t("people without an assessment"),
        t("competency or potential was never assessed"),
        ("talent_grid", grid, {"box": "0"}),
    )
    _last_import()


def _line(
    figure: int | str, what: str, detail: str, link_to: tuple[str, str, dict[str, str]], urgent: bool = False
) -> None:
    target, label, query = link_to
    with st.container(border=True):
        number, words = st.columns([1.1, 4], vertical_alignment="center")
        number.markdown(f"### :orange[{figure}]" if urgent else f"### {figure}")
        words.markdown(f"**{what}**  \n{plain(detail)}")
        words.page_link(page(target), label=label, icon=":material/arrow_forward:", query_params=query)


def _last_import() -> None:
    history = importing.list_attempts(engine())
    done = history.dropna(subset=["batch_id"])
    if done.empty:
        return
    last = done.iloc[0]
    _line(
        last["files"].count(",") + 1,
        t("files in the last import"),
        t("on {day} by {user}", day=show_day(pd.Timestamp(last["attempted_at"])), user=last["username"]),
        ("data", t("Open data"), {}),
    )


serve(draw)
