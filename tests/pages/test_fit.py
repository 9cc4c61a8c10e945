"""The fit for a post on the page of the ranking: the switch, its weights, and what it says."""

import pytest

from core.service import installation, scenarios
from core.service.accounts import COMMAND_LINE
from core.service.review import load_review
from core.talent.ranking.of_post import rank_post
from core.talent.takers import find_takers
from core.ui.ranking.panel.rows import panel_rows
from tests.factories import read_texts
from tests.pages.test_pages import app, texts

POST = "dinas-kominfo"
FIT = {"post": POST, "basis": "fit", "language": "id"}


def weights_of(review):
    return review.rubric_of("fit").weights


def review_now():
    return load_review(installation.open_configured_engine())


@pytest.mark.parametrize("role", ["member", "viewer"])
@pytest.mark.parametrize("view", ["robustness", "pair", "scenarios", "finding", "opinions", "fairness", "fit"])
def test_every_view_is_drawn_for_the_fit(view, role, demo_to_look_at):
    test = app("ranking", role, FIT | {"view": view})
    assert not test.exception
    assert not test.error
    assert "nan" not in texts(test).lower().split()


def test_who_is_rated_better_is_overtaken_by_who_fits_when_the_thumb_says_so(demo_to_look_at):
    current = review_now()
    by_talent = rank_post(current, POST, [0, 0, 0, 1.0], "eligible", "fit").set_index("nip")
    by_fit = rank_post(current, POST, list(weights_of(current)), "eligible", "fit").set_index("nip")
    eligible = by_fit[(by_fit["eligibility"] == 0) & by_fit["rank"].notna()]
    graduate = eligible.index[(eligible["field_fit"] == "same_family") & (eligible["family_years"] >= 10)][0]
    rated_better = by_talent.index[by_talent["rank"] < by_talent.at[graduate, "rank"]]
    behind = by_fit.index[by_fit["rank"].isna() | (by_fit["rank"] > by_fit.at[graduate, "rank"])]
    assert len(rated_better.intersection(behind)) > 0
    # Why, in one sentence, and the very same order in the browser's link.
    test = app("ranking", "member", FIT | {"view": "pair", "weights": "300.400.300.0"})
    assert not test.exception
    assert any("terutama karena" in element.value for element in test.markdown)


def test_the_switch_keeps_each_ones_weights_apart(demo_to_look_at):
    test = app("ranking", "member", {"post": POST, "weights": "250.250.200.125.100.75", "language": "id"})
    assert not test.warning
    test.button_group(key="basis").set_value("fit").run()
    assert not test.exception
    assert "weights" not in test.query_params
    assert test.query_params["basis"] == "fit"
    test.button_group(key="basis").set_value("talent").run()
    assert test.query_params["weights"] == "250.250.200.125.100.75"


def test_weights_of_the_talent_value_are_no_weights_of_the_fit(demo_to_look_at):
    test = app("ranking", "member", FIT | {"weights": "250.250.200.125.100.75"})
    assert not test.exception
    assert any("4" in element.value and "1000" in element.value for element in test.warning)


def test_everybody_has_no_post_and_so_no_fit(demo_to_look_at):
    test = app("ranking", "member", {"post": "semua", "basis": "fit", "language": "id"})
    assert not test.exception
    assert all(group.key != "basis" for group in test.button_group)


def test_a_scenario_of_the_fit_comes_back_as_one(demo_installation):
    engine = installation.open_configured_engine()
    current = load_review(engine)
    number = scenarios.save_scenario(
        engine, current, POST, "eligible", [100, 100, 100, 700], "Bobot talenta", "", by=COMMAND_LINE, basis="fit"
    )
    test = app("ranking", "member", {"scenario": str(number), "language": "id"})
    assert not test.exception
    assert (test.query_params["basis"], test.query_params["weights"]) == ("fit", "100.100.100.700")
    assert any("sampai nama terakhir" in element.value for element in test.info)


def test_the_post_says_what_it_asks_for_and_that_it_is_an_example(demo_to_look_at):
    test = app("ranking", "member", FIT | {"view": "fit"})
    said = texts(test)
    assert "Jabatan meminta: S1, bidang Informatika" in said
    assert "Contoh bawaan Mantel" in said


def test_each_eligible_name_says_what_keeps_it_from_the_post(demo_to_look_at):
    current = review_now()
    for basis in ("talent", "fit"):
        rows = panel_rows(current, POST, basis, "id")
        view = current.view(POST, basis)
        takers = find_takers(current, POST, basis=basis)
        reasons = read_texts(rows, "reasons")
        told = [reasons[code.as_py()] for code in rows["frames"]["rows"]["reason"]]
        by_nip = dict(zip(view.candidates, told, strict=True))
        eligible = view.candidates[view.answers == 0]
        marked = {nip for nip in eligible if by_nip[nip].startswith("belum bisa: ")}
        assert marked == set(eligible) - set(takers.nips)
        assert marked
        assert all(by_nip[nip] == "" for nip in eligible if nip in takers.nips)
        assert any("kotak 5 di luar" in by_nip[nip] for nip in marked)
