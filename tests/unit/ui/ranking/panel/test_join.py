"""Tests of core/ui/ranking/panel/join.py."""

import re

import pytest

from core.ui.ranking.panel import join
from core.ui.ranking.panel.join import join_scripts


@pytest.fixture
def scripts(monkeypatch):
    texts: dict[str, str] = {}
    monkeypatch.setattr(join, "read_script", texts.__getitem__)
    return texts


def test_each_file_comes_once_after_those_it_imports(scripts):
    scripts["low"] = "export const low = 1;\n"
    scripts["left"] = 'import { low } from "./low.js";\nexport const left = low;\n'
    scripts["top"] = (
        'import { left } from "./left.js";\nimport {\n  low,\n} from "./low.js";\nexport default function () {}\n'
    )
    assert join_scripts("top") == ("const low = 1;\n\nconst left = low;\n\nexport default function () {}\n")


def test_a_name_of_two_files_and_a_circle_are_refused(scripts):
    scripts["a"] = 'import { x } from "./b.js";\nconst x = 1;\n'
    scripts["b"] = "export const x = 2;\n"
    with pytest.raises(ValueError, match=r"a\.js and b\.js both define x"):
        join_scripts("a")
    scripts["b"] = 'import { y } from "./a.js";\nexport const z = 2;\n'
    with pytest.raises(ValueError, match="imports itself"):
        join_scripts("a")


@pytest.mark.parametrize("name", ["panel", "robustness"])
def test_the_shipped_scripts_import_nothing_any_more_and_export_one_component(name):
    script = join_scripts(name)
    assert not re.search(r"^import ", script, flags=re.M)
    assert re.findall(r"^export.*", script, flags=re.M) == [
        re.search(r"^export default function.*", script, flags=re.M)[0]
    ]
