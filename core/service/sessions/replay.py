"""A session's orders computed again, from its file or from today's database, and compared to the last bit."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import core
from core.service import rubrics, rules
from core.service.accounts import require_right
from core.service.sessions import records
from core.service.sessions.evidence import (
    FORMAT,
    compute_part,
    digest_part,
    digest_parts,
    find_closing,
    gather_parts,
    require_whole_sight,
    unpack_facts,
)
from core.service.toml_text import build_from_text
from core.service.trail import read_key
from core.store.accounts import Account
from core.store.database import reading
from core.talent.context import Context, Coverage
from core.talent.eligibility.rules import build_rule_book
from core.talent.errors import MantelError
from core.talent.fit.rubric import build_fit_rubric
from core.talent.job_family import JobFamily
from core.talent.messages import N_
from core.talent.people import split_by_service, tabulate_people
from core.talent.posts import Post, tabulate_posts
from core.talent.review import TalentReview, list_candidates, review_context
from core.talent.session.settings import ScoredPart
from core.talent.study import Discipline, StudyFields
from core.trail.checkpoint import read_checkpoint
from core.trail.events import Event
from core.trail.merkle import hash_leaf, verify_inclusion

#: The longest file that is read, in bytes.
LARGEST = 50_000_000
#: What computing from values that are not what they should be ends in; the file may come from anybody.
_UNUSABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, StopIteration)


class ReplayProblem(MantelError):
    """A file that is none of a session, or something in it that is not as it was."""


@dataclass(frozen=True)
class Replay:
    """What a replay found: nothing in ``faults`` when everything is as it was.

    ``digest`` is that of all parts together; ``program`` the version that computed it at the closing, empty where nobody
    wrote it down; ``firsts`` the first NIP of each post in the session's consensus, by post.
    """

    faults: tuple[MantelError, ...]
    digest: str
    program: str
    firsts: Mapping[str, tuple[str, ...]]

    @property
    def same(self) -> bool:
        """Whether everything is as it was."""
        return not self.faults


def replay_file(content: bytes, key: Ed25519PublicKey | None = None) -> Replay:
    """Compute the orders of a session's file again, without any database.

    Parameters
    ----------
    key
        The public key of the installation the file comes from; without it nobody knows who signed the checkpoint.

    Raises
    ------
    ReplayProblem
        Where it is no file of a session.
    """
    file = _read(content)
    parts, digests = file["parts"], file["digests"]
    faults = list(_compare_digests(digests, digest_parts(parts)))
    closing, trail_faults = _read_trail(file["trail"], key)
    faults += trail_faults
    if closing is None:
        faults.append(ReplayProblem(N_("the trail in the file has no entry of the session's closing")))
    else:
        faults += [
            ReplayProblem(N_("“{part}” is not what it was when the session closed"), part=name)
            for name in sorted({*digests, *closing["digests"]})
            if digests.get(name) != closing["digests"].get(name) and name in parts
        ]
    faults += _replay(parts)
    return Replay(tuple(faults), digest_part(digests), (closing or {}).get("program", ""), list_firsts(parts))


def replay_uploaded(content: bytes, *, own: bool, by: Account) -> Replay:
    """``replay_file`` for somebody on the page; ``own``: the file is of this installation, so its checkpoint's signature is checked.

    Raises
    ------
    NotAllowed, ReplayProblem
    """
    require_right(by, "weigh")
    return replay_file(content, read_key().public_key() if own else None)


def replay_session(engine: sa.Engine, review: TalentReview, number: int, *, by: Account) -> Replay:
    """Compute a closed session's orders again from today's database, and compare with what the trail kept at the closing.

    Parameters
    ----------
    review
        From ``load_session_review``.

    Raises
    ------
    NotAllowed, SessionProblem
    """
    session = records.read_session(engine, number, by=by)
    with reading(engine) as connection:
        require_whole_sight(connection, session, by)
        parts, closing = gather_parts(connection, session, review), find_closing(connection, session)
    digests, faults = digest_parts(parts), list[MantelError]()
    if closing is None:
        faults.append(ReplayProblem(N_("this session closed before the audit trail kept digests; only the file tells")))
    else:
        kept: dict[str, str] = closing["digests"]
        for name in sorted({*digests, *kept}):
            if digests.get(name) == kept.get(name):
                continue
            message = N_("“{part}” is not what it was when the session closed")
            if name.startswith("orders/") and closing["program"] != core.__version__:
                message = N_("“{part}” comes out otherwise: version {now} computes otherwise than {then}")
            faults.append(ReplayProblem(message, part=name, now=core.__version__, then=str(closing["program"])))
    faults += _replay(parts)
    return Replay(tuple(faults), digest_part(digests), str((closing or {}).get("program", "")), list_firsts(parts))


def _read(content: bytes) -> dict[str, Any]:
    no_file = N_("this is no file of a session; expected one that “core session evidence” or the page made")
    if len(content) > LARGEST:
        raise ReplayProblem(N_("the file has {size} MB; expected at most {most}"), size=len(content) // 10**6, most=50)
    try:
        file = json.loads(content)
        if file["format"] != FORMAT:
            raise ReplayProblem(no_file)
        for name in ("parts", "digests", "trail"):
            if not isinstance(file[name], dict):
                raise ReplayProblem(no_file)
    except _UNUSABLE:
        raise ReplayProblem(no_file) from None
    loaded: dict[str, Any] = file
    return loaded


def _compare_digests(said: Mapping[str, str], found: Mapping[str, str]) -> Iterator[MantelError]:
    for name in sorted({*said, *found}):
        if name not in found:
            yield ReplayProblem(N_("“{part}” is missing"), part=name)
        elif said.get(name) != found[name]:
            yield ReplayProblem(N_("“{part}” was changed: it does not fit its digest"), part=name)


def _read_trail(
    trail: Mapping[str, Any], key: Ed25519PublicKey | None
) -> tuple[dict[str, Any] | None, list[MantelError]]:
    """What the trail of a file kept at the closing, and what is wrong with its proofs."""
    faults, closing = list[MantelError](), None
    try:
        size, root = int(trail["size"]), bytes.fromhex(trail["root"])
        _, said_size, said_root, *_ = trail["checkpoint"].split("\n")
        if (int(said_size), base64.b64decode(said_root)) != (size, root):
            faults.append(ReplayProblem(N_("the checkpoint of the trail is of other entries than those in the file")))
        if key is not None:
            try:
                read_checkpoint(trail["checkpoint"], key)
            except MantelError as error:
                faults.append(error)
        for told in trail["entries"]:
            entry = json.loads(told["content"])
            leaf = hash_leaf(told["content"].encode("utf-8", "surrogatepass"))
            path = [bytes.fromhex(node) for node in told["path"]]
            if not verify_inclusion(leaf, int(entry[0]) - 1, size, path, root):
                faults.append(ReplayProblem(N_("entry {number} of the trail was changed"), number=entry[0]))
            if entry[2] == Event.SESSION_CLOSED and entry[10]:
                closing = json.loads(entry[10])
                if not isinstance(closing["digests"], dict):
                    raise TypeError
    except _UNUSABLE:
        faults.append(ReplayProblem(N_("the trail in the file cannot be read")))
        closing = None
    return closing, faults


def _replay(parts: Mapping[str, Any]) -> list[MantelError]:
    """Where the orders computed again are others than those of the parts."""
    try:
        session, review = parts["session"], build_review_of(parts)
        scored = [ScoredPart(**each) for each in session["settings"]["parts"]]
        faults = list[MantelError]()
        for post in session["posts"]:
            name = f"orders/{post['post']}"
            again = json.loads(json.dumps(compute_part(scored, review, post, parts[f"judgements/{post['post']}"])))
            if (where := find_difference(parts[name], again)) is not None:
                message = N_("“{part}” comes out otherwise at {place}: {then} in the file, {now} computed again")
                faults.append(ReplayProblem(message, part=name, place=where[0], then=where[1], now=where[2]))
    except MantelError as error:
        return [error]
    except _UNUSABLE as error:
        return [ReplayProblem(N_("the parts cannot be computed from: {what}"), what=str(error)[:100])]
    return faults


def find_difference(one: Any, other: Any, place: str = "") -> tuple[str, str, str] | None:
    """The first place where two contents of JSON differ, with both values; None where they are the same to the last bit."""
    if type(one) is not type(other):
        return place or "/", repr(one)[:60], repr(other)[:60]
    if isinstance(one, dict):
        pairs = [(key, one.get(key), other.get(key)) for key in sorted({*one, *other})]
    elif isinstance(one, list) and len(one) == len(other):
        pairs = [(str(at), *values) for at, values in enumerate(zip(one, other, strict=True))]
    else:
        return None if one == other else (place or "/", repr(one)[:60], repr(other)[:60])
    for key, left, right in pairs:
        if (found := find_difference(left, right, f"{place}/{key}")) is not None:
            return found
    return None


def build_review_of(parts: Mapping[str, Any]) -> TalentReview:
    """The review of a session's candidates, computed from the parts of its file alone."""
    session, texts = parts["session"], parts["rules"]["texts"]
    book = build_rule_book(
        [rules.parse_rules(text, f"{key}.toml") for key, text in texts.items()], parts["rules"]["default"]
    )
    posts = tuple(Post(**each) for each in parts["posts"])
    families = tuple(_read_family(each) for each in parts["families"])
    day = pd.Timestamp(session["as_of"])
    serving, left = split_by_service(unpack_facts(parts))
    people = tabulate_people(serving, families, day)
    later = {pd.Timestamp(at).date(): _read_coverage(each) for at, each in parts["coverage"]["later"].items()}
    review = review_context(
        Context(serving, people, day, families, _read_coverage(parts["coverage"]["now"])),
        rubrics.parse_rubric(parts["rubric"], "rubric.toml"),
        book,
        posts,
        parts["holders"],
        tabulate_posts(posts, people, {}, day),
        left,
        later,
        session["data_version"],
        build_from_text(parts["fit_rubric"], "fit.toml", build_fit_rubric),
    )
    return list_candidates(review, {post["post"]: tuple(post["candidates"]) for post in session["posts"]})


def _read_family(said: Mapping[str, Any]) -> JobFamily:
    studies = StudyFields(
        tuple(
            Discipline(each["key"], each["name"], tuple(each["related"]), tuple(each["programmes"]))
            for each in said["studies"]["disciplines"]
        ),
        tuple((field, key) for field, key in said["studies"]["assigned"]),
    )
    units, subjects = tuple(said["unit_words"]), tuple(said["subject_words"])
    return JobFamily(said["key"], said["name"], units, subjects, frozenset(said["disciplines"]), studies)


def _read_coverage(said: Mapping[str, Any]) -> Coverage:
    return Coverage(said["latest_year"], frozenset(said["registers"]))


def list_firsts(parts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The first NIP of each post in the session's consensus, as the parts say."""
    firsts = {}
    try:
        for post in parts["session"]["posts"]:
            orders = parts[f"orders/{post['post']}"]
            places = orders["proposals"].get(parts["session"]["settings"]["consensus"], [])
            pairs = sorted(zip(places, orders["candidates"], strict=False))
            firsts[post["post"]] = tuple(nip for place, nip in pairs if place <= post["places"])
    except (KeyError, TypeError, AttributeError):
        return {}
    return firsts
