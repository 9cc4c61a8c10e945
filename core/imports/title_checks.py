"""Titles that name something else than what a layout holds: parts of a year, proposals, other recaps, another year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.imports.cells import try_parse
from core.imports.faults import Fault, MappingOffer
from core.imports.layout import Match, list_free_headers, titles_above
from core.imports.titles import PART_OF_YEAR, UnclearYear, find_line_of_part, find_year
from core.imports.values import Row, Sheet
from core.talent.messages import N_
from core.talent.vocabulary import fold_text

Rows = Sequence[tuple[int, Row]]

#: Words of what is not decided yet.
_PROPOSAL = re.compile(
    r"(?i)\b(usul(?:an)?|target|rencana(?! suksesi)|calon penerima|dalam proses|draf|draft|konsep|sementara|simulasi|proyeksi)\b"
)
#: What other recaps of the same shape hold, and the words of those that are meant, by kind of fact.
_OTHER = {
    "performance_rating": re.compile(r"(?i)\b(perilaku kerja|berakhlak|kehadiran|absensi|indeks|kepuasan|disiplin)\b"),
    "feedback": re.compile(
        r"(?i)\b(kehadiran|absensi|indeks|profesionalitas|kinerja|predikat|skp|kepuasan|disiplin)\b"
    ),
}
_MEANT = {
    "performance_rating": re.compile(r"(?i)\b(predikat kinerja|hasil kerja|e-?kinerja|skp)\b"),
    "feedback": re.compile(r"(?i)\b(umpan balik|360|feedback|rekan)\b|360"),
}


def list_misleading_titles(file: str, sheet: Sheet, match: Match, inside: Rows, below: Sequence[str]) -> list[Fault]:
    """Whatever the titles above a table, or the remarks ``below``, say against taking it for what its header names."""
    titles = titles_above(sheet, match)
    kind, faults = match.layout.kind, []
    if kind in _OTHER and (line := find_line_of_part([*titles, *below])):
        faults.append(Fault(file, PART_OF_YEAR, {"line": line.strip()[:80]}, sheet.name))
    proposal = next((line for line in titles if _PROPOSAL.search(line)), "")
    if proposal and kind != "employee":
        message = N_("the title “{line}” names what is not decided; expected what was")
        faults.append(Fault(file, message, {"line": proposal.strip()[:80]}, sheet.name))
    if kind in _OTHER:
        other = next((line for line in titles if _OTHER[kind].search(line) and not _MEANT[kind].search(line)), "")
        if other and not any(map(_MEANT[kind].search, titles)):
            message = N_("the title “{line}” names something else than “{layout}”; if it is that, mend the title")
            told = {"line": other.strip()[:80], "layout": match.layout.title["id"]}
            faults.append(Fault(file, message, told, sheet.name))
        faults += _other_year(file, sheet, match, inside, titles)
    if match.layout.from_title and match.layout.from_title not in match.fields:
        faults += _unread_years(file, sheet, match)
    return faults


def _other_year(file: str, sheet: Sheet, match: Match, inside: Rows, titles: Sequence[str]) -> list[Fault]:
    """Rows that all give one year, and a title that names another one."""
    at = next((at for at, column in match.columns.items() if column.field == "year"), None)
    if at is None:
        return []
    given = {try_parse(match.columns[at].parse, row[at]) if at < len(row) else None for _, row in inside}
    try:
        named = find_year(titles, "", None)
    except UnclearYear:
        return []
    if len(given) != 1 or named is None or None in given or named in given:
        return []
    message = N_("the title names the year {year} and all rows {other}; one of them is wrong")
    return [Fault(file, message, {"year": named, "other": given.pop()}, sheet.name)]


def _unread_years(file: str, sheet: Sheet, match: Match) -> list[Fault]:
    """A column of years or days of the assessment that is not read, while the title would give them."""
    needed = match.layout.from_title
    own = (
        ("tahun",) if needed == "year" else ("tahun", "tanggalpenilaian", "tanggalasesmen", "tanggaltes", "tanggaluji")
    )
    message = N_("the column “{column}” may tell the year of each row and is not read; say so, or leave it out")
    return [
        Fault(
            file,
            message,
            {"column": header},
            sheet.name,
            match.header_row + 1,
            offer=MappingOffer(match.layout.key, (header,), (needed,)),
        )
        for header in list_free_headers(sheet, match)
        if fold_text(header).startswith(own) and fold_text(header) != "tahunlulus"
    ]
