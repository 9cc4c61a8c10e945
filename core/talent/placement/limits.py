"""From a review to a placement problem: who may take which post, with pins and bans checked and refused in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.talent.arrays import FloatArray
from core.talent.eligibility.rules import INELIGIBLE
from core.talent.employee import derive_level
from core.talent.messages import N_
from core.talent.placement.problem import PlacementImpossible, PlacementProblem
from core.talent.posts import TERM_MONTHS, falls_vacant, find_post
from core.talent.review import Basis, PostView, TalentReview
from core.talent.scoring.score_table import compute_weighted_scores
from core.talent.takers import find_takers

#: Years a holder of a JPT post must have been in it before being moved, unless the rules say otherwise (UU 20/2023 [M]).
MINIMUM_YEARS = 2
#: The most months that can be asked about.
MOST_MONTHS = 120


@dataclass(frozen=True)
class Limits:
    """What a placement must keep to.

    ``horizon`` months within which retirements count as vacancies; ``term`` months a person must still serve after
    it; ``chains`` whether holders may be moved and their posts filled in turn; ``most_moves`` of people, None for any;
    ``pins`` and ``bans`` are pairs of a post (short name or title) and a NIP. ``basis`` says which fit is sought: the
    official figure (``talent``), or that in three parts (``fit``).
    """

    horizon: int = 0
    term: int = TERM_MONTHS
    chains: bool = True
    most_moves: int | None = None
    pins: tuple[tuple[str, str], ...] = ()
    bans: tuple[tuple[str, str], ...] = ()
    basis: Basis = "talent"


def find_vacancies(review: TalentReview, horizon: int) -> list[str]:
    """Keys of the posts vacant now or whose holder retires within so many months."""
    table = review.post_table
    return [str(post) for post in table.loc[falls_vacant(table, pd.Timestamp(review.as_of), horizon), "post"]]


@dataclass(frozen=True)
class _Seeker:
    """What is asked of a review under some limits: views of posts are made once."""

    review: TalentReview
    limits: Limits
    pins: tuple[tuple[str, str], ...]
    bans: frozenset[tuple[str, str]]
    views: dict[str, PostView] = field(default_factory=dict)

    def view(self, post: str) -> PostView:
        """The view of a post."""
        if post not in self.views:
            self.views[post] = self.review.view(post, self.limits.basis)
        return self.views[post]

    def fit_here(self, post: str, nip: str) -> float:
        """A person's fit in a post, whether candidate or holder; the talent value where the rubric has no rule."""
        if self.limits.basis == "fit":
            parts = self.review.fit_parts(post, pd.Index([nip]))
            return float(compute_weighted_scores(parts.value, self.part_weights)[0])
        fit = self.review.fit(post, pd.Index([nip]))
        return self.review.number(nip, "talent") if fit is None else float(fit["fit"].to_numpy()[0])

    @property
    def part_weights(self) -> FloatArray:
        """Weights of the fit in three parts."""
        return np.array(self.review.rubric_of("fit").weights)

    @property
    def latest(self) -> pd.Timestamp:
        """The day beyond which a person must still serve."""
        months = self.limits.horizon + self.limits.term
        return pd.Timestamp(self.review.as_of) + pd.DateOffset(months=months)

    def minimum_years(self, post: str) -> float:
        """Years a holder must have been in a post before being moved, by that post's rules."""
        gates = self.review.eligibility_for(post).gates
        tenure = next((gate for gate in gates if gate.function == "tenure"), None)
        return MINIMUM_YEARS if tenure is None else float(tenure.parameters["minimum_years"])

    def takers(self, post: str) -> pd.Series:
        """Fit by NIP of those who may take a post: who can take it now; who is pinned may be to be reviewed, in any box."""
        view = self.view(post)
        people = self.review.people.iloc[view.rows]
        months = self.limits.horizon + self.limits.term
        taking = find_takers(self.review, post, months, self.limits.basis).now[view.rows]
        pinned = view.candidates.isin([nip for where, nip in self.pins if where == post])
        banned = view.candidates.isin([nip for where, nip in self.bans if where == post])
        serving = (people["retires_on"] > self.latest).to_numpy(dtype=bool)
        keep = (taking | (pinned & (view.answers != INELIGIBLE) & serving)) & ~banned
        if self.limits.basis == "fit":
            fit = pd.Series(compute_weighted_scores(view.scores.value, self.part_weights), index=view.candidates)
        else:
            fit = people["talent"] if view.fit is None else view.fit["fit"]
        known: pd.Series = fit[keep].dropna()
        return known

    def movable(self, open_posts: set[str]) -> dict[str, float]:
        """Posts whose holder may be moved, with the holder's fit in it (0 for who is pinned elsewhere without one)."""
        pinned = {nip for _, nip in self.pins}
        movable = {}
        for post, nip in self.review.holders.items():
            if post in open_posts or self.review.years_in_post(nip) < self.minimum_years(post):
                continue
            fit = self.fit_here(post, nip)
            if np.isfinite(fit) or nip in pinned:
                movable[post] = fit if np.isfinite(fit) else 0.0
        return movable


