"""The page Suksesi through Streamlit's own harness."""

import re

import pandas as pd
import pytest

from core.service import installation, posts
from core.service import placement as placing
from core.service.placement import find_placement
from core.talent.placement.limits import Limits
from core.talent.succession.readiness import classify_readiness
from tests.pages.test_pages import app, texts


def shown_plans(test):
    table = next(
        element.value for element in test.dataframe if any("Rencana" in str(name) for name in element.value.columns)
    )
    return table.set_index("Jabatan")


def test_the_question_is_answered_on_one_page(current):
    test = app("succession", role="viewer", query={"look": "placement"})
    assert not test.exception
    words = texts(test)
    placement = find_placement(current, Limits())
    assert f"{placement.plans[0].filled} dari 6 jabatan kosong dapat diisi" in words
    assert len(shown_plans(test).columns) >= 3
    assert "terbukti terbaik, selisih 0" in shown_plans(test).to_string()
    for post, person in placement.plans[0].pairs:
        assert str(current.people.at[placement.problem.nips[person], "full_name"]) in shown_plans(test).to_string()
        assert placement.problem.posts[post]
    assert "meninggalkan" in words
    assert "% pembobotan" in words
    assert "tetap kosong" in words


def test_a_pin_is_kept_in_every_plan_and_let_go_of(current):
    placement = find_placement(current, Limits())
    post, person = placement.plans[0].pairs[0]
    other = next(
        nip
        for nip in placement.problem.nips
        if placement.problem.fit[post][placement.problem.nips.index(nip)] > 0 and nip != placement.problem.nips[person]
    )
    test = app("succession", query={"look": "placement", "pin": f"{placement.problem.posts[post]}!{other}"})
    name = str(current.people.at[other, "full_name"])
    plans = shown_plans(test)
    assert all(plans[column].astype(str).str.contains(name, regex=False).any() for column in plans.columns)
    test.button(key=f"let_pin_{placement.problem.posts[post]}_{other}").click().run()
    assert not test.exception
    assert "pin" not in test.query_params or not test.query_params["pin"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"pin": "raja!1"}, "raja"),
        ({"pin": "dinas-kominfo!199901012020011999"}, "tidak dikenal"),
        ({"horizon": "7"}, "7"),
        ({"moves": "0"}, "0"),
    ],
)
def test_what_cannot_be_is_a_sentence_with_a_way_out(query, words, current):
    test = app("succession", query={"look": "placement", **query})
    assert not test.exception
    sentences = [element.value for element in [*test.error, *test.warning]]
    assert any(words in sentence for sentence in sentences)
    if test.error:
        test.button(key="place_reset").click().run()
        assert not test.error
        assert len(shown_plans(test).columns) >= 3


def test_a_plan_is_kept_listed_and_removed(own_review):
    test = app("succession", query={"look": "placement"})
    test.text_input(key="plan_name").set_value("Usulan 1").run()
    test.button(key="plan_keep").click().run()
    (plan,) = placing.list_plans(installation.open_configured_engine())
    assert plan.name == "Usulan 1"
    assert {(post, nip) for post, nip, _, _ in plan.pairs} == {
        (row.post, row.nip)
        for row in placing.tabulate_plan(
            find_placement(own_review, Limits()), find_placement(own_review, Limits()).plans[0]
        ).itertuples()
        if isinstance(row.nip, str)
    }
    test.text_input(key="plan_name").set_value("usulan 1").run()
    test.button(key="plan_keep").click().run()
    assert any("sudah dipakai" in element.value for element in test.error)
    test.button(key=f"plan_drop_{plan.id}").click().run()
    assert placing.list_plans(installation.open_configured_engine()) == []


