"""A session of the committee for tests: five members, a secretariat, two posts, gone as far as a test needs."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import sqlalchemy as sa

from core.service import installation
from core.service.accounts import COMMAND_LINE
from core.service.clock import today
from core.service.papers.issuing import issue_paper
from core.service.review import load_review
from core.service.sessions import deciding, judging, meeting, preparing, records, seen
from core.service.sessions.evidence import export_evidence
from core.service.sessions.records import SessionPost
from core.store.tables import SessionEntry
from core.talent.session.committee import Member
from core.talent.session.conflict import Declaration
from core.talent.session.decision import Choice
from core.talent.session.phases import PHASES, Phase
from core.talent.session.settings import ScoredPart, SessionSettings
from tests.signed_in import add_signed_in, sign_in

DAY = dt.date(2026, 12, 1)
SETTINGS = SessionSettings(basis_number="77/BKN/2026", parts=(ScoredPart("Wawancara", 300),))
POSTS = ("dinas-kominfo", "dispora")
REASON = "pengalaman memimpin perangkat daerah"
NAMES = ("ani", "budi", "citra", "dedi", "eko")


class Sitting:
    """Five members, a secretariat and a session on two posts that has opened."""

    def __init__(self, engine, settings=SETTINGS, paper=False):
        self.engine = engine
        if installation.is_empty(engine):
            installation.load_demo(engine, 120)
        self.secretariat = add_signed_in(engine, "secretariat", "sekretariat")
        self.people = {name: add_signed_in(engine, "member", name) for name in NAMES}
        self.review = load_review(engine)
        self.number = preparing.make_session(engine, "Sidang 1", "Kayuagung", DAY, settings, by=self.secretariat)
        members = [Member(0, f"Nama {name}", "chair" if name == "ani" else "member", name) for name in NAMES]
        members[1] = replace(members[1], seat="secretary")
        if paper:
            members[4] = replace(members[4], username="")
        self.posts = []
        view = self.review.view(POSTS[0])
        able = [str(nip) for nip in view.candidates[np.argsort(view.answers, kind="stable")]]
        for key, nips in zip(POSTS, (able[:6], able[4:10]), strict=True):  # two stand for both
            self.posts.append(SessionPost(key, "", 3, "eligible", True, tuple(nips)))
        self.prepare(members, self.posts, settings)
        preparing.open_session(engine, self.review, self.number, by=self.secretariat)

    def prepare(self, members, posts, settings=SETTINGS):
        shown = records.read_session(self.engine, self.number, by=self.secretariat)
        preparing.change_session(
            self.engine, shown, "Sidang 1", "Kayuagung", DAY, settings, members, posts, by=self.secretariat
        )

    @property
    def session(self):
        return records.read_session(self.engine, self.number, by=self.secretariat)

    def seat(self, name):
        return next(member.id for member in self.session.members if member.full_name == f"Nama {name}")

    def declare(self, name, *conflicts, member=None):
        nips = dict.fromkeys(nip for post in self.posts for nip in post.candidates)
        said = [Declaration(nip, "family" if nip in conflicts else "", "kakak kandung") for nip in nips]
        by = self.people[name] if member is None else self.secretariat
        judging.declare_conflicts(self.engine, self.number, said, by=by, member=member)

    def judge(self, name, seed=0, posts=POSTS, member=None, hidden=(), weights=True):
        rng = np.random.default_rng(seed)
        by = self.people[name] if member is None else self.secretariat
        count = len(self.review.rubric.weights)
        for post in posts:
            if weights:
                tenths = rng.multinomial(1000, np.ones(count) / count).tolist()
                judging.keep_weights(self.engine, self.number, post, tenths, count, by=by, member=member)
            for nip in self.session.find_post(post).candidates:
                if nip not in hidden:
                    score = float(rng.integers(50, 100))
                    judging.keep_score(self.engine, self.number, post, nip, 0, score, by=by, member=member)

    def seal_all(self, names=NAMES):
        for at, name in enumerate(names):
            self.declare(name)
            self.judge(name, at)
            judging.seal(self.engine, self.number, by=self.people[name])

    def go_on(self, phase):
        meeting.move_on(self.engine, self.number, phase, by=self.people["ani"])

    def frozen(self):
        return preparing.load_session_review(self.engine, self.session)

    def room(self, name, post=POSTS[0], review=None):
        by = self.people.get(name, self.secretariat)
        return seen.open_room(self.engine, self.session, review or self.frozen(), post, by=by)

    def choose(self, post, by=None, review=None):
        """The first three of the consensus, with every reason that could be asked for."""
        room = self.room(by or "ani", post, review)
        standings = seen.find_standings(self.session, room)
        able = sorted((nip for nip in standings if standings[nip].answer < 2), key=lambda nip: standings[nip].consensus)
        choices = [Choice(nip, REASON, "ijazah, BKPSDM, 15 Desember 2026") for nip in able[:3]]
        deciding.decide(self.engine, self.number, post, choices, standings, by=self.people[by or "ani"])
        return choices


def close(sitting):
    """Bring a session to its end: names with reasons, votes, closed."""
    sitting.seal_all()
    meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    for phase in ("revealed", "discussion"):
        sitting.go_on(phase)
    for post in POSTS:
        sitting.choose(post)
        for name in NAMES:
            deciding.vote(sitting.engine, sitting.number, post, "yes", by=sitting.people[name])
    deciding.close(sitting.engine, sitting.frozen(), sitting.number, by=sitting.people["ani"])
    return sitting


def change_values(engine, member, wanted=lambda row: True):
    """Change what a member thinks, behind Mantel's back."""
    with engine.begin() as connection:
        table = SessionEntry.__table__
        for row in connection.execute(sa.select(table).where(table.c.member_id == member)).mappings():
            value = json.loads(row["value"])
            if row["kind"] == "weights" and wanted(row):
                value = value[::-1] if value != value[::-1] else [1000] + [0] * (len(value) - 1)
            elif row["kind"] == "score" and wanted(row):
                value = 100 - value
            elif row["kind"] == "first" and wanted(row):
                value = {**value, "first": value["first"][::-1], "note": value["note"] + "!"}
            else:
                continue
            connection.execute(sa.update(table).where(table.c.id == row["id"]).values(value=json.dumps(value)))


