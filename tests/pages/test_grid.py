"""The grid, decisions, development and the presentation through Streamlit's own harness."""

import pytest

from core.service import accounts, decisions, development, installation, views
from tests.pages.test_pages import app, texts

REASON = "Hasil wawancara komite menunjukkan lain."


def heading(test) -> str:
    return test.subheader[0].value


def test_a_link_restores_the_whole_view(current):
    unit = "Dinas Sosial"
    query = {
        "unit": unit,
        "box": "9~5",
        "education": "S1~S2",
        "colour": "sex",
        "exact": "1",
        "if_high": "85",
        "seen_rubric": "djbk-65-20-15@2",
    }
    test = app("talent_grid", query=query)
    assert not test.exception
    assert not test.error
    for key, value in query.items():
        param = test.query_params[key]
        assert (param if isinstance(param, str) else param[0]) == value, key
    assert test.multiselect(key="unit").value == [unit]
    assert test.selectbox(key="colour").value == "sex"
    assert test.toggle(key="exact").value is True


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit", "Dinas Khayal"),
        ("colour", "rainbow"),
        ("period", "1999"),
        ("education", "S9"),
        ("exact", "ya"),
        ("near", "9"),
    ],
)
def test_what_a_link_asks_for_and_is_not_there_is_one_sentence(key, value, current):
    test = app("talent_grid", query={key: value, "more_filters": "1"})
    assert not test.exception
    if key == "near":  # needs a box that is chosen; asked for alone it does nothing
        assert not test.warning
    else:
        assert any(value in element.value for element in test.warning)
    assert f"{len(current.people)} dari" in heading(test)


def test_a_past_period_is_shown_with_who_moved_since(current):
    test = app("talent_grid", query={"period": "2025"})
    assert not test.exception
    assert "kini berada di kotak lain daripada 31 Desember 2025" in texts(test)
    assert "naik:" in texts(test)


def test_a_period_without_data_shows_everyone_as_not_assessed(current):
    test = app("talent_grid", query={"period": "2024"})
    assert not test.exception
    assert "kini berada di kotak lain" in texts(test)


def test_the_view_is_kept_by_name_and_opened_again(own_review):
    test = app("talent_grid", query={"unit": "Dinas Sosial", "box": "5"})
    test.text_input(key="view_name").set_value("Sosial lima").run()
    test.button(key="keep_view").click().run()
    (view,) = views.list_views(installation.open_configured_engine(), "talent_grid")
    assert view.query == "unit=Dinas+Sosial&box=5"
    test.button(key="keep_view").click().run()
    assert test.error  # without a name
    other = app("talent_grid", role="member", query={"level": "administrator"})
    other.button(key=f"view_{view.id}").click().run()
    assert other.multiselect(key="unit").value == ["Dinas Sosial"]
    assert other.multiselect(key="level").value == []


def test_a_box_is_moved_by_decision_and_moved_back(own_review):
    people = own_review.people
    nip = str(people.index[people["box"] == 5][0])
    test = app("talent_grid", query={"person": nip, "box": "5"})
    test.button(key="decide").click().run()
    (refused,) = [element.value for element in test.error]
    for lacking in ("pilih kotak", "sidang", "tuliskan alasan"):  # all that is lacking at once
        assert lacking in refused.lower(), refused
    assert test.session_state[f"decisions_open_{nip}"], "the form closed after a refusal"
    test.selectbox(key="decide_box").set_value(8).run()
    assert test.session_state[f"decisions_open_{nip}"], "the form closed while somebody wrote"
    test.text_input(key="decide_session").set_value("Sidang 1").run()
    test.text_area(key="decide_reason").set_value(REASON).run()
    test.button(key="decide").click().run()
    assert not test.error
    assert any("Keputusan dicatat: kotak 8" in element.value for element in test.success)
    assert test.session_state[f"decisions_open_{nip}"], "what was done is hidden"
    decision = decisions.list_standing(installation.open_configured_engine(), "box")[nip]
    assert (decision.value, decision.computed) == ("8", "5")
    assert REASON in texts(test)
    fives = int((people["box"] == 5).sum())
    assert heading(test).startswith(f"{fives - 1} dari")
    test.toggle(key="as_decided").set_value(False).run()
    assert heading(test).startswith(f"{fives} dari")
    test.text_area(key="decide_reason").set_value("Komite menarik keputusannya.").run()
    test.button(key="revoke").click().run()
    assert decisions.list_standing(installation.open_configured_engine(), "box") == {}


