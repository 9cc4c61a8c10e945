"""The papers of the register, and one of them with its files."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.locales import stamp
from core.papers.standing import Standing
from core.service.papers import publishing, register
from core.service.papers.issuing import name_file
from core.service.papers.register import RegisteredPaper
from core.store.accounts import Account
from core.talent.messages import N_
from core.ui.download import offer_download
from core.ui.language import plain, show_day, t, tn
from core.ui.shared import engine

_STANDINGS: dict[Standing, str] = {
    "valid": N_("holds"),
    "replaced": N_("replaced"),
    "revoked": N_("revoked"),
}
_KINDS = {
    "minutes": N_("Minutes"),
    "announcement": N_("Announcement"),
    "packet": N_("Packet for BKN"),
    "sheet": N_("Sheet of one person"),
    "letter": N_("Letter"),
}


def kind_name(kind: str) -> str:
    """What a paper is, in words."""
    return t(_KINDS[kind])


def standing_sentence(paper: RegisteredPaper) -> str:
    """Whether a paper holds, since when not, and why."""
    if paper.since is None:
        return t(_STANDINGS[paper.standing])
    day = show_day(paper.since)
    if paper.standing == "replaced":
        return t("replaced by {number} since {day}: {reason}", number=paper.replaced_by, day=day, reason=paper.reason)
    return t("revoked since {day}: {reason}", day=day, reason=paper.reason)


def say_unpublished(account: Account) -> None:
    """Where the register was published for a web site: how old that is; nothing where it never was."""
    found = publishing.find_unpublished(engine(), by=account)
    if found is not None and found[1]:
        st.warning(
            tn(
                "The published register is of {time} WIB; {count} change has come since. Publish it again.",
                "The published register is of {time} WIB; {count} changes have come since. Publish it again.",
                found[1],
                time=stamp(found[0]),
            ),
            icon=":material/publish:",
        )


def choose_paper(papers: list[RegisteredPaper]) -> RegisteredPaper | None:
    """The table of papers; the one whose row is chosen."""
    table = pd.DataFrame(
        [
            (
                paper.number,
                show_day(paper.issued_on),
                kind_name(paper.kind),
                paper.subject,
                t(_STANDINGS[paper.standing]),
            )
            for paper in papers
        ],
        columns=[t("Number"), t("Day of the paper"), t("Kind"), t("Concerning"), t("State")],
    )
    st.caption(t("Choose a row to see the paper and its files."))
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="papers_table",
        height=min(36 * (len(table) + 1) + 2, 430),
        alt=t("The register of papers"),
    )
    rows = event["selection"]["rows"]
    return papers[rows[0]] if rows and rows[0] < len(papers) else None


def show_paper(paper: RegisteredPaper, account: Account) -> None:
    """One paper: what it is, whether it holds, its files."""
    st.subheader(plain(paper.number), anchor=False)
    st.text(f"{kind_name(paper.kind)} · {show_day(paper.issued_on)} · {paper.subject}")
    st.text(standing_sentence(paper))
    readable = register.may_read(engine(), paper.kind, paper.session_id, by=account)
    for file in paper.files:
        left, right = st.columns([3, 1], vertical_alignment="center")
        signer = t("signed by {name}", name=file.signer) if file.signer else ""
        kind = {
            "issued": t("as issued"),
            "signed": t("signed"),
            "outside": t("typed outside, only the digest is kept"),
        }[file.kind]
        left.text(" · ".join(filter(None, (kind, signer, stamp(file.recorded_at), file.digest[:16]))))
        if file.kind != "outside" and readable:
            offer_download(
                "PDF",
                lambda digest=file.digest: register.load_file(engine(), digest, by=account),
                name_file(paper.number, paper.issued_on),
                right="weigh",
                place=right,
                key=f"file_{file.digest}",
                icon=":material/download:",
            )
