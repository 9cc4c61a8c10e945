"""What a layout is, and how a sheet's layout and header row are recognised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from core.imports.cells import Parser, is_nip
from core.imports.values import Row, Sheet, column_number
from core.talent.vocabulary import fold_text

#: Header rows are looked for this far down.
HEADER_ROWS = 100
#: Likeness (0-100) from which on a header is a known one with a slip of the pen.
_NEARLY = 80.0
#: A header stands on at most so many rows.
_HEIGHT = 3


@dataclass(frozen=True)
class Column:
    """A column: the fact field it fills, the headers it goes by, how its cells are read.

    ``required`` columns must be there for the layout to be recognised; ``filled`` ones must also
    hold a value in every row.
    """

    field: str
    headers: tuple[str, ...]
    parse: Parser
    required: bool = False
    filled: bool = False
    example: object = ""


@dataclass(frozen=True)
class Layout:
    """A file layout: its columns, the kind of fact a row becomes, how a row names its person.

    ``identify`` lists fields of which any one set must be among the columns: a NIP, a PNS ID, or
    name and unit. ``from_title`` names a fact field (a year or date) that the titles above the
    table give where there is no such column. ``finish`` may rework a row's values.
    """

    key: str
    title: Mapping[str, str]
    kind: str
    columns: tuple[Column, ...]
    identify: tuple[tuple[str, ...], ...] = (("nip",),)
    from_title: str = ""
    finish: Callable[[dict[str, object]], dict[str, object] | None] = field(default=lambda values: values)
    is_template: bool = False

    def column_of(self) -> dict[str, Column]:
        """Columns by folded header."""
        return {fold_text(header): column for column in self.columns for header in column.headers}

    def missing(self, fields: set[str]) -> list[str]:
        """Headers that are still needed, given the fields whose columns were found."""
        lacking = [column.headers[0] for column in self.columns if column.required and column.field not in fields]
        if not any(set(way) <= fields for way in self.identify):
            by_field = {column.field: column.headers[0] for column in self.columns}
            lacking.append(" / ".join(" + ".join(by_field[name] for name in way) for way in self.identify))
        return list(dict.fromkeys(lacking))


@dataclass(frozen=True)
class Match:
    """A layout found in a sheet: the rows of its header and the position of each column.

    ``header_row`` counts from 0. ``ambiguous`` names for a field the columns among which nothing tells the one meant;
    ``years`` the year that a column stands for, where one field has a column a year; ``told_apart`` counts the fields
    whose column was found among several by what stands over it, ``others`` the further columns of a field whose
    headers are spelled otherwise.
    """

    layout: Layout
    header_row: int
    first_data_row: int
    columns: Mapping[int, Column]
    missing: tuple[str, ...]
    ambiguous: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    told_apart: int = 0
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """Fields whose columns were found; a column a year tells the year as well."""
        found = {column.field for column in self.columns.values()}
        return found | {"year"} if self.years else found

    def missing_fields(self) -> tuple[str, ...]:
        """Fields that are still needed; where any of several would do, all of them."""
        layout = self.layout
        lacking = [column.field for column in layout.columns if column.required and column.field not in self.fields]
        if not any(set(way) <= self.fields for way in layout.identify):
            lacking += [name for way in layout.identify for name in way if name not in self.fields]
        return tuple(dict.fromkeys(lacking))


def with_headers(layout: Layout, headers: Mapping[str, str]) -> Layout:
    """A layout that also knows some remembered headers (folded header -> field)."""
    if not headers:
        return layout
    columns = tuple(
        replace(column, headers=(*column.headers, *(h for h, field in headers.items() if field == column.field)))
        for column in layout.columns
    )
    return replace(layout, columns=columns)


def recognise(sheet: Sheet, layouts: Sequence[Layout], choices: Mapping[str, str] | None = None) -> list[Match]:
    """Every layout's best match in a sheet, the best first.

    A complete match comes before an incomplete one, then the one with more columns found. A header may stand on one, two
    or three rows; what stands above or below a header tells columns of one name apart.

    Parameters
    ----------
    choices
        Which column is meant for a field, by its header or its letters, where somebody has said so.
    """
    tables = {layout.key: layout.column_of() for layout in layouts}
    known = set().union(*(table.keys() for table in tables.values()))
    by_layout: dict[str, Match] = {}
    rows = sheet.rows[: HEADER_ROWS + _HEIGHT]
    texts = [[_header_words(cell) for cell in row] for row in rows]
    data = [_holds_values(row) for row in rows]
    who = {
        fold_text(header)
        for layout in layouts
        for column in layout.columns
        if column.field in _WHO
        for header in column.headers
    }
    for top in range(min(len(rows), HEADER_ROWS)):
        for height in range(1, min(_HEIGHT, len(rows) - top) + 1):
            block = texts[top : top + height]
            if height > 1 and (data[top + height - 1] or _fills_in(block, who, known)):
                break
            if any(len({*line} - {""}) < 2 for line in block[:-1]):
                break  # one text alone is a title: it stands over the whole table and tells no column from another
            if not any(_without_year(text) in known for line in block for text in line) and not choices:
                continue
            stacks = _stack(block)
            for layout in layouts:
                match = _match(layout, tables[layout.key], top, height, stacks, choices or {})
                best = by_layout.get(layout.key)
                if match.columns and (best is None or _quality(match) > _quality(best)):
                    by_layout[layout.key] = match
    return sorted(by_layout.values(), key=_quality, reverse=True)


def _holds_values(row: Row) -> bool:
    """Whether a row holds a NIP, a figure that is no year, or a day: what people have, and no header."""
    return any(
        is_nip(cell)
        if isinstance(cell, str)
        else isinstance(cell, dt.date) or (isinstance(cell, float | int) and not _header_words(cell))
        for cell in row
    )


def _fills_in(block: Sequence[Sequence[str]], who: Collection[str], known: Collection[str]) -> bool:
    """Whether the last row of a block says whom it is about, below a header that asks for it."""
    *upper, last = block
    for at, text in enumerate(last):
        above = {fold_text(line[at]) for line in upper if at < len(line)} - {""}
        if text and above & set(who) and fold_text(text) not in above and _without_year(text) not in known:
            return True
    return False


def _header_words(cell: object) -> str:
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 2000 <= cell <= 2100:
        return str(int(cell))
    # A number before a header counts it: "1. Integritas".
    return re.sub(r"^\(?\d{1,2}[.)]\s+(?=\D)", "", " ".join(cell.split())[:200]) if isinstance(cell, str) else ""


def _stack(block: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The texts over each column, top to bottom; what stands over several columns is said of each of them."""
    width = max(len(line) for line in block)
    lines = [[*line, *[""] * (width - len(line))] for line in block]
    for at, line in enumerate(lines[:-1]):
        starts = [
            column for column in range(width) if line[column] and (not column or line[column] != line[column - 1])
        ]
        # Where several titles stand side by side none is wider than the widest that another one ends.
        widest = max((after - before for before, after in pairwise(starts)), default=width)
        start = 0
        for column in range(width):
            if column in starts:
                start = column
            elif not line[column] and lines[at + 1][column] and column and column - start < widest:
                line[column] = line[column - 1]
    return [tuple(dict.fromkeys(text for text in stack if text)) for stack in zip(*lines, strict=True)]


