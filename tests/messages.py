"""Find every message of the code that people may read, for the test of the catalogues."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ERRORS = (
    "MantelError",
    "InvalidValue",
    "InvalidNip",
    "InvalidWeights",
    "InvalidRubric",
    "UnknownPost",
    "UnreadableFile",
    "NotAllowed",
    "AccountProblem",
    "SignInRefused",
    "DatabaseProblem",
    "InvalidRubricFile",
    "UnknownRubric",
    "UnknownPerson",
    "RubricProblem",
    "CannotUndo",
    "UnconfirmedMatches",
    "UnusableMapping",
    "NothingKnown",
    "ScenarioProblem",
    "ViewProblem",
    "CalibrationProblem",
    "DevelopmentProblem",
    "PlacementImpossible",
    "PlanProblem",
    "PositionProblem",
    "PoolProblem",
    "ReadinessProblem",
    "refuse",
)
#: Constants whose strings are translated where they are shown.
_TABLES = ("VERDICTS", "_ALARM", "PAGES", "_FACT_NAMES", "words", "ROLES", "Role")


def messages() -> set[str]:
    """Message ids, as the code writes them."""
    found: set[str] = set()
    for path in [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "core").rglob("*.py"))]:
        found |= set(_in_tree(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _in_tree(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            position = {
                "t": 0,
                "Fault": 1,
                "_fault": 2,
                "translate": 0,
                "step": 0,
                "_educated": 1,
                "told": 1,
                "periods_step": 1,
                "View": 0,
            } | dict.fromkeys(_ERRORS, 0)
            if name in position and len(node.args) > position[name]:
                yield from _strings(node.args[position[name]])
            if name == "__init__" and node.args:
                yield from _strings(node.args[0])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            if names & {"message"} and node.value:
                yield from _strings(node.value)
            if names & set(_TABLES) and node.value:
                yield from _table_strings(names, node.value)


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Tuple):
        for item in node.value.elts:
            yield from _strings(item)


def _table_strings(names: set[str], node: ast.AST) -> Iterator[str]:
    if names & {"PAGES"} and isinstance(node, ast.Tuple):
        yield from (text for row in node.elts if isinstance(row, ast.Tuple) for text in _strings(row.elts[1]))
    elif names & {"VERDICTS"} and isinstance(node, ast.Tuple):
        yield from (text for item in node.elts for text in _strings(item))
    elif names & {"_ALARM"}:
        yield from _strings(node)
    elif names & {"_FACT_NAMES"} and isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in _strings(value))
    elif names & {"words"} and isinstance(node, ast.Dict):
        for value in node.values:
            for one in value.values if isinstance(value, ast.Dict) else [value]:
                yield from _strings(one)
    elif names & {"Role"} and isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        yield from (text for item in node.slice.elts for text in _strings(item))
