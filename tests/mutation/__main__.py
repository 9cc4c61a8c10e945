"""Change the domain in one place at a time and see whether a test notices: ``make mutation`` (SAMPLE, SEED).

Mutants are those of cosmic-ray, of operators that stand for slips people make (a bound moved by one, ``<`` for
``<=``, ``and`` for ``or``, a sign, a number off by one). A mutant that only changes annotations or what decorators are
given (the size of a cache) is none. Each goes to the tests of its own module first and, where those pass, to the unit
tests of every module of the domain that uses it and to the published cases. What still passes survives.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from itertools import count, islice
from pathlib import Path
from queue import Queue

import grimp
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator

from core.settings import ROOT
from tests.unit.test_house import TESTED_BY

OPERATORS = [
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "BitAnd_BitOr")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_GtE", "GtE_Lt", "Gt_LtE", "LtE_Gt", "Is_IsNot", "IsNot_Is")),
    *("ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot", "NumberReplacer", "ReplaceTrueWithFalse"),
    *("ReplaceFalseWithTrue", "ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Not"),
]
_TALENT = Path("core/talent")


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    module: str
    operator: str
    occurrence: int
    text: str

    def describe(self) -> str:
        """The changed lines, as a diff without context."""
        before = (ROOT / self.module).read_text(encoding="utf-8").splitlines()
        lines = list(unified_diff(before, self.text.splitlines(), lineterm="", n=0))[2:]
        return " ".join(line.strip() for line in lines)


def _without_annotations(text: str) -> str:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
            node.decorator_list = []
        elif isinstance(node, ast.ClassDef):
            node.decorator_list = []
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
    return ast.unparse(tree)


def list_places(path: Path) -> Iterator[tuple[Path, str, int]]:
    """Every place of a module that an operator can change: the module, the operator, which of its places."""
    tree = get_ast(path.read_text(encoding="utf-8"))

    def visit(node: object, operator: object) -> int:
        here = sum(1 for _ in operator.mutation_positions(node))
        return here + sum(visit(child, operator) for child in getattr(node, "children", ()))

    for name in OPERATORS:
        yield from ((path, name, number) for number in range(visit(tree, get_operator(f"core/{name}")())))


def make_mutant(path: Path, name: str, occurrence: int) -> Mutant | None:
    """The module changed in one place; None where that is no other program."""
    text = path.read_text(encoding="utf-8")
    changed = MutationVisitor.mutate_code(text, get_operator(f"core/{name}")(), occurrence)
    try:
        if changed is None or _without_annotations(changed) == _without_annotations(text):
            return None
    except SyntaxError:
        return None
    return Mutant(str(path.relative_to(ROOT)), name, occurrence, changed)


def own_tests(module: str) -> list[str]:
    """The unit tests of a module: the file that mirrors it, or where its tests stand instead."""
    name = Path(module).relative_to(_TALENT).with_suffix("")
    mirrored = Path("tests/unit/talent") / name.parent / f"test_{name.name}.py"
    if (ROOT / mirrored).is_file():
        return [str(mirrored)]
    elsewhere = TESTED_BY.get(name.as_posix(), "").split(" ")[0]
    return [f"tests/{elsewhere}"] if (ROOT / "tests" / elsewhere).is_file() else []


def further_tests(module: str, graph: grimp.ImportGraph) -> list[str]:
    """The unit tests of all that uses a module, and the published cases."""
    name = module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    users = [user.replace(".", "/") for user in graph.find_downstream_modules(name)]
    known = {test for user in users if user.startswith("core/talent/") for test in own_tests(f"{user}.py")}
    unit = {test for test in known if test.startswith("tests/unit/")}
    return [*sorted(unit - set(own_tests(module))), "tests/cases/test_published.py"]


class Bench:
    """A copy of the tree, in which one mutant at a time is tried."""

    def __init__(self, tree: Path, demo: Path, graph: grimp.ImportGraph, only_own: bool) -> None:
        ignore = shutil.ignore_patterns(".venv", ".git", "node_modules", "local", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, tree, ignore=ignore)
        self._tree, self._demo, self._graph, self._only_own = tree, demo, graph, only_own
        own = {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(tree / ".hyp")}
        self._runner = subprocess.Popen(
            [sys.executable, "-m", "tests.mutation.runner"],
            cwd=tree,
            env={**os.environ, **own, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def passes(self, tests: list[str]) -> bool:
        """Whether tests pass; one that hangs does not."""
        assert self._runner.stdin is not None
        assert self._runner.stdout is not None
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--demo-folder", str(self._demo)]
        self._runner.stdin.write(json.dumps([*options, *tests]) + "\n")
        self._runner.stdin.flush()
        answer = self._runner.stdout.readline().strip()
        if answer not in ("passed", "failed"):
            raise RuntimeError("the runner of the tests has ended")
        return answer == "passed"

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test notices a mutant."""
        path = self._tree / mutant.module
        path.write_text(mutant.text, encoding="utf-8")
        try:
            own = own_tests(mutant.module)
            if own and not self.passes(own):
                return False
            return self._only_own or self.passes(further_tests(mutant.module, self._graph))
        finally:
            shutil.copyfile(ROOT / mutant.module, path)

    def end(self) -> None:
        """End the process that runs the tests."""
        self._runner.kill()
        self._runner.wait()


def main() -> None:
    """Sample mutants, try each, print those that survive and the share that was caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--own", action="store_true", help="try only the tests of its own module: where they are weak")
    parser.add_argument("--modules", default="", help="only modules whose path matches this pattern")
    given = parser.parse_args()
    modules = [path for path in sorted((ROOT / _TALENT).rglob("*.py")) if re.search(given.modules, str(path))]
    places = [place for path in modules for place in list_places(path)]
    random.Random(given.seed).shuffle(places)
    mutants = filter(None, (make_mutant(*place) for place in places))
    chosen = list(islice(mutants, given.sample))
    print(f"{len(places)} places in {len(modules)} modules, {len(chosen)} mutants tried", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        environment = {**os.environ, "MANTEL_LOCAL_DIR": str(demo), "MANTEL_DATABASE_URL": ""}
        subprocess.run([sys.executable, "-m", "core", "setup", "--demo"], check=True, env=environment, cwd=ROOT)
        graph = grimp.build_graph("core", cache_dir=None)
        benches: Queue[Bench] = Queue()
        for job in range(given.jobs):
            benches.put(Bench(Path(folder) / f"tree{job}", demo, graph, given.own))
        tried = count(1)

        def trial(mutant: Mutant) -> bool:
            bench = benches.get()
            try:
                survived = bench.survives(mutant)
            finally:
                benches.put(bench)
            print(f"{next(tried)}\r", end="", file=sys.stderr, flush=True)
            if survived:
                print(json.dumps([mutant.module, mutant.operator, mutant.describe()]), flush=True)
            return survived

        with ThreadPoolExecutor(given.jobs) as pool:
            survivors = sum(pool.map(trial, chosen))
        while not benches.empty():
            benches.get().end()
    caught = len(chosen) - survivors
    print(f"{caught} of {len(chosen)} caught ({100 * caught / max(len(chosen), 1):.1f} %), {survivors} survive")


if __name__ == "__main__":
    main()
