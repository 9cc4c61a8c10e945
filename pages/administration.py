"""Administrasi: who may use Mantel, and as what."""

from collections.abc import Callable

import streamlit as st

from core.service import accounts
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.ui.administration.users import accounts_table
from core.ui.language import sentence_of, t
from core.ui.shared import engine
from core.ui.shell import serve
from core.ui.terms import role_name


def draw(account: Account) -> None:
    """The page."""
    users = accounts.list_users(engine(), by=account)
    st.dataframe(accounts_table(users), hide_index=True, alt=t("Users"))
    left, right = st.columns(2, gap="large")
    with left:
        _add(account)
    with right:
        _change(account, [user.username for user in users])


def _add(account: Account) -> None:
    st.subheader(t("New user"), anchor=False)
    with st.form("new_user", clear_on_submit=True):
        username = st.text_input(t("User name"))
        full_name = st.text_input(t("Full name"))
        role = st.selectbox(t("Role"), accounts.ROLES, index=accounts.ROLES.index("member"), format_func=role_name)
        if st.form_submit_button(t("Add"), type="primary"):
            _do(lambda: accounts.add_user(engine(), username, full_name, role, by=account))


def _change(account: Account, usernames: list[str]) -> None:
    st.subheader(t("Change"), anchor=False)
    what_names = {
        "password": t("new password"),
        "deactivate": t("deactivate"),
        "activate": t("activate again"),
    }
    with st.form("change_user"):
        # Nothing is chosen beforehand: a careless click must not take the own password away.
        username = st.selectbox(t("User name"), usernames, index=None, placeholder=t("choose …"))
        what = st.radio(t("What"), list(what_names), index=None, format_func=what_names.get)
        if st.form_submit_button(t("Do it")):
            if username is None or what is None:
                st.error(t("Choose a user and what shall be done."))
            elif what == "password":
                _do(lambda: accounts.set_new_password(engine(), username, by=account))
            else:
                _do(lambda: accounts.set_active(engine(), username, what == "activate", by=account))


def _do(action: Callable[[], str | None]) -> None:
    try:
        password = action()
    except MantelError as error:
        st.error(sentence_of(error))
        return
    st.success(t("Done."))
    if password:
        st.write(t("Password, shown only now:"))
        st.code(password, language=None)


serve(draw)
