"""Text from data is one line and shown as it is written; nothing is made of it."""

import pytest

from core.talent.errors import MantelError
from core.ui.language import plain, sentence_of

JOINER = "\N{WORD JOINER}"


def seen(text: str) -> str:
    """What is read on the screen: without the escapes, and without what nobody sees."""
    return plain(text).replace("\\", "").replace(JOINER, "")


@pytest.mark.parametrize(
    "text",
    ["Siti Aminah, S.E., M.M.", "a_b*c*", "![x](http://evil.example/x.png)", "# judul", "$x^2$", "a -> b", "a--b"],
)
def test_what_is_written_is_what_is_read(text):
    assert seen(text) == text


def test_white_space_is_folded_so_that_no_line_begins_a_heading():
    assert plain("  Nama\n===\n\tbaru ") == "Nama === baru"
    assert plain("a\u00a0b") == "a b"


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("www.evil.example", f"www{JOINER}\\.evil\\.example"),
        ("WWW.evil.example", f"WWW{JOINER}\\.evil\\.example"),
        ("http://evil.example", f"http{JOINER}\\:{JOINER}//evil\\.example"),
        ("https://evil.example", f"https{JOINER}\\:{JOINER}//evil\\.example"),
        ("a@b.example", f"a{JOINER}\\@b\\.example"),
        (":material/home:", f"\\:{JOINER}material/home\\:"),
        (":smile:", f"\\:{JOINER}smile\\:"),
        ("a->b", f"a\\-{JOINER}\\>b"),
        ("a--b", f"a\\-{JOINER}\\-b"),
        ("<-", f"\\<{JOINER}\\-"),
    ],
)
def test_what_streamlit_makes_something_of_although_escaped_is_broken(text, broken):
    assert plain(text) == broken


def test_an_everyday_text_gets_nothing_but_escapes():
    for text in ("Kepala Dinas Komunikasi, 10:30", "Kotak: 9", "S-2", "II.b"):
        assert JOINER not in plain(text)


def test_what_a_refusal_quotes_is_plain_and_its_own_words_are_not_touched(monkeypatch):
    error = MantelError(
        "the name “{name}” is taken: {why}. See *docs*.", name="![x](//e)", why=MantelError("{a}", a="*b*")
    )
    told = sentence_of(error)
    assert "\\!\\[x\\]\\(//e\\)" in told
    assert "\\*b\\*" in told
    assert "*docs*" in told
