"""What the papers of a closed session are made of, and what all of them have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa

from core.locales import Language, day, number, translator
from core.papers.document import Document, Section
from core.service.cases.packet import Questions
from core.service.sessions import seen
from core.service.sessions.evidence import digest_part, digest_parts, find_closing, gather_parts, require_whole_sight
from core.service.sessions.records import Session, SessionProblem
from core.service.sessions.seen import Decided, Room, Status
from core.store.accounts import Account
from core.store.database import reading
from core.talent.case.returning import Vacancy
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.conflict import Declaration

OFFICE = "Pemerintah Kabupaten Ogan Komering Ilir"


@dataclass(frozen=True)
class Material:
    """What the papers of a closed session are made of; ``digest`` is that of its replay.

    ``basis`` names what else a paper rests on, "" for nothing.
    ``questions`` is what BKN would ask, with the answers, and ``vacancies`` by which fact each post is vacant, for the packet.
    """

    session: Session
    review: TalentReview
    status: Status
    recusals: Mapping[int, Sequence[Declaration]]
    rooms: Mapping[str, Room | None]
    decided: Mapping[str, Decided | None]
    digest: str
    basis: str = ""
    questions: Questions | None = None
    vacancies: Mapping[str, Vacancy | None] = field(default_factory=dict)

    def name(self, nip: str) -> str:
        """How a candidate is called."""
        names = self.review.people["full_name"]
        return str(names.get(nip, nip))

    def title(self, post: str) -> str:
        """How a post is called."""
        return next((each.title for each in self.review.posts if each.key == post), post)


def gather_material(engine: sa.Engine, session: Session, review: TalentReview, *, by: Account) -> Material:
    """What the papers of a closed session are made of, for whoever nothing of it is kept from.

    Parameters
    ----------
    review
        From ``load_session_review``.

    Raises
    ------
    NotAllowed, SessionProblem
        Also where something is not as it was when the session closed: no paper is made of that.
    """
    with reading(engine) as connection:
        require_whole_sight(connection, session, by)
        digests = digest_parts(gather_parts(connection, session, review))
        closing = find_closing(connection, session)
    if closing is None:
        raise SessionProblem(N_("this session closed before the audit trail kept digests; reopen and close it once"))
    if closing["digests"] != digests:
        raise SessionProblem(N_("something is not as it was when the session closed; replay it, which says what"))
    posts = [each.post for each in session.posts]
    return Material(
        session,
        review,
        seen.read_status(engine, session, by=by),
        seen.read_recusals(engine, session, by=by),
        {post: seen.open_room(engine, session, review, post, by=by) for post in posts},
        {post: seen.read_decided(engine, session, post, by=by) for post in posts},
        digest_part(digests),
    )


class Writer:
    """Writes a paper out of its material in one language."""

    def __init__(self, made: Material, language: Language) -> None:
        self.made, self.language = made, language
        self._translate = translator(language)
        self.session, self.review = made.session, made.review

    def t(self, message: str, **values: object) -> str:
        """A message in the language, with its values."""
        return self._translate(message).format(**values)

    def figure(self, value: float | None, digits: int = 2) -> str:
        """A figure as the language writes it; a dash for none."""
        return "–" if value is None or np.isnan(value) else number(float(value), digits, self.language)

    def document(
        self, title: str, paper_number: str, issued_on: dt.date, subject: str, sections: Sequence[Section], foot: str
    ) -> Document:
        """The paper around its sections, in characters that can be printed."""
        facts = (
            (self.t(N_("Session")), self.session.name),
            (self.t(N_("Place and day")), f"{self.session.place}, {day(self.session.held_on, self.language)}"),
        )
        return Document(
            OFFICE,
            title,
            paper_number,
            day(issued_on, self.language),
            " ".join(subject.split()),
            self.language,
            facts,
            tuple(sections),
            foot,
        ).printable()
