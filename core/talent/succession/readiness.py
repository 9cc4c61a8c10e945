"""How ready a person is for a post: one stated rule in four classes, each with what keeps from a better one.

- ``now``: who can take the post now (``core.talent.takers``): a candidate by level who passes all gates, stands in a box
  that may be promoted, has a known fit, and serves more than a year still.
- ``soon`` (one to two years): a candidate by level in box 5 to 9, of the family, who fails no gate but those that time
  and training mend (experience, level held, competency, discipline), is within the age limit in two years still, and
  serves more than three years.
- ``later`` (three to five years): by level a candidate or one level below, in box 5 to 9, of the family, with the
  education asked for, within the age limit in five years, and serving more than six years.
- ``not`` otherwise.

Posts of the first family (general administration) are open to every family.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.arrays import BoolArray
from core.talent.eligibility.gates import GATES
from core.talent.eligibility.rules import INELIGIBLE, Eligibility, judge_gate
from core.talent.job_family import judge_study_fit
from core.talent.posts import Post, find_post
from core.talent.review import TalentReview
from core.talent.takers import CHECKS as TAKE
from core.talent.takers import find_takers

#: From best to worst.
CLASSES = ("now", "soon", "later", "not")
#: Levels one below those that candidates come from.
_BELOW = frozenset({"supervisor", "functional"})
_MIDDLE = (5, 6, 7, 8, 9)
#: Months a person must still serve to be ready soon, later.
_TERMS = {"serves_soon": 36, "serves_later": 72}
#: Years from now in which the age limit must not be passed to be ready soon, later.
_AGE_IN = {"age_soon": 2, "age_later": 5}
#: What each class asks for, from best to worst.
_CHECKS: dict[str, tuple[str, ...]] = {
    "now": TAKE,
    "soon": ("level", "gates_mend", "middle", "family", "serves_soon", "age_soon"),
    "later": ("level_below", "education", "middle", "family", "serves_later", "age_later"),
}


@dataclass(frozen=True)
class Readiness:
    """Everyone's class for a post, and the checks it follows from (people x checks, True where passed)."""

    classes: pd.Series
    checks: pd.DataFrame

    def lacking(self, nip: str) -> list[str]:
        """The checks of ``now`` that a person does not pass."""
        passed = self.checks.loc[nip]
        return [name for name in _CHECKS["now"] if not bool(passed[name])]


def classify_readiness(review: TalentReview, post: str) -> Readiness:
    """The class of everybody for a post; its holder is ``not``.

    Raises
    ------
    UnknownPost
    """
    asked = find_post(review.posts, post)
    people = review.people
    day = review.context_for(asked).as_of
    eligibility = review.eligibility_for(asked.key)
    failing = pd.DataFrame(
        {
            gate.key: (eligibility.answers[gate.key]["answer"] == INELIGIBLE).to_numpy(dtype=bool)
            for gate in eligibility.gates
            if gate.effect == "gate"
        },
        index=people.index,
    )
    functions = {gate.key: gate.function for gate in eligibility.gates}
    held = people.index == review.holders.get(asked.key, "")
    candidate = people.index.isin(review.candidates(asked.key))
    below = people["level"].isin(_BELOW).to_numpy(dtype=bool)
    fits = judge_study_fit(people["education_field"], asked.family, asked.fields, review.families)
    studied = (fits == "same_family").to_numpy(dtype=bool)
    general = asked.family == review.families[0].key
    checks = find_takers(review, asked.key).checks.assign(
        **{
            "level_below": candidate | (below & (asked.echelon != "II.a")),
            "gates_mend": ~failing[[key for key in failing if not GATES[functions[str(key)]].mends]]
            .any(axis=1)
            .to_numpy(dtype=bool),
            "education": ~failing[[key for key in failing if functions[str(key)] == "education"]]
            .any(axis=1)
            .to_numpy(dtype=bool),
            "middle": people["box"].isin(_MIDDLE).to_numpy(dtype=bool),
            "family": general | (people["family"] == asked.family).to_numpy(dtype=bool) | studied,
            **{name: _serves(people, day, months) for name, months in _TERMS.items()},
            **{name: _is_within_age(review, eligibility, day, years) for name, years in _AGE_IN.items()},
        }
    )
    passed = [checks[list(names)].all(axis=1).to_numpy(dtype=bool) for names in _CHECKS.values()]
    classes = np.select([held, *passed], ["not", *_CHECKS], "not")
    return Readiness(pd.Series(classes, index=people.index), checks)