@pytest.mark.parametrize("look", ["posts", "placement", "bench", "matrix", "organisation", "pools", "ahead"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_view_draws_in_both_languages(look, language, current):
    test = app("succession", query={"look": look, "language": language})
    assert not test.exception
    assert not test.error
    assert len(test.dataframe) or look in ("ahead", "organisation")


def test_ten_more_people_change_the_outlook_in_words(current):
    test = app("succession", query={"look": "ahead", "train": "10", "train_family": "environment"})
    assert not test.exception
    assert "10 orang lagi dilatih" in texts(test)


def test_posts_are_searched_folded_and_cut_off(current):
    test = app("succession", query={"look": "organisation", "org_q": "kominfo komunikasi"})
    assert "0 jabatan cocok" in texts(test)
    top = app("succession", role="member", query={"look": "organisation", "org_depth": "1"})
    assert re.search(r"\b1 jabatan\b", texts(top))
    folded = app("succession", role="viewer", query={"look": "organisation", "org_folded": "asisten-1"})
    below = sum(post.parent == "asisten-1" for post in current.posts)
    assert below
    assert re.search(rf"\b{len(current.posts) - below} jabatan\b", texts(folded))


def test_a_group_is_proposed_on_screen(own_review):
    test = app("succession", query={"look": "pools", "pool_boxes": "9"})
    test.button(key="pool_propose").click().run()
    assert test.error
    test.text_input(key="pool_name").set_value("KRS 2026").run()
    test.button(key="pool_propose").click().run()
    assert any("KRS 2026" in element.label for element in test.expander)
    test.button(key="pool_on_1").click().run()
    test.button(key="pool_on_1").click().run()
    assert any("ditetapkan" in element.label for element in test.expander)


def test_a_readiness_is_decided_on_screen_with_its_reason(own_review):
    classes = classify_readiness(own_review, "dinas-kominfo").classes
    nip = str(classes.index[classes == "not"][0])
    test = app("succession", query={"look": "bench", "bench_post": "dinas-kominfo"})
    test.selectbox(key="ready_person").set_value(nip).run()
    test.button(key="ready_decide").click().run()
    assert any("uliskan alasannya" in element.value for element in test.error)
    test.text_input(key="ready_reason").set_value("Pernah memimpin dinas ini sebagai Plt.").run()
    test.button(key="ready_decide").click().run()
    assert not test.error
    shown = "\n".join(frame.value.to_string() for frame in test.dataframe)
    assert "diputuskan; hitungan: belum siap" in shown
    assert "ready_decide" not in {
        element.key for element in app("succession", role="member", query={"look": "bench"}).button
    }


def test_other_weights_turn_placements_or_say_that_none_does(current):
    test = app("succession", query={"look": "placement"})
    assert "Ini bobot resmi." in texts(test)
    for criterion in current.rubric.criterion_keys:
        test.slider(key=f"place_weight_{criterion}").set_value(0.0)
    test.run()
    assert any("harus di atas nol" in element.value for element in test.warning)
    test.slider(key=f"place_weight_{current.rubric.criterion_keys[-1]}").set_value(100.0).run()
    assert not test.exception
    assert "Dengan bobot ini rencana bernilai" in texts(test)


def test_posts_are_changed_on_screen_by_a_file(own_review):
    test = app("succession", role="secretariat", query={"look": "organisation", "org_edit": "1"})
    assert not test.exception
    table = pd.DataFrame([posts.to_row(post) for post in own_review.posts])
    table.loc[table["post"] == "dispora", "title"] = "Kepala Dinas Olahraga"
    test.file_uploader(key="posts_file").upload("jabatan.csv", table.to_csv(index=False).encode(), "text/csv").run()
    test.button(key="posts_take").click().run()
    assert any("ebutkan mengapa jabatan berubah" in element.value for element in test.error)
    test.text_input(key="posts_reason").set_value("Nama baru").run()
    test.button(key="posts_take").click().run()
    assert not test.error
    assert posts.list_edits(installation.open_configured_engine())[-1].post.title == "Kepala Dinas Olahraga"
    assert "Nama baru" in texts(test)
    assert "posts_save" not in {
        element.key
        for element in app("succession", role="member", query={"look": "organisation", "org_edit": "1"}).button
    }
