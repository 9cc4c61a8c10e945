"""Setting up the second factor on the page."""

from __future__ import annotations

import streamlit as st

from core.reports.qr import draw_code
from core.service import second_factor, sign_ins
from core.store.accounts import Account
from core.ui.actions import attempt, entered, outcome
from core.ui.language import t, tn
from core.ui.shared import engine
from core.ui.sign_in import current_asker

_PLACE = "second_factor"
#: The secret being set up, and the codes just made: both only until they are read.
_SECRET, _CODES = "second_factor_secret", "recovery_codes"


def draw_second_factor(account: Account) -> None:
    """Whether there is one, and the way to one."""
    st.subheader(t("Second factor"), anchor=False)
    outcome(_PLACE)
    if codes := st.session_state.get(_CODES):
        _show_codes(codes)
        return
    there, left = sign_ins.has_second_factor(engine(), by=account)
    if there:
        st.write(tn("Set up; {count} recovery code is left.", "Set up; {count} recovery codes are left.", left))
    else:
        st.write(t("Not set up. With it nobody signs in by your password alone."))
    if _SECRET not in st.session_state:
        label = t("Set up anew") if there else t("Set up")
        st.button(label, key="second_factor_begin", on_click=_begin)
        return
    _ask_code(account, st.session_state[_SECRET])


def _begin() -> None:
    st.session_state[_SECRET] = second_factor.make_secret()


def _ask_code(account: Account, secret: str) -> None:
    picture, form = st.columns([1, 2], vertical_alignment="center")
    picture.image(draw_code(second_factor.write_address(secret, account.username)), width=200)
    with form:
        st.write(t("Read the picture with an authenticator app, or type the key, then enter the six digits it shows."))
        st.code(secret, language=None)
        with st.form("second_factor_form"):
            st.text_input(t("Code"), key="second_factor_code", autocomplete="one-time-code")
            st.text_input(
                t("Present password"), type="password", key="second_factor_password", autocomplete="current-password"
            )
            st.form_submit_button(t("Confirm"), type="primary", on_click=attempt, args=(_PLACE, _confirm))


def _confirm() -> None:
    codes = sign_ins.add_second_factor(
        engine(),
        entered("second_factor_password"),
        st.session_state[_SECRET],
        entered("second_factor_code"),
        by=current_asker(),
    )
    del st.session_state[_SECRET]
    st.session_state[_CODES] = codes


def _show_codes(codes: list[str]) -> None:
    st.write(
        t(
            "Each of these opens Mantel once in place of your telephone. Write them down and keep them apart from it; they are shown only now."
        )
    )
    st.code("\n".join(codes), language=None)
    st.button(t("They are written down"), key="codes_written", on_click=st.session_state.pop, args=(_CODES, None))
