"""Rubrics and rules by their forms: who changes box or is judged otherwise is seen before anything is kept."""

import pytest

from core.service import installation, reference, rubrics, rules
from core.service.accounts import COMMAND_LINE
from tests.pages.test_pages import app, texts


def number(test, ending):
    return next(field for field in test.number_input if str(field.key).endswith(ending))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("view", ["rubrics", "edit", "rules"])
def test_every_view_is_drawn(view, language, demo_to_look_at):
    test = app("rubrics", query={"rubric_view": view, "language": language})
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize("rubric", list(reference.read_shipped_rubrics()))
def test_the_form_changes_nothing_until_somebody_does(rubric, demo_to_look_at):
    test = app("rubrics", query={"rubric_view": "edit", "language": "id"})
    start_from = next(box for box in test.selectbox if box.label == "Mulai dari")
    start_from.select(rubrics.parse_rubric(reference.read_shipped_rubrics()[rubric], rubric).digest).run()
    assert not test.exception
    assert not test.error
    start = rubric == "kepka-bkn-411-2025"
    assert ("0 dari 650 pegawai berpindah kotak" in texts(test)) == start


def test_weights_that_do_not_sum_are_told_and_those_that_do_show_who_changes_box(demo_to_look_at):
    test = app("rubrics", query={"rubric_view": "edit", "language": "id"})
    axes = [field for field in test.number_input if "('axis', 0)_weight" in str(field.key)]
    axes[0].set_value(70).run()
    assert any("120 %" in element.value.replace(",0", "") for element in test.error)
    # Who fills in a form sees no line of a file.
    assert not any("baris" in element.value for element in (*test.info, *test.error))
    other = next(field for field in test.number_input if "('axis', 1)_weight" in str(field.key))
    other.set_value(30).run()
    assert not test.error
    high = number(test, "_high")
    high.set_value(70).run()
    assert not test.exception
    moved = next(element.value for element in test.markdown if "pindah kotak" in element.value)
    assert int(moved.strip("*").split()[0]) > 0


def test_a_rubric_made_by_the_form_is_kept_with_all_that_was_said(demo_installation):
    test = app("rubrics", query={"rubric_view": "edit", "language": "id"})
    number(test, "_high").set_value(75).run()
    method = next(field for field in test.selectbox if str(field.key).endswith("_method"))
    method.select("training_count").run()
    assert not test.exception
    next(field for field in test.text_input if field.label == "Apa yang diubah dan mengapa").set_value("uji")
    next(button for button in test.button if button.label == "Periksa dan simpan").click().run()
    assert not test.exception
    saved = next(r for r in rubrics.list_rubrics(installation.open_configured_engine()) if r.key.endswith("-oki"))
    made = rubrics.parse_rubric(saved.content, "x")
    assert made.thresholds.high == 75
    assert made.measures["training"].method == "training_count"
    assert made.measures["training"].parameters["window_years"] == 5
    assert made.measures["training"].name["id"] == "Pengembangan kompetensi, sertifikat 5 tahun"
    assert saved.content.count("#") >= reference.read_shipped_rubrics()["kepka-bkn-411-2025"].count("#") - 1


def test_rules_changed_by_the_form_show_who_is_judged_otherwise_and_are_kept_with_a_reason(demo_installation):
    test = app("rubrics", query={"rubric_view": "rules", "language": "id"})
    assert any("Belum ada yang diubah" in element.value for element in test.info)
    age = number(test, "_limit")
    assert age.value == 56
    age.set_value(50).run()
    assert not test.exception
    said = next(element.value for element in test.markdown if "dinilai lain" in element.value)
    assert int(said.strip("*").split()[0].replace(".", "")) > 0
    keep = next(button for button in test.button if button.label == "Berlakukan aturan ini")
    keep.click().run()
    assert any("Tuliskan apa yang diubah" in element.value for element in test.error)
    next(field for field in test.text_input if field.key == "rules_form_note").set_value("keputusan bupati")
    next(button for button in test.button if button.label == "Berlakukan aturan ini").click().run()
    assert not test.exception
    engine = installation.open_configured_engine()
    book = rules.load_rule_book(engine)
    assert next(gate.parameters["limit"] for gate in book.find(None).gates if gate.key == "age") == 50
    test = app("rubrics", query={"rubric_view": "rules", "language": "id"})
    assert any(" · berlaku · keputusan bupati" in element.value for element in test.text)
    assert any("Pensiunkan versi 1 dari" in element.value for element in test.text)  # it asks, with the name
    next(button for button in test.button if (button.key or "").startswith("retire_rules_")).click().run()
    assert not test.exception
    assert any("Versi 1 dicabut" in element.value for element in test.success)
    assert not any(" · berlaku · " in element.value for element in test.text)
    book = rules.load_rule_book(engine)
    assert next(gate.parameters["limit"] for gate in book.find(None).gates if gate.key == "age") == 56


def test_an_own_rubric_is_retired_and_offered_no_more(demo_installation):
    engine = installation.open_configured_engine()
    shipped = next(r for r in rubrics.list_rubrics(engine) if r.key == "kepka-bkn-411-2025")
    own = rubrics.save_rubric(engine, rubrics.copy_rubric(shipped, "oki", "Rubrik OKI"), "x", by=COMMAND_LINE)
    test = app("rubrics", query={"language": "id"})
    assert any("Pensiunkan Rubrik OKI" in element.value for element in test.text)
    test.button(key=f"retire_rubric_{own.digest}").click().run()
    assert not test.exception
    assert not test.error
    kept = next(r for r in rubrics.list_rubrics(engine) if r.digest == own.digest)
    assert kept.retired_at is not None
    assert rubrics.find_rubric(engine, own.digest).key == "oki"  # for what was decided by it
    with pytest.raises(rubrics.RubricProblem, match="retired"):
        rubrics.retire_rubric(engine, own.digest, by=COMMAND_LINE)
    with pytest.raises(rubrics.RubricProblem, match="in force"):
        rubrics.retire_rubric(engine, shipped.digest, by=COMMAND_LINE)
