"""What one row says that cannot be: days to come or before a life, values that contradict each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from core.imports.faults import Fault
from core.imports.layout import Layout
from core.talent.facts import COMPETENCIES, POTENTIAL_ASPECTS
from core.talent.messages import N_
from core.talent.scoring.nine_box import BOX
from core.talent.scoring.serving import find_last_day
from core.talent.vocabulary import RATING_FROM, fold_text, spell_code

Values = Mapping[str, object]


def find_impossible(layout: Layout, values: Values, today: dt.date | None) -> Fault | None:
    """The first thing in a row that cannot be, None where all can.

    Parameters
    ----------
    today
        The day on which something must have happened; None asks for nothing.
    """
    return (
        find_impossible_day(values, today)
        or find_unfinished_year(layout, values, today)
        or _find_day_before_life(values)
        or _find_absence(layout, values)
        or _find_contradiction(layout, values)
    )


#: Days on which something has happened: none of them can be to come.
_PAST = ("assessed_on", "awarded_on", "decided_on", "declared_on", "determined_on", "birth_date")
#: Days on which something begins, which is decided on some time ahead, and by how many days at most.
_BEGINNINGS, _AHEAD = ("started_on", "position_since"), 366


def find_impossible_day(values: Mapping[str, object], today: dt.date | None) -> Fault | None:
    """Something that has happened, on a day to come. An end before its beginning is on Mutu data: exports hold some."""
    if today is None:
        return None
    latest = dict.fromkeys(_PAST, today) | dict.fromkeys(_BEGINNINGS, today + dt.timedelta(days=_AHEAD))
    for name, last in latest.items():
        day = values.get(name)
        if isinstance(day, dt.date) and day > last:
            return Fault("", N_("the day {day} is still to come"), {"day": f"{day:%d-%m-%Y}"}, value=f"{day:%d-%m-%Y}")
    graduated = values.get("graduation_year")
    if isinstance(graduated, int) and graduated > today.year:
        return Fault("", N_("the year {year} is still to come"), {"year": graduated}, value=str(graduated))
    return None


def find_unfinished_year(layout: Layout, values: Mapping[str, object], today: dt.date | None) -> Fault | None:
    """A rating of a year that is not over, or anything of a year to come, is none."""
    year = values.get("year")
    if today is None or not isinstance(year, int):
        return None
    first = today.year if layout.kind == "performance_rating" else today.year + 1
    if year < first:
        return None
    return Fault(
        "", N_("the year {year} is not over; expected a year that is"), {"year": year}, column="tahun", value=str(year)
    )


def _find_day_before_life(values: Values) -> Fault | None:
    """A day not after the birth: the birth date itself in another column, a year typed into a cell of days.

    What lies in a childhood is on Mutu data: exports hold some.
    """
    nip = values.get("nip")
    if not isinstance(nip, str) or not re.fullmatch(r"\d{18}", nip):
        return None
    for name, day in values.items():
        if name != "birth_date" and isinstance(day, dt.date) and day.strftime("%Y%m%d") <= nip[:8]:
            message = N_("the day {day} is not after the birth of the person in {born}; expected another day")
            return Fault("", message, {"day": f"{day:%d-%m-%Y}", "born": nip[:4]}, value=f"{day:%d-%m-%Y}")
    return None


def _find_absence(layout: Layout, values: Values) -> Fault | None:
    """Zero throughout is how absence is written, and no value."""
    asked = {"competency_assessment": COMPETENCIES, "potential_assessment": POTENTIAL_ASPECTS}.get(layout.kind, ())
    if asked and all(values.get(name) == 0 for name in asked):
        message = N_("all values are 0, which nobody reaches; leave out the row of who was absent")
        return Fault("", message, value="0")
    return None


#: Classes of an axis by the words of the regulation.
_CLASSES = {
    fold_text(word): number
    for number, words in enumerate(
        (
            ("di bawah ekspektasi", "dibawah ekspektasi", "rendah"),
            ("sesuai ekspektasi", "menengah", "sedang"),
            ("di atas ekspektasi", "diatas ekspektasi", "tinggi"),
        )
    )
    for word in words
}
_ACTING = re.compile(r"(?i)(plt|plh|pj|pjs)\b")


def _find_contradiction(layout: Layout, values: Values) -> Fault | None:
    """Two values of which one gives the other, and another one."""
    if layout.kind == "position_history":
        title = str(values.get("title") or "")
        if _ACTING.match(title) and values.get("holding") == "definitive":
            return Fault(
                "", N_("“{title}” is held in acting capacity, and the row says definitively"), {"title": title}
            )
    if layout.kind == "discipline":
        start, months, end = (values.get(name) for name in ("effective_on", "months", "served_until"))
        if isinstance(start, dt.date) and isinstance(months, int) and isinstance(end, dt.date):
            computed = find_last_day(start, months)
            # Some write the last day, some the first day free.
            if end not in (computed, computed + dt.timedelta(days=1)):
                message = N_("{months} months from {start} end on {expected}, and the row says {end}")
                told = {"start": f"{start:%d-%m-%Y}", "expected": f"{computed:%d-%m-%Y}", "end": f"{end:%d-%m-%Y}"}
                return Fault("", message, {"months": months, **told}, value=f"{end:%d-%m-%Y}")
    if layout.kind == "official_box":
        row, column = (_CLASSES.get(fold_text(str(values.get(axis) or ""))) for axis in ("performance", "potential"))
        if row is not None and column is not None and values.get("box") != (expected := int(BOX[row, column])):
            message = N_("{performance} and {potential} are box {expected}, and the row says {box}")
            said = {name: values.get(name) for name in ("performance", "potential", "box")}
            return Fault("", message, {**said, "expected": expected}, value=str(values["box"]))
    if layout.kind == "performance_rating":
        derived = RATING_FROM.get((str(values.get("work_result")), str(values.get("behaviour"))))
        if derived not in (None, values.get("rating")):
            message = N_("the two halves of the rating give {expected}, and the row says {rating}")
            told = {
                "expected": spell_code("rating", str(derived)),
                "rating": spell_code("rating", str(values["rating"])),
            }
            return Fault("", message, told, value=str(told["rating"]))
    return None
