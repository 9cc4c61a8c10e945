"""Tests of core/talent/succession/pool.py."""

from core.talent.succession.pool import select_pool


def test_a_pool_follows_boxes_and_ratings_and_decisions(current):
    members = select_pool(current)
    assert members["box"].isin([7, 8, 9]).all()
    answers = current.eligibility.answers["performance"].loc[members.index, "answer"]
    assert (answers == 0).all()
    assert members["talent"].dropna().is_monotonic_decreasing
    fives = current.people.index[current.people["box"] == 5]
    passing = [nip for nip in fives if current.eligibility.answers["performance"].at[nip, "answer"] == 0]
    moved = select_pool(current, decided={passing[0]: 8})
    assert set(moved.index) - set(members.index) == {passing[0]}
    assert (moved.at[passing[0], "box"], moved.at[passing[0], "computed_box"]) == (8, 5)
    of_post = select_pool(current, "dinas-kominfo")
    assert set(of_post["readiness"]) <= {"now", "soon"}
