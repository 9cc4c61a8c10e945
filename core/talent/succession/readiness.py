"""How ready a person is for a post: one stated rule in four classes, each with what keeps from a better one.

- ``now``: a candidate by level who passes all gates, stands in the talent pool, serves in the post's family or studied
  for it, and serves more than a year still.
- ``soon`` (one to two years): a candidate by level in box 5 to 9, of the family, who fails no gate but those that time
  and training mend (experience, level held, competency, discipline), is within the age limit in two years still, and
  serves more than three years.
- ``later`` (three to five years): by level a candidate or one level below, in box 5 to 9, of the family, with the
  education asked for, within the age limit in five years, and serving more than six years.
- ``not`` otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.talent.arrays import BoolArray
from core.talent.eligibility.rules import ELIGIBLE, INELIGIBLE
from core.talent.employee import birthday
from core.talent.job_family import study_fit
from core.talent.posts import find_position
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import TALENT_POOL

CLASSES = ("now", "soon", "later", "not")
#: Gates that time and training mend.
_MENDED = frozenset({"related_experience", "held_level", "competency", "discipline"})
#: Levels one below those that candidates come from.
_BELOW = frozenset({"supervisor", "functional"})
_MIDDLE = (5, 6, 7, 8, 9)


@dataclass(frozen=True)
class Readiness:
    """Everyone's class for a post, and the checks it follows from (people x checks, True where passed)."""

    classes: pd.Series
    checks: pd.DataFrame

    def lacking(self, nip: str) -> list[str]:
        """The checks of ``now`` that a person does not pass."""
        row = self.checks.loc[nip]
        return [name for name in ("level", "gates", "pool", "family", "serves_1") if not bool(row[name])]


def readiness(review: TalentReview, post: str) -> Readiness:
    """The class of everybody for a post; its holder is ``not``.

    Raises
    ------
    UnknownPost
    """
    position = find_position(review.positions, post)
    people = review.people
    day = pd.Timestamp(review.as_of)
    eligibility = review.eligibility_for(position.post)
    deciding = [gate for gate in eligibility.gates if gate.effect == "gate"]
    failing = pd.DataFrame(
        {gate.key: (eligibility.answers[gate.key]["answer"] == INELIGIBLE).to_numpy(dtype=bool) for gate in deciding},
        index=people.index,
    )
    held = people.index == review.holders.get(position.post, "")
    candidate = people.index.isin(review.candidates(position.post))
    level = people["level"].isin(_BELOW).to_numpy(dtype=bool)
    fits = study_fit(people["education_field"], position.family, position.fields, review.families)
    studied = (fits == "same_family").to_numpy(dtype=bool)
    general = position.family == review.families[0].key
    checks = pd.DataFrame(
        {
            "level": candidate,
            "level_soon": candidate | (level & (position.echelon != "II.a")),
            "gates": (eligibility.overall == ELIGIBLE).to_numpy(dtype=bool),
            "gates_mend": ~failing[[key for key in failing if key not in _MENDED]].any(axis=1).to_numpy(dtype=bool),
            "education": ~failing["education"].to_numpy(dtype=bool) if "education" in failing else True,
            "pool": people["box"].isin(TALENT_POOL).to_numpy(dtype=bool),
            "middle": people["box"].isin(_MIDDLE).to_numpy(dtype=bool),
            "family": general | (people["family"] == position.family).to_numpy(dtype=bool) | studied,
            **{f"serves_{years}": _serves(people, day, years) for years in (1, 3, 6)},
            **{f"age_{years}": _within_age(review, day, years) for years in (2, 5)},
        },
        index=people.index,
    )
    now = _all(checks, "level", "gates", "pool", "family", "serves_1")
    soon = _all(checks, "level", "gates_mend", "middle", "family", "serves_3", "age_2")
    later = _all(checks, "level_soon", "education", "middle", "family", "serves_6", "age_5")
    classes = np.select([held, now, soon, later], ["not", "now", "soon", "later"], "not")
    return Readiness(pd.Series(classes, index=people.index), checks)


def _all(checks: pd.DataFrame, *names: str) -> BoolArray:
    return np.asarray(checks[list(names)].all(axis=1).to_numpy(dtype=bool))


def _serves(people: pd.DataFrame, day: pd.Timestamp, years: int) -> BoolArray:
    return np.asarray((people["retires_on"] > day + pd.DateOffset(years=years)).to_numpy(dtype=bool))


def _within_age(review: TalentReview, day: pd.Timestamp, years: int) -> BoolArray:
    """Whether the age gate's limit is not passed in some years."""
    gate = next((one for one in review.eligibility.gates if one.key == "age" and one.effect == "gate"), None)
    if gate is None:
        return np.ones(len(review.people), dtype=bool)
    then = (day + pd.DateOffset(years=years)).date()
    limit = int(gate.parameters["limit"])
    return np.array([then <= birthday(birth.date(), limit) for birth in review.people["birth_date"]], dtype=bool)


def as_decided(classes: pd.Series, decided: Mapping[str, str]) -> pd.Series:
    """Classes with those that were decided on; people who are not known are left out."""
    known = {nip: one for nip, one in decided.items() if nip in classes.index}
    changed = classes.copy()
    changed.loc[list(known)] = list(known.values())
    return changed


def bench(review: TalentReview, decided: Mapping[str, Mapping[str, str]] | None = None) -> pd.DataFrame:
    """For every post how many are ready in each class: post, now, soon, later.

    ``decided``: for each post the classes decided on, by NIP.
    """
    rows = []
    alike: dict[tuple[str, str, str], pd.Series] = {}
    for position in review.positions:
        kind = (position.family, position.required_field, position.echelon or position.title)
        # Posts of one family and level differ by their holders alone, which are put in below.
        if kind not in alike:
            alike[kind] = readiness(replace(review, holders={}), position.post).classes
        holder = review.holders.get(position.post)
        own = {holder: "not"} if holder else {}
        changed = as_decided(alike[kind], own | dict((decided or {}).get(position.post, {})))
        counts = changed.value_counts()
        rows.append({"post": position.post, **{name: int(counts.get(name, 0)) for name in CLASSES[:3]}})
    return pd.DataFrame(rows, columns=["post", *CLASSES[:3]])


def names_on_many_benches(review: TalentReview, least: int = 4) -> pd.Series:
    """People ready now for at least so many of the posts that are vacant or fall vacant within a year: their number."""
    board = review.board
    near = board.loc[(board["months_left"].fillna(0.0).astype(float) <= 12).to_numpy(), "post"]
    counts = pd.Series(0, index=review.people.index)
    for post in near:
        counts += (readiness(review, str(post)).classes == "now").astype(int)
    return counts[counts >= least].sort_values(ascending=False, kind="stable")
