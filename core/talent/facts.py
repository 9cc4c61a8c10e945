"""The kinds of facts about people: what identifies a fact and what it says.

A fact is a row about one person (``nip``). Two rows of one kind with the same key are two versions
of the same fact. ``core.store`` has one table a kind with these very columns; a test binds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

#: Managerial competencies and the sociocultural one, PermenPANRB 38/2017; levels 1 to 5.
COMPETENCIES = (
    "integrity",
    "teamwork",
    "communication",
    "results_orientation",
    "public_service",
    "developing_self_and_others",
    "managing_change",
    "decision_making",
    "unifying_the_nation",
)

#: The eight aspects of potential, Kepka BKN 411/2025; 0 to 5 each.
POTENTIAL_ASPECTS = (
    "intellect",
    "interpersonal",
    "self_awareness",
    "critical_thinking",
    "problem_solving",
    "emotional_intelligence",
    "learning_agility",
    "motivation",
)


@dataclass(frozen=True)
class FactKind:
    """One kind of fact: its name (also the table's), the columns of its key, the rest."""

    name: str
    key: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Key and values, in order."""
        return self.key + self.values


KINDS: dict[str, FactKind] = {
    kind.name: kind
    for kind in (
        FactKind(
            "employee",
            ("nip",),
            (
                "pns_id",
                "name",
                "front_title",
                "back_title",
                "birth_date",
                "sex",
                "employment",
                "grade",
                "grade_since",
                "position_type",
                "position_title",
                "position_since",
                "echelon",
                "education_level",
                "education_field",
                "graduation_year",
                "unit",
                "parent_unit",
                "workplace",
                "service_status",
            ),
        ),
        FactKind("performance_rating", ("nip", "year"), ("rating", "work_result", "behaviour", "appraiser")),
        FactKind(
            "competency_assessment",
            ("nip", "assessed_on"),
            (*COMPETENCIES, "job_person_match", "recommendation", "made_for", "assessor"),
        ),
        FactKind("potential_assessment", ("nip", "assessed_on"), POTENTIAL_ASPECTS),
        FactKind(
            "position_history",
            ("nip", "title", "started_on"),
            ("unit", "echelon", "holding", "ended_on", "cross_agency"),
        ),
        # One value for potential and competency together, as some agencies' sheets have it; may exceed 100.
        FactKind("combined_assessment", ("nip", "assessed_on"), ("combined_score",)),
        FactKind("education", ("nip", "level", "field"), ("institution", "graduation_year")),
        FactKind("training", ("nip", "name_of_training", "started_on"), ("hours", "organiser")),
        FactKind("award", ("nip", "name_of_award", "awarded_on"), ("award_level",)),
        FactKind(
            "discipline",
            ("nip", "decided_on", "punishment"),
            ("served_until", "decree", "effective_on", "months", "measure"),
        ),
        # Who has confirmed when that there is no punishment: without it “none” is not known.
        FactKind("discipline_check", ("nip", "checked_on"), ("checked_by",)),
        FactKind("team_assignment", ("nip", "team", "started_on"), ("role",)),
        FactKind("feedback", ("nip", "year"), ("category",)),
        FactKind("health", ("nip", "declared_on"), ("health", "valid_until")),
        FactKind("technical_assessment", ("nip", "subject", "assessed_on"), ("score",)),
        # Results of the official systems, shown beside ours and never mixed with them.
        FactKind("official_box", ("nip", "determined_on"), ("performance", "potential", "box")),
        FactKind("official_score", ("nip", "assessed_on"), ("managerial", "sociocultural", "potential_score")),
    )
}

#: Columns that hold dates, in every kind.
DATE_COLUMNS = frozenset(
    {
        "birth_date",
        "grade_since",
        "position_since",
        "assessed_on",
        "started_on",
        "ended_on",
        "awarded_on",
        "decided_on",
        "served_until",
        "effective_on",
        "checked_on",
        "declared_on",
        "valid_until",
        "determined_on",
    }
)

#: All current facts: one frame a kind, columns as in ``KINDS``.
Facts = Mapping[str, pd.DataFrame]


def empty_facts() -> dict[str, pd.DataFrame]:
    """A frame without rows for every kind."""
    return {name: pd.DataFrame(columns=list(kind.columns)) for name, kind in KINDS.items()}