def build_problem(review: TalentReview, limits: Limits) -> PlacementProblem:
    """The posts that can change hands and who may take them.

    Somebody may take a post who can take it now (``core.talent.takers``) and does not retire within the horizon and term;
    who is pinned may also be to be reviewed, or stand in another box, as long as the fit is known. Holders are moved only with known
    fit in both posts and at least the minimum years in the present one.

    Raises
    ------
    UnknownPost, PlacementImpossible
        With the reason and the article, for a pin that cannot be.
    """
    if not 0 <= limits.horizon <= MOST_MONTHS:
        raise PlacementImpossible(
            N_("the horizon is {value} months; expected 0 to {most}"), value=limits.horizon, most=MOST_MONTHS
        )
    if limits.most_moves is not None and limits.most_moves < len(limits.pins):
        raise PlacementImpossible(
            N_("at most {moves} moves are allowed but {pins} are pinned; allow more or let go of a pin"),
            moves=limits.most_moves,
            pins=len(limits.pins),
        )
    pins = tuple((find_post(review.posts, post).key, _known(review, nip)) for post, nip in limits.pins)
    bans = frozenset((find_post(review.posts, post).key, _known(review, nip)) for post, nip in limits.bans)
    _refuse_contradictions(review, pins, bans)
    seeker = _Seeker(review, limits, pins, bans)
    open_posts = find_vacancies(review, limits.horizon)
    own = seeker.movable(set(open_posts)) if limits.chains else {}
    held = list(own)
    posts = [*open_posts, *held]
    fits = {post: seeker.takers(post) for post in posts}
    holders = {review.holders[post]: post for post in held}
    staying = set(review.holders.values()) - set(holders)
    nips = sorted({nip for takers in fits.values() for nip in takers.index if nip not in staying} | set(holders))
    row = {nip: at for at, nip in enumerate(nips)}
    matrix = np.full((len(posts), len(nips)), np.nan)
    for at, post in enumerate(posts):
        taking = fits[post][fits[post].index.isin(row)]
        matrix[at, [row[nip] for nip in taking.index]] = taking.to_numpy()
    return PlacementProblem(
        posts=tuple(posts),
        nips=tuple(nips),
        vacant=len(open_posts),
        fit=matrix,
        holder=np.array([-1] * len(open_posts) + [row[review.holders[post]] for post in held], dtype=np.int64),
        own=np.array([own[holders[nip]] if nip in holders else 0.0 for nip in nips]),
        box=review.people["box"].loc[nips].to_numpy(dtype=np.int64),
        suits=_suits(review, posts, nips),
        pins=tuple(_place_pin(seeker, pin, posts, row, matrix) for pin in pins),
        most_moves=limits.most_moves,
    )


def _known(review: TalentReview, nip: str) -> str:
    if nip not in review.people.index:
        raise PlacementImpossible(N_("the person {nip} of a pin or ban is not known here"), nip=nip)
    return nip


