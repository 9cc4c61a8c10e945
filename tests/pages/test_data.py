"""The page Data through Streamlit's own harness."""

from core.service import importing
from core.service.accounts import COMMAND_LINE
from core.service.installation import open_configured_engine
from tests.database.test_database import facts_now
from tests.factories import siasn, siasn_row
from tests.pages.test_pages import app


def upload(test, source):
    """The page after a file was chosen."""
    return test.file_uploader(key="files_0").upload(source.name, source.content, "").run()


def export_of(engine, people):
    """An export of main data that names some of the people known, all of them promoted."""
    known = facts_now(engine)["employee"].iloc[people]
    return siasn(
        *(
            siasn_row(
                nip,
                **{"NAMA": name, "PNS ID": pns_id, "GOL AKHIR NAMA": "IV/e", "JABATAN NAMA": title, "TMT JABATAN": ""},
            )
            for nip, name, pns_id, title in known[["nip", "name", "pns_id", "position_title"]].itertuples(index=False)
        )
    )


def test_people_missing_in_an_export_are_looked_at_before_it_is_imported(demo_installation):
    engine = open_configured_engine()
    missing = facts_now(engine)["employee"].iloc[0]
    test = upload(app("data", role="secretariat"), export_of(engine, slice(1, None)))
    assert not test.exception
    assert not test.error
    tables = [table.value for table in test.dataframe if list(table.value.columns) == ["Nama", "NIP"]]
    assert missing["nip"] in tables[0]["NIP"].tolist()
    button = next(button for button in test.button if button.label == "Impor sekarang")
    assert button.disabled
    assert not any("mundur" in box.label for box in test.checkbox)
    tick = next(box for box in test.checkbox if "tidak ada dalam ekspor ini" in box.label)
    tick.check().run()
    button = next(button for button in test.button if button.label == "Impor sekarang")
    assert not button.disabled
    button.click().run()
    assert not test.exception
    assert "Diimpor:" in test.success[0].value
    grades = facts_now(engine)["employee"].set_index("nip")["grade"]
    assert grades[missing["nip"]] == missing["grade"]
    assert (grades.drop(missing["nip"]) == "IV/e").all()


def test_a_post_that_goes_back_is_looked_at_before_it_is_imported(demo_installation):
    engine = open_configured_engine()
    known = facts_now(engine)["employee"].iloc[0]
    older = siasn_row(
        known["nip"],
        **{"NAMA": known["name"], "PNS ID": known["pns_id"], "JABATAN NAMA": "Staf", "TMT JABATAN": "01-02-1999"},
    )
    test = upload(app("data", role="secretariat"), siasn(older))
    assert not test.exception
    tables = [table.value for table in test.dataframe if list(table.value.columns) == ["Nama", "NIP"]]
    assert tables[0]["NIP"].tolist() == [known["nip"]]
    assert next(button for button in test.button if button.label == "Impor sekarang").disabled
    next(box for box in test.checkbox if "mundur" in box.label).check().run()
    button = next(button for button in test.button if button.label == "Impor sekarang")
    assert not button.disabled
    button.click().run()
    assert "Diimpor:" in test.success[0].value


def test_fields_of_study_that_nobody_knows_are_listed_on_mutu_data(demo_installation):
    engine = open_configured_engine()
    known = facts_now(engine)["employee"].iloc[0]
    row = siasn_row(
        known["nip"],
        **{"NAMA": known["name"], "PNS ID": known["pns_id"], "PENDIDIKAN NAMA": "S-3 TATA BOGA", "TMT JABATAN": ""},
        **{"TINGKAT PENDIDIKAN NAMA": "S-3", "JABATAN NAMA": known["position_title"]},
    )
    importing.import_files(engine, [siasn(row)], by=COMMAND_LINE, confirmed=True)
    test = app("quality", query={"quality": "studies"})
    assert not test.exception
    (table,) = [table.value for table in test.dataframe if "Bidang ilmu" in table.value.columns]
    assert table["Bidang ilmu"].tolist() == ["S-3 TATA BOGA"]
