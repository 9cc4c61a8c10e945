"""Papers as Word files: a template that the office edits itself, filled in (docxtpl).

A template's words in double braces are Mantel's; ``${…}`` of other programs, e.g. SRIKANDI's place of a signature, stay as
they are. A template comes from people: it is run in a sandbox, where it reaches nothing but the paper's content.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from core.papers.document import Block, Document, Section
from core.reports.papers import draw_statement_code
from core.talent.errors import MantelError
from core.talent.messages import N_

SHIPPED = Path(__file__).parent / "paper.docx"
#: The largest template, packed and unpacked, in bytes.
LARGEST, LARGEST_UNPACKED = 5_000_000, 50_000_000
#: What a template must name: without its number and content it is no template of a paper.
_NEEDED = frozenset({"number", "blocks"})
_KNOWN = frozenset(
    {"office", "title", "number", "day", "subject", "facts", "blocks", "signatures", "foot", "code", "digest", "verify"}
)


#: A paper with everything that one can have, to try a template with.
_SAMPLE = Document(
    "–", "–", "–", "–", "–", "id", (("–", "–"),),
    (
        Section(
            (
                Block("heading", "–"),
                Block("heading", "–", 2),
                Block("text", "–"),
                Block("list", items=("–", "–")),
                Block("table", "–", header=("–", "–"), rows=(("–", "–"), ("–", "–"))),
                Block("signatures", rows=(("–", "–"),)),
            )
        ),
    ),
)  # fmt: skip
#: What reading a Word file that somebody broke on purpose ends in.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, RuntimeError, NotImplementedError,
    RecursionError, EOFError, OSError, etree.LxmlError, OpcError,
)  # fmt: skip


class TemplateProblem(MantelError):
    """A template that cannot be used."""


def check_template(content: bytes) -> None:
    """Refuse what is no template of a paper, in one sentence.

    Raises
    ------
    TemplateProblem
        Names what it asks for and is not known, or does not name and must.
    """
    if len(content) > LARGEST:
        raise TemplateProblem(N_("the file is larger than {count} MB"), count=LARGEST // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if (
                sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED
                or "word/document.xml" not in packed.namelist()
            ):
                raise _refuse()
            _refuse_outside(packed)
        template = DocxTemplate(io.BytesIO(content))
        named = template.get_undeclared_template_variables(_environment())
    except jinja2.TemplateError as error:
        raise TemplateProblem(N_("the template cannot be read: {reason}"), reason=str(error)[:200]) from None
    except _UNREADABLE:
        raise _refuse() from None
    if unknown := sorted(named - _KNOWN):
        raise TemplateProblem(
            N_("the template asks for {names}, which no paper has; known are {known}"),
            names=", ".join(unknown)[:200],
            known=", ".join(sorted(_KNOWN)),
        )
    if missing := sorted(_NEEDED - named):
        raise TemplateProblem(N_("the template lacks {names}"), names=", ".join(missing))
    for token in ("", f"{'0' * 16}.{'a' * 200}.{'b' * 86}"):
        fill_template(content, _SAMPLE, token, "–")


def _refuse_outside(packed: zipfile.ZipFile) -> None:
    """A template that would have readers load something from elsewhere is none of ours; a link to click may stay."""
    for name in packed.namelist():
        if not name.endswith(".rels"):
            continue
        for relation in etree.fromstring(packed.read(name), etree.XMLParser(resolve_entities=False, no_network=True)):
            if relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith("/hyperlink"):
                raise TemplateProblem(
                    N_("the template loads something from outside; put the picture into the file itself")
                )


def _refuse() -> TemplateProblem:
    return TemplateProblem(N_("this is no Word file (.docx)"))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)


def fill_template(content: bytes, document: Document, token: str = "", address: str = "") -> bytes:
    """A paper as a Word file.

    Parameters
    ----------
    token, address
        As for ``core.reports.papers.draw_pdf``.

    Raises
    ------
    TemplateProblem
    """
    template = DocxTemplate(io.BytesIO(content))
    code: Any = ""
    if token:
        picture = io.BytesIO()
        draw_statement_code(token, address).save(picture, kind="png", scale=4, border=2)
        code = InlineImage(template, picture, width=Mm(34))
    blocks = [block for section in document.sections for block in section.blocks]
    values = {
        "office": document.office,
        "title": document.title,
        "number": document.number,
        "day": document.issued_on,
        "subject": document.subject,
        "facts": document.facts,
        "blocks": [_plain(block) for block in blocks if block.kind != "signatures"],
        "signatures": [row for block in blocks if block.kind == "signatures" for row in block.rows],
        "foot": document.foot,
        "code": code,
        "digest": document.digest[:16],
        "verify": address if token else "",
    }
    try:
        template.render(values, _environment(), autoescape=True)
    except (jinja2.TemplateError, ArithmeticError, MemoryError, *_UNREADABLE) as error:
        raise TemplateProblem(N_("the template cannot be filled in: {reason}"), reason=str(error)[:200]) from None
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _plain(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "text": block.text,
        "level": block.level,
        "items": list(block.items),
        "header": list(block.header),
        "rows": [list(row) for row in block.rows],
    }
