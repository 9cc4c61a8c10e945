"""Web pages and Excel's XML of 2003, which local systems send under the name of a workbook, as sheets."""

from __future__ import annotations

import email
import email.policy
import re

from lxml import etree, html

from core.imports.faults import UnreadableFile
from core.imports.marks import as_percent, too_wide
from core.imports.values import ERROR_TEXT, CellProblem, Limits, Row, Sheet
from core.talent.messages import N_

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|table|head|body|div|meta|style)\b", re.IGNORECASE)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
#: How many cells one may claim to cover.
_MOST_COVERED = 16_384


def is_html(head: bytes) -> bool:
    """Whether a file starts as a web page does."""
    return bool(_HTML.search(head[:4096].replace(b"\0", b"")))


def is_web_archive(head: bytes) -> bool:
    """Whether a file starts as a web page saved with all its parts in one (mht)."""
    return head.lstrip()[:13].lower() == b"mime-version:"


def is_spreadsheet_xml(content: bytes) -> bool:
    """Whether a file is a workbook in Excel's XML of 2003."""
    head = content[:65_536].replace(b"\0", b"")
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<") and _SPREADSHEET in head


def read_web_archive(content: bytes, limits: Limits) -> list[Sheet]:
    """The tables of the first page in a web archive."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return read_html(page if isinstance(page, bytes) else b"", limits)
    raise UnreadableFile(N_("the web archive holds no page; open it in Excel and save it as xlsx"))


def read_html(content: bytes, limits: Limits) -> list[Sheet]:
    """The tables of a web page, each as a sheet; a table inside a cell is a sheet of its own."""
    charset = re.search(rb"charset=[\"']?([\w-]+)", content[:4096])
    encoding = charset[1].decode() if charset else None
    if encoding is None:
        try:
            content.decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=True)
    except LookupError:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        page = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(N_("the file is a web page without a table; save it as xlsx")) from None
    sheets = []
    for number, table in enumerate(page.iter("table"), start=1):
        rows = _html_rows(table, limits)
        if rows:
            # What is written above a table names it, as a title inside it would.
            titles: list[Row] = [[text] for text in _texts_before(table)]
            sheets.append(Sheet(f"tabel {number}", titles + rows))
    if not sheets:
        raise UnreadableFile(N_("the file is a web page without a table; save it as xlsx"))
    return sheets


def _html_rows(table: html.HtmlElement, limits: Limits) -> list[Row]:
    rows: list[Row] = []
    covered: dict[tuple[int, int], object] = {}
    widest = 0
    for row_at, row in enumerate(element for element in table.iter("tr") if _owner(element) is table):
        cells: Row = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (row_at, len(cells)) in covered:
                cells.append(covered.pop((row_at, len(cells))))
            value = _html_value(cell)
            if "display:none" in (cell.get("style") or "").replace(" ", "").lower() or "hidden" in cell.attrib:
                continue  # nobody who looks at the page sees it
            across, down = (_span(cell, name) for name in ("colspan", "rowspan"))
            if len(covered) + across * down > limits.cells:
                raise too_wide(row_at + down, len(cells) + across, limits.cells)
            for below in range(1, down):
                for right in range(across):
                    covered[row_at + below, len(cells) + right] = value
            cells += [value] * across
            if len(covered) + (row_at + 1) * max(widest, len(cells)) > limits.cells:
                raise too_wide(row_at + 1, len(cells), limits.cells)
        while (row_at, len(cells)) in covered:
            cells.append(covered.pop((row_at, len(cells))))
        widest = max(widest, len(cells))
        rows.append(cells)
    return rows


def _texts_before(table: html.HtmlElement) -> list[str]:
    """The texts between a table that stands in no other and the table before it."""
    if _owner(table) is not None:
        return []
    texts: list[str] = []
    for element in table.itersiblings(preceding=True):
        if element.tag == "table" or element.find(".//table") is not None:
            break
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "title", "meta", "head"):
            texts.append(" ".join(" ".join(map(str, element.itertext())).split()))
    return [text for text in reversed(texts) if text][-20:]


def _owner(row: html.HtmlElement) -> html.HtmlElement | None:
    return next((element for element in row.iterancestors("table")), None)


def _span(cell: html.HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), _MOST_COVERED)) if text.isdigit() and len(text) < 6 else 1


def _html_value(cell: html.HtmlElement) -> object:
    pieces = [text for text in cell.itertext() if isinstance(text, str)]
    text = " ".join(" ".join(pieces).replace("\xa0", " ").split())
    return CellProblem(text, True) if ERROR_TEXT.fullmatch(text) else text


def read_spreadsheet_xml(content: bytes, limits: Limits) -> list[Sheet]:
    """The sheets of a workbook in Excel's XML of 2003.

    Raises
    ------
    UnreadableFile
        When it is cut off, or a sheet spans too many cells.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        book = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(N_("the workbook is damaged or was cut off; send it again")) from None
    percent = {
        style.get(f"{{{_SPREADSHEET.decode()}}}ID")
        for style in book.iter("{*}Style")
        for form in style.iter("{*}NumberFormat")
        if "%" in _ss(form, "Format") or _ss(form, "Format") == "Percent"
    }
    return [
        Sheet(_ss(sheet, "Name") or "Sheet", _xml_rows(sheet, percent, limits), is_hidden=_is_hidden(sheet))
        for sheet in book.iter("{*}Worksheet")
    ]


