"""The views of the ranking through Streamlit's own harness: what they say, and what they refuse."""

import numpy as np
import pytest
import sqlalchemy as sa

from core.service import accounts, importing, installation, scenarios
from core.service.review import load_review
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.of_post import count_eligible, rank_candidates
from core.talent.ranking.smallest_change import find_smallest_changes, round_change
from core.ui.language import plain
from tests.factories import siasn, siasn_row
from tests.pages.test_pages import app, texts

VIEWS = ("robustness", "changes", "pair", "scenarios", "finding", "opinions", "rating", "fairness", "fit")
POST = "dinas-kominfo"


@pytest.mark.parametrize("role", ["member", "viewer"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn(view, role, demo_to_look_at):
    test = app("ranking", role, {"view": view, "post": POST, "language": "id"})
    assert not test.exception
    assert not test.error
    assert "nan" not in texts(test).lower().split()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_with_one_person_of_whom_little_is_known(view, installation_folder):
    engine = installation.open_configured_engine()
    installation.set_up(engine)
    importing.import_files(engine, [siasn(siasn_row())], by=accounts.COMMAND_LINE)
    test = app("ranking", query={"view": view})
    for post in ("semua", "sekretaris-daerah"):  # the second has nobody at all
        test.query_params["post"] = post
        test.run()
        assert not test.exception
        assert not test.error


def test_firmness_is_said_in_words(demo_to_look_at):
    test = app("ranking", query={"post": POST, "order": "score", "view": "changes"})
    table = test.dataframe[0].value
    assert table["Perubahan terkecil ke tiga besar"].iloc[0] == "sudah di sana"
    assert table["Perubahan terkecil ke tiga besar"].str.contains(r"\+\d+,\d").any()


def test_second_opinions_keep_boxes_and_gates_unless_asked(demo_to_look_at):
    test = app("ranking", query={"view": "opinions", "post": POST, "language": "id"})
    kept = test.dataframe[0].value
    assert kept["Jumlah berbobot"].tolist() == kept["Urutan resmi"].tolist()
    assert kept["TOPSIS"].iloc[:3].max() <= 10
    test.toggle(key="scores_alone").set_value(True).run()
    alone = test.dataframe[0].value
    assert alone["Urutan resmi"].tolist() == kept["Urutan resmi"].tolist()
    assert alone["Jumlah berbobot"].tolist() != kept["Jumlah berbobot"].tolist()
    linked = app("ranking", query={"view": "opinions", "post": POST, "language": "id", "scores_alone": "1"})
    assert linked.dataframe[0].value.equals(alone)


def _tailored(current, post):
    matrix = build_decision_matrix(current, post, "score")
    official = np.array(current.rubric.weights)
    for change in find_smallest_changes(matrix, official, np.arange(len(matrix)), 1):
        if change.state == "possible" and 0.2 <= change.distance < 0.6:
            return round_change(matrix, change, official)
    raise AssertionError("the demo has nobody far enough behind")


def test_weights_made_for_one_person_raise_the_calm_alarm(demo_to_look_at):
    current = load_review(installation.open_configured_engine())
    tenths = ".".join(map(str, _tailored(current, POST)))
    test = app("ranking", query={"post": POST, "order": "score", "weights": tenths})
    assert any("sangat pas untuk satu orang" in element.value for element in test.warning)
    official = app("ranking", "viewer", query={"post": POST, "order": "score"})
    assert not official.warning


def test_a_setting_silences_the_alarm(demo_installation, configure):
    tenths = ".".join(map(str, _tailored(load_review(installation.open_configured_engine()), POST)))
    configure(alarm_far="2", alarm_smallest_share="0")
    test = app("ranking", query={"post": POST, "order": "score", "weights": tenths})
    assert not test.warning


def _keep(test, name, note=""):
    next(element for element in test.text_input if element.label == "Nama skenario").set_value(name)
    next(element for element in test.text_area if element.label == "Catatan").set_value(note)
    next(element for element in test.button if element.label == "Simpan bobot ini").click()
    test.run()


def test_a_scenario_is_kept_compared_and_needs_a_name_of_its_own(demo_installation):
    test = app("ranking", query={"view": "scenarios", "post": POST, "weights": "200.200.150.300.100.50"})
    _keep(test, "Satu", "catatan")
    assert not test.error
    test.query_params["weights"] = "300.100.200.200.100.100"
    test.run()
    _keep(test, "satu")
    assert "Nama “satu” sudah dipakai" in test.error[0].value
    _keep(test, "Dua")
    saved = scenarios.list_scenarios(installation.open_configured_engine())
    assert [each.scenario.name for each in saved] == ["Dua", "Satu"]
    assert saved[1].scenario.tenths == (200, 200, 150, 300, 100, 50)
    assert any("tiga besar" in element.value.lower() for element in test.markdown)
    _keep(test, "  ")
    assert "0 karakter; yang diharapkan 1 sampai 100" in test.error[0].value


def test_a_scenario_says_what_has_changed_since(demo_installation):
    engine = installation.open_configured_engine()
    current = load_review(engine)
    number = scenarios.save_scenario(
        engine, current, POST, "score", [200, 200, 150, 300, 100, 50], "Lama", "", by=accounts.COMMAND_LINE
    )
    first = app("ranking", query={"scenario": str(number)})
    assert any("sama seperti saat itu" in element.value for element in first.info)
    nip = scenarios.list_scenarios(engine)[0].scenario.first[0]
    name = current.people.at[nip, "name"]
    row = siasn_row(nip, NAMA=name, **{"PENDIDIKAN NAMA": "SLTA", "TINGKAT PENDIDIKAN NAMA": "SLTA"})
    importing.import_files(engine, [siasn(row)], by=accounts.COMMAND_LINE, reason="uji", confirmed=True)
    import streamlit as st

    st.cache_resource.clear()
    again = app("ranking", "viewer", {"scenario": str(number)})
    assert not again.exception
    member = app("ranking", "member", {"scenario": str(number)})
    assert any(
        "berubah sejak itu" in element.value and "datanya lebih baru" in element.value for element in member.warning
    )


def test_a_scenario_of_another_or_a_lost_rubric_is_one_sentence(demo_installation):
    engine = installation.open_configured_engine()
    other = load_review(engine, "djbk-65-20-15")
    tenths = [1000, *[0] * (len(other.rubric.criteria) - 1)]
    number = scenarios.save_scenario(engine, other, POST, "box", tenths, "Rubrik lain", "", by=accounts.COMMAND_LINE)
    test = app("ranking", query={"scenario": str(number)})
    assert not test.exception
    assert any("milik rubrik" in element.value for element in test.warning)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE saved_scenario SET rubric_digest = :gone"), {"gone": "f" * 64})
    listed = app("ranking", "member", {"view": "scenarios"})
    assert not listed.exception
    assert any("Rubrik lain" in element.value and "rubrik" in element.value for element in listed.warning)


def test_weights_of_another_rubric_are_not_taken_from_the_link(demo_to_look_at):
    test = app("ranking", query={"weights": "500.500"})
    assert any(plain("500.500") in element.value for element in test.warning)
    assert "bobot resmi" in texts(test)


def test_fewer_than_three_eligible_is_said_first_and_the_others_are_marked(demo_to_look_at):
    current = load_review(installation.open_configured_engine())
    counts = {
        post: count_eligible(rank_candidates(view, np.array(current.rubric.weights), "box"), view.answers)
        for post, view in ((post, current.view(post)) for post in current.post_table["post"])
    }
    few = next(post for post, count in counts.items() if 0 < count < 3)
    many = next(post for post, count in counts.items() if count >= 3)
    test = app("ranking", query={"post": few})
    assert any(f"Hanya {counts[few]} calon yang memenuhi syarat." in element.value for element in test.markdown)
    assert any("; tidak memenuhi)" in element.value or "; perlu ditinjau)" in element.value for element in test.text)
    test = app("ranking", query={"post": many})
    assert not any("calon yang memenuhi syarat." in element.value for element in test.markdown)
    assert not any("; tidak memenuhi)" in element.value for element in test.text)
