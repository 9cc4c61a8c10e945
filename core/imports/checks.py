"""What tells, over a whole sheet, that values are not what their place says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from core.imports.cells import EXPECTS, EXPECTS_NUMBER, date, first_day, is_nip, is_nothing, try_parse, yes_no
from core.imports.cells import number as make_number
from core.imports.faults import Fault, MappingOffer
from core.imports.layout import Match, list_free_headers, titles_above
from core.imports.rows import HEADER_AGAIN, REMARK, SECTION, LeftOut, fold_header
from core.imports.title_checks import list_misleading_titles
from core.imports.titles import UnclearYear, find_year, names_part_of_year
from core.imports.values import Row, Sheet, column_letters
from core.talent.facts import COMPETENCIES
from core.talent.messages import N_
from core.talent.names import holds_two_names
from core.talent.vocabulary import fold_text

#: Rows of a table with their numbers in the sheet.
Rows = list[tuple[int, Row]]


def find_contradiction(file_name: str, sheet: Sheet, match: Match) -> Fault | None:
    """A fault where the title names another year than the one heading that does."""
    years = set(match.years.values())
    try:
        named = find_year(titles_above(sheet, match), "", None)
    except UnclearYear:
        return None
    if len(years) > 1 or named is None or named in years:
        return None
    message = N_("the heading says {year} and the title {other}; one of them is wrong")
    return Fault(file_name, message, {"year": years.pop(), "other": named}, sheet.name, match.header_row + 1)


_STANDARD = re.compile(r"(?i)\b(standar\s+kompetensi\s+jabatan|kesenjangan|gap)\b")
#: Words of a title that names results, also where it says what they were held against.
_RESULT = re.compile(r"(?i)\b(hasil|rekap\w*|berdasarkan|terhadap|sesuai|mengacu|dengan)\b")
_PART_OF_YEAR = re.compile(r"(?:periode)?(?:triwulan|tw|semester|bulan|kuartal|caturwulan)(?:ke)?")


def ask_which_column(file: str, sheet: Sheet, match: Match, name: str, places: Sequence[int], row: int) -> Fault:
    """The question which of several columns (from 0) is meant for a field; ``row`` is where it shows, from 1."""
    header = next(column.headers[0] for column in match.layout.columns if column.field == name)
    letters = tuple(column_letters(at + 1) for at in places)
    message = N_("{count} columns could be “{column}”: {places}; say which one is meant")
    values = {"count": len(letters), "column": header, "places": ", ".join(letters)}
    offer = MappingOffer(match.layout.key, letters, (name,), is_choice=True)
    return Fault(file, message, values, sheet.name, row, header, offer=offer)


def list_misread(
    file: str, sheet: Sheet, match: Match, inside: Rows, outside: Sequence[LeftOut], from_title: dt.date | int | None
) -> list[Fault]:
    """Whatever tells that the values of a sheet are not what its headings say: nothing of it is read then."""
    faults = [*_half_converted(file, sheet, match, inside), *_two_answers(file, sheet, match, inside)]
    below = [str(cell) for left in outside if left.reason == REMARK for cell in sheet.rows[left.row - 1]]
    faults += list_misleading_titles(file, sheet, match, inside, below)
    faults += _second_header(file, sheet, match, inside, outside) + _other_numbers(file, sheet, match, inside)
    faults += _two_people(file, sheet, match, inside) + _doubtful_remarks(file, sheet, match, inside)
    faults += _second_table(file, sheet, match, inside, outside, from_title)
    faults += _other_than_title(file, sheet, match, inside, from_title)
    if match.layout.kind == "competency_assessment":
        faults += _standards(file, sheet, match) + _under_no_heading(file, sheet, match, inside)
    if match.layout.kind in ("performance_rating", "feedback") and not match.years:
        faults += _parts_of_year(file, sheet, match, inside)
    if match.layout.kind == "performance_rating":
        faults += _not_final(file, sheet, match, inside)
    if match.layout.kind == "team_assignment":
        faults += _unread_reach(file, sheet, match, inside)
    if match.layout.kind == "health":
        faults += _other_health(file, sheet, match, inside)
    if sheet.name == "csv":
        faults += _behind_the_heading(file, sheet, match, inside) + _cut_decimals(file, sheet, match, inside)
    return faults


def _header(sheet: Sheet, match: Match) -> list[Row]:
    return [sheet.rows[at] for at in range(match.header_row, match.first_data_row)]


def _standards(file: str, sheet: Sheet, match: Match) -> list[Fault]:
    """Levels that posts ask for, or what is lacking to them, are not those of people."""
    titles = titles_above(sheet, match)[:-1]  # without the name of the sheet
    if any(map(_RESULT.search, titles)) or not any(map(_STANDARD.search, titles)):
        return []
    message = N_("the title says that these are standards or gaps, not what people reached; expected the result")
    return [Fault(file, message, sheet=sheet.name)]


def _under_no_heading(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Numbers beside those of a competency that no heading names: one of the columns may be the standard."""
    faults, header = [], _header(sheet, match)
    for at, column in match.columns.items():
        if column.field not in (*COMPETENCIES, "job_person_match"):
            continue
        named = at + 1 in match.columns or any(at + 1 < len(row) and str(row[at + 1]).strip() for row in header)
        filled = sum(try_parse(_FIGURE, row[at + 1]) is not None for _, row in inside if at + 1 < len(row))
        if not named and filled > len(inside) // 2:
            message = N_("values stand under an empty heading beside “{column}”; give each column its heading")
            values = {"column": column.headers[0]}
            faults.append(Fault(file, message, values, sheet.name, match.header_row + 1, column_letters(at + 2)))
    return faults


