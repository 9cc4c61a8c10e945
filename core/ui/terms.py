"""Terms of the domain in the session's language."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from core.locales import number
from core.reports.wording import gate_words
from core.talent.eligibility.rules import Eligibility
from core.talent.review import TalentReview
from core.ui.language import language, named, t

#: Level codes as the committee calls them.
LEVEL_NAMES = {
    "jpt_madya": "JPT Madya",
    "jpt_pratama": "JPT Pratama",
    "administrator": "Administrator",
    "supervisor": "Pengawas",
    "expert_main": "JF Ahli Utama",
    "expert_senior": "JF Ahli Madya",
    "functional": "JF",
    "executive": "Pelaksana",
    "unknown": "?",
}

_FACT_NAMES = {
    "employee": "Employees (SIASN)",
    "performance_rating": "Performance ratings",
    "competency_assessment": "Competency assessments",
    "potential_assessment": "Potential assessments",
    "position_history": "Positions held",
    "education": "Education",
    "training": "Training",
    "award": "Awards",
    "discipline": "Disciplinary punishments",
    "team_assignment": "Team assignments",
    "feedback": "360° feedback",
    "health": "Health declarations",
    "technical_assessment": "Technical competency",
    "official_box": "SIMATA results",
    "official_score": "ProASN results",
}


def level_name(level: str) -> str:
    """A level in words."""
    return t("level not known") if level == "unknown" else LEVEL_NAMES[level]


def family_name(review: TalentReview, key: str) -> str:
    """A job family in words."""
    return next((named(family.name) for family in review.families if family.key == key), key)


def post_title(review: TalentReview, post: str) -> str:
    """A post in words; the own level where none is chosen."""
    position = review.position(post)
    return position.title if position else t("the own level")


def box_name(box: int) -> str:
    """A box in words."""
    return t("Box {box}", box=box) if box else t("not assessed")


def fact_name(kind: str) -> str:
    """A kind of fact in words."""
    return t(_FACT_NAMES[kind])


def answer_name(answer: int) -> str:
    """An eligibility answer in words."""
    return t(("eligible", "to be reviewed", "not eligible")[answer])


def gate_sentence(eligibility: Eligibility, key: str, nip: str) -> str:
    """One gate's answer for a person in words, with its figure."""
    row = eligibility.answers[key].loc[nip]
    return gate_words(eligibility.gate(key), int(row["answer"]), str(row["detail"]), language())


def reasons(eligibility: Eligibility, nips: pd.Index) -> list[str]:
    """For each person the reasons why not plainly eligible and the cautions, empty where there are none."""
    texts = pd.Series("", index=nips)
    for gate in eligibility.gates:
        if gate.effect == "shown":
            continue
        rows = eligibility.answers[gate.key].loc[nips]
        failing = rows[rows["answer"] > 0]
        if failing.empty:
            continue
        words = {
            (answer, detail): gate_words(gate, int(answer), str(detail), language())
            for answer, detail in failing.drop_duplicates().itertuples(index=False)
        }
        added = pd.Series([words[pair] for pair in failing.itertuples(index=False, name=None)], index=failing.index)
        before = texts.loc[added.index]
        texts.loc[added.index] = before.where(before == "", before + "; ") + added
    return texts.tolist()


def score_or_interval(value: float, low: float, high: float) -> str:
    """A score, or the interval the missing records leave open."""
    return scores_or_intervals([value], [low], [high])[0]


def scores_or_intervals(values: Iterable[float], lows: Iterable[float], highs: Iterable[float]) -> list[str]:
    """Many scores; the language is asked for once, since asking Streamlit costs more than writing."""
    words = language()
    return [
        f"{number(low, 1, words)}–{number(high, 1, words)}" if math.isnan(value) else number(value, 2, words)
        for value, low, high in zip(values, lows, highs, strict=True)
    ]
