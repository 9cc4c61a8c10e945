"""Tests of core/talent/succession/readiness.py."""

import pandas as pd

from core.talent.succession.readiness import CLASSES, classify_readiness, count_benches, list_ready_now


def test_ready_now_is_the_rule_of_the_board(current):
    for post in current.post_table["post"]:
        found = classify_readiness(current, post)
        assert set(found.classes) <= set(CLASSES)
        assert set(found.classes.index[found.classes == "now"]) == set(list_ready_now(current, post))
        holder = current.holders.get(post)
        if holder:
            assert found.classes[holder] == "not"


def test_everyone_not_ready_now_has_a_reason_and_the_ready_have_none(current):
    found = classify_readiness(current, "dinas-kominfo")
    for nip, one in found.classes.items():
        if one == "now":
            assert found.lacking(nip) == []
        elif one in ("soon", "later"):
            assert found.lacking(nip)


def test_who_is_ready_later_serves_long_enough(current):
    day = pd.Timestamp(current.as_of)
    found = classify_readiness(current, "sekretaris-dprd").classes
    for one, years in (("now", 1), ("soon", 3), ("later", 6)):
        members = current.people.loc[found.index[found == one]]
        assert len(members)
        assert (members["retires_on"] > day + pd.DateOffset(years=years)).all()


def test_names_on_many_benches_are_counted(current):
    counts = count_benches(current, least=1)
    near = current.post_table.loc[current.post_table["near"], "post"]
    plain = sum((classify_readiness(current, post).classes == "now").astype(int) for post in near)
    assert counts.to_dict() == plain[plain > 0].to_dict()
