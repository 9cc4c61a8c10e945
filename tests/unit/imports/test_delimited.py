import pytest

from core.imports.delimited import decode_text, find_separator, read_delimited
from core.imports.faults import UnreadableFile
from core.imports.values import Limits

LIMITS = Limits()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_of_the_columns(separator):
    lines = [["nama", "unit", "predikat"], *[["Budi, S.E., M.Si., CGCAE", "Dinas A", "Baik"]] * 4]
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in line] for line in lines]
    text = "\n".join(separator.join(line) for line in (quoted if separator == "," else lines))
    assert find_separator(text) == separator
    assert read_delimited(text.encode(), LIMITS).rows[1] == ["Budi, S.E., M.Si., CGCAE", "Dinas A", "Baik"]


def test_excels_own_line_about_the_separator_is_no_row():
    assert read_delimited(b"sep=|\na|b\n1|2\n", LIMITS).rows == [["a", "b"], ["1", "2"]]


def test_a_number_kept_as_text_by_a_formula():
    assert read_delimited(b'nip;nama\n="197503122000041001";Budi\n', LIMITS).rows[1][0] == "197503122000041001"


@pytest.mark.parametrize(
    "text",
    [
        'nama;unit;nilai\n"Budi;Dinas;1\nAni;Dinas;2\nIda;Dinas;3\n',
        'nama;unit;nilai\nBudi;"Dinas;1\nAni;Dinas;2\nIda;Din"as;3\n',
    ],
)
def test_a_quotation_mark_that_is_never_closed_names_its_row(text):
    with pytest.raises(UnreadableFile, match="opened in row 2"):
        read_delimited(text.encode(), LIMITS)


def test_a_line_break_inside_a_cell_is_no_fault():
    rows = read_delimited(b'nama;alamat;nilai\nBudi;"Jalan A\nNomor 2";1\n', LIMITS).rows
    assert rows[1] == ["Budi", "Jalan A\nNomor 2", "1"]


def test_one_wrong_byte_leaves_the_other_names_as_they_are():
    text = "nama;unit\nJosé “Ucup”;Dinas\nAndré;Dinas\n".encode() + b"Ren\xe9e;Dinas\n"
    assert [row[0] for row in read_delimited(text, LIMITS).rows[1:]] == ["José “Ucup”", "André", "Renée"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding):
    assert decode_text("nama;unit\nJosé;Dinas\n".encode(encoding)).endswith("José;Dinas\n")


def test_limits_hold_as_for_workbooks():
    with pytest.raises(UnreadableFile, match="more than 10 cells"):
        read_delimited(b"a;b\n" * 6, Limits(cells=10))
    with pytest.raises(UnreadableFile, match="a cell of 40000 characters"):
        read_delimited(b"a;b\n" + b"x" * 40_000 + b";1\n", LIMITS)


def test_a_csv_whose_every_line_was_quoted_as_a_whole():
    rows = read_delimited(b'"nama;unit;nilai"\n"Budi;Dinas;1"\n"Ani;Dinas;2"\n', LIMITS).rows
    assert rows == [["nama", "unit", "nilai"], ["Budi", "Dinas", "1"], ["Ani", "Dinas", "2"]]
