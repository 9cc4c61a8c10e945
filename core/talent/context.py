"""What a measure or a gate may look at, and how it says what its answer rests on.

The same function scores everyone and explains one person: in a context made for one person it also
writes down the steps it took and the facts it used. So an explanation can never tell another
story than the score.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from core.talent.arrays import IntArray
from core.talent.facts import KINDS, Facts
from core.talent.job_family import JobFamily
from core.talent.messages import N_
from core.talent.people import PER_PERSON, compute_ages

Parameters = Mapping[str, Any]
T = TypeVar("T")

#: Kinds that are given once a year.
YEARLY = tuple(name for name, kind in KINDS.items() if kind.key == ("nip", "year"))
#: Kinds whose facts expire, with the column that dates them.
DATED_ASSESSMENTS = ("competency_assessment", "potential_assessment", "combined_assessment")


@dataclass(frozen=True, slots=True)
class Use:
    """One fact that counted: which, what it says in the columns looked at, the score given for it."""

    kind: str
    fact_id: int | None
    given: Mapping[str, object]
    score: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation in words, with the facts it rests on.

    ``message`` is an English template for ``values``; ``score`` is what the step yields, None
    where the facts do not say.
    """

    message: str
    values: Mapping[str, object]
    score: float | None
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Coverage:
    """What all facts together say and one person's cannot.

    ``latest_year`` is the year that counts as the last one of a yearly kind; ``registers`` are the
    kinds of which anything at all is known.
    """

    latest_year: Mapping[str, int]
    registers: frozenset[str]


def measure_coverage(facts: Facts, as_of: pd.Timestamp) -> Coverage:
    """The coverage of some facts on a date."""
    return Coverage(
        {kind: find_latest_year(facts[kind], as_of) for kind in YEARLY},
        frozenset(kind for kind in KINDS if not facts[kind].empty),
    )


def find_latest_year(yearly: pd.DataFrame, as_of: pd.Timestamp) -> int:
    """The last year that counts.

    It is the last one up to the reference date for which at least half as many people are rated as
    in the best covered year, so that a few early records do not make everyone else look unrated.
    """
    covered = yearly.loc[yearly["year"] <= as_of.year, "year"].value_counts()
    if covered.empty:
        return as_of.year - 1
    return int(covered.index[covered * 2 >= covered.max()].max())


@dataclass(frozen=True)
class Context:
    """Facts, people and the reference date.

    ``people`` is one row a person, indexed by NIP, with the columns of ``tabulate_people``.
    ``trace`` collects steps in a context for one person; None where everyone is scored. ``memo``
    keeps what several measures and gates need.
    """

    facts: Facts
    people: pd.DataFrame = field(metadata=PER_PERSON)
    as_of: pd.Timestamp
    families: Sequence[JobFamily]
    coverage: Coverage
    trace: list[Step] | None = None
    # Not taken over by ``replace``: what was computed for other people is not true of these.
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def nips(self) -> pd.Index:
        """Everyone, in the order of the score table."""
        return self.people.index

    def known(self, kind: str) -> pd.DataFrame:
        """Facts of a kind about known people."""
        return self.once(f"known {kind}", lambda: self._known(kind))

    def _known(self, kind: str) -> pd.DataFrame:
        frame = self.facts[kind]
        known = self.nips.get_indexer(pd.Index(frame["nip"])) >= 0
        return frame if known.all() else frame[known]

    def once(self, name: str, compute: Callable[[], T]) -> T:
        """A result that several measures and gates need, computed the first time."""
        if name not in self.memo:
            self.memo[name] = compute()
        return cast(T, self.memo[name])

    def of_person(self, nip: str) -> Context:
        """The same for one person; what was computed for everyone is not computed again."""
        at = self.nips.get_indexer(pd.Index([nip]))
        facts = {kind: frame.iloc[self._rows_of(kind, frame, int(at[0]))] for kind, frame in self.facts.items()}
        memo: dict[str, Any] = {f"known {kind}": frame for kind, frame in facts.items()}
        for name, value in list(self.memo.items()):
            if isinstance(value, pd.DataFrame | pd.Series) and not name.startswith("known "):
                memo[name] = value.iloc[self._rows_of(name, value, int(at[0])) if "nip" in value else at]
        person = Context(facts, self.people.iloc[at], self.as_of, self.families, self.coverage)
        person.memo.update(memo)
        return person

    def on(self, day: pd.Timestamp, coverage: Coverage) -> Context:
        """The same people on another day: their ages, and all that is counted from the day."""
        ages = compute_ages(self.people["birth_date"], day.date())
        return Context(self.facts, self.people.assign(age=ages), day, self.families, coverage)

    def traced(self) -> tuple[Context, list[Step]]:
        """The same, and the list into which it writes the steps it takes."""
        steps: list[Step] = []
        writing = replace(self, trace=steps)
        writing.memo.update(self.memo)
        return writing, steps

    def _rows_of(self, name: str, frame: pd.DataFrame | pd.Series, person: int) -> IntArray:
        """Row numbers of what a frame says of a person; found by halving in rows sorted once."""

        def sort() -> tuple[IntArray, IntArray]:
            people = self.nips.get_indexer(pd.Index(frame["nip"]))
            order = np.argsort(people, kind="stable")
            return order, people[order]

        order, people = self.once(f"rows {name}", sort)
        first, last = np.searchsorted(people, [person, person + 1])
        return order[first:last]

    def before(self, *, years: int = 0, months: int = 0) -> pd.Timestamp:
        """A date that long before the reference date."""
        return self.as_of - pd.DateOffset(years=years, months=months)

    def years(self, kind: str, count: int) -> list[int]:
        """The last ``count`` years that count, latest first."""
        return [self.coverage.latest_year[kind] - back for back in range(count)]

    def lacks_register(self, kind: str) -> bool:
        """Whether nothing of a register has been imported, so that nobody is known to have none; a step says so."""
        lacking = kind not in self.coverage.registers
        if lacking:
            self.step(N_("nothing of this register has been imported yet"))
        return lacking

    def step(
        self,
        message: str,
        kind: str = "",
        rows: pd.DataFrame | None = None,
        columns: Sequence[str] = (),
        scores: pd.Series | None = None,
        score: float | None = None,
        **values: object,
    ) -> None:
        """Write down a step, when one person is being explained.

        Parameters
        ----------
        rows, columns
            The facts of ``kind`` it rests on and the columns looked at.
        scores
            Score of each row, where it has one.
        score
            What the step yields; NaN is not known.
        """
        if self.trace is None:
            return
        rows = pd.DataFrame() if rows is None else rows
        uses = []
        for at in range(len(rows)):
            row = rows.iloc[at]
            given = {column: row[column] for column in columns if column in row.index and pd.notna(row[column])}
            identity = row.get("id")
            given_score = None if scores is None or pd.isna(scores.iloc[at]) else float(scores.iloc[at])
            uses.append(Use(kind, None if identity is None else int(identity), given, given_score))
        yields = None if score is None or pd.isna(score) else float(score)
        self.trace.append(Step(message, values, yields, tuple(uses)))
