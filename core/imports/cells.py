"""Read one cell as what its column means; refuse with what was expected.

Every function takes a cell as the reader hands it out and returns the value, or None for an empty
cell; it raises ``InvalidValue`` (or ``InvalidNip``) otherwise.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from functools import lru_cache

from core.talent.employee import parse_nip
from core.talent.errors import InvalidValue
from core.talent.messages import N_
from core.talent.vocabulary import STATUS, Vocabulary

Parser = Callable[[object], object]

#: What each parser made here expects, as a template with its values.
EXPECTS: dict[Parser, tuple[str, dict[str, object]]] = {}

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "pebruari", "february", "feb", "peb", "febr"),
            ("maret", "march", "mar", "mrt"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august", "agust", "agus", "ags", "agu", "agt", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}
#: What people and programs write where there is nothing, folded to letters, digits and slashes.
_NOTHING = frozenset(
    (
        "",
        "null",
        "nan",
        "na",
        "n/a",
        "none",
        "nil",
        "nihil",
        "kosong",
        "undefined",
        "tidakada",
        "tidakadadata",
        "belumada",
    )
)
#: Days that databases put where there is none.
_NO_DAY = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?: .*)?|0{1,4}")
_UNTIL_NOW = frozenset(
    (
        "masihmenjabat",
        "masihaktif",
        "sampaidengansaatini",
        "sampaisaatini",
        "sdsaatini",
        "sekarang",
        "sdsekarang",
        "sampaisekarang",
        "sampaidengansekarang",
        "saatini",
        "kini",
    )
)
#: Characters nobody sees, which text from web pages carries.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
#: From this time of day on a day is one that a web export has put some seconds or minutes too early: the clock
#: of Jakarta was 7 minutes and 12 seconds ahead before 1932, and exports count from 1900.
_LATE = dt.time(23, 50)
#: Midnight in western Indonesia as universal time, on the day before.
_MIDNIGHT_UTC = dt.time(17, 0)
_WIB = dt.timezone(dt.timedelta(hours=7))


_NIP_ALONE = re.compile(r"['’]?(?:19|20)\d{6}(?:[\s.]?\d){10}")


def try_parse(parse: Parser, cell: object) -> object:
    """What a cell says, None where it says nothing that can be read."""
    try:
        return parse(cell)
    except InvalidValue:
        return None


def is_nip(text: str) -> bool:
    """Whether a text is a NIP and nothing else."""
    return bool(_NIP_ALONE.fullmatch(text.strip()))


def show(cell: object) -> str:
    """A cell as a person would read it, at most 80 characters."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)[:80]


@lru_cache(maxsize=65_536)
def is_nothing(words: str) -> bool:
    """Whether a text only says that there is nothing: empty, a dash, NULL, tidak ada."""
    if len(words) > 40:
        return False
    plain = re.sub(r"[\s.\-–—_]+", "", words.casefold())
    return plain in _NOTHING


def text(cell: object) -> str | None:
    """Any text, trimmed, inner white space folded, without what nobody sees; None for what means nothing."""
    words = show(cell) if not isinstance(cell, str) else cell if cell.isascii() else _UNSEEN.sub("", cell)
    words = " ".join(words.split())
    if len(words) > 300:
        raise InvalidValue(N_("the text has {count} characters; expected at most 300"), count=len(words))
    return None if is_nothing(words) else words


def words(cell: object) -> str | None:
    """A text that holds a letter: a name, a post, a unit. A number there stands in the wrong column."""
    said = text(cell)
    if said is not None and not any(character.isalpha() for character in said):
        raise InvalidValue(N_("“{value}” holds no letter; expected words"), value=said)
    return said


_WHOLE_YEAR = re.compile(
    r"(?i)(?:0?1\s+januari|0?1[-/.]0?1[-/.]|jan(?:uari)?\b)\.?\s*(20\d\d)?\s*(?:s\.?\s*/?\s*d\.?|sampai(?:\s+dengan)?|hingga|-|–)\s*"
    r"(?:31\s+desember|31[-/.]12[-/.]|des(?:ember)?\b)\.?\s*(20\d\d)"
)


def find_whole_year(said: str) -> int | None:
    """The year of a period that is a whole one, from January to December; None for any other text."""
    found = _WHOLE_YEAR.search(said)
    if found is None or (found[1] and found[1] != found[2]):
        return None
    return int(found[2])


