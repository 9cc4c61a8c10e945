"""A paper's content: its digest hangs on every text of it, wide tables are cut without losing a cell."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.papers.document import Document, Section, say, tabulate

PAPER = Document(
    "Kantor", "Judul", "1/2026", "hari ini", "perihal", "id", (("Tempat", "Kayuagung"),), (Section((say("a"),)),)
)


def test_the_digest_hangs_on_every_field():
    others = [
        replace(PAPER, office="x"),
        replace(PAPER, title="x"),
        replace(PAPER, number="x"),
        replace(PAPER, issued_on="x"),
        replace(PAPER, subject="x"),
        replace(PAPER, facts=()),
        replace(PAPER, foot="x"),
        replace(PAPER, sections=(Section((say("b"),)),)),
        replace(PAPER, sections=(Section((say("a"),), wide=True),)),
    ]
    assert len({each.digest for each in [PAPER, *others]}) == len(others) + 1
    assert replace(PAPER).digest == PAPER.digest


@given(columns=st.integers(1, 40), rows=st.integers(0, 4), most=st.integers(1, 12))
def test_a_wide_table_is_cut_into_tables_that_together_have_every_cell_once(columns, rows, most):
    header = [f"k{k}" for k in range(columns)]
    cells = [[f"{row}.{k}" for k in range(columns)] for row in range(rows)]
    made = tabulate("", header, cells, most)
    assert all(len(each.header) <= most + 1 for each in made)
    assert [name for each in made for name in each.header[1:]] == header[1:]
    for row in range(rows):
        assert [cell for each in made for cell in each.rows[row][1:]] == cells[row][1:]
        assert all(each.rows[row][0] == cells[row][0] for each in made)
