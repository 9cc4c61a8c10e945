"""Job families (rumpun jabatan): which family a unit belongs to, which studies lead to it.

Neither SIASN nor the regulation carries a table, so this is the regency's own list
(``data/reference/job_families.csv``), matched by words. A unit that matches nothing belongs to
the first family of the list, general administration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.talent.names import split_words
from core.talent.study import StudyFields
from core.talent.vocabulary import fold_text


@dataclass(frozen=True)
class JobFamily:
    """A family with the words that place a unit or the subject of an assessment in it, and the disciplines that fit.

    ``studies`` is the list by which fields of study are placed in disciplines, the same for all families.
    """

    key: str
    name: dict[str, str]
    unit_words: tuple[str, ...]
    subject_words: tuple[str, ...]
    disciplines: frozenset[str]
    studies: StudyFields


def assign_unit_families(units: pd.Series, families: Sequence[JobFamily]) -> pd.Series:
    """Family key of each unit name; the longest matching word decides."""
    words = sorted(
        ((fold_text(word), family.key) for family in families for word in family.unit_words),
        key=lambda pair: -len(pair[0]),
    )
    default = families[0].key

    def place(unit: object) -> str:
        text = fold_text(str(unit))
        return next((key for word, key in words if word in text), default)

    return units.map({unit: place(unit) for unit in units.dropna().unique()}).fillna(default)


def assign_subject_families(subjects: pd.Series, families: Sequence[JobFamily]) -> pd.Series:
    """Family key of each subject of a technical assessment: a family's name, a unit's words, or a subject's."""
    names = {fold_text(text): family.key for family in families for text in (family.key, *family.name.values())}
    fields = sorted(
        ((fold_text(w), family.key) for family in families for w in family.subject_words), key=lambda p: -len(p[0])
    )
    unit_words = [fold_text(word) for family in families for word in family.unit_words]
    by_unit = assign_unit_families(subjects, families)

    def place(subject: str, unit_family: str) -> str:
        text = fold_text(subject)
        if text in names:
            return names[text]
        if any(word in text for word in unit_words):
            return unit_family
        return next((key for word, key in fields if word in text), unit_family)

    placed = [place(str(subject), str(family)) for subject, family in zip(subjects, by_unit, strict=True)]
    return pd.Series(placed, index=subjects.index, dtype=object)


def judge_study_fit(fields: pd.Series, family: str, asked: Sequence[str], families: Sequence[JobFamily]) -> pd.Series:
    """How fields of study fit a post: as ``judge_field_fit`` its family, or, where the post asks for words of its own, those.

    ``asked`` are words as ``split_words`` gives them; with any, ``same_family`` means that one of them is in the field of
    study, as whole words, or that both are of one discipline, and ``general`` also a discipline related to that, or one of
    the family.
    """
    fit = judge_field_fit(fields, pd.Series(family, index=fields.index), families)
    if not asked:
        return fit
    studies = families[0].studies
    wanted = {key for key in map(studies.find, asked) if key is not None}
    near = frozenset[str]().union(*(studies.related[key] for key in wanted))

    def judge(field: str, by_family: str) -> str:
        discipline = studies.find(field)
        if discipline in wanted or any(f" {word} " in f" {split_words(field)} " for word in asked):
            return "same_family"
        return "general" if by_family != "other" or discipline in near else "other"

    known = fit.notna()
    pairs = {pair: judge(*pair) for pair in set(zip(fields[known], fit[known], strict=True))}
    return pd.Series([pairs.get(pair) for pair in zip(fields, fit, strict=True)], index=fields.index, dtype=object)


def judge_field_fit(fields: pd.Series, families_of_people: pd.Series, families: Sequence[JobFamily]) -> pd.Series:
    """How a field of study fits a job family: ``same_family``, ``general`` or ``other``.

    ``general`` is a field of a related discipline, or of the first family (general administration), useful everywhere.
    A missing field of study gives a missing answer; one that no discipline knows is ``other``.
    """
    fitting = {family.key: family.disciplines for family in families}
    general, studies = families[0].disciplines, families[0].studies

    def judge(field: str, family: str) -> str:
        discipline = studies.find(field)
        if discipline is None:
            return "other"
        if discipline in fitting[family]:
            return "same_family"
        return "general" if discipline in general or studies.related[discipline] & fitting[family] else "other"

    pairs = list(zip(fields.astype(object), families_of_people.astype(object), strict=True))
    answers = {pair: None if pd.isna(pair[0]) or pd.isna(pair[1]) else judge(*pair) for pair in set(pairs)}
    return pd.Series([answers[pair] for pair in pairs], index=fields.index, dtype=object)
