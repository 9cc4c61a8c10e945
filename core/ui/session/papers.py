"""Papers of a closed session: minutes and announcement, looked at and issued."""

from __future__ import annotations

import streamlit as st

from core.reports.papers import draw_pages
from core.service.accounts import has_right
from core.service.clock import today
from core.service.papers import issuing, register
from core.service.sessions import judging
from core.service.sessions.records import Session
from core.store.accounts import Account
from core.ui.actions import ask_first, outcome, say_done
from core.ui.download import offer_download
from core.ui.language import plain, show_day, t
from core.ui.papers.listing import kind_name, standing_sentence
from core.ui.session.shared import session_review
from core.ui.shared import engine, review, shared_result

_PLACE = "session_papers"
_KINDS = ("minutes", "announcement")


def show_papers(session: Session, account: Account) -> None:
    """What was issued, and what can be; for whoever sees the whole session."""
    if not has_right(account, "weigh") or not judging.may_check_seals(engine(), session, by=account):
        return
    with st.expander(t("Papers"), icon=":material/article:", key="papers_open", on_change="rerun"):
        outcome(_PLACE)
        if not st.session_state.get("papers_open"):
            return
        basis = issuing.find_basis(engine(), session)
        for paper in register.list_papers(engine(), by=account, session=session.id):
            st.text(
                f"{paper.number} · {kind_name(paper.kind)} · {show_day(paper.issued_on)} · {standing_sentence(paper)}"
            )
            file = next((each for each in paper.files if each.kind == "issued"), None)
            if file is not None:
                offer_download(
                    t("PDF of {number}", number=plain(paper.number)),
                    lambda digest=file.digest: register.load_file(engine(), digest, by=account),
                    issuing.name_file(paper.number, paper.issued_on),
                    right="weigh",
                    key=f"issued_{file.digest}",
                    icon=":material/download:",
                )
            if paper.standing == "valid" and paper.basis and not issuing.is_of_closing(paper, basis):
                st.warning(
                    plain(
                        t("{number} is of an earlier closing: issue the paper anew, or revoke it.", number=paper.number)
                    )
                )
        if not issuing.find_verification_address().startswith("http"):
            st.warning(
                t(
                    "This installation has no public address (MANTEL_PUBLIC_URL): the QR code of a paper would lead nowhere."
                )
            )
        for kind in _KINDS:
            offer_paper(session, kind, account, _PLACE)


def offer_paper(
    session: Session, kind: str, account: Account, place: str, state: str = "", *, drafts: bool = True
) -> None:
    """One kind of paper: issue it, take it as a Word file, look at it; what came of it is said at a place of the page.

    ``state`` names what it rests on beside the session; without ``drafts`` it is taken as a Word file only later.
    """
    left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
    left.markdown(f"**{kind_name(kind)}**")
    if has_right(account, "import"):

        def issue() -> None:
            made = issuing.issue_paper(engine(), session_review(session), session.id, kind, review(), by=account)
            say_done(place, t("{kind} issued under {number}.", kind=kind_name(kind), number=made.number))

        ask_first(
            middle,
            t("Issue"),
            t("The paper gets a number and a signed code, and stands in the register for ever. Issue it?"),
            f"issue_{kind}_{session.event}",
            place,
            issue,
        )
        if drafts:
            offer_download(
                t("Word file"),
                lambda: issuing.write_word(engine(), session_review(session), session.id, kind, review(), by=account),
                f"sidang-{session.id}-{kind}.docx",
                right="import",
                place=right,
                key=f"word_{kind}",
            )
    if st.toggle(t("Preview"), key=f"preview_{kind}"):
        pages = _draw(f"{session.id}|{session.event}|{kind}|{today()}|{state}", session, kind, account)
        at = st.pagination(len(pages), key=f"preview_page_{kind}") if len(pages) > 1 else 1
        st.image(pages[(at or 1) - 1], width="stretch", alt=t("Page {page} of the paper", page=at or 1))


@shared_result(max_entries=8)
def _draw(key: str, _session: Session, _kind: str, _account: Account) -> list[bytes]:
    document = issuing.preview_paper(engine(), session_review(_session), _session.id, _kind, review(), by=_account)
    return draw_pages(document, today())
