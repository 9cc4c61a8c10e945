"""From a review to the seats of a placement: who may take which post, with pins and bans checked and refused in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE, INELIGIBLE
from core.talent.employee import level_of
from core.talent.placement.problem import PlacementImpossible, Seats
from core.talent.posts import find_position
from core.talent.review import TalentReview
from core.talent.scoring.tenure import DAYS_A_YEAR
from core.talent.succession.table import TERM_MONTHS

#: Years a holder of a JPT post must have been in it before being moved, unless the rules say otherwise (UU 20/2023 [M]).
MINIMUM_YEARS = 2
#: The most posts and months that can be asked about.
MOST_MONTHS = 120


@dataclass(frozen=True)
class Limits:
    """What a placement must keep to.

    ``horizon`` months within which retirements count as vacancies; ``term`` months a person must still serve after
    it; ``chains`` whether holders may be moved and their posts filled in turn; ``most_moves`` of people, None for any;
    ``pins`` and ``bans`` are pairs of a post (short name or title) and a NIP.
    """

    horizon: int = 0
    term: int = TERM_MONTHS
    chains: bool = True
    most_moves: int | None = None
    pins: tuple[tuple[str, str], ...] = ()
    bans: tuple[tuple[str, str], ...] = ()


def vacancies(review: TalentReview, horizon: int) -> list[str]:
    """Short names of the posts vacant now or whose holder retires within so many months."""
    board = review.board
    until = pd.Timestamp(review.as_of) + pd.DateOffset(months=horizon)
    falls = board["vacant"] | (pd.to_datetime(board["retires_on"]) <= until)
    return [str(post) for post in board.loc[falls.to_numpy(dtype=bool), "post"]]


def seats_for(review: TalentReview, limits: Limits) -> Seats:
    """The posts that can change hands and who may take them.

    Somebody may take a post who is a candidate for it by level, passes all gates (whatever is to be reviewed does only
    when pinned), has a known fit, and does not retire within the horizon and term. Holders are moved only with known
    fit in both posts and at least the minimum years in the present one.

    Raises
    ------
    UnknownPost, PlacementImpossible
        With the reason and the article, for a pin that cannot be.
    """
    if not 0 <= limits.horizon <= MOST_MONTHS:
        raise PlacementImpossible(
            "the horizon is {value} months; expected 0 to {most}", value=limits.horizon, most=MOST_MONTHS
        )
    if limits.most_moves is not None and limits.most_moves < len(limits.pins):
        raise PlacementImpossible(
            "at most {moves} moves are allowed but {pins} are pinned; allow more or let go of a pin",
            moves=limits.most_moves,
            pins=len(limits.pins),
        )
    pins = [(find_position(review.positions, post).post, _known(review, nip)) for post, nip in limits.pins]
    bans = {(find_position(review.positions, post).post, _known(review, nip)) for post, nip in limits.bans}
    _contradictions(review, pins, bans)
    open_posts = vacancies(review, limits.horizon)
    fits: dict[str, pd.Series] = {post: _takers(review, post, limits, pins, bans) for post in open_posts}
    own = _movable(review, limits, set(open_posts), pins) if limits.chains else {}
    held = list(own)
    fits |= {post: _takers(review, post, limits, pins, bans) for post in held}
    holders = {review.holders[post]: post for post in held}
    staying = set(review.holders.values()) - set(holders)
    nips = sorted({nip for one in fits.values() for nip in one.index if nip not in staying} | set(holders))
    row = {nip: at for at, nip in enumerate(nips)}
    posts = [*open_posts, *held]
    matrix = np.full((len(posts), len(nips)), np.nan)
    for at, post in enumerate(posts):
        taking = fits[post][fits[post].index.isin(row)]
        matrix[at, [row[nip] for nip in taking.index]] = taking.to_numpy()
    return Seats(
        posts=tuple(posts),
        nips=tuple(nips),
        vacant=len(open_posts),
        fit=matrix,
        holder=np.array([-1] * len(open_posts) + [row[review.holders[post]] for post in held], dtype=np.intp),
        own=np.array([own[holders[nip]] if nip in holders else 0.0 for nip in nips]),
        box=review.people["box"].reindex(nips).fillna(0).to_numpy(dtype=np.int64),
        suits=_suits(review, posts, nips),
        pins=tuple(_pinned(review, pin, posts, row, matrix, limits) for pin in pins),
        most_moves=limits.most_moves,
    )


def _known(review: TalentReview, nip: str) -> str:
    if nip not in review.people.index:
        raise PlacementImpossible("the person {nip} of a pin or ban is not known here", nip=nip)
    return nip


def _contradictions(review: TalentReview, pins: Sequence[tuple[str, str]], bans: set[tuple[str, str]]) -> None:
    names = review.people["full_name"]
    for at, (post, nip) in enumerate(pins):
        for other, whom in pins[:at]:
            if nip == whom and post != other:
                raise PlacementImpossible(
                    "{name} is pinned to two posts, {one} and {other}; let go of one",
                    name=names[nip],
                    one=other,
                    other=post,
                )
            if post == other and nip != whom:
                raise PlacementImpossible(
                    "two people are pinned to {post}, {one} and {other}; let go of one",
                    post=post,
                    one=names[whom],
                    other=names[nip],
                )
        if (post, nip) in bans:
            raise PlacementImpossible(
                "{name} is both pinned to {post} and forbidden there; let go of one", name=names[nip], post=post
            )


def _takers(
    review: TalentReview,
    post: str,
    limits: Limits,
    pins: Sequence[tuple[str, str]],
    bans: set[tuple[str, str]],
) -> pd.Series:
    """Fit by NIP of those who may take a post."""
    nips = review.candidates(post)
    people = review.people.loc[nips]
    until = pd.Timestamp(review.as_of) + pd.DateOffset(months=limits.horizon + limits.term)
    passing = review.eligibility_for(post).overall.loc[nips] == ELIGIBLE
    pinned = {nip for where, nip in pins if where == post}
    passing |= nips.isin(pinned) & (review.eligibility_for(post).overall.loc[nips] != INELIGIBLE)
    banned = {nip for where, nip in bans if where == post}
    keep = passing & (people["retires_on"] > until) & ~nips.isin(banned)
    chosen = nips[keep.to_numpy(dtype=bool)]
    fit = review.fit(post, chosen)
    known = review.people.loc[chosen, "talent"] if fit is None else fit["fit"]
    return known.dropna()


def _movable(
    review: TalentReview, limits: Limits, open_posts: set[str], pins: Sequence[tuple[str, str]]
) -> dict[str, float]:
    """Posts whose holder may be moved, with the holder's fit in it (0 for who is pinned elsewhere without one)."""
    pinned = {nip for _, nip in pins}
    movable = {}
    for post, nip in review.holders.items():
        if post in open_posts or _years_in_post(review, nip) < _minimum_years(review):
            continue
        known = review.fit(post, pd.Index([nip]))
        fit = float(str((review.people["talent"] if known is None else known["fit"]).loc[nip]))
        if np.isfinite(fit) or nip in pinned:
            movable[post] = fit if np.isfinite(fit) else 0.0
    return movable


