"""Fields of study as people write them, placed in a discipline: whole words, the longest name of a programme decides.

The disciplines with their programmes are data (``data/reference/study_fields.csv``), after the list of study programmes
of higher education. “Pendidikan Dokter” is medicine and no education, “Teknik Informatika” is informatics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.names import split_words

#: What stands before the name of a programme and says nothing of its field.
_BEFORE = frozenset(
    [
        "s",
        "d",
        "s1",
        "s2",
        "s3",
        "d1",
        "d2",
        "d3",
        "d4",
        "1",
        "2",
        "3",
        "4",
        "i",
        "ii",
        "iii",
        "iv",
        "sarjana",
        "magister",
        "doktor",
        "diploma",
        "profesi",
        "program",
        "studi",
        "prodi",
        "jurusan",
        "ilmu",
        "terapan",
        "spesialis",
        "sp",
        "strata",
        "pasca",
        "pascasarjana",
    ]
)


_DEGREE = re.compile(r"(?i)^(?:(?:S-?[123]|D-?(?:IV|III|II|I|[1-4])|SLTA|SLTP|SMA|SMK|SD)\b[\s/-]*)+(?=\S)")


def write_study(level: object, field: object) -> str:
    """Level and field of study as one text, the level once: “S2 EKONOMI PEMBANGUNAN”; empty where neither is known."""
    said = [_DEGREE.sub("", field.strip())] if isinstance(field, str) and field.strip() else []
    return " ".join([*([level] if isinstance(level, str) else []), *said])


class StudyFieldProblem(MantelError):
    """A list of disciplines that cannot be."""


@dataclass(frozen=True)
class Discipline:
    """A discipline with the programmes that belong to it and the disciplines related to it."""

    key: str
    name: Mapping[str, str]
    related: tuple[str, ...]
    programmes: tuple[str, ...]


@dataclass(frozen=True)
class StudyFields:
    """All disciplines; ``assigned`` are fields of study that somebody has placed in one by hand (field, key), which count first."""

    disciplines: tuple[Discipline, ...]
    assigned: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _assigned(self) -> dict[tuple[str, ...], str]:
        return {_bare(field): key for field, key in self.assigned}

    @cached_property
    def _programmes(self) -> dict[tuple[str, ...], str]:
        return {
            _bare(programme): discipline.key for discipline in self.disciplines for programme in discipline.programmes
        }

    @cached_property
    def _longest(self) -> int:
        return max((len(words) for words in self._programmes), default=0)

    @cached_property
    def related(self) -> dict[str, frozenset[str]]:
        """The disciplines related to each, either way."""
        pairs = {(one.key, other) for one in self.disciplines for other in one.related}
        pairs |= {(other, one) for one, other in pairs}
        return {each.key: frozenset(other for one, other in pairs if one == each.key) for each in self.disciplines}

    def find(self, field: str) -> str | None:
        """The discipline of a field of study; None where no programme is named in it.

        What was assigned by hand counts as it was. Of several programmes the one of most words counts, of equally long ones the first. What begins with “pendidikan”
        trains teachers of whatever follows, unless a programme is called so as a whole.
        """
        words = _bare(field)
        if words in self._assigned:
            return self._assigned[words]
        last = 1 if words[:1] == ("pendidikan",) else len(words)
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(min(last, len(words) - length + 1)):
                key = self._programmes.get(words[start : start + length])
                if key is not None:
                    return key
        return None

    def place(self, fields: pd.Series) -> pd.Series:
        """The discipline of each field of study, missing where there is none or none is known."""
        known = {field: self.find(str(field)) for field in fields.dropna().unique()}
        return pd.Series([known.get(field) for field in fields], index=fields.index, dtype=object)


def _bare(field: str) -> tuple[str, ...]:
    """The words of a field without degree and “ilmu” before it."""
    words = split_words(re.sub(r"[/&]", " ", field)).split()
    words = [word for word in words if word != "dan"]
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    return tuple(words)


def build_study_fields(disciplines: Sequence[Discipline]) -> StudyFields:
    """The disciplines, checked.

    Raises
    ------
    StudyFieldProblem
        A discipline that is there twice or without programmes, related to itself or to one that is not there, or a
        programme of two disciplines.
    """
    keys = [discipline.key for discipline in disciplines]
    of: dict[tuple[str, ...], str] = {}
    for discipline in disciplines:
        if keys.count(discipline.key) > 1:
            raise StudyFieldProblem(N_("the discipline “{value}” is there twice"), value=discipline.key)
        if not discipline.programmes:
            raise StudyFieldProblem(N_("the discipline “{value}” has no programmes"), value=discipline.key)
        if discipline.key in discipline.related:
            raise StudyFieldProblem(N_("the discipline “{value}” is related to itself"), value=discipline.key)
        for other in discipline.related:
            if other not in keys:
                raise StudyFieldProblem(
                    N_("“{value}” is related to “{other}”, which is not there"), value=discipline.key, other=other
                )
        for programme in discipline.programmes:
            there = of.setdefault(_bare(programme), discipline.key)
            if there != discipline.key:
                raise StudyFieldProblem(
                    N_("the programme “{value}” belongs to “{one}” and to “{other}”"),
                    value=programme,
                    one=there,
                    other=discipline.key,
                )
    return StudyFields(tuple(disciplines))
