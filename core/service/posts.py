"""The posts: the list that comes with Mantel, overlaid by what was edited in the browser or by file, with its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from core.imports.sandbox import Sandbox
from core.imports.values import Limits
from core.service import reference
from core.service.accounts import ask_anew, require_right
from core.service.clock import now, today
from core.service.studies import load_studies
from core.service.trail import record, writing
from core.store import posts as store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.messages import N_
from core.talent.posts import Post, PostProblem, check_posts
from core.trail.events import Event

#: Columns of a file of posts, in order; the first five must be there.
COLUMNS = ("post", *list(Post.__dataclass_fields__)[1:])
_NEEDED = COLUMNS[:5]
#: The largest file of posts once unpacked, in bytes and cells.
_LARGEST, _MOST_CELLS = 20 * 2**20, 200_000


@dataclass(frozen=True)
class Edit:
    """One version of a post: what it became, when, by whom and why; ``abolished`` where it was taken away."""

    post: Post
    abolished: bool
    reason: str
    username: str
    saved_at: dt.datetime


def to_row(post: Post) -> dict[str, object]:
    """A post as a row of ``COLUMNS``."""
    row = asdict(post)
    return {"post": row.pop("key"), **row}


def from_row(row: Mapping[Any, Any]) -> Post:
    """A post from a row of ``COLUMNS``, each column with its field's type; other columns are passed over."""
    return Post(key=row["post"], **{name: row[name] for name in COLUMNS[1:]})


def list_edits(engine: sa.Engine) -> list[Edit]:
    """All edits, the oldest first."""
    with reading(engine) as connection:
        rows = store.list_post_versions(connection)
    return [
        Edit(
            from_row(row),
            row["abolished"],
            row["reason"],
            row["username"],
            row["saved_at"],
        )
        for row in rows
    ]


def list_posts(engine: sa.Engine, until: dt.datetime | None = None) -> tuple[Post, ...]:
    """The posts in force, or as they were known at a time."""
    posts = {post.key: post for post in reference.read_posts()}
    for edit in list_edits(engine):
        if until is not None and edit.saved_at > until:
            break
        if edit.abolished:
            posts.pop(edit.post.key, None)
        else:
            posts[edit.post.key] = edit.post
    return tuple(posts.values())


def is_example(engine: sa.Engine, post: Post) -> bool:
    """Whether a post stands as it came with Mantel, so that what it asks for is an example nobody has decided on."""
    return post in reference.read_posts() and all(edit.post.key != post.key for edit in list_edits(engine))


def edit_posts(
    engine: sa.Engine, wanted: Sequence[Post], reason: str, shown: Sequence[Post] | None = None, *, by: Account
) -> tuple[int, int, int]:
    """Make the posts be the wanted ones, all or nothing; returns how many are new, changed and abolished.

    Parameters
    ----------
    shown
        The posts as the table showed them when its editing began. What others have changed since stays theirs; where both
        changed the same post, nothing is saved and both values are told. None: as they are now.

    Raises
    ------
    NotAllowed, PostProblem
    """
    version = _get_version(engine)  # before the list: a change in between is noticed by the version
    if shown is not None:
        wanted = merge_posts(shown, wanted, list_posts(engine))
    return _replace_posts(engine, wanted, reason, version, by)


def merge_posts(shown: Sequence[Post], wanted: Sequence[Post], current: Sequence[Post]) -> list[Post]:
    """What somebody wants, carried over to what others have made of the posts meanwhile.

    Raises
    ------
    PostProblem
        Where both changed the same post differently; with both values.
    """
    base, mine, theirs = ({post.key: post for post in posts} for posts in (shown, wanted, current))
    merged = dict(theirs)
    for key in [*mine, *(key for key in base if key not in mine)]:
        before, ours, now_there = base.get(key), mine.get(key), theirs.get(key)
        if ours in (before, now_there):
            continue
        if now_there != before:
            raise _conflict(key, ours, now_there)
        if ours is None:
            del merged[key]
        else:
            merged[key] = ours
    order = [key for key in mine if key in merged] + [key for key in merged if key not in mine]
    return [merged[key] for key in order]


def _conflict(key: str, ours: Post | None, theirs: Post | None) -> PostProblem:
    if ours is None or theirs is None:
        message = N_(
            "“{post}” was changed by somebody else since the table was opened and is abolished in one of the two lists; nothing was saved"
        )
        there = ours or theirs
        return PostProblem(message, post=there.title if there else key)
    mine, other = to_row(ours), to_row(theirs)
    column = next(column for column in COLUMNS if mine[column] != other[column])
    return PostProblem(
        N_(
            "“{post}” was changed by somebody else since the table was opened: {column} is now “{theirs}”, here “{ours}”; nothing was saved"
        ),
        post=theirs.title,
        column=column,
        theirs=other[column],
        ours=mine[column],
    )


def _get_version(engine: sa.Engine) -> int:
    with reading(engine) as connection:
        return store.get_posts_version(connection)