def _years_in_post(review: TalentReview, nip: str) -> float:
    since = review.people.at[nip, "position_since"]
    return (
        0.0
        if since is pd.NaT or since is None
        else (pd.Timestamp(review.as_of) - pd.Timestamp(str(since))).days / DAYS_A_YEAR
    )


def _minimum_years(review: TalentReview) -> float:
    tenure = next((gate for gate in review.eligibility.gates if gate.key == "tenure"), None)
    return MINIMUM_YEARS if tenure is None else float(tenure.parameters["minimum_years"])


def _pinned(
    review: TalentReview,
    pin: tuple[str, str],
    posts: Sequence[str],
    row: Mapping[str, int],
    matrix: np.ndarray,
    limits: Limits,
) -> tuple[int, int]:
    """The places of a pin, or why it cannot be."""
    post, nip = pin
    name, title = review.people.at[nip, "full_name"], find_position(review.positions, post).title
    if post not in posts:
        raise PlacementImpossible(
            "{post} is neither vacant nor can its holder be moved; a pin needs a post that falls vacant", post=title
        )
    if nip in row and np.isfinite(matrix[posts.index(post), row[nip]]):
        return posts.index(post), row[nip]
    eligibility = review.eligibility_for(post)
    for gate in eligibility.gates:
        if gate.effect == "gate" and int(str(eligibility.answers[gate.key].at[nip, "answer"])) == INELIGIBLE:
            raise PlacementImpossible(
                "{name} cannot be pinned to {post}: the gate “{gate}” is not passed ({article})",
                name=name,
                post=title,
                gate=gate.name["id"],
                article=gate.article,
            )
    if nip in review.holders.values() and _years_in_post(review, nip) < _minimum_years(review):
        raise PlacementImpossible(
            "{name} cannot be pinned to {post}: under {years} years in the present post (UU 20/2023; PP 11/2017 jo PP 17/2020)",
            name=name,
            post=title,
            years=f"{_minimum_years(review):g}",
        )
    if nip in review.holders.values() and not limits.chains:
        raise PlacementImpossible(
            "{name} holds a post and cannot be pinned to {post} while holders are left where they are; let them move",
            name=name,
            post=title,
        )
    if nip not in review.candidates(post):
        raise PlacementImpossible(
            "{name} cannot be pinned to {post}: not a candidate by level (PP 11/2017 jo PP 17/2020 ps 107(1)c)",
            name=name,
            post=title,
        )
    if pd.Timestamp(str(review.people.at[nip, "retires_on"])) <= pd.Timestamp(review.as_of) + pd.DateOffset(
        months=limits.horizon + limits.term
    ):
        raise PlacementImpossible("{name} cannot be pinned to {post}: retires within the term", name=name, post=title)
    raise PlacementImpossible(
        "{name} cannot be pinned to {post}: the fit is not known, a part is not assessed", name=name, post=title
    )


def _suits(review: TalentReview, posts: Sequence[str], nips: Sequence[str]) -> np.ndarray:
    """0-1: half for a field of study of the post's family (a quarter for a general one), half for 20 years in the family."""
    suits = np.zeros((len(posts), len(nips)))
    for at, post in enumerate(posts):
        fit = review.fit(post, pd.Index(nips))
        if fit is not None:
            field = fit["field_fit"].map({"same_family": 0.5, "general": 0.25}).fillna(0.0)
            suits[at] = field.astype(float) + (fit["family_years"].clip(0, 20) / 40).to_numpy()
    return suits


def talent_share(review: TalentReview, post: str) -> tuple[float, float]:
    """Shares of talent value and technical competence in the fit for a post."""
    position = find_position(review.positions, post)
    if review.rubric.fit is None:
        return 1.0, 0.0
    return review.rubric.fit.shares.get(level_of(position.echelon, position.title), (1.0, 0.0))
