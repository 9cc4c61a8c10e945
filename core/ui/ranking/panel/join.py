"""The panel's script: its files are real ES modules, joined here into the one script that Streamlit takes.

Streamlit hands a component's script to the browser as a single module without an address, so an
``import`` of a neighbour cannot be resolved there. Each file therefore imports what it needs from
``./name.js`` by name, as editors, the type checker and tests read it; the join puts every file once,
after those it imports, and takes the import lines and the word ``export`` away. Names at the top of
the files are unique over all of them.
"""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', flags=re.M)
_NAME = re.compile(r"^(?:export )?(?:function|const|let) (\w+)", flags=re.M)


def read_script(name: str) -> str:
    """The text of one of the panel's files."""
    return (_FOLDER / f"{name}.js").read_text(encoding="utf-8")


def join_scripts(*names: str) -> str:
    """Some files with all they import, as one module; the default export of the last stays one.

    Raises
    ------
    ValueError
        When two files have a name in common, or import one another in a circle.
    """
    order: list[str] = []
    under_way: list[str] = []

    def add(name: str) -> None:
        if name in order:
            return
        if name in under_way:
            raise ValueError(f"{name}.js imports itself by way of {under_way[-1]}.js")
        under_way.append(name)
        for needed in _IMPORT.findall(read_script(name)):
            add(needed)
        order.append(under_way.pop())

    for name in names:
        add(name)
    owners: dict[str, str] = {}
    joined = []
    for name in order:
        text = _IMPORT.sub("", read_script(name))
        for defined in _NAME.findall(text):
            if owners.setdefault(defined, name) != name:
                raise ValueError(f"{name}.js and {owners[defined]}.js both define {defined}")
        joined.append(re.sub(r"^export (?!default)", "", text, flags=re.M))
    return "\n".join(joined)