def year(cell: object) -> int | None:
    """A year, also as “Tahun 2025” or as a period from January to December."""
    if isinstance(cell, str) and (said := text(cell)):
        named = re.fullmatch(r"(?i)(?:tahun|thn|th)\.?\s*(20\d\d)", said)
        whole_year = int(named[1]) if named else find_whole_year(said)
        if whole_year is not None:
            return whole_year
    found = _YEAR(cell)
    return None if found is None else int(str(found))


def nip(cell: object) -> str:
    """A NIP, see ``parse_nip``; never empty."""
    if isinstance(cell, str):
        cell = _UNSEEN.sub("", cell)
        cell = None if is_nothing(cell) else cell
    return parse_nip(None if cell == "" else cell).digits


def date(cell: object) -> dt.date | None:
    """A date: a date cell, dd-mm-yyyy, dd/mm/yyyy, yyyy-mm-dd or 12 Januari 2026.

    A time of day is left away, but where a web export has moved midnight in western Indonesia to the evening before.
    """
    if isinstance(cell, dt.datetime):
        return _local_day(cell)
    if isinstance(cell, dt.date):
        return cell
    words = text(cell)
    if words is not None and (named := _WEEKDAY.match(words)):
        day = _date_from(words[named.end() :])
        if day is not None and _WEEKDAYS[day.weekday()] != re.sub(r"[^a-z]", "", named[1].casefold()):
            raise InvalidValue(N_("“{value}” is another day of the week"), value=words)
        return day
    if words is None or _NO_DAY.fullmatch(words) or re.sub(r"[^a-z]", "", words.casefold()) in _UNTIL_NOW:
        return None
    return _date_from(words)


_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_WEEKDAY = re.compile(r"(?i)(senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu)\s*,?\s+(?=\d)")


_RANGE = re.compile(
    r"(?i)(\d{1,2}) ?(?:[-/. ] ?(\d{1,2}|[a-z]{3,9})\.?(?:[-/. ](\d{4}))?)? ?(?:s\.? ?/? ?d\.?|sampai(?: dengan)?|hingga|-|–) ?(\d{1,2}.+)"
)


def first_day(cell: object) -> dt.date | None:
    """A date, or the first day of a span: 3 s.d. 7 Maret 2025."""
    said = text(cell) if isinstance(cell, str) else None
    found = _RANGE.fullmatch(said) if said is not None else None
    if found is None or re.fullmatch(r"\d{1,2}-\d{1,2}-\d{4}.*", str(said)):
        return date(cell)
    last = date(found[4])
    if last is None:
        return date(cell)
    first = date(f"{found[1]} {found[2] or last.month} {found[3] or last.year}")
    if first is None or first > last:
        raise InvalidValue(N_("“{value}” is not a date; expected dd-mm-yyyy"), value=said)
    return first


def _local_day(moment: dt.datetime) -> dt.date:
    if moment.tzinfo is not None:
        moment = moment.astimezone(_WIB).replace(tzinfo=None)
    elif moment.time() == _MIDNIGHT_UTC:
        moment += dt.timedelta(hours=7)
    return moment.date() + dt.timedelta(days=moment.time() >= _LATE)


@lru_cache(maxsize=100_000)
def _date_from(words: str) -> dt.date | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", words):
            moment = dt.datetime.fromisoformat(words)
            return None if moment.year <= 1 else _checked(_local_day(moment), words)
        if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", words):
            year, month, day = (int(part) for part in match.groups())
            return _checked(dt.date(year, month, day), words)
        if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2}).*)?", words):
            day, month, year = (int(part) for part in match.groups()[:3])
            if not re.search(r":\d{2}:\d{2}", words):  # written by a person: no export has moved it
                return _checked(dt.date(year, month, day), words)
            return _checked(_local_day(dt.datetime(year, month, day, int(match[4] or 0), int(match[5] or 0))), words)
        match = re.fullmatch(r"(\d{1,2})[-/. ]*([A-Za-z]+)\.?[-/., ]*(\d{4})", words)
        if match and match[2].casefold() in _MONTHS:
            return _checked(dt.date(int(match[3]), _MONTHS[match[2].casefold()], int(match[1])), words)
    except ValueError:
        pass
    raise InvalidValue(N_("“{value}” is not a date; expected dd-mm-yyyy"), value=words)


def _checked(day: dt.date, words: str) -> dt.date | None:
    """A day that can be one of a career; the first year of our era is how databases say that there is none."""
    if day.year <= 1:
        return None
    if not 1900 <= day.year <= 2100:
        raise InvalidValue(N_("“{value}” is not a date; expected dd-mm-yyyy"), value=words)
    return day


