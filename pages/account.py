"""Akun saya: one's own password, second factor and sign-ins."""

import streamlit as st

from core.service import sign_ins
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.ui.account.second_factor import draw_second_factor
from core.ui.account.sign_ins import sign_ins_table
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.language import t, tn
from core.ui.shared import engine
from core.ui.shell import serve
from core.ui.sign_in import current_asker

_PASSWORD, _ENDING = "own_password", "end_sign_ins"
_FIELDS = ("present_password", "new_password", "new_password_again")


def draw(account: Account) -> None:
    """The page."""
    left, right = st.columns(2, gap="large")
    with left:
        _change_password()
    with right:
        draw_second_factor(account)
    _show_sign_ins(account)


def _change_password() -> None:
    st.subheader(t("Password"), anchor=False)
    outcome(_PASSWORD)
    with st.form("own_password"):
        st.text_input(t("Present password"), type="password", key=_FIELDS[0], autocomplete="current-password")
        st.text_input(t("New password"), type="password", key=_FIELDS[1], autocomplete="new-password")
        st.text_input(t("The same once more"), type="password", key=_FIELDS[2], autocomplete="new-password")
        st.caption(t("At least 12 characters, for instance four words that do not belong together."))
        st.form_submit_button(
            t("Change"), type="primary", on_click=attempt, args=(_PASSWORD, _set_own_password, _FIELDS)
        )


def _set_own_password() -> None:
    present, new, again = (entered(key) for key in _FIELDS)
    if new != again:
        raise MantelError(N_("the two passwords are not the same"))
    sign_ins.change_own_password(engine(), present, new, by=current_asker())
    say_done(_PASSWORD, t("Your password was changed; your other sign-ins have ended."))


def _show_sign_ins(account: Account) -> None:
    st.subheader(t("Where you are signed in"), anchor=False)
    outcome(_ENDING)
    records = sign_ins.list_own_sign_ins(engine(), by=account)
    st.dataframe(sign_ins_table(records, account.token), hide_index=True, alt=t("Where you are signed in"))
    others = len(records) - 1
    if others:
        ask_first(
            st.container(),
            t("End the others"),
            tn("End {count} other sign-in of yours?", "End {count} other sign-ins of yours?", others),
            "end_other_sign_ins",
            _ENDING,
            _end_others,
        )


def _end_others() -> None:
    ended = sign_ins.end_other_sign_ins(engine(), by=current_asker())
    say_done(_ENDING, tn("{count} sign-in has ended.", "{count} sign-ins have ended.", ended))


serve(draw)
