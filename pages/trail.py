"""Jejak: who did what, and whether anything was changed in it."""

import streamlit as st

from core.reports.workbook import frame_workbook
from core.service import trail, trail_reading
from core.store.accounts import Account
from core.trail.events import Event
from core.ui.actions import attempt, entered, refusal
from core.ui.download import offer_download
from core.ui.language import sentence_of, show_number, t
from core.ui.links import choose_many, enter_text
from core.ui.shared import engine
from core.ui.shell import serve
from core.ui.sign_in import current_asker
from core.ui.trail.entries import entries_table
from core.ui.trail.event_names import event_name

_PLACE, _FOUND = "verify_trail", "trail_verified"
_MOST = 500


def draw(account: Account) -> None:
    """The page."""
    _verify()
    _show_entries(account)


def _verify() -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        refusal(_PLACE)
        found = st.session_state.get(_FOUND)
        if found is None:
            st.write(
                t(
                    "Every entry counts into one sum that is signed. Compute it again to see whether anything was changed."
                )
            )
        elif found.sound:
            st.success(t("{count} entries, none was changed.", count=show_number(found.size)))
        else:
            for fault in found.faults:
                st.error(sentence_of(fault))
        st.caption(
            t(
                "Without a checkpoint from outside nobody can tell a trail that was written anew with the key, nor an older database put back."
            )
        )
        st.button(t("Verify the trail"), type="primary", on_click=attempt, args=(_PLACE, _verify_now), key="verify_now")
    with right:
        st.text_area(
            t("A checkpoint kept elsewhere"), key="outside_checkpoint", height=150, placeholder="mantel audit trail …"
        )
        offer_download(
            t("Checkpoint of now"),
            lambda: trail.make_checkpoint(engine()),
            "checkpoint.txt",
            right="administer",
            icon=":material/verified:",
        )


def _verify_now() -> None:
    st.session_state.pop(_FOUND, None)
    st.session_state[_FOUND] = trail_reading.verify_trail(
        engine(), entered("outside_checkpoint").strip() or None, by=current_asker()
    )


def _show_entries(account: Account) -> None:
    columns = st.columns([3, 2, 2])
    with columns[0]:
        events = choose_many(
            st.multiselect, t("What"), [event.value for event in Event], "event", format_func=event_name
        )
    with columns[1]:
        username = enter_text(t("User name"), "user")
    with columns[2]:
        subject = enter_text(t("Subject (NIP, user name, number)"), "subject")
    entries = trail_reading.list_entries(
        engine(), by=account, username=username.strip(), events=tuple(events), subject=subject.strip(), most=_MOST
    )
    table = entries_table(entries)
    st.caption(t("The latest {count} entries.", count=show_number(len(entries))))
    st.dataframe(table, hide_index=True, height=460, alt=t("The audit trail"))
    offer_download(
        t("Download (XLSX)"), lambda: frame_workbook(t("The audit trail"), table), "jejak.xlsx", right="administer"
    )


serve(draw)
