"""Administrasi: who may use Mantel, and as what."""

from collections.abc import Sequence

import streamlit as st

from core.service import accounts, sign_ins
from core.store.accounts import Account
from core.ui.account.sign_ins import sign_ins_table
from core.ui.actions import ask_first, attempt, entered, outcome, say_done
from core.ui.administration.acts import carry_out, name_acts
from core.ui.administration.users import accounts_table
from core.ui.language import plain, t
from core.ui.shared import engine
from core.ui.shell import serve
from core.ui.sign_in import current_asker
from core.ui.terms import role_name

_ADDING, _CHANGING = "add_user", "change_user"
#: A password made just now, with whose it is: it stays until somebody says that it was copied.
_MADE = "made_password"


def draw(account: Account) -> None:
    """The page."""
    users = accounts.list_users(engine(), by=account)
    _show_password()
    st.dataframe(accounts_table(users), hide_index=True, alt=t("Users"))
    left, right = st.columns(2, gap="large")
    with left:
        _add()
    with right:
        _change([user.username for user in users if user.username != account.username])
    _show_sign_ins(account)


def _show_password() -> None:
    username, password = st.session_state.get(_MADE, ("", ""))
    if not password:
        return
    with st.container(border=True):
        st.markdown(t("Password of {user}, shown only now:", user=f"**{plain(username)}**"))
        st.code(password, language=None)
        st.button(t("It was copied"), key="password_copied", on_click=st.session_state.pop, args=(_MADE, None))


def _add() -> None:
    st.subheader(t("New user"), anchor=False)
    outcome(_ADDING)
    # What was typed stays after a refusal.
    with st.form("new_user"):
        st.text_input(t("User name"), key="new_username")
        st.text_input(t("Full name"), key="new_full_name")
        usual = accounts.ROLES.index("member")
        st.selectbox(t("Role"), accounts.ROLES, index=usual, format_func=role_name, key="new_role")
        st.form_submit_button(
            t("Add"), type="primary", on_click=attempt, args=(_ADDING, _add_user, ("new_username", "new_full_name"))
        )


def _add_user() -> None:
    username, role = entered("new_username"), st.session_state["new_role"]
    password = accounts.add_user(engine(), username, entered("new_full_name"), role, by=current_asker())
    st.session_state[_MADE] = (username, password)
    say_done(_ADDING, t("The user {user} was added as {role}.", user=plain(username), role=role_name(role)))


def _change(usernames: Sequence[str]) -> None:
    st.subheader(t("Change"), anchor=False)
    outcome(_CHANGING)
    # Nothing is chosen beforehand, and each act names whom it is done to: a careless click must take no password away.
    username = st.selectbox(
        t("User name"), list(usernames), index=None, placeholder=t("choose …"), key="changed_username"
    )
    names = name_acts()
    what = st.radio(t("What"), list(names), index=None, format_func=names.get, key="changed_what")
    if username is None or what is None:
        st.caption(t("Choose a user and what shall be done."))
        return
    role = (
        st.selectbox(t("New role"), accounts.ROLES, format_func=role_name, key="changed_role") if what == "role" else ""
    )
    question = t("{what} for {user}?", what=names[what], user=username)
    ask_first(
        st.container(),
        t("Do it"),
        f"{question} {role_name(role)}" if role else question,
        f"change_{what}_{username}",
        _CHANGING,
        lambda: _change_user(username, what, role),
    )


def _change_user(username: str, what: str, role: str) -> None:
    done, password = carry_out(what, username, role, current_asker())
    if password:
        st.session_state[_MADE] = (username, password)
    say_done(_CHANGING, done)


def _show_sign_ins(account: Account) -> None:
    st.subheader(t("Signed in now"), anchor=False)
    records = sign_ins.list_all_sign_ins(engine(), by=account)
    st.dataframe(sign_ins_table(records, account.token, named=True), hide_index=True, alt=t("Signed in now"))


serve(draw)
