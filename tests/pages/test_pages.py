"""Every page through Streamlit's own test harness: signed out, signed in, empty and full."""

import datetime as dt
from itertools import count

import numpy as np
import pyotp
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from core.service import accounts, backup, importing, installation, rubrics, sign_ins
from core.service.review import load_review
from core.settings import ROOT
from core.talent.ranking.of_post import rank_post
from core.ui.language import plain
from core.ui.shell import PAGES
from core.web.app import SCRIPT
from tests.conftest import TODAY
from tests.factories import NIP, sheet, siasn, siasn_row
from tests.signed_in import OWN_PASSWORD, add_signed_in, sign_in

NAMES = [name for name, _, _ in PAGES]
_NUMBERS = count()


def app(page: str, role: str | None = "administrator", query: dict[str, str] | None = None) -> AppTest:
    """The app at a page, signed in with a role, after one run."""
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    if role:
        engine = installation.open_configured_engine()
        name = f"{role}-{page}-{next(_NUMBERS)}".replace("_", "-")[:31]
        test.session_state["sign_in_token"] = add_signed_in(engine, role, name, "Nama Pengguna").token
    for key, value in (query or {}).items():
        test.query_params[key] = value
    test.run()
    if page != "overview":
        test.switch_page(str(ROOT / "pages" / f"{page}.py"))
        test.run()
    return test


