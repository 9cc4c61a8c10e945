"""The house keeps its shape."""

import ast
import builtins
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_only_defines_and_ends_with_the_guard(path):
    """A page's file may be run by itself: nothing in it may act before ``serve`` lets somebody in."""
    *before, last = ast.parse(path.read_text(encoding="utf-8")).body
    for statement in before:
        is_docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        assert is_docstring or isinstance(statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.Assign), (
            ast.unparse(statement)
        )
        if isinstance(statement, ast.Assign):
            assert not any(
                isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.") for node in ast.walk(statement)
            )
    assert isinstance(last, ast.Expr)
    assert isinstance(last.value, ast.Call)
    assert ast.unparse(last.value.func) == "serve"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_knows_no_sql(path):
    imported = {
        node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not {name for name in imported if name.startswith(("sqlalchemy", "alembic"))}


def test_every_page_is_in_the_navigation():
    from core.ui.shell import PAGES as NAVIGATION

    assert {path.stem for path in PAGES} == {name for name, _, _ in NAVIGATION}


def test_nothing_on_screen_comes_from_elsewhere():
    """No page, style or script names another host: everything works without the internet."""
    for path in [
        *ROOT.glob("core/**/*.py"),
        *ROOT.glob("core/**/*.js"),
        *ROOT.glob("core/**/*.css"),
        *PAGES,
        ROOT / ".streamlit/config.toml",
    ]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in text, path
        assert "http://" not in text, path


def test_usage_statistics_and_default_navigation_are_off():
    import tomllib

    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showSidebarNavigation"] is False
    assert config["client"]["disableDataExport"] is True
    assert config["client"]["showErrorDetails"] == "none"


UNIT = ROOT / "tests" / "unit"
#: Modules of the domain whose tests stand elsewhere: by the module that uses them, or by a published table.
TESTED_BY = {
    "arrays": "nothing but names",
    "errors": "unit/locales/test_locales.py",
    "facts": "database/test_database.py binds them to the tables",
    "messages": "unit/locales/test_locales.py",
    "eligibility/rules": "unit/talent/eligibility/test_gates.py",
    "placement/goals": "unit/talent/placement/test_plans.py",
    "placement/problem": "unit/talent/placement/test_plans.py",
    "placement/programme": "unit/talent/placement/test_plans.py",
    "placement/search": "unit/talent/placement/test_plans.py",
    "scoring/rubric_schema": "unit/talent/scoring/test_rubric.py",
}


def test_every_unit_test_stands_where_its_module_does():
    """``tests/unit/x/test_y.py`` tests ``core/x/y.py``, or the package ``core/x/y``, or the package it stands in."""
    for path in UNIT.rglob("test_*.py"):
        place = path.relative_to(UNIT)
        if place.name == "test_house.py":
            continue
        name = place.stem.removeprefix("test_")
        module = ROOT / "core" / place.parent / f"{name}.py"
        assert module.is_file() or place.parent.name == name, place


def test_every_module_of_the_domain_has_its_tests():
    for path in (ROOT / "core" / "talent").rglob("*.py"):
        name = path.relative_to(ROOT / "core" / "talent").with_suffix("")
        if path.name == "__init__.py":
            continue
        own = UNIT / "talent" / name.parent / f"test_{name.name}.py"
        assert own.is_file() != (name.as_posix() in TESTED_BY), name
    for where in TESTED_BY.values():
        file = where.split(" ")[0]
        assert not file.endswith(".py") or (ROOT / "tests" / file).is_file(), where


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_chooses_composes_and_serves_in_150_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


def test_every_package_lists_its_rooms():
    flat = [ROOT / "core" / name for name in ("service", "store", "imports", "reports", "charts", "demo")]
    for folder in [*flat, *sorted((ROOT / "core" / "talent").iterdir())]:
        if not (folder / "__init__.py").is_file():
            continue
        words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
        for module in folder.glob("*.py"):
            assert module.stem == "__init__" or f"``{module.stem}``" in words, module


def _names_in(path: Path) -> set[str]:
    """Every name a module defines or uses, and every word of its texts but the ones in double backticks."""
    names: set[str] = {path.stem, *path.relative_to(ROOT).parts}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name):
                names.update(name.split("."))
            case ast.ImportFrom(module=str(name)):
                names.update(name.split("."))
            case ast.Constant(value=str(text)) if "``" not in text:
                names.update(re.findall(r"\w+", text))
    return names


def test_every_name_in_a_docstring_exists():
    """A renamed function leaves no old name behind in words: the next reader would look for it in vain."""
    modules = [*ROOT.glob("core/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]
    # Columns whose names are put together.
    ends = {f"{axis}_{end}" for axis in ("performance", "potential", "talent") for end in ("low", "high")}
    known = set(dir(builtins)).union(ends, *map(_names_in, modules))
    for pattern in ("data/**/*.toml", "core/**/*.js", "core/**/*.css", "core/**/*.html", "requirements.txt"):
        for path in ROOT.glob(pattern):
            known.update(re.findall(r"\w+", path.read_text(encoding="utf-8").lower()))
    lost = []
    for path in modules:
        for quoted in re.findall(r"``([\w./]+)``", path.read_text(encoding="utf-8")):
            words = [word for word in re.split(r"[./]", quoted) if word and not word.isdigit()]
            lost += [(path.name, quoted) for word in words if word not in known and word.lower() not in known]
    assert not lost


#: Writes that nobody asks for: what ships, what is counted when somebody signs in or out, a refusal that is written down.
NOBODY_ASKS = {
    "accounts.sign_in",
    "accounts._count_failure",
    "accounts.sign_out",
    "rubrics.keep_shipped",
    "importing._log_refusal",
}


def _opens_writing(node):
    return isinstance(node, ast.With) and any("writing(" in ast.unparse(item.context_expr) for item in node.items)


def test_whoever_writes_is_asked_for_inside_the_transaction():
    """A button keeps the account of its last drawing; only the store knows who may write now."""
    asked = set()
    for path in (ROOT / "core" / "service").glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for block in filter(_opens_writing, ast.walk(function)):
                name = f"{path.stem}.{function.name}"
                if name in NOBODY_ASKS:
                    continue
                asked.add(name)
                first = ast.unparse(block.body[0])
                assert first.startswith("by = ask_anew(connection, by"), f"{name} writes for whoever a button remembers"
    assert len(asked) > 15


def test_files_are_offered_in_one_place_alone():
    """It asks who takes them at the moment they are made."""
    for path in [*(ROOT / "core" / "ui").rglob("*.py"), *PAGES]:
        if path.name != "download.py":
            assert ".download_button(" not in path.read_text(encoding="utf-8"), path
