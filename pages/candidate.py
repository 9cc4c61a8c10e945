"""Profil: one person on one page, or up to four side by side."""

import streamlit as st

from core.store.accounts import Account
from core.talent.person import profile
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.ui.candidate.comparison import compare_people
from core.ui.candidate.development import develop
from core.ui.candidate.head import show_head, show_highlights
from core.ui.candidate.levels import show_aspects, show_competencies, show_criteria
from core.ui.candidate.records import say_how_sure, show_gates, show_posts_held, show_records
from core.ui.candidate.sheet import offer_sheet
from core.ui.explaining import explain_button
from core.ui.language import plain, show_day, t
from core.ui.links import adopt, choose_one, publish
from core.ui.people_search import describe_left, found_people
from core.ui.reading import note_read
from core.ui.shared import review
from core.ui.shell import fragment, serve
from core.ui.widgets import nothing_imported, post_labels

_MOST = 4


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    _profile(current, account)


@fragment
def _profile(current: TalentReview, account: Account) -> None:
    with st.container(key="profile_choice"):
        left, right = st.columns(2)
        with left:
            posts = [ALL_PEOPLE, *current.post_table["post"]]
            post = choose_one(
                st.selectbox,
                t("Held against the post"),
                posts,
                "post",
                posts[0],
                format_func=post_labels(current).get,
            )
        with right:
            nips = _chosen(current)
    if not nips:
        st.info(t("Nobody is chosen yet. Find a person by name, NIP or post in the field above."))
        return
    note_read(*nips)
    if len(nips) == 1:
        _one(current, nips[0], post, account)
    else:
        compare_people(current, nips, post)


def _chosen(current: TalentReview) -> list[str]:
    """People of the link; the field adds one to compare with."""
    adopt("nip", lambda text: [nip for nip in text.split("~") if nip][:_MOST], [])
    wanted = st.session_state["nip"]
    known = [nip for nip in dict.fromkeys(wanted) if nip in current.people.index]
    for nip in wanted:
        if nip in current.left.index:
            st.warning(plain(describe_left(current.left.loc[nip])))
    if len(known) < sum(nip not in current.left.index for nip in wanted):
        st.warning(t("A person of the link is not known here any more; the others are shown."))
    names = current.people["full_name"]
    if known and len(known) < _MOST:
        text = st.text_input(t("Compare with"), key="compare_with", max_chars=200, placeholder=t("name, NIP, post"))
        more = [(nip, line) for nip, line in found_people(text or "", 5) if nip not in known]
        for nip, line in more:
            if st.button(plain(line), key=f"add_{nip}", icon=":material/add:"):
                known.append(nip)
                break
    if len(known) > 1:
        choice = st.pills(
            t("Compared"),
            known,
            default=known,
            selection_mode="multi",
            format_func=lambda nip: plain(str(names[nip])),
            key=f"compared_{'_'.join(known)}",
        )
        known = [nip for nip in known if nip in choice] or known[:1]
    publish("nip", known, "~".join(known))
    return known


def _one(current: TalentReview, nip: str, post: str, account: Account) -> None:
    person = current.people.loc[nip]
    required = profile.get_asked_levels(current, nip, post)
    criteria = profile.compare_with_peers(current, nip)
    levels = profile.tabulate_competencies(current, nip, required)
    with st.container(key="profile"):
        show_head(current, nip, person)
        show_highlights(current, criteria, levels)
        # Side by side on paper as well, which a narrow sheet would not give columns.
        columns = st.container(horizontal=True, gap="large", key="profile_columns")
        left, right = (columns.container(width="stretch", key=f"profile_{side}") for side in ("left", "right"))
        with left:
            show_criteria(current, criteria, str(person["level"]))
            show_aspects(current, nip)
        with right:
            show_competencies(levels)
            show_gates(current, nip, post)
        show_posts_held(current, nip)
        show_records(current, nip)
        st.caption(
            say_how_sure(current, nip)
            + " "
            + t("As of {day}. For consideration: the decision is the PPK's.", day=show_day(current.as_of))
        )
    with st.container(key="profile_more"):
        develop(current, nip, post, account)
        explain_button(current, nip, post, "profile")
        offer_sheet(current, nip, account)
        st.caption(t("Print this page with Ctrl+P: it fits one sheet of A4."))


serve(draw)
