"""A talent review: everything computed from one set of facts, one rubric and one date.

This is what pages and commands read. It is built once and shared; nothing in it is ever changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from core.talent.appointments import Appointment, Unconfirmed, place_appointed
from core.talent.arrays import FloatArray, IntArray
from core.talent.context import DATED_ASSESSMENTS, Context, Coverage, measure_coverage
from core.talent.eligibility.rules import Eligibility, RuleBook, Rules, judge_everyone
from core.talent.employee import DAYS_A_YEAR
from core.talent.errors import UnknownPost
from core.talent.facts import Facts
from core.talent.fit.official import compute_fit, find_technical_scores
from core.talent.fit.parts import Scored, score_parts
from core.talent.fit.rubric import FitRubric
from core.talent.fit.standard import Standard, ask_standard
from core.talent.job_family import JobFamily
from core.talent.messages import N_
from core.talent.people import PER_PERSON, split_by_service, tabulate_people, take_people
from core.talent.posts import ALL_PEOPLE, Post, find_holders, find_post, select_candidates, tabulate_posts
from core.talent.scoring.nine_box import list_possible_boxes, mask_possible_boxes
from core.talent.scoring.rubric import Rubric
from core.talent.scoring.score_table import CriterionScores, ScoreTable, compute_scores
from core.talent.scoring.tenure import tabulate_years_by_family

#: What candidates are ordered by: the talent value, or the fit for the post in three parts.
Basis = Literal["talent", "fit"]
BASES: tuple[Basis, ...] = ("talent", "fit")


@dataclass(frozen=True)
class PostView:
    """A post as its candidates are seen for it; ``post`` None stands for everybody.

    ``candidates`` are NIP in the order of the review, ``rows`` their row numbers in it, ``names`` and ``units`` what they
    are called there, all by row number, so that a release of a weight looks nobody up; ``eligibility`` holds
    everyone's answers for this post, ``scores`` those of the candidates by what they are ordered by, ``boxes`` their
    boxes (0 not assessed), ``possible`` those that are possible (``mask_possible_boxes``). ``fit`` has the columns of ``compute_fit`` for the candidates, None without a post or a rule
    for it.
    """

    post: Post | None
    candidates: pd.Index
    rows: IntArray
    names: tuple[str, ...]
    units: np.ndarray
    eligibility: Eligibility
    scores: CriterionScores
    boxes: IntArray
    possible: IntArray
    fit: pd.DataFrame | None

    @cached_property
    def answers(self) -> np.ndarray:
        """The candidates' answers over all gates: 0 eligible, 1 to be reviewed, 2 not eligible."""
        return np.asarray(self.eligibility.overall.to_numpy()[self.rows])