def test_a_member_sees_a_decision_but_has_no_form(own_review):
    nip = str(own_review.people.index[own_review.people["box"] == 5][0])
    decisions.decide_box(
        installation.open_configured_engine(), own_review, nip, 7, "Sidang 1", REASON, by=accounts.COMMAND_LINE
    )
    test = app("talent_grid", role="member", query={"person": nip})
    assert REASON in texts(test)
    assert "decide" not in {button.key for button in test.button}
    profile = app("candidate", role="viewer", query={"nip": nip})
    assert "Diputuskan komite: Kotak 7 (Sidang 1)" in texts(profile)


def test_a_set_is_ranked_alone_and_let_go(current):
    nips = list(current.people.index[current.people["box"] == 9][:3])
    test = app("ranking", query={"set": "~".join([*nips, "199901012020011999"]), "post": "semua"})
    assert not test.exception
    assert any("himpunan 3 orang" in element.value for element in test.info)
    assert any("1 orang dari himpunan" in element.value for element in test.warning)
    test.button(key="let_go_of_set").click().run()
    assert not any("himpunan" in element.value for element in test.info)


def test_a_set_without_any_candidate_of_the_post_says_so(current):
    nip = current.people.index[current.people["level"] == "supervisor"][0]
    test = app("ranking", query={"set": nip, "post": "dinas-kominfo"})
    assert not test.exception
    assert any("pilih jabatan lain" in element.value for element in test.info)


def test_a_step_of_development_is_planned_and_done(own_review):
    people = own_review.people
    nip = str(people.index[(people["level"] == "administrator") & people["talent"].notna()][0])
    test = app("candidate", query={"nip": nip, "post": "dinas-kominfo", "plan": "1"})
    test.button(key="step_add").click().run()
    assert test.error
    test.text_input(key="step_what").set_value("Pelatihan <b>manajerial</b>").run()
    test.date_input(key="step_due").set_value("2027-06-30").run()
    test.button(key="step_add").click().run()
    assert not test.error
    (step,) = development.list_steps(installation.open_configured_engine(), nip)
    assert "Pelatihan <b>manajerial</b>" in "\n".join(element.value for element in test.text)
    test.button(key=f"step_done_{step.id}").click().run()
    assert development.list_steps(installation.open_configured_engine(), nip)[0].state == "done"


def test_the_presentation_walks_through_its_agenda_and_hides_names(current):
    test = app("presentation", role="viewer")
    first = test.title[0].value
    test.button(key="slide_on").click().run()
    assert test.title[0].value != first
    nips = list(current.people.index[:3])
    blind = app("presentation", role="member", query={"set": "~".join(nips), "blind": "1", "slide": "2"})
    assert not blind.exception
    words = texts(blind)
    assert "Peserta 0" in words
    assert "2 dari 3" in words
    for nip in nips:
        assert str(current.people.at[nip, "full_name"]) not in words
        assert nip not in words
        assert str(current.people.at[nip, "position_title"]) not in words


@pytest.mark.parametrize("slide", ["0", "999", "x", "-3", "²"])
def test_a_slide_that_is_not_there_is_the_nearest(slide, current):
    test = app("presentation", query={"slide": slide})
    assert not test.exception
    assert test.title


def test_a_presentation_of_people_without_any_says_what_to_do(current):
    test = app("presentation", query={"agenda_of": "people"})
    assert not test.exception
    assert any("buat himpunan" in element.value for element in test.info)