OF_PARTS = N_("the column “{column}” says that the ratings are of parts of a year; expected those of the whole year")


def find_part_of_year(sheet: Sheet, match: Match) -> str:
    """What a header says of a part of a year, where ratings are looked for and none of a year was found."""
    if match.layout.kind not in ("performance_rating", "feedback") or "rating" not in match.missing_fields():
        return ""
    header = sheet.rows[max(match.header_row - 1, 0) : match.first_data_row]
    return next((cell for row in header for cell in row if isinstance(cell, str) and names_part_of_year(cell)), "")


def _parts_of_year(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """A column of quarters or months beside the ratings, or one of them over the ratings."""
    header = _header(sheet, match)
    found = [text for text in list_free_headers(sheet, match) if _PART_OF_YEAR.fullmatch(fold_text(text))]
    for at, column in match.columns.items():
        # The row above the header, but for a title that begins in its first column.
        above = sheet.rows[match.header_row - 1 : match.header_row] if match.header_row and at else []
        if column.field == "rating":
            found += filter(names_part_of_year, (str(row[at]) for row in (*above, *header) if at < len(row)))
    for at, text in _free_columns(sheet, match):
        if fold_text(text).startswith(("periode", "masapenilaian", "masakinerja")):
            cells = [row[at] for _, row in inside if at < len(row)]
            found += [text] if any(names_part_of_year(str(cell)) or _cuts_year(text, cell) for cell in cells) else []
    for at, column in match.columns.items():
        texts = {str(row[at]) for row in header if at < len(row)}
        if column.field == "rating" and len({year for text in texts for year in _YEARS.findall(text)}) > 1:
            found += texts - {""}
    return [Fault(file, OF_PARTS, {"column": text}, sheet.name, match.header_row + 1) for text in found]


_FINAL = re.compile(
    r"(?i)\s*((?:sudah|telah)(?: .*)?|selesai|(?:proses|penilaian) selesai|dinilai|final|disetujui|ditetapkan|disahkan|valid|lengkap|terverifikasi|tervalidasi|approved|ya|ok)\s*"
)
_STATE_OF_RATING = re.compile(
    r"status(?:penilaian|predikat|skp|kinerja|evaluasi|persetujuan|verifikasi|validasi|dokumen|pengisian|proses|data)?"
)


def _not_final(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Ratings beside which a column of states says that they are not final."""
    ratings = [(at, column) for at, column in match.columns.items() if column.field == "rating"]
    states = [(at, column.headers[0]) for at, column in match.columns.items() if column.field == "_status"]
    states += [
        (at, header) for at, header in _free_columns(sheet, match) if _STATE_OF_RATING.fullmatch(fold_text(header))
    ]
    message = N_("“{value}” stands under “{column}” beside a rating; expected ratings that are final")
    return [
        Fault(file, message, {"value": said, "column": header}, sheet.name, number, column_letters(at + 1), said)
        for at, header in states
        for number, row in inside
        if at < len(row)
        and not is_nothing(said := str(row[at]).strip()[:80])
        and not _FINAL.fullmatch(said)
        and any(place < len(row) and try_parse(column.parse, row[place]) is not None for place, column in ratings)
    ]


def _unread_reach(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """A column that says whether a team goes beyond the agency, which the role itself must say."""
    message = N_(
        "the column “{column}” is not read; write it into the role: Ketua lintas instansi, Anggota lintas instansi"
    )
    return [
        Fault(file, message, {"column": header}, sheet.name, match.first_data_row, column_letters(at + 1))
        for at, header in _free_columns(sheet, match)
        if "lintas" in fold_text(header) and any(try_parse(yes_no, row[at]) for _, row in inside if at < len(row))
    ]


_HEALTH = re.compile(r"(?i)\b(sehat|kesehatan|jasmani|rohani|jiwa|mental|napza|narkoba)\b")


def _other_health(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Rows in which a second column of health says something else than the one that is read."""
    own, column = next((at, column) for at, column in match.columns.items() if column.field == "health")
    message = N_("“{other}” says “{value}” and “{column}” something else; expected one column for both")
    return [
        Fault(
            file,
            message,
            {"other": header, "value": str(row[at]).strip()[:80], "column": column.headers[0]},
            sheet.name,
            number,
            column_letters(at + 1),
            str(row[at]).strip()[:80],
        )
        for at, header in _free_columns(sheet, match)
        if _HEALTH.search(header)
        for number, row in inside
        if at < len(row)
        and own < len(row)
        and len({try_parse(column.parse, row[at]), try_parse(column.parse, row[own])} - {None}) > 1
    ]


_FIGURE = make_number()


def _free_columns(sheet: Sheet, match: Match) -> list[tuple[int, str]]:
    """The columns that fill no field, with their headers."""
    header = sheet.rows[match.first_data_row - 1]
    return [(at, cell) for at, cell in enumerate(header) if at not in match.columns and isinstance(cell, str) and cell]


def _second_table(
    file: str,
    sheet: Sheet,
    match: Match,
    inside: Rows,
    outside: Sequence[LeftOut],
    from_title: dt.date | int | None,
) -> list[Fault]:
    """People above the header, a header again in another order, or a line between people that names another year."""
    faults = []
    above = next((at for at, row in enumerate(sheet.rows[: match.header_row], start=1) if _is_person(row)), None)
    if above:
        message = N_("people stand above the header in row {row}; give each table a sheet of its own")
        faults.append(Fault(file, message, {"row": match.header_row + 1}, sheet.name, above))
    lines = fold_header(sheet, match)
    known = {text for line in lines for text in line if text}
    last = inside[-1][0] if inside else 0
    year = from_title.year if isinstance(from_title, dt.date) else from_title
    for left in outside:
        row = sheet.rows[left.row - 1]
        if left.reason == HEADER_AGAIN:
            texts = {at: fold_text(row[at]) for at in match.columns if at < len(row) and isinstance(row[at], str)}
            if any(
                text in known and not any(at < len(line) and line[at] == text for line in lines)
                for at, text in texts.items()
            ):
                message = N_("the header stands here again in another order; give each table a sheet of its own")
                faults.append(Fault(file, message, sheet=sheet.name, row=left.row))
        elif left.row < last and left.reason in (SECTION, REMARK) and _year_of(row) not in (None, year) and year:
            message = N_(
                "the row names the year {other} and the title {year}; write the year of each row into a column “tahun”"
            )
            faults.append(Fault(file, message, {"year": year, "other": _year_of(row)}, sheet.name, left.row))
    return faults


def _other_than_title(
    file: str, sheet: Sheet, match: Match, inside: Rows, from_title: dt.date | int | None
) -> list[Fault]:
    """Rows without a year or day between rows that all give others than the title."""
    at = next((at for at, column in match.columns.items() if column.field == match.layout.from_title), None)
    if at is None or from_title is None:
        return []
    given = [(row, try_parse(match.columns[at].parse, line[at]) if at < len(line) else None) for row, line in inside]
    said = {value for _, value in given if value is not None}
    empty = [row for row, value in given if value is None]
    if not said or not empty or from_title in said:
        return []
    message = N_("the row gives no {column}, and the title another one than all other rows; write it into the row")
    return [
        Fault(file, message, {"column": match.columns[at].headers[0]}, sheet.name, empty[0], column_letters(at + 1))
    ]


def _second_header(file: str, sheet: Sheet, match: Match, inside: Rows, outside: Sequence[LeftOut]) -> list[Fault]:
    """A row right below the header that says more of columns whose header is empty: a header of two rows, not merged."""
    first = inside[0][0] if inside else len(sheet.rows) + 1
    header = sheet.rows[match.first_data_row - 1]
    message = N_("the row below the header says more of some columns; write one header into one cell for each column")
    for left in outside:
        row = sheet.rows[left.row - 1]
        said = [at for at, cell in enumerate(row) if isinstance(cell, str) and fold_text(cell)]
        if left.row < first and left.reason in (REMARK, SECTION) and len(said) > 1:
            bare = [at for at in said if at >= len(header) or not str(header[at]).strip()]
            valued = [at for at in said if at in match.columns and match.columns[at].field not in _WHO]
            if bare and valued:
                return [Fault(file, message, sheet=sheet.name, row=left.row)]
    return []


#: Fields that say whom a row is about.
_WHO = frozenset({"nip", "pns_id", "name", "unit", "birth_date"})


def _other_numbers(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """NIPs in a column that is not read, where people would be found by name."""
    if "nip" in match.fields or not inside:
        return []
    message = N_("the column “{column}” holds NIP and is not read; call it NIP")
    return [
        Fault(file, message, {"column": header}, sheet.name, match.first_data_row, column_letters(at + 1))
        for at, header in _free_columns(sheet, match)
        if not _OTHERS_NUMBER.search(header)
        and 2 * sum(at < len(row) and is_nip(str(row[at])) for _, row in inside) > len(inside)
    ]


_OTHERS_NUMBER = re.compile(r"(?i)\b(penilai|atasan|pejabat|lama)\b|penilai")


def _two_people(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Cells under a name that name two: behind a comma there stands another name and no title."""
    message = N_("“{value}” may name two people; write each into a row of its own")
    return [
        Fault(
            file, message, {"value": str(row[at])[:80]}, sheet.name, number, column_letters(at + 1), str(row[at])[:80]
        )
        for at, column in match.columns.items()
        if column.field == "name"
        for number, row in inside
        if at < len(row) and holds_two_names(str(row[at]))
    ]


_DOUBTFUL = re.compile(
    r"(?i)\b(sementara|belum (?:di)?(?:tetapkan|final|sah)|batal|dibatalkan|dicabut|tidak lulus|keberatan)\b"
)


def _doubtful_remarks(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Rows beside which a remark says that they do not count, or not yet."""
    message = N_("the remark “{value}” says that the row does not count; leave the row out, or the remark")
    return [
        Fault(file, message, {"value": said}, sheet.name, number, column_letters(at + 1), said)
        for at, header in _free_columns(sheet, match)
        if fold_text(header) in _REMARKS and fold_text(header)
        for number, row in inside
        if at < len(row) and _DOUBTFUL.search(said := str(row[at]).strip()[:80])
    ]


def _is_person(row: Row) -> bool:
    """Whether a row holds a NIP alone in its cell, and no label that says whose it is, as above a table."""
    texts = [cell for cell in row if isinstance(cell, str)]
    return any(map(is_nip, texts)) and not any(fold_text(text).startswith("nip") for text in texts)


def _year_of(row: Row) -> int | None:
    try:
        return find_year([cell for cell in row if isinstance(cell, str)], "", None)
    except UnclearYear:
        return None


def _behind_the_heading(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Rows of a csv that are longer than its heading: a comma inside a value has cut it."""
    width = max(
        (at + 1 for row in _header(sheet, match) for at, cell in enumerate(row) if str(cell).strip()), default=0
    )
    message = N_("the row has {count} cells and the heading {width}; a comma inside a value needs quotation marks")
    return [
        Fault(file, message, {"count": len(row), "width": width}, sheet.name, number)
        for number, row in inside
        if any(str(cell).strip() for cell in row[width:])
    ]


_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")


def _cuts_year(header: str, cell: object) -> bool:
    """Whether a day that begins or ends a period is not the first or last of a year."""
    day = try_parse(date, cell)
    if not isinstance(day, dt.date):
        return False
    begins, ends = (re.search(words, header.casefold()) for words in (r"awal|mulai", r"akhir|selesai|sampai"))
    return bool((begins and (day.day, day.month) != (1, 1)) or (ends and (day.day, day.month) != (31, 12)))


#: Headings of columns that hold remarks, not figures.
_REMARKS = frozenset(["", "keterangan", "ket", "catatan"])


def _cut_decimals(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Columns of numbers whose decimals a comma of the csv has moved into the column of remarks beside them."""
    message = N_(
        "digits alone stand beside “{column}”; a decimal comma inside a csv needs quotation marks, or write a point"
    )
    faults = []
    for at, column in match.columns.items():
        header = {fold_text(str(row[at + 1])) for row in _header(sheet, match) if at + 1 < len(row)}
        if at + 1 in match.columns or header - _REMARKS or EXPECTS[column.parse][0] != EXPECTS_NUMBER:
            continue
        cells = [(row, str(line[at]).strip(), str(line[at + 1]).strip()) for row, line in inside if at + 1 < len(line)]
        beside = [(row, whole, digits) for row, whole, digits in cells if digits]
        if beside and all(whole.isdigit() and digits.isdigit() and len(digits) < 3 for _, whole, digits in beside):
            place = column_letters(at + 2)
            faults.append(Fault(file, message, {"column": column.headers[0]}, sheet.name, beside[0][0], place))
    return faults


def _two_answers(file: str, sheet: Sheet, match: Match, inside: Rows) -> list[Fault]:
    """Fields whose further columns, spelled otherwise, say something else in some row."""
    faults: list[Fault] = []
    if match.layout.key == "siasn":  # its dates of post and of echelon differ by nature
        return faults
    for name, others in match.others.items():
        places = (next(at for at, column in match.columns.items() if column.field == name), *others)
        for number, row in inside:
            if len({fold_text(str(row[place])) for place in places if place < len(row)} - {""}) > 1:
                faults.append(ask_which_column(file, sheet, match, name, places, number))
                break
    return faults


def _half_converted(file_name: str, sheet: Sheet, match: Match, inside: list[tuple[int, Row]]) -> list[Fault]:
    """Columns whose days up to 12 became dates with day and month exchanged, while the others stayed text."""
    faults = []
    for index, column in match.columns.items():
        if column.parse not in (date, first_day):
            continue
        cells = [(number, row[index]) for number, row in inside if index < len(row)]
        dates = [(number, cell) for number, cell in cells if isinstance(cell, dt.date)]
        late = [
            cell
            for _, cell in cells
            if isinstance(cell, str)
            and (found := _DAY_FIRST.match(cell))
            and int(found[1]) > 12
            and int(found[2]) <= 12
        ]
        if dates and late and all(cell.day <= 12 for _, cell in dates):
            faults.append(
                Fault(
                    file_name,
                    N_(
                        "the column holds {dates} date cells with days up to 12 only, and texts such as “{text}”: a spreadsheet "
                        "exchanged day and month where it could. Write the whole column as text dd-mm-yyyy"
                    ),
                    {"dates": len(dates), "text": late[0]},
                    sheet.name,
                    dates[0][0],
                    f"{column_letters(index + 1)} ({column.headers[0]})",
                )
            )
    return faults


_DAY_FIRST = re.compile(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}")
