"""What a session's orders rest on, as one file: inputs, what was computed from them, the decision, and digests of all.

The file is JSON. Its ``parts`` have one digest each, SHA-256 over the part's canonical text (``write_canonical``); the digests
stand in the audit trail since the session closed. So whoever changes a part changes a digest, and whoever
changes the digests as well has the trail against them, which the file brings along with its proofs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

import core
from core.service import reference, rubrics, rules
from core.service.sessions import records
from core.service.sessions.judging import OPINION, find_own_recusal, hear_members, load_recusal
from core.service.sessions.records import Session, SessionProblem
from core.settings import settings
from core.store import sessions as store
from core.store import trail as trail_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.context import Coverage
from core.talent.facts import Facts
from core.talent.job_family import JobFamily
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.session.opinion import Opinion
from core.talent.session.room import compute_orders, seat_candidates
from core.trail.entry import encode_entry, hash_entry
from core.trail.events import Event
from core.trail.merkle import build_tree, prove_each

FORMAT = "mantel-session-1"
#: What the file brings along of the trail: the steps of the session, seals and decisions; not each word that was said.
_TOLD = frozenset(
    {
        Event.SESSION_OPENED,
        Event.SESSION_SEALED,
        Event.SESSION_UNSEALED,
        Event.SESSION_PAPER_CONFIRMED,
        Event.SESSION_DATA_TAKEN_OVER,
        Event.SESSION_CANDIDATE_WITHDRAWN,
        Event.SESSION_REVEALED,
        Event.SESSION_MOVED_ON,
        Event.SESSION_DECIDED,
        Event.SESSION_REOPENED,
        Event.SESSION_CLOSED,
    }
)


def write_canonical(content: object) -> bytes:
    """A content as the bytes that are digested: JSON, UTF-8, keys in order, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest_part(content: object) -> str:
    """The digest of a part: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(write_canonical(content)).hexdigest()


def digest_parts(parts: Mapping[str, object]) -> dict[str, str]:
    """The digest of each part."""
    return {name: digest_part(content) for name, content in parts.items()}


def gather_parts(connection: sa.Connection, session: Session, review: TalentReview) -> dict[str, Any]:
    """The parts of a session that has opened: what was put in, what comes out, what was decided.

    Parameters
    ----------
    review
        From ``load_session_review``.
    """
    freeze = session.freeze
    if freeze is None:
        raise SessionProblem(N_("the session has not opened yet"))
    nips = {nip for post in session.posts for nip in post.candidates}
    parts: dict[str, Any] = {
        "session": _describe(session),
        "rubric": rubrics.find_text(connection, freeze.rubric),
        "fit_rubric": reference.read_fit_text(settings().fit_rubric),
        "rules": {"default": settings().rules, "texts": rules.read_texts_known(connection, freeze.known_at)},
        "posts": [asdict(post) for post in review.posts],
        "families": [_family(family) for family in review.families],
        "coverage": {
            "now": _coverage(review.context.coverage),
            "later": {day.isoformat(): _coverage(each) for day, each in sorted(review.coverages.items())},
        },
        "holders": dict(sorted(review.holders.items())),
    }
    for kind, frame in review.context.facts.items():
        parts[f"facts/{kind}"] = pack_frame(frame[frame["nip"].isin(nips)])
    rows = store.list_entries(connection, session.id, OPINION, superseded=True)
    seals = store.list_entries(connection, session.id, ("seal",))
    recusals = {member.id: load_recusal(connection, session, member.id) for member in session.members}
    for post in session.posts:
        heard = hear_members(session, post.post, rows, seals, recusals)
        judgements = {
            str(member): {
                "first": asdict(first),
                "final": asdict(final),
                "shut_out": sorted(recusals[member].people & set(post.candidates)),
            }
            for member, (first, final) in heard.items()
        }
        parts[f"judgements/{post.post}"] = judgements
        parts[f"orders/{post.post}"] = compute_part(session.settings.parts, review, asdict(post), judgements)
        parts[f"decision/{post.post}"] = _gather_decision(connection, session, post.post)
    # As JSON has them: what was gathered and what was read from a file are the same content.
    loaded: dict[str, Any] = json.loads(write_canonical(parts))
    return loaded


def compute_part(
    scored: Collection[Any], review: TalentReview, post: Mapping[str, Any], judgements: Mapping[str, Any]
) -> dict[str, object]:
    """The orders of a post out of its judgements, as the part has them."""
    tenths = [each.tenths for each in scored]
    bench = seat_candidates(review, post["post"], post["rule"], set(post["candidates"]), tenths)
    finals = {int(member): read_opinion(said["final"]) for member, said in judgements.items()}
    hidden = {int(member): said["shut_out"] for member, said in judgements.items()}
    return compute_orders(bench, finals, hidden)


def read_opinion(said: Mapping[str, Any]) -> Opinion:
    """An opinion as the part has it."""
    return Opinion(
        None if said["tenths"] is None else tuple(said["tenths"]),
        tuple(said["first"]),
        said["note"],
        {nip: tuple(scores) for nip, scores in said["scores"].items()},
    )


def _describe(session: Session) -> dict[str, object]:
    frame = {name: getattr(session, name) for name in ("id", "name", "place")}
    assert session.freeze is not None
    return {
        **frame,
        "held_on": session.held_on.isoformat(),
        "as_of": session.freeze.as_of.isoformat(),
        "data_version": session.freeze.data_version,
        "known_at": session.freeze.known_at.isoformat(),
        "settings": asdict(session.settings),
        "members": [asdict(member) for member in session.members],
        "posts": [asdict(post) for post in session.posts],
    }


def _family(family: JobFamily) -> dict[str, object]:
    plain = asdict(family)
    plain["disciplines"] = sorted(family.disciplines)
    return plain


def _coverage(coverage: Coverage) -> dict[str, object]:
    return {"latest_year": dict(coverage.latest_year), "registers": sorted(coverage.registers)}


def pack_frame(frame: pd.DataFrame) -> dict[str, object]:
    """Facts of a kind as plain data, in the order of their numbers: types and values by column."""
    ordered = frame.sort_values("id")
    values = {}
    for name in ordered.columns:
        column = ordered[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            values[name] = [None if pd.isna(value) else value.date().isoformat() for value in column]
        else:
            values[name] = [None if pd.isna(value) else _plain(value) for value in column]
    return {"types": {name: str(dtype) for name, dtype in ordered.dtypes.items()}, "values": values}


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def unpack_frame(packed: Mapping[str, Any]) -> pd.DataFrame:
    """Facts of a kind out of plain data, with the types they had."""
    columns = {}
    for name, kind in packed["types"].items():
        values = packed["values"][name]
        if kind.startswith("datetime64"):
            columns[name] = pd.Series(pd.to_datetime(values)).astype(kind)
        else:
            columns[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(columns)


def unpack_facts(parts: Mapping[str, Any]) -> Facts:
    """The facts of all parts."""
    return {
        name.removeprefix("facts/"): unpack_frame(packed) for name, packed in parts.items() if name.startswith("facts/")
    }


def _gather_decision(connection: sa.Connection, session: Session, post: str) -> dict[str, object]:
    """What was decided on a post; who voted what only where the vote is open."""
    decided = store.list_entries(connection, session.id, ("decision",), post=post)
    votes = {
        str(row["member_id"]): json.loads(row["value"])
        for row in store.list_entries(connection, session.id, ("vote",), post=post)
    }
    dissents = store.list_entries(connection, session.id, ("dissent",), post=post)
    return {
        "decided": json.loads(decided[0]["value"]) if decided else None,
        "votes": sorted(votes.values()) if session.settings.secret_votes else votes,
        "dissents": {str(row["member_id"]): json.loads(row["value"]) for row in dissents},
    }


def digest_session(connection: sa.Connection, session: Session, review: TalentReview) -> dict[str, object]:
    """What the audit trail keeps of a session that closes: the digest of each part, and the version of the program."""
    return {"digests": digest_parts(gather_parts(connection, session, review)), "program": core.__version__}


def export_evidence(engine: sa.Engine, review: TalentReview, number: int, *, by: Account) -> bytes:
    """A closed session as one file, for whoever nothing of it is kept from.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    session = records.read_session(engine, number, by=by)
    with reading(engine) as connection:
        require_whole_sight(connection, session, by)
        parts = gather_parts(connection, session, review)
        trail = _gather_trail(connection, session)
    content = {"format": FORMAT, "parts": parts, "digests": digest_parts(parts), "trail": trail}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def require_whole_sight(connection: sa.Connection, session: Session, by: Account) -> None:
    """Refuse whoever is shut out from anything, and a session that is not closed.

    Raises
    ------
    SessionProblem
    """
    if session.phase != "closed":
        raise SessionProblem(N_("only a closed session is exported whole; this one still goes on"))
    recusal = find_own_recusal(connection, session, by)
    if recusal.hides_something:
        raise SessionProblem(N_("a declared conflict of interest keeps parts of this session from you"))


def _gather_trail(connection: sa.Connection, session: Session) -> dict[str, object]:
    """The entries about the session with their way to the root of the signed checkpoint."""
    leaves, told = [], []
    for entry, _ in trail_store.iterate_entries(connection):
        leaves.append(hash_entry(entry))
        if entry.subject == f"session {session.id}" and entry.event in _TOLD:
            told.append(entry)
    paths = prove_each(leaves, [entry.number - 1 for entry in told])
    _, checkpoint = trail_store.load_head(connection)
    return {
        "checkpoint": checkpoint,
        "root": build_tree(leaves).root.hex(),
        "size": len(leaves),
        "entries": [
            {
                "content": encode_entry(entry).decode("utf-8", "surrogatepass"),
                "path": [node.hex() for node in path],
            }
            for entry, path in zip(told, paths, strict=True)
        ],
    }


def find_closing(connection: sa.Connection, session: Session) -> dict[str, Any] | None:
    """What the trail keeps of the last closing; None where the session closed before there were digests."""
    closed = trail_store.list_entries(
        connection, subject=f"session {session.id}", events=(Event.SESSION_CLOSED.value,), most=1
    )
    kept: dict[str, Any] | None = json.loads(closed[0].after) if closed and closed[0].after else None
    return kept