@dataclass(frozen=True)
class TalentReview:
    """Facts made into an overview.

    What there is of each person is declared so (``PER_PERSON``) and has one row a person, in the order of
    ``context.people``. Scores stand in ``scores`` alone; ``people`` lays them beside who people are. ``assessments``
    has the state (``valid``, ``expired``, ``missing``) of each kind of dated assessment, ``family_years`` the years of service in each family and in ``any``. ``data_version`` names the facts,
    ``post_table`` is that of ``tabulate_posts``, ``holders`` holds NIP by post. ``narrowed_to`` names the set of people
    it was narrowed to, if it was; posts and their holders stay those of everybody. ``left`` holds who is not in active
    service, by NIP (``LEFT_COLUMNS``): nobody of them is among the people, a candidate or a holder. ``coverages`` holds
    the coverage on each day of a planned inauguration to come. ``fit_rubric`` is that of the fit in three parts.
    ``unconfirmed`` holds the inaugurations that the facts do not show; ``holders`` has them.
    ``listed`` holds the candidates (NIP) of those posts that have a list of their own instead of the rule's.
    """

    as_of: dt.date
    data_version: int
    rubric: Rubric
    rule_book: RuleBook
    families: tuple[JobFamily, ...]
    posts: tuple[Post, ...]
    holders: dict[str, str]
    post_table: pd.DataFrame
    context: Context = field(metadata=PER_PERSON)
    scores: ScoreTable = field(metadata=PER_PERSON)
    family_years: pd.DataFrame = field(metadata=PER_PERSON)
    assessments: pd.DataFrame = field(metadata=PER_PERSON)
    left: pd.DataFrame
    coverages: Mapping[dt.date, Coverage]
    fit_rubric: FitRubric | None
    narrowed_to: str = ""
    unconfirmed: tuple[Unconfirmed, ...] = ()
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Not taken over by ``replace``: what was judged of other people is not true of these.
    judged: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def rules(self) -> Rules:
        """The rules by which people are judged without a post in view."""
        return self.rule_book.find(None)

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row a person, indexed by NIP, ordered by name: the columns of ``tabulate_people``, the axes of the score
        table (``performance``, ``potential``, ``talent`` with ``_low`` and ``_high``, ``box``) and ``eligibility``.
        """
        return self.context.people.join(self.scores.axes).assign(eligibility=self.eligibility.overall)

    @cached_property
    def cache_key(self) -> str:
        """A short text that differs whenever what is computed from the review may differ."""
        names = (
            self.data_version,
            self.rubric.digest,
            self.rule_book.key,
            self.as_of,
            self.narrowed_to,
            hash(self.posts),
            self.fit_rubric.digest if self.fit_rubric else "",
            hash(self.families[0].studies.assigned),
            hash(tuple(sorted(self.listed.items()))) if self.listed else "",
            hash((self.unconfirmed, tuple(sorted(self.holders.items())))) if self.unconfirmed else "",
        )
        return "|".join(str(name) for name in names)

    def find_day_in_post(self, nip: str) -> pd.Timestamp | None:
        """Since when somebody holds the present post, also one that only an inauguration tells of; None where it is not known."""
        for each in self.unconfirmed:
            if each.appointment.nip == nip and each.why == "waits":
                return pd.Timestamp(each.appointment.day)
        since = self.people["position_since"].get(nip, pd.NaT)
        return None if pd.isna(since) else since

    def years_in_post(self, nip: str) -> float:
        """Years in the present post, 0 where it is not known since when."""
        since = self.find_day_in_post(nip)
        return 0.0 if since is None else (pd.Timestamp(self.as_of) - since).days / DAYS_A_YEAR

    def number(self, nip: str, column: str) -> float:
        """A number of a person out of ``people``, NaN where there is none.

        Raises
        ------
        KeyError
            When there is no such person or column.
        """
        return float(self.people[column].to_numpy(dtype=np.float64, na_value=np.nan)[self.people.index.get_loc(nip)])

    def possible_boxes(self, nip: str) -> tuple[int, ...]:
        """Boxes the missing records of a person could still lead to."""
        bounds = [
            (self.number(nip, f"{axis}_low"), self.number(nip, f"{axis}_high")) for axis in ("performance", "potential")
        ]
        return list_possible_boxes(bounds[0], bounds[1], self.rubric.thresholds)

    @cached_property
    def possible_box_masks(self) -> IntArray:
        """The boxes still possible for everyone, see ``mask_possible_boxes``."""
        axes = self.scores.axes
        bounds = [
            (axes[f"{axis}_low"].to_numpy(), axes[f"{axis}_high"].to_numpy()) for axis in ("performance", "potential")
        ]
        return mask_possible_boxes(bounds[0], bounds[1], self.rubric.thresholds)

    @property
    def eligibility(self) -> Eligibility:
        """Everyone's answers without a post in view, by the default rules."""
        return self._judge(None)

    def post(self, key: str) -> Post | None:
        """A post by its key or title, None for ``semua``.

        Raises
        ------
        UnknownPost
        """
        return None if key == ALL_PEOPLE else find_post(self.posts, key)

    def eligibility_for(self, key: str) -> Eligibility:
        """Everyone's answers for a post, by its rules on its day; without a post in view for ``semua``."""
        return self._judge(self.post(key))

    def _judge(self, post: Post | None) -> Eligibility:
        """Judged when first asked for, and once for posts that ask for the same."""
        rules, context = self.rule_book.find(post), self.context_for(post)
        same = (rules.key, rules.digest, context.as_of, post and (post.family, post.requirements))
        if same not in self.judged:
            self.judged[same] = judge_everyone(context, rules, post)
        judged: Eligibility = self.judged[same]
        return judged

    def context_for(self, post: Post | None) -> Context:
        """The context on the day of a post's planned inauguration, where that is to come; else that of the review."""
        day = post.day if post else None
        if day is None or day <= self.as_of:
            return self.context
        if day not in self.judged:
            coverage = self.coverages.get(day) or measure_coverage(self.context.facts, pd.Timestamp(day))
            self.judged[day] = self.context.on(pd.Timestamp(day), coverage)
        later: Context = self.judged[day]
        return later

    def fit(self, key: str, nips: pd.Index) -> pd.DataFrame | None:
        """Fit of people for a post, see ``compute_fit``; None without a post or a rule for it."""
        post = self.post(key)
        if post is None or self.rubric.fit is None:
            return None
        rows = self.people.index.get_indexer(nips)
        technical = self.technical_scores(post)[rows]
        return compute_fit(post, self.people.iloc[rows], technical, self.family_years, self.families, self.rubric.fit)

    def technical_scores(self, post: Post) -> FloatArray:
        """The technical score (0-100) of everyone that counts for a post on its day, NaN where not assessed."""
        years = self.rubric.fit.validity_years if self.rubric.fit else 3
        return find_technical_scores(self.context_for(post), post, years)

    def standard(self, post: Post) -> Standard:
        """What a post asks for, by itself and by its rules on its day."""
        asked = self.eligibility_for(post.key).gates
        gates = {gate.function: gate.parameters for gate in asked if not gate.key.startswith("own_")}
        education = gates.get("education", {}).get("minimum", "SD")
        return ask_standard(post, education, frozenset(gates.get("held_level", {}).get("levels", ())))

    def fit_parts(self, key: str, nips: pd.Index) -> CriterionScores:
        """The fit of people for a post in three parts: discipline, competence, experience.

        Raises
        ------
        UnknownPost
            Also for ``semua``, and where there is no rubric for it.
        """
        post = self.post(key)
        if post is None or self.fit_rubric is None:
            raise UnknownPost(N_("the fit is that for a post; choose one"))
        rows = self.people.index.get_indexer(nips)
        talent = (self.scores.axes[f"talent{end}"].to_numpy()[rows] for end in ("", "_low", "_high"))
        return score_parts(self.context_for(post), rows, self.standard(post), self.fit_rubric, Scored(*talent))

    def rubric_of(self, basis: Basis) -> Rubric | FitRubric:
        """Criteria and official weights of what candidates are ordered by.

        Raises
        ------
        UnknownPost
            Where there is no rubric of the fit.
        """
        if basis == "talent":
            return self.rubric
        if self.fit_rubric is None:
            raise UnknownPost(N_("there is no rubric of the fit for a post"))
        return self.fit_rubric

    def candidates(self, key: str) -> pd.Index:
        """NIP of those considered for a post, by its key or title; everyone for ``semua``.

        Where the post has a list of its own, those of it who are in active service, in the order of the people.
        """
        post = self.post(key)
        if post is not None and post.key in self.listed:
            return self.people.index[self.people.index.isin(self.listed[post.key])]
        return select_candidates(post, self.people, self.holders.get(post.key) if post else None)

    def view(self, key: str, basis: Basis = "talent") -> PostView:
        """A post with its candidates, their answers, scores and fit, made once; everybody for ``semua``.

        Raises
        ------
        UnknownPost
            Also for the fit where no post is in view.
        """
        post = self.post(key)
        asked = ("view", post.key if post else ALL_PEOPLE, basis)
        if asked not in self.judged:
            candidates = self.candidates(key)
            rows = self.people.index.get_indexer(candidates)
            scores = self.scores.of_rows(rows) if basis == "talent" else self.fit_parts(key, candidates)
            boxes = self.scores.axes["box"].to_numpy()[rows]
            eligibility = self.eligibility_for(key)
            possible, fit = self.possible_box_masks[rows], self.fit(key, candidates)
            people = self.people.iloc[rows]
            names, units = tuple(people["full_name"]), people["unit"].to_numpy(dtype=object)
            self.judged[asked] = PostView(
                post, candidates, rows, names, units, eligibility, scores, boxes, possible, fit
            )
        made: PostView = self.judged[asked]
        return made


