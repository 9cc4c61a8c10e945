"""A post as all judge it together: its candidates with their values, and everybody's weights and scores as arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray, IntArray
from core.talent.eligibility.order_rule import OrderRule
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.order import convert_tenths
from core.talent.review import TalentReview
from core.talent.session.opinion import Opinion
from core.talent.session.opinions import Opinions
from core.talent.session.proposals import propose_orders


@dataclass(frozen=True)
class Bench:
    """The candidates of a post who stand: NIP in the order of the review, and by row their values, groups and answers.

    ``value`` is candidates x criteria (0-100, NaN where not assessed), ``groups`` are those of ``assign_groups``, ``answers``
    0 eligible, 1 to be reviewed, 2 not eligible. ``official`` are the official weights (shares), ``parts`` the shares of the
    whole that what members score has.
    """

    nips: tuple[str, ...]
    value: FloatArray
    groups: IntArray
    answers: IntArray
    official: tuple[float, ...]
    parts: tuple[float, ...]

    def gather(self, opinions: Sequence[Opinion], hidden: Sequence[Collection[str]]) -> Opinions:
        """Opinions as arrays; ``hidden`` are for each the NIP that the member is shut out from.

        Whoever is shut out from one candidate alone gives them the mean of the others' scores.
        """
        parts = len(self.parts)
        weights = np.array([convert_tenths(opinion.tenths, self.official) for opinion in opinions])
        scores = np.full((len(opinions), len(self.nips), parts), np.nan)
        for at, opinion in enumerate(opinions):
            for row, nip in enumerate(self.nips):
                scores[at, row] = [
                    np.nan if each is None else each for each in opinion.scores.get(nip, (None,) * parts)
                ]
        shape = (len(opinions), self.value.shape[1])
        made = Opinions(self.value, self.groups, weights.reshape(shape), scores, np.array(self.parts))
        if not parts:
            return made
        for at, nips in enumerate(hidden):
            rows = [row for row, nip in enumerate(self.nips) if nip in nips]
            scores[at, rows] = made.mean_scores[rows]
        return Opinions(made.value, made.groups, made.weights, scores, made.part_weights)


def seat_candidates(
    review: TalentReview, post: str, rule: OrderRule, listed: Collection[str], part_tenths: Sequence[int]
) -> Bench:
    """Those of a post's candidates in the review who are listed.

    Raises
    ------
    UnknownPost
    """
    matrix, view = build_decision_matrix(review, post, rule), review.view(post)
    kept = np.array([str(nip) in listed for nip in view.candidates], dtype=bool)
    return Bench(
        tuple(str(nip) for nip in view.candidates[kept]),
        matrix.value[kept],
        matrix.groups[kept],
        view.answers[kept],
        tuple(review.rubric.weights),
        tuple(tenths / 1000 for tenths in part_tenths),
    )


def compute_orders(
    bench: Bench, opinions: Mapping[int, Opinion], hidden: Mapping[int, Collection[str]]
) -> dict[str, object]:
    """Everything the room's orders say, as plain data: values, the official order, each member's, each proposal.

    The same inputs give the same content to the last bit; missing values are None.
    """
    gathered = bench.gather(list(opinions.values()), [hidden.get(member, ()) for member in opinions])
    return {
        "candidates": list(bench.nips),
        "value": _plain(bench.value),
        "groups": bench.groups.tolist(),
        "answers": bench.answers.tolist(),
        "part_weights": list(bench.parts),
        "official_weights": list(bench.official),
        "members": list(opinions),
        "weights": gathered.weights.tolist(),
        "scores": _plain(gathered.scores),
        "official": gathered.rank_under(np.array(bench.official)).rank.tolist() if opinions else None,
        "orders": [ranking.rank.tolist() for ranking in gathered.rankings],
        "proposals": {each.key: each.places.tolist() for each in propose_orders(gathered)} if opinions else {},
    }


def _plain(values: FloatArray) -> list[object]:
    plain = values.astype(object)
    plain[np.isnan(values)] = None
    return list(plain.tolist())
