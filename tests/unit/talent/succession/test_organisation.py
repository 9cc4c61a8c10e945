"""Tests of core/talent/succession/organisation.py: the tree of posts."""

import pandas as pd
import pytest

from core.talent.succession.organisation import (
    fold_tree,
    match_posts,
    select_with_ancestors,
    tabulate_organisation,
)
from core.talent.succession.table import tabulate_succession

TREE = pd.DataFrame(
    [
        ("a", "Sekretaris Daerah", "Setda", "", 0, "Budi"),
        ("b", "Kepala Dinas Kesehatan", "Dinkes", "a", 1, None),
        ("c", "Kepala Bidang Gizi", "Dinkes", "b", 2, "Siti Contoh"),
        ("d", "Kepala Badan", "Badan", "a", 1, "Ani"),
        ("e", "Direktur", "RSUD", "", 0, "Tono"),
    ],
    columns=["post", "title", "unit", "parent", "depth", "incumbent"],
)


def test_every_post_stands_once_below_its_parent_with_its_state(current):
    table = tabulate_succession(current)
    tree = tabulate_organisation(current, table)
    assert sorted(tree["post"]) == sorted(post.key for post in current.posts)
    depth = dict(zip(tree["post"], tree["depth"], strict=True))
    parents = [parent for parent in tree["parent"] if parent]
    assert parents
    for row in tree.itertuples():
        assert row.depth == (depth[row.parent] + 1 if row.parent else 0)
    # Whoever stands below somebody follows directly: the order is that of a walk.
    for before, after in zip(tree.itertuples(), tree.iloc[1:].itertuples(), strict=False):
        assert after.depth <= before.depth + 1
    known = table.set_index("post")
    for row in tree.itertuples():
        line = known.loc[row.post]
        assert (row.state == "vacant") == bool(line["vacant"]) == (row.incumbent is None)
        assert (row.state == "near") == bool(line["near"] and not line["vacant"])
        assert row.ready == line["ready_now"]
    assert set(tree["state"]) == {"vacant", "near", "held"}


@pytest.mark.parametrize(
    ("text", "posts"),
    [("kepala dinkes", "bc"), ("SITI", "c"), ("kepala", "bcd"), ("", ""), ("?", ""), ("kepala nobody", "")],
)
def test_every_word_is_looked_for_in_title_unit_and_incumbent(text, posts):
    assert "".join(TREE.loc[match_posts(TREE, text), "post"]) == posts


@pytest.mark.parametrize(
    ("depth", "folded", "posts"),
    [(3, (), "abcde"), (2, (), "abde"), (1, (), "ae"), (3, ["a"], "ae"), (3, ["b"], "abde")],
)
def test_what_is_folded_hides_all_below_it(depth, folded, posts):
    assert "".join(fold_tree(TREE, depth, folded)["post"]) == posts


@pytest.mark.parametrize(("wanted", "posts"), [("c", "abc"), ("d", "ad"), ("e", "e"), ("", ""), ("cd", "abcd")])
def test_a_found_post_comes_with_all_above_it(wanted, posts):
    assert "".join(select_with_ancestors(TREE, TREE["post"].isin(list(wanted)))["post"]) == posts