def go_to(sitting: Sitting, phase: str) -> None:
    """Go as far as a phase, by the shortest way."""
    steps = PHASES.index(phase)
    if steps >= PHASES.index("revealed"):
        sitting.seal_all()
        meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    for before in ("revealed", "discussion"):
        if steps > PHASES.index(before):
            sitting.go_on(before)


def sit_with_a_conflict(sitting: Sitting) -> None:
    """Open a session in which eko is shut out from the first post."""
    sitting.declare("eko", sitting.posts[0].candidates[1])
    sitting.judge("eko", 9, POSTS[1:])
    judging.seal(sitting.engine, sitting.number, by=sitting.people["eko"])
    sitting.seal_all(NAMES[:4])
    meeting.reveal(sitting.engine, sitting.number, by=sitting.people["ani"])
    sitting.go_on("revealed")


def find_seat(engine: sa.Engine, number: int, name: str) -> int:
    """The number of a member's seat."""
    session = records.read_session(engine, number, by=COMMAND_LINE)
    return next(member.id for member in session.members if member.full_name == f"Nama {name}")


def release_weights(engine: sa.Engine, number: int, name: str, times: int) -> None:
    """Let a member let go of the weights of the first post again and again."""
    by, rng = sign_in(engine, name), np.random.default_rng(1)
    count = len(load_review(engine).rubric.weights)
    for _ in range(times):
        tenths = rng.multinomial(1000, np.ones(count) / count).tolist()
        judging.keep_weights(engine, number, POSTS[0], tenths, count, by=by)


def tell_opinion(engine: sa.Engine, number: int, name: str) -> str:
    """What a member has said of the first post, as JSON."""
    by = sign_in(engine, name)
    own = seen.read_own(engine, records.read_session(engine, number, by=by), by=by)
    opinion = own.opinions[POSTS[0]]
    return json.dumps({"tenths": opinion.tenths, "scores": opinion.scores, "sealed": bool(own.seal)})


if __name__ == "__main__":
    # For a server's test: on the server's data, beside it.
    database, (what, *words) = installation.open_configured_engine(), sys.argv[1:]
    if what == "change":
        for who in words[1:]:
            change_values(database, find_seat(database, int(words[0]), who), lambda row: row["post"] == POSTS[0])
    elif what == "release":
        release_weights(database, int(words[0]), words[1], int(words[2]))
    elif what == "presence":
        by = sign_in(database, "ani")
        judging.note_presence(database, int(words[0]), find_seat(database, int(words[0]), "eko"), present=True, by=by)
    elif what == "reveal":
        meeting.reveal(database, int(words[0]), by=sign_in(database, "ani"))
        print(time.time())
    elif what == "go":
        meeting.move_on(database, int(words[0]), cast("Phase", words[1]), by=sign_in(database, "ani"))
    elif what == "close":
        for each in POSTS:
            deciding.leave_open(database, int(words[0]), each, "terlalu sedikit calon", by=sign_in(database, "ani"))
        by = sign_in(database, "ani")
        review = preparing.load_session_review(database, records.read_session(database, int(words[0]), by=by))
        deciding.close(database, review, int(words[0]), by=by)
    elif what == "whole":
        print(close(Sitting(database)).number)
    elif what == "first":
        by = sign_in(database, "sekretariat")
        session = records.read_session(database, int(words[0]), by=by)
        decided = seen.read_decided(database, session, POSTS[0], by=by)
        assert decided is not None
        print(decided.choices[0].nip)
    elif what == "evidence":
        by = sign_in(database, "sekretariat")
        review = preparing.load_session_review(database, records.read_session(database, int(words[0]), by=by))
        Path(words[1]).write_bytes(export_evidence(database, review, int(words[0]), by=by))
    elif what == "issue":
        by = sign_in(database, "sekretariat")
        review = preparing.load_session_review(database, records.read_session(database, int(words[0]), by=by))
        issued = issue_paper(database, review, int(words[0]), words[1], by=by)
        Path(words[2]).write_bytes(issued.content)
        print(json.dumps({"id": issued.id, "number": issued.number, "day": today().isoformat()}))
    elif what == "prepare":
        by = sign_in(database, "sekretariat")
        print(preparing.make_session(database, "Sidang 2", "Kayuagung", DAY, SETTINGS, by=by))
    elif what == "tell":
        print(tell_opinion(database, int(words[0]), words[1]))
    else:
        made = Sitting(database)
        if what == "conflict":
            sit_with_a_conflict(made)
        else:
            made.seal_all(words)
            go_to(made, what)
        print(made.number)