#: What a column expects where anything may stand.
EXPECTS_TEXT = N_("any text")
#: What a column of figures expects; years and levels expect whole numbers.
EXPECTS_NUMBER = N_("a number from {low} to {high}")


#: Scores of a hundred below this are on another scale: shares of 1, values of 5 or 10.
LEAST_OF_HUNDRED = 11


def number(low: float = -math.inf, high: float = math.inf, *, least: float = -math.inf, unit: str = "") -> Parser:
    """A number within a range, with a decimal comma or point, a percent sign allowed.

    Parameters
    ----------
    least
        What is below is on another scale: a share of 1 where the scale is 100.
    unit
        What may stand behind it, as a regular expression.
    """
    behind = re.compile(rf"(?i)(?<=\d)\s*(?:{unit or '%'})\.?$")

    def parse(cell: object) -> float | None:
        if isinstance(cell, bool):
            raise InvalidValue(N_("“{value}” is not a number"), value=cell)
        if isinstance(cell, int | float):
            value = float(cell)
        else:
            words = text(cell)
            if words is None:
                return None
            plain = behind.sub("", words)
            # A blank separates thousands, or two numbers of one cell.
            plain = plain.replace(" ", "") if re.fullmatch(r"[+-]? ?\d{1,3}( \d{3})*([.,]\d+)?", plain) else plain
            if high >= 1000 and re.fullmatch(r"[+-]?\d{1,3},\d{3}", plain):
                raise InvalidValue(N_("“{value}” may be thousands or a fraction; write 1080 or 1,08"), value=words)
            if (high >= 1000 and re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", plain)) or re.fullmatch(
                r"[+-]?[1-9]\d{0,2}(,\d{3}){2,}", plain
            ):
                # With three digits behind it a point separates thousands; it is never read as a decimal one.
                plain = plain.replace(".", "").replace(",", "")
            elif "," in plain and "." in plain:
                decimal = max(",.", key=plain.rfind)
                plain = plain.replace(",.".replace(decimal, ""), "").replace(decimal, ".")
            else:
                plain = plain.replace(",", ".")
            if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
                raise InvalidValue(N_("“{value}” is not a number"), value=words)
            value = float(plain)
        if not low <= value <= high:
            raise InvalidValue(
                N_("{value} is outside its range; expected {low} to {high}"), value=show(cell), low=low, high=high
            )
        if value < least:
            raise InvalidValue(
                N_(
                    "{value} is below {least} where the scale is 100; write 85.5 and not 0.855, or leave the cell empty"
                ),
                value=show(cell),
                least=least,
            )
        return value

    EXPECTS[parse] = (EXPECTS_NUMBER, {"low": low, "high": high})
    return parse


def whole(low: int, high: int) -> Parser:
    """A whole number within a range."""
    parse_number = number(low, high)

    def parse(cell: object) -> int | None:
        if low > 0 and cell in (0, "0"):  # how databases say that there is no year
            return None
        if low >= 1900 and isinstance(cell, str):
            cell = re.sub(r"(?i)^\s*(?:tahun|thn|th)\.?\s+(?=\d)", "", cell)
        value = parse_number(cell)
        if value is None:
            return None
        if not isinstance(value, float) or not value.is_integer():
            raise InvalidValue(N_("{value} is not a whole number"), value=show(cell))
        return int(value)

    EXPECTS[parse] = (N_("a whole number from {low} to {high}"), {"low": low, "high": high})
    return parse


_YEAR = whole(2000, 2100)

_COUNTED = ("nol", "satu", "dua", "tiga", "empat", "lima")


def level(high: int) -> Parser:
    """A level from 0, also as “Level 3” or “4 (empat)”."""
    parse_number = number(0, high)

    def parse(cell: object) -> float | None:
        said = text(cell) if isinstance(cell, str) else None
        if said is not None:
            found = re.fullmatch(r"(?i)(?:level|lvl|tingkat|l)?\.? ?(\d(?:[.,]\d+)?)(?: \((\w+)\))?", said)
            if found and found[2] in (None, *_COUNTED[int(found[1][0]) :][:1]):
                cell = found[1]
        value = parse_number(cell)
        return None if value is None else float(str(value))

    EXPECTS[parse] = EXPECTS[parse_number]
    return parse


_MONTHS_SERVED = whole(0, 60)


