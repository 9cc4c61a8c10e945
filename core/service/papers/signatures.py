"""A PDF that comes back signed (BSrE): its signature is checked against installed roots, then it stands in the register."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import sqlalchemy as sa
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from core.service.accounts import ask_anew, require_right
from core.service.papers.register import LARGEST, PaperProblem, keep_file, require_valid
from core.service.trail import digest_content, record, writing
from core.settings import settings
from core.store import papers as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.messages import N_
from core.trail.events import Event

_LOG = logging.getLogger("mantel.papers")
#: What reading a PDF that somebody broke on purpose ends in.
_UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    OSError,
)


def take_in_signed(engine: sa.Engine, paper: int, content: bytes, *, by: Account) -> str:
    """Enter the signed file of a paper; returns who signed it.

    Raises
    ------
    NotAllowed, PaperProblem
        When it is the file of another paper, has no signature, one that was not made under an installed root, or was changed
        after it was signed.
    """
    require_right(by, "import")
    with reading(engine) as connection:
        row = require_valid(connection, paper)
        files = [file for file in store.list_files(connection, paper) if file["kind"] in ("issued", "outside")]
    if len(content) > LARGEST:
        raise PaperProblem(N_("the file is larger than {count} MB"), count=LARGEST // 1_000_000)
    if not any(_begins_with(content, file["size"], file["digest"]) for file in files):
        raise PaperProblem(
            N_(
                "this is not the file of {number} with a signature behind it; expected the very PDF of the register, signed"
            ),
            number=row["number"],
        )
    signer = check_signatures(content)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        row = require_valid(connection, paper)
        digest = keep_file(connection, paper, "signed", content, by, keep=True, signer=signer)
        record(connection, Event.PAPER_SIGNED, by, row["number"], signer, after={"file": digest})
    return signer


def _begins_with(content: bytes, size: int, digest: str) -> bool:
    """Whether a file is another one with something behind it, as a signature is added; whatever it carries inside proves nothing."""
    return digest_content(content[:size]) == digest


def check_signatures(content: bytes) -> str:
    """Who signed a PDF, by name; several by commas.

    Nothing is fetched: whether a certificate was revoked is known only where the signature brings its proof along.

    Raises
    ------
    PaperProblem
        For a file that is no PDF, is not signed, was changed after it was signed, or was signed under no installed root.
    """
    roots = _load_roots()
    try:
        reader = PdfFileReader(io.BytesIO(content))
        signatures = reader.embedded_regular_signatures
        if not signatures:
            raise PaperProblem(N_("the PDF carries no electronic signature"))
        names = []
        for signature in signatures:
            context = ValidationContext(trust_roots=roots, allow_fetching=False)
            status = validate_pdf_signature(signature, context)
            name = str(
                status.signing_cert.subject.native.get("common_name", status.signing_cert.subject.human_friendly)
            )
            changed = status.modification_level not in (
                ModificationLevel.NONE,
                ModificationLevel.LTA_UPDATES,
                ModificationLevel.FORM_FILLING,
            )
            if not status.intact or not status.valid or changed:
                raise PaperProblem(N_("the PDF was changed after {name} signed it"), name=name)
            if not status.trusted:
                raise PaperProblem(
                    N_("the signature of {name} was made under no root that is installed (MANTEL_SIGNATURE_ROOTS)"),
                    name=name,
                )
            names.append(name)
    except (PdfError, SignatureValidationError, *_UNREADABLE) as error:
        _LOG.warning("a signed PDF could not be read: %s", type(error).__name__)
        raise PaperProblem(N_("this is no PDF with a signature that can be read")) from None
    return ", ".join(names)[:300]


def _load_roots() -> list[object]:
    folder = settings().signature_roots
    files = sorted(path for path in Path(folder).iterdir() if path.is_file()) if folder and folder.is_dir() else []
    if not files:
        raise PaperProblem(
            N_("no root certificates are installed; set MANTEL_SIGNATURE_ROOTS to the folder that holds those of BSrE")
        )
    try:
        return list(load_certs_from_pemder(files))  # type: ignore[no-untyped-call]  # pyHanko tells no types of it
    except (ValueError, OSError):
        raise PaperProblem(N_("a file in {folder} is no certificate (PEM or DER)"), folder=str(folder)) from None