def build_review(
    facts: Facts,
    rubric: Rubric,
    rules: RuleBook,
    posts: Sequence[Post],
    families: Sequence[JobFamily],
    as_of: dt.date,
    data_version: int = 0,
    fit_rubric: FitRubric | None = None,
    appointments: Sequence[Appointment] = (),
) -> TalentReview:
    """Compute a review; the date is an argument, so the same facts always give the same review."""
    day = pd.Timestamp(as_of)
    serving, left = split_by_service(facts)
    people = tabulate_people(serving, families, day)
    context = Context(serving, people, day, families, measure_coverage(facts, day))
    coming = {post.day for post in posts if post.day is not None and post.day > as_of}
    coverages = {later: measure_coverage(facts, pd.Timestamp(later)) for later in coming}
    holders, unconfirmed = place_appointed(find_holders(posts, people), appointments, people, posts)
    posts_now = tabulate_posts(posts, people, holders, day)
    made = review_context(context, rubric, rules, posts, holders, posts_now, left, coverages, data_version, fit_rubric)
    return replace(made, unconfirmed=unconfirmed) if unconfirmed else made


def review_context(
    context: Context,
    rubric: Rubric,
    rules: RuleBook,
    posts: Sequence[Post],
    holders: dict[str, str],
    post_table: pd.DataFrame,
    left: pd.DataFrame,
    coverages: Mapping[dt.date, Coverage],
    data_version: int,
    fit_rubric: FitRubric | None = None,
) -> TalentReview:
    """Compute the review of a context's people; ``holders``, ``post_table`` and ``left`` may be those of more people."""
    return TalentReview(
        as_of=context.as_of.date(),
        data_version=data_version,
        rubric=rubric,
        rule_book=rules,
        families=tuple(context.families),
        posts=tuple(posts),
        holders=holders,
        post_table=post_table,
        context=context,
        scores=compute_scores(context, rubric),
        family_years=tabulate_years_by_family(context),
        assessments=_tabulate_assessment_states(context, rubric),
        left=left,
        coverages=coverages,
        fit_rubric=fit_rubric,
    )


