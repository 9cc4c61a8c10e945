"""Scenarios on both kinds of database."""

import json

import numpy as np
import pytest

from core.service import importing, scenarios
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.review import load_review
from core.service.scenarios import ScenarioProblem
from core.talent.errors import UnknownPost
from core.talent.ranking.of_post import rank_post
from core.talent.ranking.scenario import compare_scenario, digest_order
from tests.factories import NIP, OTHER_NIP, account, siasn, siasn_row

TENTHS = [200, 200, 150, 300, 100, 50]


@pytest.fixture
def current(engine):
    importing.import_files(engine, [siasn(siasn_row(), siasn_row(OTHER_NIP, NAMA="SITI CONTOH"))], by=COMMAND_LINE)
    return load_review(engine)


def keep(engine, current, name="Satu", by=COMMAND_LINE, post="semua"):
    return scenarios.save_scenario(engine, current, post, "box", TENTHS, name, "catatan", by=by)


def test_what_is_kept_comes_back(engine, current):
    number = keep(engine, current)
    (saved,) = scenarios.list_scenarios(engine)
    assert (saved.id, saved.username) == (number, COMMAND_LINE.username)
    scenario = saved.scenario
    assert (scenario.name, scenario.note, scenario.post, scenario.rule) == ("Satu", "catatan", "semua", "box")
    assert scenario.tenths == tuple(TENTHS)
    assert (scenario.rubric_digest, scenario.data_version, scenario.as_of) == (current.rubric.digest, 1, current.as_of)
    ranked = scenarios.rank_scenario(scenario, current)
    assert scenario.order_digest == digest_order(ranked)
    assert compare_scenario(scenario, current, ranked).same_order
    data = json.loads(scenarios.write_json(saved, ranked))
    assert data["weights_percent"]["potential_aspects"] == 30
    assert {row["nip"] for row in data["ranking_now"]} == {NIP, OTHER_NIP}


def test_the_official_weights_can_be_kept_as_well(engine, current):
    scenarios.save_scenario(engine, current, "semua", "score", None, "Resmi", "", by=COMMAND_LINE)
    (saved,) = scenarios.list_scenarios(engine)
    assert saved.scenario.tenths is None
    assert (
        json.loads(scenarios.write_json(saved, scenarios.rank_scenario(saved.scenario, current)))["weights_percent"]
        is None
    )


def test_newer_data_are_seen(engine, current):
    keep(engine, current)
    importing.import_files(engine, [siasn(siasn_row("197001012000011001", NAMA="BARU"))], by=COMMAND_LINE)
    newer = load_review(engine)
    scenario = scenarios.list_scenarios(engine)[0].scenario
    drift = compare_scenario(scenario, newer, scenarios.rank_scenario(scenario, newer))
    assert (drift.same_order, drift.data, drift.rubric, drift.day) == (False, True, False, False)


def test_only_who_weighs_keeps_and_only_the_owner_or_an_administrator_removes(engine, current):
    viewer, member, secretariat, administrator = (
        account(engine, role) for role in ("viewer", "member", "secretariat", "administrator")
    )
    with pytest.raises(NotAllowed):
        keep(engine, current, by=viewer)
    number = keep(engine, current, by=member)
    for stranger in (viewer, secretariat):
        with pytest.raises(NotAllowed):
            scenarios.remove_scenario(engine, number, by=stranger)
    scenarios.remove_scenario(engine, number, by=member)
    assert scenarios.list_scenarios(engine) == []
    scenarios.remove_scenario(engine, keep(engine, current, by=member), by=administrator)
    assert scenarios.list_scenarios(engine) == []


def test_what_cannot_be_kept_or_found_is_said(engine, current):
    keep(engine, current)
    for name in ("satu", "", "x" * 101):
        with pytest.raises(ScenarioProblem):
            keep(engine, current, name=name)
    with pytest.raises(UnknownPost):
        keep(engine, current, name="Dua", post="raja")
    for number in ("2", "x", "-1"):
        with pytest.raises(ScenarioProblem, match="there is no scenario"):
            scenarios.find_scenario(engine, number)
    other = load_review(engine, "djbk-65-20-15")
    with pytest.raises(ScenarioProblem, match="has other criteria"):
        scenarios.rank_scenario(scenarios.list_scenarios(engine)[0].scenario, other)
    assert len(scenarios.list_scenarios(engine)) == 1


def test_an_order_is_named_to_the_last_person(engine, current):
    ranked = rank_post(current, "semua", np.array(current.rubric.weights), "box")
    assert digest_order(ranked) != digest_order(ranked.iloc[::-1])
    assert digest_order(ranked) == digest_order(ranked.copy())
