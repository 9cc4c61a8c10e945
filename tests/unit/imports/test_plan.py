import pytest

from core.imports.faults import RefusedImport
from core.imports.parse import read_files
from core.imports.plan import plan_import
from core.imports.values import Limits
from tests.factories import NIP, OTHER_NIP, employee, frames, sheet, siasn, siasn_row

FEEDBACK = ["NIP", "Nama", "Tahun", "Kategori"]


def plan(*files, known=(), **facts):
    current = {
        kind: frame.assign(id=range(1, len(frame) + 1)) for kind, frame in frames(employee=list(known), **facts).items()
    }
    return plan_import(read_files(files, Limits()), current)


def refusal(*files, known=()):
    with pytest.raises(RefusedImport) as refused:
        plan(*files, known=known)
    (fault,) = refused.value.faults
    return fault


def test_files_may_come_in_any_order():
    feedback = sheet("f.xlsx", FEEDBACK, [NIP, "Budi", 2025, "Baik"])
    made = plan(feedback, siasn(siasn_row(NAMA="Budi")))
    assert made.total("new") == 2


def test_a_row_about_nobody_known():
    fault = refusal(sheet("f.xlsx", FEEDBACK, [NIP, "Budi", 2025, "Baik"]))
    assert fault.row == 2
    assert "nobody with the NIP" in fault.message


def test_a_nip_twice_with_different_names():
    fault = refusal(siasn(siasn_row(NAMA="Budi"), siasn_row(NAMA="Ani")))
    assert fault.row == 3
    assert (fault.values["name"], fault.values["other"]) == ("Ani", "Budi")


def test_titles_and_capitals_do_not_make_another_name():
    made = plan(
        siasn(siasn_row(NAMA="BUDI CONTOH")), sheet("f.xlsx", FEEDBACK, [NIP, "Dr. Budi Contoh, S.E.", 2025, "Baik"])
    )
    assert made.total("new") == 2


def test_the_same_row_twice_is_one_fact():
    assert plan(siasn(siasn_row(), siasn_row())).total("new") == 1


def test_rows_that_contradict_each_other():
    fault = refusal(
        sheet("f.xlsx", FEEDBACK, [NIP, "Budi Contoh", 2025, "Baik"], [NIP, "Budi Contoh", 2025, "Kurang"]),
        known=[employee()],
    )
    assert "contradicts row" in fault.message


def test_new_changed_and_unchanged():
    known = [
        employee(name="BUDI CONTOH", pns_id="ID-1001", education_field="S-2 ILMU PEMERINTAHAN", unit="Dinas Contoh")
    ]
    assert plan(siasn(siasn_row()), known=known).total("unchanged") == 1
    changed = plan(siasn(siasn_row(**{"ESELON NAMA": "II.b"})), known=known)
    assert changed.total("changed") == 1
    assert changed.changes[0].replaces == 1
    assert changed.changes[0].values["echelon"] == "II.b"


def test_a_column_the_file_does_not_have_keeps_what_is_known():
    made = plan(siasn(siasn_row(**{"ESELON NAMA": "II.b"})), known=[employee(workplace="Kayuagung")])
    assert made.changes[0].values["workplace"] == "Kayuagung"


def test_people_without_a_nip_are_matched_by_name_and_unit_and_listed():
    recap = sheet(
        "r.xlsx",
        ["nama", "unit_kerja", "kuadran_kinerja", "tahun"],
        ["Dr. BUDI CONTOH, S.E.", "Sekretariat Daerah", "baik", 2025],
    )
    made = plan(recap, known=[employee()])
    assert made.changes[0].values["nip"] == NIP
    (match,) = made.matched_by_name
    assert (match.name, match.nip, match.place) == ("Dr. BUDI CONTOH, S.E.", NIP, "Sekretariat Daerah")
    assert made.changes[0].record.matched_by_name


def test_people_without_a_nip_are_matched_by_name_and_birth_date():
    headers = ["nama", "tanggal lahir", "kuadran_kinerja", "tahun"]
    made = plan(
        sheet("r.xlsx", headers, ["Budi Contoh", "12-03-1975", "baik", 2025]),
        known=[employee(), employee(OTHER_NIP, name="Budi Contoh")],
    )
    assert made.changes[0].values["nip"] == NIP
    wrong = sheet("r.xlsx", headers, ["Budi Contoh", "13-03-1975", "baik", 2025])
    assert "nobody known" in refusal(wrong, known=[employee()]).message


def test_of_two_sources_that_contradict_each_other_the_export_counts_and_both_are_kept():
    skp = sheet("k.xlsx", ["tahun", "kuadranKinerja", "pnsDinilaiId"], [2025, "BAIK", "id-1001"])
    recap = sheet(
        "r.xlsx", ["nama", "unit_kerja", "kuadran_kinerja", "tahun"], ["Budi Contoh", "Dinas Contoh", "kurang", 2025]
    )
    for files in ((skp, recap), (recap, skp)):
        made = plan(siasn(siasn_row()), *files)
        ratings = [(change.values["rating"], change.overruled) for change in made.changes if "rating" in change.values]
        assert ratings == [("good", False), ("poor", True)]
        assert made.overruled == 1


def test_a_name_that_may_be_two_people_is_never_guessed():
    recap = sheet(
        "r.xlsx",
        ["nama", "unit_kerja", "kuadran_kinerja", "tahun"],
        ["Budi Contoh", "Sekretariat Daerah", "baik", 2025],
    )
    assert refusal(recap, known=[employee(), employee(OTHER_NIP)]).values["count"] == 2
    assert "nobody known" in refusal(recap, known=[employee(unit="Dinas Lain")]).message


def test_pns_id_finds_the_person():
    skp = sheet("k.xlsx", ["tahun", "kuadranKinerja", "pnsDinilaiId"], [2025, "BAIK", "id-1001"])
    made = plan(skp, siasn(siasn_row()))
    assert {change.values["nip"] for change in made.changes} == {NIP}
    assert "PNS ID" in refusal(skp).message


def test_formulas_and_html_in_names_stay_text():
    made = plan(siasn(siasn_row(NAMA='=HYPERLINK("http://x")<script>')))
    assert made.changes[0].values["name"] == '=HYPERLINK("http://x")<script>'


def test_whose_facts_change_goes_by_the_name_that_is_known():
    made = plan(siasn(siasn_row(NAMA="BUDI CONTO", **{"GOL AKHIR NAMA": "IV/b"})), known=[employee()])
    assert made.total("changed") == 1
    assert made.names == {NIP: "Budi Contoh"}


def test_what_only_capitals_tell_apart_is_one_fact():
    header = ["NIP", "Nama", "Nama Diklat", "Tanggal Mulai", "Jumlah JP"]
    rows = [[NIP, "Budi Contoh", name, "03-03-2025", 40] for name in ("Pelatihan  Contoh", "PELATIHAN CONTOH")]
    made = plan(siasn(siasn_row()), sheet("d.xlsx", header, *rows))
    assert [
        change.record.values["name_of_training"] for change in made.changes if change.record.kind == "training"
    ] == ["Pelatihan Contoh"]
