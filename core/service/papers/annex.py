"""Every value and gate of every candidate of a session, as its inside papers and the packet for BKN have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.papers.document import WIDE, Block, head, say, tabulate
from core.reports.wording import ANSWER_NAMES, gate_sentence
from core.service.papers.material import Writer
from core.talent.arrays import FloatArray
from core.talent.eligibility.rules import ELIGIBLE
from core.talent.messages import N_
from core.talent.scoring.measures import compute_measure


@dataclass(frozen=True)
class Values:
    """Values of a post's candidates: NIP, a name and the values (0-100, NaN unknown) of each column, boxes (0 not assessed)."""

    nips: tuple[str, ...]
    columns: tuple[tuple[str, FloatArray], ...]
    boxes: tuple[int, ...]


class AnnexWriter(Writer):
    """Writes what every inside paper has of the candidates."""

    @cached_property
    def _measures(self) -> list[tuple[str, FloatArray]]:
        """Name and values of every measure, of everybody in the order of the review: the same for all posts."""
        context = self.review.context
        return [
            (
                str(measure.name[self.language]),
                compute_measure(context, measure.method, measure.fact, measure.parameters)["value"].to_numpy(
                    dtype=float
                ),
            )
            for criterion in self.review.rubric.criteria
            for measure in criterion.measures
        ]

    def values(self, post: str) -> Values:
        """Every component value of every candidate of a post: measures, criteria, parts that members scored."""
        nips = [nip for nip in self.session.find_post(post).candidates if nip in self.review.people.index]
        rows = self.review.people.index.get_indexer(pd.Index(nips))
        columns = [(name, values[rows]) for name, values in self._measures]
        for k, criterion in enumerate(self.review.rubric.criteria):
            name = self.t(N_("Criterion: {name}"), name=criterion.name[self.language])
            columns.append((name, self.review.scores.value[rows, k]))
        room = self.made.rooms[post]
        if room is not None and room.members:
            at = {nip: row for row, nip in enumerate(room.candidates)}
            for k, part in enumerate(self.session.settings.parts):
                mean = room.opinions.mean_scores
                found = np.array([mean[at[nip], k] if nip in at else np.nan for nip in nips])
                columns.append((self.t(N_("{name} (mean of members)"), name=part.name), found))
        boxes = self.review.scores.axes["box"].to_numpy()[rows]
        return Values(tuple(nips), tuple(columns), tuple(int(box) for box in boxes))

    def annex(self, post: str) -> list[Block]:
        """Every component value of every candidate, and for whom which gate is not passed, by which article and fact."""
        made = self.values(post)
        header = [self.t(N_("Candidate")), "NIP", *(name for name, _ in made.columns), self.t(N_("Box"))]
        rows = [
            (
                self.made.name(nip),
                nip,
                *(self.figure(values[row]) for _, values in made.columns),
                str(made.boxes[row] or "–"),
            )
            for row, nip in enumerate(made.nips)
        ]
        title = self.t(N_("Annex: values of all candidates for {post}"), post=self.made.title(post))
        failed = self.list_gates(post, made.nips)
        nothing = say(self.t(N_("Everybody passes every gate.")))
        return [
            head(title),
            *tabulate("", header, rows, WIDE),
            head(self.t(N_("Gates that are not passed or are to be reviewed")), 2),
            *(tabulate("", self.name_gate_columns(), failed) if failed else [nothing]),
        ]

    def name_gate_columns(self) -> list[str]:
        """What the columns of ``list_gates`` are called."""
        words = (N_("Candidate"), N_("Requirement"), N_("Answer"), N_("What was found"), N_("Article"))
        return [self.t(word) for word in words]

    def list_gates(self, post: str, nips: Sequence[str], *, passed: bool = False) -> list[tuple[str, ...]]:
        """Gates of candidates, one row each: those not passed, with ``passed`` all of them."""
        eligibility = self.review.eligibility_for(post)
        rows: list[tuple[str, ...]] = []
        for nip in nips:
            for gate in eligibility.gates:
                said = eligibility.answers[gate.key]
                answer, detail = int(str(said.at[nip, "answer"])), str(said.at[nip, "detail"])
                if answer == ELIGIBLE and not passed:
                    continue
                rows.append(
                    (
                        self.made.name(nip),
                        str(gate.name[self.language]),
                        self.t(ANSWER_NAMES[answer]),
                        gate_sentence(gate, answer, detail, self.language),
                        gate.article,
                    )
                )
        return rows