@lru_cache(maxsize=4096)
def _without_year(text: str) -> str:
    return fold_text(re.sub(r"(?i)(?:\b(?:tahun|thn|th)\.?\s*)?(?<!\d)20\d\d(?!\d)", "", text))


@dataclass(frozen=True)
class _Candidate:
    """A column that may fill a field: which of its headers it bears, what else is said over it."""

    at: int
    column: Column
    preference: int
    around: str
    year: int | None


def _match(
    layout: Layout,
    table: Mapping[str, Column],
    top: int,
    height: int,
    stacks: Sequence[tuple[str, ...]],
    choices: Mapping[str, str],
) -> Match:
    by_field: dict[str, list[_Candidate]] = {}
    for at, stack in enumerate(stacks):
        candidate = _read_stack(at, stack, table)
        if candidate is not None:
            by_field.setdefault(candidate.column.field, []).append(candidate)
    columns: dict[int, Column] = {}
    ambiguous: dict[str, tuple[int, ...]] = {}
    years: dict[int, int] = {}
    own = {column.field: column for column in layout.columns}
    for name, wanted in choices.items():
        meant = next((at for at, stack in enumerate(stacks) if _is_meant(at, stack, wanted)), None)
        if name in own and meant is not None:
            by_field[name] = []
            columns[meant] = own[name]
    has_year = "year" in own
    told_apart = 0
    others: dict[str, tuple[int, ...]] = {}
    for name, candidates in by_field.items():
        kept = _choose(candidates, has_year)
        told_apart += len(kept) < len(candidates) and len({candidate.preference for candidate in candidates}) == 1
        if len(kept) == 1 and len({candidate.preference for candidate in candidates}) > 1:
            others[name] = tuple(
                candidate.at
                for candidate in candidates
                if candidate is not kept[0] and not _NOT_OWN.search(candidate.around)
            )
        if len(kept) == 1:
            columns[kept[0].at] = kept[0].column
            if has_year and kept[0].year and name not in _WHO:
                years[kept[0].at] = kept[0].year
        elif len(kept) > 1 and has_year and len({candidate.year for candidate in kept} - {None}) == len(kept):
            # One year over all of them is that of the title, and tells no column from another.
            for candidate in kept:
                columns[candidate.at] = candidate.column
                years[candidate.at] = candidate.year or 0
        elif kept:
            columns[kept[0].at] = kept[0].column
            ambiguous[name] = tuple(candidate.at for candidate in kept)
    fields = {column.field for column in columns.values()} | ({"year"} if years else set())
    columns = dict(sorted(columns.items()))
    return Match(
        layout, top, top + height, columns, tuple(layout.missing(fields)), ambiguous, years, told_apart, others
    )


