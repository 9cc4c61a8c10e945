"""Presentasi: for the projector, one post or person at a time, with names hidden if wanted."""

import streamlit as st

from core.store.accounts import Account
from core.talent.review import TalentReview
from core.talent.succession.table import list_agenda
from core.ui.language import plain, t
from core.ui.links import choose_one, remembered, switch
from core.ui.people_set import people_set
from core.ui.presentation.controls import CONTROLS
from core.ui.presentation.slides import show_person, show_post
from core.ui.session import choice, projector
from core.ui.shared import review
from core.ui.shell import fragment, page, serve
from core.ui.widgets import nothing_imported

# The controls are one line that is there while somebody moves the pointer, points at it or tabs into it, and else is not.
_LARGE_TYPE = """<style>
html { font-size: 24px !important; }
@media (min-width: 1700px) { html { font-size: 32px !important; } }
.stMainBlockContainer { padding-top: 1.2rem; }
.stMainBlockContainer h1 { font-size: 2rem; padding: 0; }
.st-key-agenda { zoom: 0.65; opacity: 0; transition: opacity 300ms; }
[data-mantel-pointer] .st-key-agenda, .st-key-agenda:hover, .st-key-agenda:focus-within { opacity: 1; }
</style>"""


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    st.html(_LARGE_TYPE)
    session = choice.choose(account)
    if session is not None:
        _wall(session.id, account)
        return
    _slide(review())


@fragment
def _wall(number: int, account: Account) -> None:
    """A session of the committee, as its chair leads it."""
    projector.draw(number, account)
    with st.container(key="agenda"):
        if st.button(t("End"), key="wall_end", icon=":material/close:"):
            st.switch_page(page("session"), query_params={"session": str(number)})
    CONTROLS(key="slide_controls")


@fragment
def _slide(current: TalentReview) -> None:
    people = [nip for nip in people_set() if nip in current.people.index]
    with st.container(horizontal=True, vertical_alignment="center", key="agenda"):
        kinds = {"posts": t("Posts"), "people": t("People")}
        kind = choose_one(
            st.segmented_control,
            t("Items of the agenda"),
            list(kinds),
            "agenda_of",
            "people" if people else "posts",
            required=True,
            format_func=kinds.get,
            label_visibility="collapsed",
        )
        items = people if kind == "people" else list_agenda(current)
        at = _position(len(items))
        _step("slide_back", t("Previous"), ":material/arrow_back:", "Left", at - 1, len(items))
        st.text(t("{at} of {all}", at=at + 1 if items else 0, all=len(items)))
        _step("slide_on", t("Next"), ":material/arrow_forward:", "Right", at + 1, len(items))
        blind = switch(t("Hide names"), "blind")
        if st.button(t("End"), key="slide_end", icon=":material/close:"):
            st.switch_page(page("overview"))
    CONTROLS(key="slide_controls")
    if not items:
        st.info(t("No people are chosen: make a set on the talent grid, then come back; or show the posts."))
    elif kind == "posts":
        show_post(current, items[at], blind)
    else:
        show_person(current, items[at], items, blind)


def _step(key: str, name: str, icon: str, shortcut: str, to: int, count: int) -> None:
    """The button to another slide; its arrow key, and that of a remote control, press it."""
    off = not 0 <= to < count
    st.button(name, key=key, icon=icon, shortcut=shortcut, disabled=off, on_click=_go, args=(to,))


def _position(count: int) -> int:
    slide = remembered("slide") or "1"
    named = int(slide) if slide.isascii() and slide.isdigit() and len(slide) < 7 else 0
    if not 1 <= named <= max(count, 1):
        st.warning(t("The link asks for slide “{value}”; there are {count}.", value=plain(slide[:20]), count=count))
    return min(max(named, 1), max(count, 1)) - 1


def _go(at: int) -> None:
    st.session_state["slide"] = str(at + 1)


serve(draw)