def months(cell: object) -> int | None:
    """A number of months, also as “12 bulan” or “1 tahun”."""
    said = text(cell) if isinstance(cell, str) else None
    if said is not None and (found := re.fullmatch(r"(?i)(\d{1,2}) ?(bulan|bln|tahun|thn)\.?", said)):
        cell = int(found[1]) * (12 if found[2].casefold().startswith("t") else 1)
    value = _MONTHS_SERVED(cell)
    return None if value is None else int(str(value))


_BOX = whole(1, 9)
_ROMAN = {name: at for at, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"), start=1)}


def box(cell: object) -> int | None:
    """A box, also as “Kotak 9” or IX."""
    said = text(cell) if isinstance(cell, str) else None
    if said is not None:
        plain = re.sub(r"(?i)^(?:kotak|box)\s*", "", said)
        cell = _ROMAN.get(plain.casefold(), plain)
    value = _BOX(cell)
    return None if value is None else int(str(value))


def choice(vocabulary: Vocabulary) -> Parser:
    """A code from a spelling of a closed vocabulary."""
    parse_text = lru_cache(maxsize=1000)(vocabulary.parse)

    def parse(cell: object) -> str | None:
        words = text(cell)
        if words is not None and re.search(r"[?*]", words):
            raise InvalidValue(
                N_("“{value}” bears a mark of doubt or of a footnote; write what counts, without the mark"), value=words
            )
        return None if words is None else parse_text(words)

    known = [spellings[0] if spellings else code for code, spellings in vocabulary.spellings.items()]
    EXPECTS[parse] = ("{known}", {"known": " · ".join(known)})
    return parse


_STATUS = choice(STATUS)
#: Words of a standing in service that tell it in whatever sentence they stand, in the order they are looked for.
_STATUS_WORDS = (
    ("died", r"meninggal|wafat|tewas"),
    ("unpaid_leave", r"cltn|luar tanggungan"),
    ("retired", r"pensiun|\bbup\b|\bmpp\b|uang tunggu"),
    ("moved", r"pindah|mutasi"),
    ("dismissed", r"berhenti|diberhentikan|pemberhentian|ptdh|dipecat"),
    ("active", r"aktif|hukuman disiplin|tugas belajar|\bpppk\b|\bc?pns\b"),
)


#: Words that turn another into its opposite, or speak of another time or another office: what is meant is asked.
_STATUS_UNCLEAR = re.compile(
    r"\b(belum|selesai|kembali|antar\w*|masuk|dari|pindahan|eks|mantan|bekas|non|tidak|bukan|berakhir|habis|akan|calon pensiun"
    r"|usul\w*|rencana|proses|batal|suami|isteri|istri|anak|orang ?tua|cerai|janda|duda"
    r"|(?:pindah|mutasi) (?:ke (?:dinas|badan|kec|kecamatan|bagian|bidang|unit|sekolah|puskesmas|rsud|uptd?)|tugas|jabatan|bidang|unit))\b"
)


def status(cell: object) -> str | None:
    """A standing in service, by its spelling or by the one word that tells it; refused where words contradict."""
    said = text(cell)
    try:
        return None if said is None else STATUS.parse(said)
    except InvalidValue:
        words = str(said).casefold()
        told = [code for code, pattern in _STATUS_WORDS if re.search(pattern, words)]
        others = [code for code in told if code != "active"]  # "PNS" alone says active, beside another word nothing
        contradicts = ("aktif" in words and others) or (len(others) > 1 and others != ["died", "retired"])
        if not told or contradicts or _STATUS_UNCLEAR.search(words):
            raise
        return told[0]


def yes_no(cell: object) -> bool | None:
    """Ya or tidak."""
    words = text(cell)
    if words is None:
        return None
    if words.casefold() in ("ya", "y", "yes", "true", "1"):
        return True
    if words.casefold() in ("tidak", "t", "no", "false", "0", "-"):
        return False
    raise InvalidValue(N_("“{value}” is neither ya nor tidak"), value=words)


EXPECTS |= {
    date: (N_("a date, dd-mm-yyyy"), {}),
    first_day: (N_("a date, dd-mm-yyyy"), {}),
    nip: (N_("18 digits, as text"), {}),
    text: (EXPECTS_TEXT, {}),
    yes_no: (N_("Ya or Tidak"), {}),
    words: (EXPECTS_TEXT, {}),
    year: EXPECTS[_YEAR],
    box: EXPECTS[_BOX],
    months: EXPECTS[_MONTHS_SERVED],
    status: EXPECTS[_STATUS],
}
