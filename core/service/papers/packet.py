"""The packet for BKN: every value of every candidate, who is proposed, and what would be asked, as a paper and as a workbook."""

from __future__ import annotations

import datetime as dt

import numpy as np

from core.locales import Language
from core.papers.document import Block, Document, Section, head, list_items, say, tabulate
from core.reports.returning import say_remedy, say_return_fault, say_vacancy
from core.reports.workbook import Table, workbook
from core.service.cases.packet import Questions
from core.service.papers.annex import AnnexWriter
from core.service.papers.material import Material
from core.talent.messages import N_


def write_packet(made: Material, paper_number: str, issued_on: dt.date, language: Language = "id") -> Document:
    """The packet as a paper: submissions with their basis, what would be asked and what is answered, annexes."""
    return _Packet(made, language).write(paper_number, issued_on)


def write_packet_workbook(made: Material, language: Language = "id") -> bytes:
    """The packet as a workbook: names, values, gates, questions; numbers are numbers."""
    return _Packet(made, language).write_workbook()


class _Packet(AnnexWriter):
    def write(self, paper_number: str, issued_on: dt.date) -> Document:
        sections = [Section((*self._submissions(), *self._ask()))]
        sections += [Section(tuple(self.annex(post)), wide=True) for post, _ in self._named()]
        subject = self.t(
            N_("Packet for BKN: {count} posts of {name}"), count=len(self._named()), name=self.session.name
        )
        foot = f"{self.t(N_('Digest of the replay'))} {self.made.digest[:16]}"
        return self.document(self.t(N_("Packet for BKN")), paper_number, issued_on, subject, sections, foot)

    @property
    def _questions(self) -> Questions:
        assert self.made.questions is not None
        return self.made.questions

    def _named(self) -> list[tuple[str, list[str]]]:
        """NIP by post, in the committee's order, of the posts that wait for their submission."""
        decided = ((post, self.made.decided[post]) for post in self._questions.posts)
        return [(post, [choice.nip for choice in made.choices]) for post, made in decided if made]

    def _submissions(self) -> list[Block]:
        blocks: list[Block] = []
        columns = [self.t(word) for word in (N_("Proposed"), N_("Present post"), N_("Unit"))]
        columns.insert(1, "NIP")
        for post, nips in self._named():
            blocks.append(head(self.made.title(post)))
            if vacant := say_vacancy(self.made.vacancies.get(post), self.language):
                blocks.append(say(vacant[:1].upper() + vacant[1:] + "."))
            blocks += tabulate("", columns, [self._person(nip) for nip in nips])
        return blocks

    def _person(self, nip: str) -> tuple[str, ...]:
        people = self.review.people
        if nip not in people.index:
            return (self.made.name(nip), nip, "–", "–")
        texts = (people.at[nip, name] for name in ("position_title", "unit"))
        return (self.made.name(nip), nip, *(text if isinstance(text, str) and text else "–" for text in texts))

    def _ask(self) -> list[Block]:
        title = head(self.t(N_("What BKN would ask, and the answer")))
        if not self._questions.answered:
            return [title, say(self.t(N_("Nothing that a submission comes back for was found.")))]
        return [
            title,
            list_items([": ".join(filter(None, row[:3])) + f" ({row[3]}) → {row[5]}" for row in self._rows()]),
        ]

    def _rows(self) -> list[tuple[str, ...]]:
        """Post, name, fault, article, remedy, reason."""
        return [
            (
                self.made.title(each.fault.post),
                self.made.name(each.fault.nip) if each.fault.nip else "",
                say_return_fault(each.fault, self.language, masked=True),
                each.fault.article,
                say_remedy(each.fault, self.language),
                each.reason,
            )
            for each in self._questions.answered
        ]

    def write_workbook(self) -> bytes:
        t = self.t
        proposed = [
            (
                self.made.title(post),
                place,
                *self._person(nip),
                say_vacancy(self.made.vacancies.get(post), self.language),
            )
            for post, nips in self._named()
            for place, nip in enumerate(nips, 1)
        ]
        person = [t(N_("Candidate")), "NIP"]
        tables = [
            Table(
                t(N_("Submission")),
                [t(N_("Post")), t(N_("Place")), *person, t(N_("Present post")), t(N_("Unit")), t(N_("Vacant by"))],
                proposed,
            )
        ]
        for at, (post, _) in enumerate(self._named(), 1):
            values = self.values(post)
            headers = [t(N_("Post")), *person, *(name for name, _ in values.columns), t(N_("Box"))]
            rows = [
                (
                    self.made.title(post),
                    self.made.name(nip),
                    nip,
                    *(None if np.isnan(found[row]) else float(found[row]) for _, found in values.columns),
                    values.boxes[row] or None,
                )
                for row, nip in enumerate(values.nips)
            ]
            tables.append(Table(f"{t(N_('Values'))} {at}", headers, rows))
            gates = [(self.made.title(post), *row) for row in self.list_gates(post, values.nips, passed=True)]
            tables.append(Table(f"{t(N_('Gates'))} {at}", [t(N_("Post")), *self.name_gate_columns()], gates))
        columns = (N_("Post"), N_("Candidate"), N_("What BKN would ask"), N_("Article"), N_("Remedy"), N_("Reason"))
        tables.append(Table(t(N_("Questions")), [t(word) for word in columns], self._rows()))
        freeze = self.session.freeze
        return workbook(tables, freeze.known_at if freeze else None)