def _is_meant(at: int, stack: Sequence[str], wanted: str) -> bool:
    letters = wanted.strip().upper()
    return (letters.isalpha() and len(letters) <= 3 and column_number(letters) == at + 1) or any(
        fold_text(text) == fold_text(wanted) for text in (*stack, " ".join(stack)) if fold_text(wanted)
    )


def _read_stack(at: int, stack: Sequence[str], table: Mapping[str, Column]) -> _Candidate | None:
    """The field that the texts over a column name: the lowest one that a layout knows, else all together."""
    for number in reversed(range(len(stack))):
        plain, bare = fold_text(stack[number]), _without_year(stack[number])
        for folded in (plain, bare):
            # “TAHUN 2025” is a title; a column of years says “tahun” alone.
            if folded in table and (folded == plain or table[folded].field != "year"):
                around = " ".join(text for other, text in enumerate(stack) if other != number)
                if "lahir" in around.casefold() and table[folded].field != "birth_date":
                    return None  # “Tanggal” below “Tempat, tanggal lahir”
                return _candidate(at, table, folded, around, stack)
    whole = _without_year(" ".join(stack))
    if len(stack) > 1 and whole in table:
        return _candidate(at, table, whole, "", stack)
    return None


def _candidate(at: int, table: Mapping[str, Column], folded: str, around: str, stack: Sequence[str]) -> _Candidate:
    column = table[folded]
    preference = [fold_text(name) for name in column.headers].index(folded)
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", " ".join(stack)))
    return _Candidate(at, column, preference, around.casefold(), int(years.pop()) if len(years) == 1 else None)


#: Fields that say who somebody is, or when: a year over them is not theirs.
_WHO = frozenset({"nip", "pns_id", "name", "unit", "birth_date", "year"})
#: Words over a column that holds something else than the person's own value.
_NOT_OWN = re.compile(
    r"\b(skj|(?:level|nilai|standar) jabatan|standar|standard|syarat|persyaratan|dipersyaratkan|diharapkan|harapan|sj|target|gap|kesenjangan|selisih|minimal|penilai|atasan|"
    r"pejabat(?! yang dinilai)|hasil kerja|perilaku|usulan|sebelum|pengusul|penandatangan|triwulan\w*|tw ?\d?|kuartal|semester|bulan\w*|i|ii|iii|iv|q[1-4])\b"
)
_OWN = re.compile(
    r"\b(hasil|asesmen|potret|potensi|kompetensi|capaian|nilai|skor|realisasi|aktual|peserta|tahunan|tahun|akhir|pegawai|dinilai|individu|level)\b"
)


def _choose(candidates: Sequence[_Candidate], has_year: bool) -> list[_Candidate]:
    """Of the columns for one field those that may be meant: one, or several that nothing tells apart."""
    own = [candidate for candidate in candidates if not _NOT_OWN.search(candidate.around)]
    if (
        has_year
        and len(own) > 1
        and len({candidate.year for candidate in own}) == len(own)
        and all(candidate.year for candidate in own)
    ):
        return own
    if len(own) > 1:
        told = [candidate for candidate in own if _OWN.search(candidate.around)]
        own = told if len(told) == 1 else own
    if own and own[0].column.field in ("nip", "name"):
        return own  # whose number or name it is must be said, not guessed from how the header is spelled
    best = min((candidate.preference for candidate in own), default=0)
    return [candidate for candidate in own if candidate.preference == best]


def _quality(match: Match) -> tuple[bool, bool, int, int, int, float]:
    share = len(match.columns) / len(match.layout.columns)
    return (
        not match.missing,
        not match.ambiguous,
        len({column.field for column in match.columns.values()}),
        match.told_apart,
        match.header_row - match.first_data_row,
        share,
    )


def titles_above(sheet: Sheet, match: Match) -> list[str]:
    """Texts above the header row, each once, and the sheet's name."""
    rows = sheet.rows[: match.header_row]
    texts = [cell for row in rows for cell in row if isinstance(cell, str) and cell.strip()]
    return [*dict.fromkeys(texts), sheet.name]


def is_blank(row: Row) -> bool:
    """Whether a row has no visible content."""
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row)


def find_misspelt(sheet: Sheet, match: Match) -> dict[str, str]:
    """Headers of the file that are nearly one which a layout still needs: the file's -> the one meant."""
    lacking = match.missing_fields()
    needed = [header for column in match.layout.columns if column.field in lacking for header in column.headers]
    return {
        free: header
        for free in list_free_headers(sheet, match)
        for header in needed
        if _NEARLY <= fuzz.ratio(fold_text(free), fold_text(header)) < 100
    }


def list_free_headers(sheet: Sheet, match: Match) -> tuple[str, ...]:
    """Headers of the header row that fill no field yet."""
    header = sheet.rows[match.first_data_row - 1]
    free = [cell for at, cell in enumerate(header) if at not in match.columns]
    return tuple(dict.fromkeys(cell.strip() for cell in free if isinstance(cell, str) and fold_text(cell)))
