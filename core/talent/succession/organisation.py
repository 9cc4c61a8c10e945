"""The organisation as a tree of posts: who stands below whom, which posts are vacant, how many could follow."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from core.talent.posts import Post
from core.talent.review import TalentReview
from core.talent.vocabulary import fold_text


def tabulate_organisation(review: TalentReview, table: pd.DataFrame) -> pd.DataFrame:
    """Posts in the order of the tree; whoever stands below nobody known begins a branch.

    Parameters
    ----------
    table
        A succession table of the review.

    Returns
    -------
    post, title, unit, parent (key, "" at the top), depth (0 at the top), incumbent (None where vacant), state
    (``vacant``, ``near`` falls vacant within a year, ``held``), ready (how many are ready now).
    """
    rows_of = table.set_index("post")[["vacant", "near", "incumbent", "ready_now"]].to_dict("index")
    known = {post.key for post in review.posts}
    below: dict[str, list[Post]] = {}
    for post in review.posts:
        below.setdefault(post.parent if post.parent in known else "", []).append(post)
    rows: list[dict[str, object]] = []

    def walk(parent: str, depth: int) -> None:
        for post in below.get(parent, []):
            row = rows_of[post.key]
            state = "vacant" if row["vacant"] else "near" if row["near"] else "held"
            rows.append(
                {
                    "post": post.key,
                    "title": post.title,
                    "unit": post.unit,
                    "parent": parent,
                    "depth": depth,
                    "incumbent": row["incumbent"],
                    "state": state,
                    "ready": int(row["ready_now"]),
                }
            )
            walk(post.key, depth + 1)

    walk("", 0)
    columns = ["post", "title", "unit", "parent", "depth", "incumbent", "state", "ready"]
    tree = pd.DataFrame(rows, columns=columns)
    return tree.assign(incumbent=tree["incumbent"].astype(object).where(tree["incumbent"].notna(), None))


def match_posts(tree: pd.DataFrame, text: str) -> pd.Series:
    """Whether title, unit and incumbent of each post hold every word of a text; none matches an empty one."""
    words = [fold_text(word) for word in text.split() if fold_text(word)]
    if not words:
        return pd.Series(False, index=tree.index)
    texts = [
        fold_text(" ".join(text for text in (title, unit, incumbent) if isinstance(text, str)))
        for title, unit, incumbent in zip(tree["title"], tree["unit"], tree["incumbent"], strict=True)
    ]
    return pd.Series([all(word in text for word in words) for text in texts], index=tree.index)


def fold_tree(tree: pd.DataFrame, depth: int, folded: Collection[str]) -> pd.DataFrame:
    """The posts down to a depth, without those below folded ones."""
    hidden: set[str] = set()
    keep = []
    for row in tree.itertuples():
        gone = row.parent in hidden or row.parent in folded or int(str(row.depth)) >= depth
        if gone:
            hidden.add(str(row.post))
        keep.append(not gone)
    return tree[keep].reset_index(drop=True)


def select_with_ancestors(tree: pd.DataFrame, matching: pd.Series) -> pd.DataFrame:
    """The posts that match and all posts above them."""
    above = dict(zip(tree["post"], tree["parent"], strict=True))
    wanted: set[str] = set()
    for post in tree.loc[matching, "post"]:
        at = str(post)
        while at and at not in wanted:
            wanted.add(at)
            at = above.get(at, "")
    return tree[tree["post"].isin(wanted)].reset_index(drop=True)
