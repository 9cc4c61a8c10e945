"""Papers as files: a PDF for archives and for ears, the same bytes each time, and a Word file by a template of the office."""

import datetime as dt
import io
import re
import subprocess
import sys
import zipfile

import pytest
from docx import Document as WordFile
from docxtpl import DocxTemplate

from core.papers.document import WIDE, Block, Document, Section, head, list_items, say, tabulate
from core.papers.statement import find_token
from core.reports.papers import draw_pages, draw_pdf
from core.reports.papers.word import SHIPPED, TemplateProblem, check_template, fill_template
from core.settings import ROOT

DAY = dt.date(2026, 11, 24)
TOKEN = f"{'0' * 16}.{'a' * 220}.{'b' * 86}"
ADDRESS = "https://mantel.example/periksa"
HOSTILE = [
    "#strong[x]", "*tebal* _miring_ $x$", "<label> @ref", "{{ 7 * 7 }}", "a\\b ~c", "= judul", '#include "/etc/passwd"',
]  # fmt: skip


def make(texts=("teks",)):
    rows = [[f"Calon {row}", *(str(k) for k in range(25))] for row in range(60)]
    header = ["Nama", *(f"Nilai {k}" for k in range(25))]
    blocks = (
        head("Bagian"),
        *(say(text) for text in texts),
        list_items(texts),
        *tabulate("Tabel", ["A", "B"], [texts[:1] * 2]),
    )
    annex = (head("Lampiran"), head("Anak", 2), *tabulate("", header, rows, WIDE))
    signed = (Block("signatures", rows=(("Ketua", "Ani"), ("Anggota", "Budi"))),)
    return Document(
        "Kantor", "Berita acara", "BA/001/2026", "24 November 2026", texts[0], "id", (("Tempat", "Kayuagung"),),
        (Section(blocks), Section(annex, wide=True), Section(signed)), "kaki",
    )  # fmt: skip


def read(pdf, tmp_path, *command):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [*command, str(file), *(["-"] if command[0] == "pdftotext" else [])], capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_a_pdf_is_sound_tagged_and_says_which_standards_it_keeps(tmp_path):
    made = draw_pdf(make(), DAY, TOKEN, ADDRESS)
    assert "No syntax or stream encoding errors" in read(made, tmp_path, "qpdf", "--check")
    told = read(made, tmp_path, "pdfinfo")
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"JavaScript: +no", told)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    structure = read(made, tmp_path, "pdfinfo", "-struct")
    for element in ("H1", "H2", "Table", "TH", "TD", "L", "Figure"):
        assert re.search(rf"^ *{element}\b", structure, re.MULTILINE), element
    fonts = read(made, tmp_path, "pdffonts").splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "a font is not embedded"


def test_the_same_content_is_the_same_bytes_in_another_process(tmp_path):
    here = draw_pdf(make(), DAY, TOKEN, ADDRESS)
    script = (
        "import sys; from tests.unit.reports.papers.test_papers import *; "
        "sys.stdout.buffer.write(draw_pdf(make(), DAY, TOKEN, ADDRESS))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == here


def test_nothing_of_the_content_is_markup(tmp_path):
    text = " ".join(read(draw_pdf(make(HOSTILE), DAY), tmp_path, "pdftotext", "-layout").split())
    for said in HOSTILE:
        assert said in text, said


def test_a_pdf_carries_its_token_where_no_compression_hides_it():
    assert find_token(draw_pdf(make(), DAY, TOKEN, ADDRESS)) == TOKEN
    assert find_token(draw_pdf(make(), DAY)) == ""


def test_a_preview_is_a_picture_a_page():
    pages = draw_pages(make(), DAY)
    assert len(pages) > 3
    assert all(page.startswith(b"\x89PNG") for page in pages)


# --- Word -------------------------------------------------------------------------------------------------------------


def template(*lines):
    file, made = WordFile(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(made)
    return made.getvalue()


BLOCKS = "{% for block in blocks %}{{ block.text }}{% endfor %}"


def words(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("word/document.xml").decode()


def test_the_shipped_template_is_one_and_opens_in_another_program(tmp_path):
    check_template(SHIPPED.read_bytes())
    (tmp_path / "paper.docx").write_bytes(fill_template(SHIPPED.read_bytes(), make(HOSTILE), TOKEN, ADDRESS))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    done = subprocess.run([*command, "paper.docx"], cwd=tmp_path, capture_output=True, text=True, timeout=200)
    assert (tmp_path / "paper.pdf").exists(), done.stderr
    told = " ".join(read((tmp_path / "paper.pdf").read_bytes(), tmp_path, "pdftotext", "-layout").split())
    assert "${ttd_pengirim}" in told  # SRIKANDI's place of the signature
    assert "Calon 59" in told
    for said in HOSTILE:
        assert said in told, said


def test_an_edited_template_is_filled_in():
    made = fill_template(template("Nomor {{ number }}", BLOCKS, "${ttd}"), make())
    assert "Nomor BA/001/2026" in words(made)
    assert "${ttd}" in words(made)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{{ number }}", BLOCKS, "{{ nomor_surat }}"], "asks for nomor_surat"),
        (["{{ number }}"], "lacks blocks"),
        (["{{ number", BLOCKS], "cannot be read"),
        (["{{ number }}", BLOCKS, "{% for x in %}"], "cannot be read"),
        (["{{ number }}", BLOCKS, "{{ number.__class__.__mro__ }}"], "cannot be filled in"),
        (["{{ number }}", BLOCKS, "{{ block.nothing }}"], "asks for block"),
        (["{{ number }}", BLOCKS, "{{ 1 / 0 }}"], "cannot be filled in"),
        (["{{ number }}", "{% for block in blocks %}{{ block.nothere }}{% endfor %}"], "cannot be filled in"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_what_is_wrong(lines, said):
    with pytest.raises(TemplateProblem) as refused:
        check_template(template(*lines))
    assert said in str(refused.value)


def test_a_template_that_loads_from_elsewhere_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template("{{ number }}", BLOCKS))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                outside = b'<Relationship Id="r9" Type="x/image" Target="file:///etc/passwd" TargetMode="External"/>'
                content = content.replace(b"</Relationships>", outside + b"</Relationships>")
            new.writestr(name, content)
    with pytest.raises(TemplateProblem, match="from outside"):
        check_template(made.getvalue())


def test_a_broken_pack_is_refused_in_one_sentence():
    sound = template("{{ number }}", BLOCKS)
    for at in range(40, len(sound), len(sound) // 60):
        broken = sound[:at] + bytes([sound[at] ^ 255]) + sound[at + 1 :]
        try:
            check_template(broken)
        except TemplateProblem:
            continue


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 6_000_000])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(TemplateProblem):
        check_template(content)


def test_the_shipped_template_names_nothing_that_is_not_filled_in():
    named = DocxTemplate(SHIPPED).get_undeclared_template_variables()
    assert {"number", "blocks", "signatures", "code"} <= named
