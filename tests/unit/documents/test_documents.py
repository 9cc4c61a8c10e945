"""What the documents name is there."""

import re

import pytest

from core.settings import ROOT, Settings

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: A page in general.
EXAMPLES = {"pages/x.py"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_file_of_ours_that_a_document_names_is_there(document):
    text = document.read_text(encoding="utf-8")
    named = re.findall(
        r"(?<![\w/-])((?:tests|core|pages|deploy|docs|data)/[\w./-]+\.(?:py|sh|toml|txt|md|conf|js|csv|json))\b", text
    )
    assert [path for path in named if path not in EXAMPLES and not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_setting_that_a_document_names_is_one(document):
    known = {f"MANTEL_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bMANTEL_[A-Z_]+[A-Z]\b", document.read_text(encoding="utf-8")))
    assert named <= known


def test_the_count_of_items_is_that_of_the_table():
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    counts = dict.fromkeys(("held", "partly", "not", "n/a"), 0)
    for items, status in re.findall(r"(?m)^\| ([0-9., ]+) \| (held|partly|not|n/a) \|", text):
        counts[status] += len(items.split(", "))
    said = re.search(r"(\d+) items: (\d+) held, (\d+) partly, (\d+) not, (\d+) not applicable", text)
    assert [int(number) for number in said.groups()] == [sum(counts.values()), *counts.values()]
