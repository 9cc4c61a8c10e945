"""Text whose columns are separated by a character: csv and its kin, whatever the file is called."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from core.imports.faults import UnreadableFile
from core.imports.values import Limits, Row, Sheet
from core.talent.messages import N_

_SEPARATORS = ";\t|,"
#: Characters a cell may hold, as in Excel.
_LONGEST = 32_767
#: Lines that are looked at to find the separator.
_LOOKED_AT = 200
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)

csv.field_size_limit(1 << 24)


def _from_cp1252(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8, read alone as Windows wrote it: the rest of the file stays what it is."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.start + 1]
    return wrong.decode("cp1252", "replace"), error.start + 1


codecs.register_error("from_cp1252", _from_cp1252)


def decode_text(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its marks, else UTF-8 where it mostly is, else Windows' encoding.

    Raises
    ------
    UnreadableFile
        For text that is neither, or no text.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableFile(N_("the text of the file cannot be read; save it as UTF-8")) from None
    zeros = content[:4096].count(0)
    if zeros > len(content[:4096]) // 4:
        try:
            return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
        except UnicodeDecodeError:
            zeros = len(content)
    if zeros:
        raise UnreadableFile(N_("the file is not a workbook; expected xlsx, xls, ods or csv"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig", "from_cp1252")
    sound = sum(1 for character in content.decode("utf-8", "ignore") if ord(character) > 127)
    wrong = content.decode("utf-8", "replace").count("\ufffd")
    return text if sound >= wrong else content.decode("cp1252", "replace")


def find_separator(text: str) -> str:
    """The character that gives the most rows of one width, not the one that stands most often in names."""
    stated = re.match(r"\s*sep=(.)\r?\n", text)
    if stated:
        return stated[1]
    # Without regard to quotation marks: one that is never closed must not hide the rows behind it.
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    best, quality = ",", (0, 0)
    for separator in _SEPARATORS:
        widths = Counter(line.count(separator) + 1 for line in lines)
        wide = {width: count for width, count in widths.items() if width > 1}
        if wide:
            width, count = max(wide.items(), key=lambda pair: (pair[1] * min(pair[0], 3), pair[0]))
            if (count, width) > quality:
                best, quality = separator, (count, width)
    return best


def read_delimited(content: bytes, limits: Limits) -> Sheet:
    """The rows of a csv.

    Raises
    ------
    UnreadableFile
        When it is no text, too large, or a quotation mark is never closed.
    """
    if len(content) > limits.unpacked_bytes:
        raise UnreadableFile(
            N_("the file is larger than {limit} MB; split it into smaller files"), limit=limits.unpacked_bytes // 2**20
        )
    text = decode_text(content)
    separator = find_separator(text)
    stated = re.match(r"\s*sep=.\r?\n", text)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    cells = 0
    line = 1
    try:
        for row in reader:
            for cell in row:
                # A cell that swallowed the rows below holds their separators, line by line.
                if "\n" in cell and any(
                    piece.count(separator) >= max(1, len(row) // 2) for piece in cell.split("\n")[1:]
                ):
                    raise _unclosed(line)
                if len(cell) > _LONGEST:
                    raise UnreadableFile(
                        N_("row {row} holds a cell of {count} characters; expected at most {limit}"),
                        row=line,
                        count=len(cell),
                        limit=_LONGEST,
                    )
            cells += len(row)
            if cells > limits.cells:
                raise UnreadableFile(
                    N_("the file holds more than {limit} cells; split it into smaller files"), limit=limits.cells
                )
            plain: Row = [match[1] if (match := _FORMULA_TEXT.fullmatch(cell)) else cell for cell in row]
            # An empty line is a row of the sheet as well: rows are told by their number.
            rows.append(plain)
            last, line = line, reader.line_num + 1
    except csv.Error:
        raise _unclosed(line) from None
    if text.count('"') % 2 and rows and any('"' in str(cell) or "\n" in str(cell) for cell in rows[-1]):
        raise _unclosed(last)
    rows = rows[1:] if stated else rows
    if (
        rows
        and all(len(row) <= 1 for row in rows)
        and sum(separator in str(cell) for row in rows for cell in row) > len(rows) // 2
    ):
        # Every line was quoted as a whole, as Excel does with a csv that was pasted into its first column.
        lines = "\n".join(str(row[0]) if row else "" for row in rows)
        rows = [list(row) for row in csv.reader(io.StringIO(lines, newline=""), delimiter=separator)]
    return Sheet("csv", rows)


def _unclosed(row: int) -> UnreadableFile:
    return UnreadableFile(
        N_("a quotation mark opened in row {row} is not closed where its cell ends; close or remove it"), row=row
    )