def _ss(element: etree._Element, name: str) -> str:
    return str(element.get(f"{{{_SPREADSHEET.decode()}}}{name}") or "")


def _is_hidden(sheet: etree._Element) -> bool:
    return any("Hidden" in (element.text or "") for element in sheet.iter("{*}Visible"))


def _xml_rows(sheet: etree._Element, percent: set[str | None], limits: Limits) -> list[Row]:
    rows: list[Row] = []
    covered: dict[tuple[int, int], object] = {}
    widest = 0
    for row in sheet.iter("{*}Row"):
        at = int(_ss(row, "Index")) - 1 if _ss(row, "Index").isdigit() else len(rows)
        if at * max(widest, 1) > limits.cells:
            raise too_wide(at, max(widest, 1), limits.cells)
        while len(rows) < at:
            rows.append([covered[key] for key in sorted(key for key in covered if key[0] == len(rows))])
        cells: Row = []
        for cell in row.iterfind("{*}Cell"):
            wanted = int(_ss(cell, "Index")) - 1 if _ss(cell, "Index").isdigit() else len(cells)
            if (len(rows) + 1) * wanted > limits.cells:
                raise too_wide(len(rows) + 1, wanted, limits.cells)
            while len(cells) < wanted or (len(rows), len(cells)) in covered:
                cells.append(covered.pop((len(rows), len(cells)), ""))
            value = _xml_value(cell, percent)
            across, down = (_whole(_ss(cell, name)) for name in ("MergeAcross", "MergeDown"))
            if len(covered) + across * down > limits.cells:
                raise too_wide(len(rows) + down, len(cells) + across, limits.cells)
            for below in range(1, min(down, _MOST_COVERED) + 1):
                for right in range(min(across, _MOST_COVERED) + 1):
                    covered[len(rows) + below, len(cells) + right] = value
            cells += [value] * (min(across, _MOST_COVERED) + 1)
        while (len(rows), len(cells)) in covered:
            cells.append(covered.pop((len(rows), len(cells))))
        widest = max(widest, len(cells))
        rows.append(cells)
    return rows


def _whole(text: str) -> int:
    return min(int(text), _MOST_COVERED) if text.isdigit() and len(text) < 9 else 0


def _xml_value(cell: etree._Element, percent: set[str | None]) -> object:
    data = cell.find("{*}Data")
    if data is None:
        formula = _ss(cell, "Formula")
        return CellProblem(formula[:60], False) if formula else ""
    kind, text = _ss(data, "Type"), "".join(map(str, data.itertext()))
    if kind == "Error":
        return CellProblem(text or "#N/A", True)
    if kind == "Number" and text:
        if _ss(cell, "StyleID") in percent:
            return as_percent(text) or text
        try:
            return float(text)
        except ValueError:
            return text
    return text