def _refuse_contradictions(
    review: TalentReview, pins: Sequence[tuple[str, str]], bans: Collection[tuple[str, str]]
) -> None:
    names = review.people["full_name"]
    for at, (post, nip) in enumerate(pins):
        for other, whom in pins[:at]:
            if nip == whom and post != other:
                raise PlacementImpossible(
                    N_("{name} is pinned to two posts, {one} and {other}; let go of one"),
                    name=names[nip],
                    one=other,
                    other=post,
                )
            if post == other and nip != whom:
                raise PlacementImpossible(
                    N_("two people are pinned to {post}, {one} and {other}; let go of one"),
                    post=post,
                    one=names[whom],
                    other=names[nip],
                )
        if (post, nip) in bans:
            raise PlacementImpossible(
                N_("{name} is both pinned to {post} and forbidden there; let go of one"), name=names[nip], post=post
            )


def _place_pin(
    seeker: _Seeker, pin: tuple[str, str], posts: Sequence[str], row: Mapping[str, int], matrix: FloatArray
) -> tuple[int, int]:
    """The places of a pin, or why it cannot be."""
    review, (post, nip) = seeker.review, pin
    name, title = review.people.at[nip, "full_name"], find_post(review.posts, post).title
    if post not in posts:
        raise PlacementImpossible(
            N_("{post} is neither vacant nor can its holder be moved; a pin needs a post that falls vacant"), post=title
        )
    if nip in row and np.isfinite(matrix[posts.index(post), row[nip]]):
        return posts.index(post), row[nip]
    view = seeker.view(post)
    for gate in view.eligibility.gates:
        answer = view.eligibility.answers[gate.key]["answer"].loc[nip]
        if gate.effect == "gate" and answer == INELIGIBLE:
            raise PlacementImpossible(
                N_("{name} cannot be pinned to {post}: the gate “{gate}” is not passed ({article})"),
                name=name,
                post=title,
                gate=gate.name["id"],
                article=gate.article,
            )
    own = next((held for held, who in review.holders.items() if who == nip), None)
    holds = own is not None
    if own is not None and seeker.review.years_in_post(nip) < seeker.minimum_years(own):
        raise PlacementImpossible(
            N_(
                "{name} cannot be pinned to {post}: under {years} years in the present post (UU 20/2023; PP 11/2017 jo PP 17/2020)"
            ),
            name=name,
            post=title,
            years=f"{seeker.minimum_years(own):g}",
        )
    if holds and not seeker.limits.chains:
        raise PlacementImpossible(
            N_(
                "{name} holds a post and cannot be pinned to {post} while holders are left where they are; let them move"
            ),
            name=name,
            post=title,
        )
    if nip not in view.candidates:
        raise PlacementImpossible(
            N_("{name} cannot be pinned to {post}: not a candidate by level (PP 11/2017 jo PP 17/2020 ps 107(1)c)"),
            name=name,
            post=title,
        )
    if review.people["retires_on"].loc[nip] <= seeker.latest:
        raise PlacementImpossible(
            N_("{name} cannot be pinned to {post}: retires within the term"), name=name, post=title
        )
    raise PlacementImpossible(
        N_("{name} cannot be pinned to {post}: the fit is not known, a criterion is not assessed"),
        name=name,
        post=title,
    )


def _suits(review: TalentReview, posts: Sequence[str], nips: Sequence[str]) -> FloatArray:
    """0-1: half for a field of study of the post's family (a quarter for a general one), half for 20 years in the family."""
    suits = np.zeros((len(posts), len(nips)))
    for at, post in enumerate(posts):
        fit = review.fit(post, pd.Index(nips))
        if fit is not None:
            field = fit["field_fit"].map({"same_family": 0.5, "general": 0.25}).fillna(0.0)
            suits[at] = field.astype(float) + (fit["family_years"].clip(0, 20) / 40).to_numpy()
    return suits


def get_shares(review: TalentReview, post: str) -> tuple[float, float]:
    """Shares of talent value and technical competence in the fit for a post."""
    asked = find_post(review.posts, post)
    if review.rubric.fit is None:
        return 1.0, 0.0
    return review.rubric.fit.shares_at(derive_level(asked.echelon, asked.title))
