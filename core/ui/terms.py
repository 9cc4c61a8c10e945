"""Terms of the domain in the session's language."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from core.locales import number
from core.reports import wording
from core.talent.eligibility.rules import Eligibility
from core.talent.employee import LEVEL_NAMES
from core.talent.messages import N_
from core.talent.review import Basis, TalentReview
from core.ui.language import language, named, show_day, t

_FACT_NAMES = {
    "employee": N_("Employees (SIASN)"),
    "performance_rating": N_("Performance ratings"),
    "competency_assessment": N_("Competency assessments"),
    "potential_assessment": N_("Potential assessments"),
    "combined_assessment": N_("Potential and competency in one"),
    "position_history": N_("Positions held"),
    "education": N_("Education"),
    "training": N_("Training"),
    "award": N_("Awards"),
    "discipline": N_("Disciplinary punishments"),
    "discipline_check": N_("Discipline checks"),
    "team_assignment": N_("Team assignments"),
    "feedback": N_("360° feedback"),
    "health": N_("Health declarations"),
    "technical_assessment": N_("Technical competency"),
    "official_box": N_("SIMATA results"),
    "official_score": N_("ProASN results"),
}


#: Who keeps each kind of record.
_KEEPERS = {
    "performance_rating": N_("ask the superior, in e-Kinerja"),
    "feedback": N_("ask the superior, in e-Kinerja"),
    "competency_assessment": N_("ask an accredited assessor for an assessment"),
    "potential_assessment": N_("ask an accredited assessor for an assessment"),
    "combined_assessment": N_("ask an accredited assessor for an assessment"),
    "technical_assessment": N_("ask an accredited assessor for a technical assessment"),
    "health": N_("ask the hospital for an examination"),
}


#: Where each term of the regulation comes from: what it means in a sentence, and its article.
_ARTICLES = {
    "box": N_("Nine boxes of performance and potential: PermenPANRB 3/2020 jo 20/2025, article 17."),
    "gates": N_("Requirements of the post's level; for JPT Pratama PP 11/2017 jo PP 17/2020, article 107(1)c."),
    "order": N_(
        "By box: gates, then boxes (PermenPANRB 3/2020 jo 20/2025, article 17), then the score. Eligible first: gates (PP 11/2017 jo PP 17/2020, article 107(1)c), then the score. Score alone: neither."
    ),
    "talent": N_("Talent value: performance and potential weighed by the rubric in force, as its decree says."),
    "proposal": N_("Three names go to the PPK: PP 11/2017 jo PP 17/2020, article 127(2)."),
    "krs": N_("Kelompok rencana suksesi: PP 11/2017, articles 198 to 200; PermenPANRB 3/2020 jo 20/2025."),
    "competency": N_(
        "Assessments hold three years, for posts of the level they were made for: Peraturan BKN 26/2019, article 29(4)."
    ),
}


def say_article(term: str) -> str:
    """What a term of the regulation means, with its article."""
    return t(_ARTICLES[term])


def whom_to_ask(kind: str) -> str:
    """Whom to ask for a kind of record that is missing."""
    return t(_KEEPERS.get(kind, N_("ask BKPSDM for the personnel file")))


_ROLE_NAMES = {
    "administrator": N_("administrator"),
    "secretariat": N_("secretariat"),
    "member": N_("member"),
    "viewer": N_("viewer"),
}


def role_name(role: str) -> str:
    """A role in words."""
    return t(_ROLE_NAMES.get(role, role))


def level_name(level: str) -> str:
    """A level in words."""
    return t("level not known") if level == "unknown" else LEVEL_NAMES[level]


def family_name(review: TalentReview, key: str) -> str:
    """A job family in words."""
    return next((named(family.name) for family in review.families if family.key == key), key)


def post_title(review: TalentReview, post: str) -> str:
    """A post in words; the own level where none is chosen."""
    known = review.post(post)
    return known.title if known else t("the own level")


def box_name(box: int) -> str:
    """A box in words."""
    return t("Box {box}", box=box) if box else t("not assessed")


def fact_name(kind: str) -> str:
    """A kind of fact in words."""
    return t(_FACT_NAMES[kind])


def answer_name(answer: int) -> str:
    """An eligibility answer in words."""
    return t(wording.ANSWER_NAMES[answer])


_LACKING = {
    "level": N_("not a candidate by level"),
    "gates": N_("a gate is not passed or open"),
    "box": N_("box outside those that may be promoted"),
    "fit": N_("fit not known: talent value or technical competence is not assessed"),
    "serves": N_("retires before the term that is asked for"),
}


def lacking_name(check: str) -> str:
    """What keeps somebody from taking a post now, in words."""
    return t(_LACKING[check])


def say_lacking(review: TalentReview, post: str, nip: str, checks: Iterable[str], basis: Basis = "talent") -> str:
    """What keeps somebody from taking a post now, with the gate, the box or the missing value by name.

    ``checks`` as of ``core.talent.takers.Takers.lacking``.
    """
    return "; ".join(_say_check(review, post, nip, check, basis) for check in checks)


def _say_check(review: TalentReview, post: str, nip: str, check: str, basis: Basis) -> str:
    person = review.people.loc[nip]
    if check == "gates":
        return reasons(review.eligibility_for(post), pd.Index([nip]))[0] or lacking_name(check)
    if check == "box":
        box = int(person["box"])
        return t("box {box} may not be promoted", box=box) if box else t("not in a box yet")
    if check == "fit" and basis == "fit":
        return t("a part of the post fit is not known")
    if check == "fit":
        return t("talent value not assessed") if pd.isna(person["talent"]) else t("technical competence not assessed")
    return lacking_name(check)


_FIELD_FITS = {"same_family": N_("as asked"), "general": N_("related"), "other": N_("other")}


def field_fit_name(fit: object) -> str:
    """How a field of study fits, in words; a dash where it is not known."""
    return t(_FIELD_FITS[fit]) if isinstance(fit, str) else "–"


def say_rules(eligibility: Eligibility) -> str:
    """By which rules, and on which day, people are judged."""
    return t(
        "Judged by the rules for {rules}, on {day}.", rules=named(eligibility.rules.name), day=show_day(eligibility.day)
    )


def gate_sentence(eligibility: Eligibility, key: str, nip: str) -> str:
    """One gate's answer for a person in words, with its figure."""
    row = eligibility.answers[key].loc[nip]
    return wording.gate_sentence(eligibility.gate(key), int(row["answer"]), str(row["detail"]), language())


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
            (answer, detail): wording.gate_sentence(gate, int(answer), str(detail), language())
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