def _serves(people: pd.DataFrame, day: pd.Timestamp, months: int) -> BoolArray:
    return np.asarray((people["retires_on"] > day + pd.DateOffset(months=months)).to_numpy(dtype=bool))


def _is_within_age(review: TalentReview, eligibility: Eligibility, day: pd.Timestamp, years: int) -> BoolArray:
    """Whether the age gate is passed in some years still."""
    gate = next((gate for gate in eligibility.gates if gate.function == "age" and gate.effect == "gate"), None)
    if gate is None:
        return np.ones(len(review.people), dtype=bool)
    context = review.context
    later = context.once(f"in {years} years", lambda: context.on(day + pd.DateOffset(years=years), context.coverage))
    judged = judge_gate(later, eligibility.rules, gate, None)
    return np.asarray((judged["answer"] != INELIGIBLE).to_numpy(dtype=bool))


def lay_readiness_decisions(classes: pd.Series, decided: Mapping[str, str]) -> pd.Series:
    """Classes with those that were decided on; people who are not known are left out."""
    known = {nip: chosen for nip, chosen in decided.items() if nip in classes.index}
    changed = classes.copy()
    changed.loc[list(known)] = list(known.values())
    return changed


def count_ready(review: TalentReview, decided: Mapping[str, Mapping[str, str]] | None = None) -> pd.DataFrame:
    """For every post, in order, how many are ready in each class: columns now, soon, later.

    Parameters
    ----------
    decided
        For each post the classes decided on, by NIP.
    """
    rows = []
    alike: dict[Post, pd.Series] = {}
    without_holders = replace(review, holders={})
    for post in review.posts:
        # Posts that ask for the same differ by their holders alone, which are put in below.
        kind = Post(
            "",
            post.echelon or post.title,
            "",
            post.echelon,
            post.family,
            required_field=post.required_field,
            technical_subject=post.technical_subject,
            requirements=post.requirements,
            reference_date=post.reference_date,
        )
        if kind not in alike:
            alike[kind] = classify_readiness(without_holders, post.key).classes
        holder = review.holders.get(post.key)
        own = {holder: "not"} if holder else {}
        counts = lay_readiness_decisions(alike[kind], own | dict((decided or {}).get(post.key, {}))).value_counts()
        rows.append([int(counts.get(name, 0)) for name in CLASSES[:3]])
    return pd.DataFrame(rows, columns=list(CLASSES[:3]))


def count_benches(review: TalentReview, least: int = 4) -> pd.Series:
    """People ready now for at least so many of the posts that are vacant or fall vacant within a year: their number."""
    near = review.post_table.loc[review.post_table["near"], "post"]
    counts = pd.Series(0, index=review.people.index)
    for post in near:
        counts += (classify_readiness(review, str(post)).classes == "now").astype(int)
    return counts[counts >= least].sort_values(ascending=False, kind="stable")


def list_by_readiness(review: TalentReview, classes: pd.Series, also: Collection[str] = ()) -> list[str]:
    """NIP of those who are ready now, soon or later, the readiest first, in each class by talent value.

    Parameters
    ----------
    also
        People listed whatever their class.
    """
    listed = classes.index[(classes != "not") | classes.index.isin(list(also))]
    frame = pd.DataFrame(
        {
            "class": classes[listed].map({name: at for at, name in enumerate(CLASSES)}),
            "talent": review.people.loc[listed, "talent"].fillna(-1.0),
        }
    )
    return list(frame.sort_values(["class", "talent"], ascending=[True, False], kind="stable").index)


def list_ready_now(review: TalentReview, post: str) -> pd.Index:
    """NIP of the people ready for a post now, the highest talent value first.

    Raises
    ------
    UnknownPost
    """
    classes = classify_readiness(review, post).classes
    ready = review.people.loc[classes.index[classes == "now"]]
    return ready.sort_values("talent", ascending=False, kind="stable").index
