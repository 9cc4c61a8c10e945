"""A closed session of nine members, three posts and two hundred candidates each: closing, its file, the replay from both, the script, the papers.

``python -m tests.benchmarks.replay``.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import sqlalchemy as sa

from core.papers.statement import find_token
from core.service import installation
from core.service.accounts import COMMAND_LINE
from core.service.clock import today
from core.service.papers import verification
from core.service.papers.issuing import Issued, issue_paper
from core.service.papers.register import enter_paper
from core.service.review import load_review
from core.service.sessions import deciding, judging, meeting, preparing, records
from core.service.sessions.evidence import export_evidence
from core.service.sessions.records import SessionPost
from core.service.sessions.replay import replay_file, replay_session
from core.settings import ROOT, settings
from core.talent.session.committee import Member
from tests.signed_in import add_signed_in
from tests.sitting import DAY, SETTINGS

_T = TypeVar("_T")
MEMBERS, CANDIDATES, POSTS = 9, 200, 3


def main() -> None:
    """All figures."""
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.update(MANTEL_LOCAL_DIR=temporary, MANTEL_DATABASE_URL="")
        settings.cache_clear()
        engine = installation.open_configured_engine()
        installation.set_up(engine)
        installation.load_demo(engine, 650)
        secretariat = add_signed_in(engine, "secretariat", "sekretariat")
        names = [f"anggota{at}" for at in range(MEMBERS)]
        people = {name: add_signed_in(engine, "member", name) for name in names}
        members = [Member(0, name, "chair" if name == names[0] else "member", name) for name in names]
        review = load_review(engine)
        number = preparing.make_session(engine, "Sidang", "Kayuagung", DAY, SETTINGS, by=secretariat)
        nips = [str(nip) for nip in review.people.index[:CANDIDATES]]
        posts = [SessionPost(post.key, "", 3, "eligible", True, tuple(nips)) for post in review.posts[:POSTS]]
        shown = records.read_session(engine, number, by=secretariat)
        settings_ = replace(SETTINGS, parts=())
        preparing.change_session(engine, shown, "Sidang", "Kayuagung", DAY, settings_, members, posts, by=secretariat)
        preparing.open_session(engine, review, number, by=secretariat)
        rng, count = np.random.default_rng(1), len(review.rubric.weights)
        for by in people.values():
            judging.declare_conflicts(engine, number, [], nips, by=by)
            for post in posts:
                tenths = rng.multinomial(1000, np.ones(count) / count).tolist()
                judging.keep_weights(engine, number, post.post, tenths, count, by=by)
            judging.seal(engine, number, by=by)
        chair = people[names[0]]
        meeting.reveal(engine, number, by=chair)
        for phase in ("revealed", "discussion"):
            meeting.move_on(engine, number, phase, by=chair)
        for post in posts:
            deciding.leave_open(engine, number, post.post, "diukur, tidak diputuskan", by=chair)
        session = records.read_session(engine, number, by=chair)
        frozen = preparing.load_session_review(engine, session)
        _say("closing", lambda: deciding.close(engine, frozen, number, by=chair))
        content = _say("the file", lambda: export_evidence(engine, frozen, number, by=COMMAND_LINE))
        print(f"its size: {len(content) / 1e6:.1f} MB")
        found = _say("replay from the file", lambda: replay_file(content))
        again = _say("replay from the database", lambda: replay_session(engine, frozen, number, by=COMMAND_LINE))
        assert found.same, found.faults
        assert again.same, again.faults
        file = Path(temporary) / "sidang.json"
        file.write_bytes(content)
        script = [sys.executable, "-I", "-S", str(ROOT / "docs" / "verify_decision.py"), str(file)]
        _say("the script alone", lambda: subprocess.run(script, check=True, capture_output=True))
        issued = _say(
            "minutes, the first paper of a process",
            lambda: issue_paper(engine, frozen, number, "minutes", by=secretariat),
        )
        print(f"their size: {len(issued.content) / 1e6:.1f} MB")
        _say("announcement", lambda: issue_paper(engine, frozen, number, "announcement", by=secretariat))
        _verify(engine, issued)


def _verify(engine: sa.Engine, issued: Issued) -> None:
    """How long the server takes for each way to verify, the slowest of fifty, with a thousand other papers beside."""
    for other in range(1000):
        enter_paper(
            engine, f"{other + 1}/BENCH/{today().year}", today(), "surat lain", f"{other}".encode(), by=COMMAND_LINE
        )
    token, digest = find_token(issued.content), hashlib.sha256(issued.content).hexdigest()
    for what, ask in (
        ("by code", lambda: verification.verify_code(engine, token)),
        ("by number", lambda: verification.verify_number(engine, issued.number, today())),
        ("by file", lambda: verification.verify_file(engine, digest)),
    ):
        times = []
        for _ in range(50):
            began = time.perf_counter()
            assert ask().standing == "valid"
            times.append(time.perf_counter() - began)
        print(f"verification {what}, the slowest of 50: {1000 * max(times):.0f} ms")


def _say(what: str, act: Callable[[], _T]) -> _T:
    began = time.perf_counter()
    done = act()
    print(f"{what}: {time.perf_counter() - began:.1f} s")
    return done


if __name__ == "__main__":
    main()
