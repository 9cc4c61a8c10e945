"""Papers as files: PDF by typst (PDF/A-2a and PDF/UA-1) here, Word by a template that the office edits in ``word``.

The same content gives the same bytes of a PDF: no clock, no font of the machine, no chance is in it.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from core.locales import Language, translator
from core.papers.document import Document
from core.papers.statement import MARK
from core.talent.errors import MantelError
from core.talent.messages import N_

#: What a PDF says it is: for archives (ISO 19005-2, level A) and for readers by ear (ISO 14289-1).
STANDARDS = ["a-2a", "ua-1"]
_WORDS = {
    "number": N_("Number"),
    "day": N_("Day of the paper"),
    "subject": N_("Concerning"),
    "digest": N_("Digest"),
    "code": N_("QR code with the signed number, day, subject and digest of this paper"),
}


class LayoutProblem(MantelError):
    """A paper that cannot be laid out as it is."""


#: A compiler keeps what it has laid out, for the next paper, and serves one at a time.
_ONE_AT_A_TIME = threading.Lock()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(Path(__file__).parent / "paper.typ"), ignore_system_fonts=True)


def _compile(content: str, **how: Any) -> Any:
    try:
        with _ONE_AT_A_TIME:
            return _compiler().compile(sys_inputs={"content": content}, **how)
    except typst.TypstError as error:
        raise LayoutProblem(N_("the paper cannot be laid out: {reason}"), reason=str(error)[:200]) from None


def draw_pdf(document: Document, issued_on: dt.date, token: str = "", address: str = "") -> bytes:
    """A paper as a PDF.

    Parameters
    ----------
    token
        The signed statement about the paper, empty for a preview: then it has no QR code, and says nothing of itself.
    address
        Where a paper is verified; the code leads there.
    """
    made: bytes = _compile(
        _write_inputs(document, issued_on, token, address),
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(dt.datetime(issued_on.year, issued_on.month, issued_on.day, tzinfo=dt.UTC).timestamp()),
    )
    return made


def draw_pages(document: Document, issued_on: dt.date) -> list[bytes]:
    """A paper as pictures (PNG), a page each, to be looked at before it is issued."""
    draw_pdf(document, issued_on)  # what could not be issued is not shown as if it could
    made = _compile(_write_inputs(document, issued_on, "", ""), format="png", ppi=110)
    return [made] if isinstance(made, bytes) else list(made)


def _write_inputs(document: Document, issued_on: dt.date, token: str, address: str) -> str:
    language: Language = "en" if document.language == "en" else "id"
    translate = translator(language)
    words = {name: translate(text) for name, text in _WORDS.items()}
    words["verify"] = translate(
        N_("Verify this paper: scan the code, or open {address} and choose the PDF or type number and day.")
    ).format(address=address)
    content = {
        "document": document.data,
        "day": [issued_on.year, issued_on.month, issued_on.day],
        "mark": f"{MARK}{token}" if token else "",
        "code": draw_statement_code(token, address).svg_inline(border=2) if token else "",
        "digest": document.digest[:16],
        "words": words,
    }
    return json.dumps(content)


def draw_statement_code(token: str, address: str) -> segno.QRCode:
    """The QR code of a signed statement: the address where it is verified, with the statement in its fragment."""
    return segno.make(f"{address}#{token}", error="m", micro=False)