def narrow_review(review: TalentReview, nips: Collection[str]) -> TalentReview:
    """The same review with only some of its people; posts and their holders stay as they are."""
    rows = np.flatnonzero(review.context.nips.isin(list(nips)))
    narrowed = take_people(review, rows)
    name = hashlib.sha256("~".join(narrowed.context.nips).encode()).hexdigest()[:16]
    return replace(narrowed, narrowed_to=name)


def list_candidates(review: TalentReview, listed: Mapping[str, Collection[str]]) -> TalentReview:
    """The same review in which some posts (by key) have a list of candidates (NIP) of their own."""
    return replace(review, listed={post: tuple(sorted(nips)) for post, nips in listed.items()})


def list_validity_years(rubric: Rubric) -> dict[str, int]:
    """For how many years the dated assessments of a rubric count, by the kind of fact."""
    return {
        measure.fact: measure.parameters["validity_years"]
        for measure in rubric.measures.values()
        if "validity_years" in measure.parameters
    }


def _tabulate_assessment_states(context: Context, rubric: Rubric) -> pd.DataFrame:
    """``valid``, ``expired`` or ``missing`` for each person and kind of dated assessment."""
    validity = list_validity_years(rubric)
    states = pd.DataFrame(index=context.nips)
    for kind in DATED_ASSESSMENTS:
        if kind not in validity:
            continue
        past = context.known(kind)
        latest = past[past["assessed_on"] <= context.as_of].groupby("nip")["assessed_on"].max().reindex(context.nips)
        current = latest > context.before(years=validity[kind])
        states[kind] = np.where(latest.isna(), "missing", np.where(current, "valid", "expired"))
    return states