def _replace_posts(
    engine: sa.Engine, wanted: Sequence[Post], reason: str, version: int, by: Account
) -> tuple[int, int, int]:
    """``edit_posts`` as long as the posts are still those of a version."""
    require_right(by, "import")
    reason = reason.strip()
    if not reason or len(reason) > 2000:
        raise PostProblem(N_("say why the posts change, in 1 to 2000 characters"))
    if not wanted:
        raise PostProblem(N_("the list of posts is empty; at least one post is needed"))
    check_posts(wanted, [family.key for family in reference.read_families()])
    before = {post.key: post for post in list_posts(engine)}
    after = {post.key: post for post in wanted}
    new = [post for post in wanted if post.key not in before]
    changed = [post for post in wanted if post.key in before and before[post.key] != post]
    gone = [post for key, post in before.items() if key not in after]
    for post in (*new, *changed):
        planned = post.day
        if planned is not None and planned < today() and (post.key not in before or before[post.key].day != planned):
            raise PostProblem(
                N_("the planned inauguration of “{post}” is {day}, which has passed; expected today or later, or none"),
                post=post.title,
                day=f"{planned:%d-%m-%Y}",
            )
    _check_fields(engine, (*new, *changed), before)
    if not (new or changed or gone):
        raise PostProblem(N_("nothing differs from the posts in force"))
    common = {"reason": reason, "username": by.username, "saved_at": now()}
    rows = [{**to_row(post), "abolished": False, **common} for post in (*new, *changed)]
    rows += [{**to_row(post), "abolished": True, **common} for post in gone]
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        if store.get_posts_version(connection) != version:
            raise PostProblem(N_("the posts have just been changed by somebody else; nothing was saved, look again"))
        store.add_post_versions(connection, rows)
        record(connection, Event.POSTS_CHANGED, by, detail=_describe_change(new, changed, gone, reason))
    return len(new), len(changed), len(gone)


def _check_fields(engine: sa.Engine, edited: Sequence[Post], before: Mapping[str, Post]) -> None:
    """Refuse a field of study that no discipline knows, where it is new: misspelt it would bar everybody without a word."""
    studies = load_studies(engine)
    for post in edited:
        old = before.get(post.key)
        there = {*_asked_fields(old)} if old is not None else set()
        for field in _asked_fields(post):
            if field not in there and studies.find(field) is None:
                raise PostProblem(
                    N_(
                        "“{value}” of “{post}” is no field of study that a discipline knows; expected the name of a study "
                        "programme, e.g. Akuntansi"
                    ),
                    value=field[:60],
                    post=post.title,
                )


def _asked_fields(post: Post) -> list[str]:
    fields = [*post.required_field.split("|"), *post.own_requirements.get("field", ())]
    return [field.strip() for field in fields if field.strip()]


def _describe_change(new: Sequence[Post], changed: Sequence[Post], gone: Sequence[Post], reason: str) -> str:
    """Which posts and why, for the audit trail, in at most 500 characters; the versions kept hold the whole of it."""
    signs = ((new, "+"), (changed, "~"), (gone, "-"))
    counts = " ".join(f"{len(posts)}{sign}" for posts, sign in signs)
    keys = ", ".join(f"{sign}{post.key}" for posts, sign in signs for post in posts)
    return f"{counts}: {keys[:250]}; {reason}"[:500]


def edit_post(engine: sa.Engine, shown: Post, wanted: Post, reason: str, *, by: Account) -> None:
    """Make one post be as wanted, the others as they are.

    ``shown`` is the post as the form showed it: where another has changed it since, theirs would be
    lost without a word, so nothing is saved.

    Raises
    ------
    NotAllowed, PostProblem
    """
    require_right(by, "import")
    version = _get_version(engine)  # before the list: a change in between is noticed by the version
    posts = list_posts(engine)
    if shown not in posts:
        raise PostProblem(
            N_("“{post}” has been changed by somebody else since this form was opened; nothing was saved, look again"),
            post=shown.title,
        )
    _replace_posts(engine, [wanted if post.key == wanted.key else post for post in posts], reason, version, by)


def read_table(table: pd.DataFrame) -> list[Post]:
    """Posts from a table with the columns of ``COLUMNS``; the first five are needed, others may be missing.

    Raises
    ------
    PostProblem
    """
    named = table.rename(columns=lambda column: str(column).strip().casefold())
    repeated = [column for column in COLUMNS if list(named.columns).count(column) > 1]
    if repeated:
        raise PostProblem(N_("the column “{column}” is there more than once; expected it once"), column=repeated[0])
    lacking = [column for column in _NEEDED if column not in named]
    if lacking:
        raise PostProblem(
            N_("the column “{column}” is missing; expected: {expected}"), column=lacking[0], expected=", ".join(COLUMNS)
        )
    posts = []
    for at, row in enumerate(named.to_dict("records"), start=1):
        values: dict[str, object] = {}
        for column in COLUMNS:
            value = row.get(column)
            text = "" if value is None or pd.isna(value) else str(value).strip()
            if column in reference.FIGURES:
                try:
                    values[column] = _whole(text) if text else {"criticality": 2}.get(column, 0)
                except ValueError:
                    raise PostProblem(
                        N_("row {row}: {column} is “{value}”; expected a whole number"),
                        row=at,
                        column=column,
                        value=text[:40],
                    ) from None
            else:
                values[column] = text
        if any(values[column] for column in _NEEDED):
            posts.append(from_row(values))
    return posts


def _whole(text: str) -> int:
    """A whole number as a cell holds it, also as 2.0.

    Raises
    ------
    ValueError
    """
    number = float(text)
    if not number.is_integer():  # infinite is none, and 2.7 is not 2
        raise ValueError(text)
    return int(number)


def read_file(name: str, content: bytes) -> list[Post]:
    """Posts from the first sheet of a workbook (XLSX, XLS, ODS) or a CSV file, the header in its first row that is filled.

    Raises
    ------
    UnreadableFile, PostProblem
    """
    limits = Limits(_LARGEST, _MOST_CELLS)
    with Sandbox(limits) as sandbox:
        sheet = sandbox.read(name, content)[0]
    rows = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
    if not rows:
        raise PostProblem(N_("the file {name} holds no rows"), name=name)
    width = max(len(row) for row in rows)
    filled = [[*row, *([None] * (width - len(row)))] for row in rows]
    header = ["" if cell is None else str(cell) for cell in filled[0]]
    return read_table(pd.DataFrame(filled[1:], columns=header, dtype=object).loc[:, [bool(name) for name in header]])
