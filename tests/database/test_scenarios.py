"""Scenarios on both kinds of database."""

import json

import numpy as np
import pytest

from core.service import importing, scenarios
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.review import review
from core.service.scenarios import ScenarioProblem
from core.talent.errors import UnknownPost
from core.talent.ranking.scenario import order_digest, since
from core.talent.review import rank_post
from tests.factories import NIP, OTHER_NIP, account, siasn, siasn_row

TENTHS = [200, 200, 150, 300, 100, 50]


@pytest.fixture
def current(engine):
    importing.import_files(engine, [siasn(siasn_row(), siasn_row(OTHER_NIP, NAMA="SITI CONTOH"))], COMMAND_LINE)
    return review(engine)


def keep(engine, current, name="Satu", by=COMMAND_LINE, post="semua"):
    return scenarios.save(engine, current, post, "box", TENTHS, name, "catatan", by)


def test_what_is_kept_comes_back(engine, current):
    number = keep(engine, current)
    (kept,) = scenarios.all_of(engine)
    assert (kept.id, kept.username) == (number, COMMAND_LINE.username)
    one = kept.scenario
    assert (one.name, one.note, one.post, one.rule) == ("Satu", "catatan", "semua", "box")
    assert one.tenths == tuple(TENTHS)
    assert (one.rubric_digest, one.data_version, one.as_of) == (current.rubric.digest, 1, current.as_of)
    ranked = scenarios.ranked_in(one, current)
    assert one.order_digest == order_digest(ranked)
    assert since(one, current, ranked).same_order
    data = json.loads(scenarios.as_json(kept, ranked))
    assert data["weights_percent"]["potential_aspects"] == 30
    assert {row["nip"] for row in data["ranking_now"]} == {NIP, OTHER_NIP}


def test_the_official_weights_can_be_kept_as_well(engine, current):
    scenarios.save(engine, current, "semua", "score", None, "Resmi", "", COMMAND_LINE)
    (kept,) = scenarios.all_of(engine)
    assert kept.scenario.tenths is None
    assert json.loads(scenarios.as_json(kept, scenarios.ranked_in(kept.scenario, current)))["weights_percent"] is None


def test_newer_data_are_seen(engine, current):
    keep(engine, current)
    importing.import_files(engine, [siasn(siasn_row("197001012000011001", NAMA="BARU"))], COMMAND_LINE)
    newer = review(engine)
    one = scenarios.all_of(engine)[0].scenario
    found = since(one, newer, scenarios.ranked_in(one, newer))
    assert (found.same_order, found.data, found.rubric, found.day) == (False, True, False, False)


def test_only_who_weighs_keeps_and_only_the_owner_or_an_administrator_removes(engine, current):
    viewer, member, secretariat, administrator = (
        account(engine, role) for role in ("viewer", "member", "secretariat", "administrator")
    )
    with pytest.raises(NotAllowed):
        keep(engine, current, by=viewer)
    number = keep(engine, current, by=member)
    for stranger in (viewer, secretariat):
        with pytest.raises(NotAllowed):
            scenarios.remove(engine, number, stranger)
    scenarios.remove(engine, number, member)
    assert scenarios.all_of(engine) == []
    scenarios.remove(engine, keep(engine, current, by=member), administrator)
    assert scenarios.all_of(engine) == []


def test_what_cannot_be_kept_or_found_is_said(engine, current):
    keep(engine, current)
    for name in ("satu", "", "x" * 101):
        with pytest.raises(ScenarioProblem):
            keep(engine, current, name=name)
    with pytest.raises(UnknownPost):
        keep(engine, current, name="Dua", post="raja")
    for number in ("2", "x", "-1"):
        with pytest.raises(ScenarioProblem, match="there is no scenario"):
            scenarios.find(engine, number)
    other = review(engine, "djbk-65-20-15")
    with pytest.raises(ScenarioProblem, match="has other criteria"):
        scenarios.ranked_in(scenarios.all_of(engine)[0].scenario, other)
    assert len(scenarios.all_of(engine)) == 1


def test_an_order_is_named_to_the_last_person(engine, current):
    ranked = rank_post(current, "semua", np.array(current.rubric.weights), "box")
    assert order_digest(ranked) != order_digest(ranked.iloc[::-1])
    assert order_digest(ranked) == order_digest(ranked.copy())
