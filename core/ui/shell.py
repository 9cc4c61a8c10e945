"""The frame around every page: page settings, sign-in, navigation, what is shown when all fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import streamlit as st

from core.service.accounts import Right, has_right
from core.settings import ROOT
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.ui.actions import keep_said, take_stale
from core.ui.language import plain, sentence_of, t
from core.ui.links import choose_language, keep_language, keep_over_switch, take_language
from core.ui.people_search import find_field
from core.ui.preload import load_early
from core.ui.printing import note_prints
from core.ui.shared import engine, wait_at
from core.ui.sign_in import current_account, show_way_in, sign_out
from core.ui.streamlit_words import say_in_own_words
from core.ui.terms import role_name
from core.ui.theme import choose_theme

_IN_SHELL = "_in_shell"
#: The page that has neither navigation nor header.
_BARE = "presentation"
_LOG = logging.getLogger("mantel")
_P = ParamSpec("_P")

#: The pages in the order of the navigation: file, title, right needed.
PAGES: tuple[tuple[str, str, Right], ...] = (
    ("overview", N_("Overview"), "read"),
    ("talent_grid", N_("Talent grid"), "read"),
    ("ranking", N_("Ranking & weights"), "read"),
    ("succession", N_("Succession"), "read"),
    ("session", N_("Session"), "read"),
    ("papers", N_("Papers"), "weigh"),
    ("candidate", N_("Profile"), "read"),
    ("presentation", N_("Presentation"), "read"),
    ("data", N_("Data"), "read"),
    ("quality", N_("Data quality"), "read"),
    ("rubrics", N_("Rubrics"), "administer"),
    ("administration", N_("Administration"), "administer"),
    ("trail", N_("Audit trail"), "administer"),
    ("guide", N_("Guide"), "read"),
    ("account", N_("My account"), "read"),
)
#: Pages that stand not in the navigation but under the name at the top.
_UNDER_THE_NAME = frozenset({"account", "trail"})


# Streamlit keeps 6 rem free above every page and has no setting for it; on a laptop that is two
# candidates less in sight. This class is the only one of Streamlit's that Mantel knows.
# On a projector everything grows with the root's size. Streamlit writes white on a primary button, whatever its colour.
_STYLE = """<style>
.stMainBlockContainer { padding-top: 4.2rem; padding-bottom: 2rem; }
.st-key-shell_header h1 { padding: 0; }
.st-key-shell_words { display: none; }
[data-testid^="stBaseButton-primary"] * { color: light-dark(#ffffff, #12161b) !important; }
@media (min-width: 1700px) { html { font-size: 20px; } }
@page { size: A4; margin: 8mm; }
@media print {
  .stMainBlockContainer { padding: 0; zoom: 0.6; }
  .st-key-profile_columns { display: grid !important; grid-template-columns: 1fr 1fr; }
  .st-key-shell_header, .st-key-profile_choice, .st-key-profile_more, [class*="st-key-save_"], header { display: none !important; }
}
</style>"""


def page(name: str) -> st.Page:
    """The navigation entry of a page, for links to it."""
    title = next(title for file, title, _ in PAGES if file == name)
    first = name == "overview"
    # The first page stands at the root; the address of its name leads there (``_navigation``).
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=t(title),
        url_path="start" if first else name,
        default=first,
        visibility="hidden" if name in _UNDER_THE_NAME else "visible",
    )


def run() -> None:
    """Run the app: nobody passes without signing in, whichever page was asked for."""
    st.html(_STYLE)
    st.set_page_config(page_title="Mantel", page_icon=ROOT / "core" / "ui" / "icon.png", layout="wide")
    take_language()
    with st.container(key="shell_words"):
        say_in_own_words()
        load_early()
        note_prints()
    take_stale()  # this is the whole page
    with _one_sentence():
        engine()  # a database that cannot be used is said at once, not after the password
        account = current_account()
        if account is None:
            show_way_in()
            st.stop()
        chosen = _navigation(account)
        keep_over_switch(chosen.url_path)
        if chosen.url_path == _BARE:
            chosen = _navigation(account, bare=True)
            keep_language()
        else:
            _header(chosen.title, account)
        wait_at(st.empty())
        st.session_state[_IN_SHELL] = True
        try:
            chosen.run()
        finally:
            st.session_state[_IN_SHELL] = False


def _navigation(account: Account | None, bare: bool = False) -> st.Page:
    """The pages an account may see. Hidden for a stranger: the page asked for is remembered, none is named."""
    allowed = [page(name) for name, _, right in PAGES if account is None or has_right(account, right)]
    # The first page has no name in its address; whoever writes the name is led there.
    named = st.Page(ROOT / "pages" / "overview.py", title=t("Overview"), url_path="overview", visibility="hidden")
    chosen = st.navigation([*allowed, named], position="top" if account and not bare else "hidden")
    if chosen.url_path == "overview":
        st.switch_page(page("overview"))
    return chosen


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Whatever fails is one sentence on screen; what nobody foresaw goes to the log as well."""
    try:
        yield
    except MantelError as error:
        st.error(sentence_of(error))
    except Exception:
        _LOG.exception("page failed")
        st.error(t("This page could not be drawn. Nothing was changed; the details are in the server's log."))


def fragment(draw: Callable[_P, None]) -> Callable[_P, None]:
    """A part of a page that runs again by itself, for whoever is still signed in."""

    @st.fragment
    @wraps(draw)
    def safe(*args: _P.args, **more: _P.kwargs) -> None:
        with _one_sentence():
            account = current_account()
            # Drawn for somebody else, or for another role: the whole page is drawn anew.
            drawn_for = [arg for arg in (*args, *more.values()) if isinstance(arg, Account)]
            if account is None or take_stale() or any(arg != account for arg in drawn_for):
                st.rerun()
            draw(*args, **more)

    return safe


def _header(title: str, account: Account) -> None:
    header = st.container(key="shell_header")
    left, search, middle, right = header.columns([3.6, 3.2, 1.1, 1.9], vertical_alignment="center")
    left.title(title, anchor=False)
    with search:
        _find()
    with middle:
        choose_language()
    with right.popover(plain(account.full_name), icon=":material/person:", width="stretch"):
        st.write(t("Role: {role}", role=role_name(account.role)))
        st.page_link(page("account"), icon=":material/manage_accounts:")
        if has_right(account, "administer"):
            st.page_link(page("trail"), icon=":material/history:")
        choose_theme(["", *(name for name, _, _ in PAGES)])
        st.button(t("Sign out"), on_click=sign_out, key="sign_out")


@fragment
def _find() -> None:
    """The field that finds a person, on every page; a fragment of its own, so that looking redraws nothing else."""
    find_field(page("candidate"), page("ranking"))


def serve(draw: Callable[[Account], None]) -> None:
    """Last statement of every page: draw it for whoever may see it, nothing for anybody else.

    A fresh server answers a page's address by running the page's file alone, without ``app.py``.
    Then the whole app is run from here, with its sign-in and navigation. The account is asked for
    again in any case, so that no page depends on having been reached the right way; the right is the one
    that ``PAGES`` asks for.
    """
    if not st.session_state.get(_IN_SHELL):
        run()
        return
    account = current_account()
    file = Path(draw.__code__.co_filename).stem
    right = next(right for name, _, right in PAGES if name == file)
    if account is None or not has_right(account, right):
        st.error(t("You may not see this page."))
        return
    keep_said(False)
    draw(account)