def texts(test: AppTest) -> str:
    """Everything written on the page."""
    kinds = (test.title, test.subheader, test.markdown, test.caption, test.text, test.info, test.warning, test.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("page", NAMES)
def test_a_stranger_sees_the_sign_in_and_nothing_else(page, demo_to_look_at):
    test = app(page, role=None)
    assert [element.value for element in test.markdown][-1] == "Anda belum masuk."
    assert not test.button
    assert len(test.dataframe) == 0
    assert not test.exception


@pytest.mark.parametrize("page", NAMES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_draws_in_both_languages(page, language, demo_to_look_at):
    test = app(page, query={"language": language})
    assert not test.exception
    assert not test.error
    title = {
        "id": [
            "Beranda",
            "Kotak talenta",
            "Peringkat & bobot",
            "Suksesi",
            "Sidang",
            "Surat",
            "Profil",
            "Kepala Badan Pendapatan Daerah",  # the first vacant post
            "Data",
            "Mutu data",
            "Daftar rubrik",
            "Administrasi",
            "Jejak audit",
            "Panduan",
            "Akun saya",
        ],
        "en": [
            "Overview",
            "Talent grid",
            "Ranking & weights",
            "Succession",
            "Session",
            "Papers",
            "Profile",
            "Kepala Badan Pendapatan Daerah",
            "Data",
            "Data quality",
            "Rubrics",
            "Administration",
            "Audit trail",
            "Guide",
            "My account",
        ],
    }
    assert test.title[0].value == title[language][NAMES.index(page)]


@pytest.mark.parametrize("page", ["overview", "talent_grid", "ranking", "succession", "quality"])
def test_an_empty_installation_says_what_to_do_next(page, installation_folder):
    installation.set_up(installation.open_configured_engine())
    test = app(page)
    assert not test.exception
    assert "Belum ada data" in test.info[0].value


@pytest.mark.parametrize("page", ["data", "rubrics", "administration", "trail", "account"])
def test_an_empty_installation_can_be_filled(page, installation_folder):
    installation.set_up(installation.open_configured_engine())
    assert not app(page).exception


@pytest.mark.parametrize("role", ["secretariat", "member", "viewer"])
def test_only_an_administrator_has_the_administration(role, demo_installation):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app("administration", role=role)


def test_only_the_secretariat_sees_the_upload(demo_installation):
    assert "Hanya sekretariat" in texts(app("data", role="member"))


def test_a_link_with_unknown_choices_is_told_and_shows_the_default(demo_installation):
    test = app("overview", query={"language": "fr"})
    assert "“fr”" in test.warning[0].value
    assert not test.exception


def test_ranking_of_a_link_with_impossible_weights(demo_installation):
    test = app("ranking")
    test.query_params["weights"] = "1.2.3"
    test.query_params["post"] = "raja"
    test.run()
    words = [warning.value for warning in test.warning]
    assert any("“raja”" in word for word in words)
    assert any(plain("1.2.3") in word for word in words)
    assert not test.exception


def test_the_first_three_are_those_of_the_server(demo_installation):
    current = load_review(installation.open_configured_engine())
    first = rank_post(current, "staf-ahli-pemerintahan", np.array(current.rubric.weights), "box")["name"][:3]
    shown = app("ranking").text[0].value
    assert shown.startswith(f"1. {first[0]} (")
    assert all(name in shown for name in first)


def test_a_viewer_cannot_weigh_by_a_link_either(demo_installation):
    test = app("ranking", role="viewer")
    test.query_params["weights"] = "0.0.0.0.1000.0"
    test.run()
    assert "bobot resmi" in texts(test)
    assert "(simulasi)" not in texts(test)


@pytest.mark.parametrize(
    "name", ["<b>x</b><script>alert(1)</script>", "[klik](http://x.test) **tebal** $x$ :red[y]", "=A1+B1"]
)
def test_what_is_written_in_a_name_is_shown_and_never_interpreted(name, installation_folder):
    engine = installation.open_configured_engine()
    installation.set_up(engine)
    importing.import_files(engine, [siasn(siasn_row(NAMA=name))], by=accounts.COMMAND_LINE)
    test = app("talent_grid", query={"language": "id"})
    test.session_state["person"] = NIP
    test.run()
    assert not test.exception
    heading = next(element.value for element in test.subheader if "pegawai" not in element.value)
    assert heading == plain(name)


def test_a_database_of_a_newer_version_is_one_sentence_on_screen(demo_installation):
    with installation.open_configured_engine().begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    test.run()
    assert not test.exception
    assert "versi lebih baru" in test.error[0].value


def test_an_administrator_adds_a_user_in_the_browser(demo_installation):
    test = app("administration")
    test.text_input(key="new_username").set_value("citra")
    test.text_input(key="new_full_name").set_value("Citra Contoh")
    next(button for button in test.button if button.label == "Tambah").click().run()
    assert not test.exception
    assert any("citra ditambahkan sebagai anggota" in element.value for element in test.success)
    password = test.code[0].value
    assert len(password) == 16
    assert "citra" in test.dataframe[0].value.iloc[:, 0].tolist()
    # Again: refused, what was typed stays, and so does the password that nobody has copied yet.
    test.text_input(key="new_username").set_value("citra")
    next(button for button in test.button if button.label == "Tambah").click().run()
    assert test.error
    assert test.text_input(key="new_username").value == "citra"
    assert test.code[0].value == password
    test.button(key="password_copied").click().run()
    assert not test.code
    assert "citra" in [
        account.username
        for account in accounts.list_users(installation.open_configured_engine(), by=accounts.COMMAND_LINE)
    ]


def test_an_administrator_is_asked_by_name_before_a_password_changes(demo_installation):
    test = app("administration")
    assert not any((button.key or "").startswith("change_") for button in test.button)  # nothing is chosen beforehand
    test.selectbox(key="changed_username").set_value("admin").run()
    test.radio(key="changed_what").set_value("password").run()
    assert any("kata sandi baru untuk admin?" in element.value for element in test.text)
    test.button(key="change_password_admin").click().run()
    assert any("admin mempunyai kata sandi baru" in element.value for element in test.success)
    assert len(test.code[0].value) == 16


def test_a_database_that_is_gone_is_one_sentence_on_screen(demo_installation, configure):
    test = app("overview")
    configure(database_url="postgresql+psycopg://nobody@127.0.0.1:1/none")
    import streamlit as st

    st.cache_resource.clear()
    test.run()
    assert not test.exception
    assert "Basis data tidak dapat dihubungi" in test.error[0].value


@pytest.mark.parametrize("page", ["overview", "talent_grid", "ranking", "succession", "data", "quality"])
def test_a_person_of_whom_little_is_known(page, installation_folder):
    engine = installation.open_configured_engine()
    installation.set_up(engine)
    headers = ["NIP BARU", "NAMA", "TANGGAL LAHIR", "JABATAN NAMA", "UNOR NAMA"]
    importing.import_files(
        engine, [sheet("s.xlsx", headers, [NIP, "Budi", "12-03-1975", "", ""])], by=accounts.COMMAND_LINE
    )
    test = app(page)
    test.session_state["person"] = NIP
    test.run()
    assert not test.exception
    assert not test.error
    assert "nan" not in texts(test).lower().split()
    assert "None" not in texts(test)


def test_what_nobody_foresaw_is_one_sentence_too(demo_installation, monkeypatch):
    monkeypatch.setattr("core.ui.talent_grid.people.people_table", None)
    test = app("talent_grid")
    assert not test.exception
    assert "Halaman ini tidak dapat ditampilkan" in test.error[0].value


def test_the_grid_is_drawn_as_of_a_past_date_and_says_so(demo_installation):
    past = (TODAY - dt.timedelta(days=10)).isoformat()
    test = app("talent_grid", query={"as_of": past})
    assert not test.exception
    (band,) = [warning.value for warning in test.warning]
    assert "bukan keadaan resmi" in band
    counts = {caption.value for caption in test.caption}
    assert any("11-2026" in caption or "November 2026" in caption for caption in counts)


def test_succession_is_drawn_with_another_rubric_and_says_so(demo_to_look_at):
    official, other = app("succession"), app("succession", "viewer", {"seen_rubric": "djbk-65-20-15@2"})
    assert not other.exception
    assert not official.warning
    assert any("DJBK" in warning.value and "bukan keadaan resmi" in warning.value for warning in other.warning)
    assert not official.dataframe[0].value.equals(other.dataframe[0].value)  # other boxes, other ready candidates


def test_the_grid_is_drawn_with_another_rubric_and_says_so(demo_to_look_at):
    test = app("talent_grid", query={"seen_rubric": "djbk-65-20-15@2"})
    assert not test.exception
    assert any("DJBK" in warning.value and "bukan keadaan resmi" in warning.value for warning in test.warning)
    assert any("DJBK" in caption.value for caption in test.caption)


@pytest.mark.parametrize("day", ["kemarin", "2001-01-01"])
def test_a_link_with_an_impossible_date_is_told(day, demo_to_look_at):
    test = app("talent_grid", query={"as_of": day})
    assert not test.exception
    assert any(plain(day) in warning.value for warning in test.warning)


def test_a_rubric_is_copied_with_another_value_table(demo_installation):
    test = app("rubrics", query={"rubric_view": "edit", "edit_by": "toml"})
    test.selectbox(key=next(box.key for box in test.selectbox if (box.key or "").startswith("table_rating"))).select(
        "rating_a"
    )
    test.run()
    assert 'rating = "rating_a"' in test.text_area[0].value
    name = f"oki-{len(test.text_area[0].value)}"
    next(field for field in test.text_input if field.label == "Kunci salinan").set_value(name)
    test.run()
    next(button for button in test.button if "FormSubmitter" in str(button.key)).click()
    test.run()
    assert not test.error
    assert any(f"{name}@1" in success.value for success in test.success)
    saved = next(rubric for rubric in rubrics.list_rubrics(installation.open_configured_engine()) if rubric.key == name)
    assert rubrics.parse_rubric(saved.content, "x").choices["rating"][0] == "rating_a"


def test_another_rubric_tells_who_stands_in_another_box(demo_installation):
    test = app("talent_grid", query={"seen_rubric": "djbk-65-20-15@2"})
    assert not test.exception
    assert any("berada di kotak lain" in element.value for element in test.markdown)
    official = app("talent_grid", "viewer")
    assert not any("berada di kotak lain" in element.value for element in official.markdown)


def test_further_filters_come_with_the_link(demo_to_look_at):
    everyone, some = app("talent_grid"), app("talent_grid", "viewer", {"sex": "female", "retires": "1~3"})
    assert not some.exception
    counted = [
        next(element.value for element in test.subheader if "pegawai" in element.value) for test in (everyone, some)
    ]
    assert counted[0].startswith("650 ")
    assert 0 < int(counted[1].split()[0]) < 200


def test_the_own_password_is_changed_on_the_page_and_a_slip_is_a_sentence(demo_installation):
    test = app("account", role="member")

    def enter(present, new, again):
        for key, value in (("present_password", present), ("new_password", new), ("new_password_again", again)):
            test.text_input(key=key).set_value(value)
        next(button for button in test.button if button.label == "Ubah").click().run()
        assert not test.exception

    enter(OWN_PASSWORD, "lima gajah naik becak", "lima gajah naik sepeda")
    assert test.error[0].value == "Kedua kata sandi tidak sama."
    enter("salah", "lima gajah naik becak", "lima gajah naik becak")
    assert test.error[0].value == "Kata sandi yang sekarang salah."
    enter(OWN_PASSWORD, "lima gajah naik becak", "lima gajah naik becak")
    assert "sudah diganti" in test.success[0].value
    assert test.text_input(key="present_password").value == ""


def test_a_second_factor_is_set_up_on_the_page(demo_installation):
    test = app("account", role="member")
    next(button for button in test.button if button.label == "Pasang").click().run()
    secret = test.code[0].value
    test.text_input(key="second_factor_code").set_value("000000")
    test.text_input(key="second_factor_password").set_value(OWN_PASSWORD)
    next(button for button in test.button if button.label == "Pastikan").click().run()
    assert "Kode salah" in test.error[0].value
    assert test.code[0].value == secret  # the picture that was read stays
    test.text_input(key="second_factor_code").set_value(pyotp.TOTP(secret).now())
    test.text_input(key="second_factor_password").set_value(OWN_PASSWORD)
    next(button for button in test.button if button.label == "Pastikan").click().run()
    assert not test.exception
    assert len(test.code[0].value.splitlines()) == 10
    next(button for button in test.button if button.label == "Sudah dicatat").click().run()
    assert not test.code
    assert "tersisa 10" in texts(test)


def test_an_administrator_changes_a_role_and_ends_sign_ins_after_a_question(demo_installation):
    engine = installation.open_configured_engine()
    member = add_signed_in(engine, "member", "budi")
    test = app("administration")
    test.selectbox(key="changed_username").set_value("budi").run()
    test.radio(key="changed_what").set_value("role").run()
    test.selectbox(key="changed_role").set_value("viewer").run()
    test.button(key="change_role_budi").click().run()
    assert not test.exception
    assert sign_ins.find_signed_in(engine, member.token) is None
    member = sign_in(engine, "budi")
    assert member.role == "viewer"
    test.radio(key="changed_what").set_value("end").run()
    test.button(key="change_end_budi").click().run()
    assert "1 sesi masuk budi berakhir" in test.success[0].value
    assert sign_ins.find_signed_in(engine, member.token) is None


def test_an_administrator_finds_no_act_on_the_own_account(demo_installation):
    test = app("administration")
    signed_in = sign_ins.find_signed_in(installation.open_configured_engine(), test.session_state["sign_in_token"])
    users = test.dataframe[0].value.iloc[:, 0].tolist()
    assert signed_in.username in users
    assert sorted(test.selectbox(key="changed_username").options) == sorted(set(users) - {signed_in.username})


def test_the_administrator_sees_whether_the_last_backup_could_be_restored(demo_installation, tmp_path):
    assert "Belum ada cadangan." in [element.value for element in app("overview").warning]
    backup.make_backup(installation.open_configured_engine(), tmp_path / "a.age")
    assert any("terbukti dapat dipulihkan" in element.value for element in app("overview").caption)
    (demo_installation / "backup.json").write_text(
        '{"made_at": "2026-01-05T03:04:05", "file": "a", "size": 1, "entries": 1, "fault": ""}'
    )
    assert "Cadangan terakhir lebih dari sehari yang lalu." in [element.value for element in app("overview").warning]
    assert not app("overview", role="member").warning
