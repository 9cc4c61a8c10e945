"""Who of a post's candidates has not been checked for punishments, and the tick that says so."""

from __future__ import annotations

import datetime as dt
import zlib

import streamlit as st

from core.service.accounts import has_right
from core.service.checking import confirm_no_punishment, list_unchecked
from core.service.clock import today
from core.store.accounts import Account
from core.talent.review import TalentReview
from core.ui.actions import attempt, done, entered, refusal, refused, say_done
from core.ui.language import t, tn
from core.ui.shared import engine
from core.ui.sign_in import current_asker

_PLACE = "discipline_checks"


def discipline_checks(current: TalentReview, post: str, account: Account) -> None:
    """The list of who is not checked, and its ticks for who may import; nothing where everybody is."""
    if not has_right(account, "import"):
        return
    unchecked = list_unchecked(current, post)
    done(_PLACE)
    if unchecked.empty:
        return
    title = tn(
        "{count} candidate has not been checked for punishments",
        "{count} candidates have not been checked for punishments",
        len(unchecked),
    )
    with st.expander(title, key=f"checks_{post}", expanded=refused(_PLACE)):
        refusal(_PLACE)
        st.caption(
            t("No record counts as none only when somebody has looked. Choose whom was looked for, then record it.")
        )
        shown = unchecked.rename(columns={"name": t("Name"), "nip": "NIP", "unit": t("Unit"), "last": t("Last check")})
        # Streamlit keeps a selection by its row number: other rows need another table.
        rows = zlib.crc32("~".join(unchecked["nip"]).encode())
        chosen = st.dataframe(
            shown,
            hide_index=True,
            on_select="rerun",
            selection_mode="multi-row",
            key=f"unchecked_{post}_{rows:08x}",
            height=min(36 * (len(shown) + 1) + 2, 260),
            alt=t("Candidates who have not been checked"),
        )["selection"]["rows"]
        left, right = st.columns([1, 3])
        left.date_input(t("Looked on"), today(), max_value=today(), format="DD/MM/YYYY", key=f"checked_on_{post}")
        right.text_input(t("Where was looked"), key=f"checked_note_{post}", max_chars=300)
        people = [
            (str(row.nip), str(row.name))
            for row in unchecked.iloc[[at for at in chosen if at < len(unchecked)]].itertuples(index=False)
        ]
        st.button(
            tn("Record: no punishment of {count} person", "Record: no punishment of {count} people", len(people)),
            key=f"record_checks_{post}",
            disabled=not people,
            on_click=attempt,
            args=(_PLACE, lambda: _record(post, people), (f"checked_note_{post}",), True),
        )


def _record(post: str, people: list[tuple[str, str]]) -> None:
    day = st.session_state.get(f"checked_on_{post}")
    on = day if isinstance(day, dt.date) else today()
    count = confirm_no_punishment(engine(), people, on, entered(f"checked_note_{post}"), by=current_asker())
    said = tn("{count} person was recorded as checked.", "{count} people were recorded as checked.", count)
    say_done(_PLACE, said)
