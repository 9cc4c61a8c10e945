"""The house keeps its shape."""

import ast
import builtins
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.service.accounts import RIGHTS, NotAllowed, ask_anew
from core.store.tables import UserAccount
from tests.signed_in import add_signed_in

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
    flat = [
        ROOT / "core" / name
        for name in ("service", "service/sessions", "store", "imports", "reports", "charts", "demo")
    ]
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


#: Writes that nobody asks for: what ships, the steps of signing in and out, a refusal that is written down.
NOBODY_ASKS = {
    "sign_ins.sign_in",
    "sign_ins.sign_in_by_provider",
    "sign_ins._write_refusal",
    "sign_ins.give_code",
    "sign_ins.choose_first_password",
    "sign_ins.set_up_second_factor",
    "sign_ins.sign_out",
    "rubrics.keep_shipped",
    # The trail itself: it tells what somebody did, whether they may or not.
    "trail.writing",
    "trail.record_alone",
    "trail.sign_first",
    "reads._write",
    "importing._log_refusal",
}


def _opens_writing(node):
    return isinstance(node, ast.With) and any("writing(" in ast.unparse(item.context_expr) for item in node.items)


#: Every act that writes, and the right it asks for; "own": whoever is signed in, "row": by what it is done to.
ACTS = {
    "accounts.add_user": "administer",
    "accounts.remove_second_factor": "administer",
    "accounts.set_active": "administer",
    "accounts.set_new_password": "administer",
    "accounts.set_role": "administer",
    "cases.packet.explain_fault": "import",
    "cases.steps.take_step": "import",
    "cases.steps.withdraw_step": "import",
    "decisions._decide": "calibrate",
    "decisions.revoke_decision": "calibrate",
    "development.close_step": "weigh",
    "development.plan_step": "weigh",
    "importing.import_files": "import",
    "importing.remember_columns": "import",
    "importing.undo_import": "import",
    "papers.issuing._issue": "import",
    "papers.issuing.write_workbook": "import",
    "papers.keys.replace_key": "administer",
    "papers.publishing.make_publication": "import",
    "papers.register._end": "import",
    "papers.register.enter_paper": "import",
    "papers.signatures.take_in_signed": "import",
    "papers.templates.keep_template": "import",
    "pools.move_pool_on": "row",
    "posts._replace_posts": "import",
    "rubrics.retire_rubric": "administer",
    "rubrics.save_rubric": "administer",
    "rules.retire_rules": "administer",
    "rules.save_rules": "administer",
    "saved.remove_named": "row",
    "saved.save_named": "weigh",
    "sessions.deciding.assign_task": "weigh",
    "sessions.deciding.close": "weigh",
    "sessions.deciding.decide": "weigh",
    "sessions.deciding.dissent": "weigh",
    "sessions.deciding.finish_task": "weigh",
    "sessions.deciding.leave_open": "weigh",
    "sessions.deciding.vote": "weigh",
    "sessions.judging._keep": "weigh",
    "sessions.judging.confirm_paper": "import",
    "sessions.judging.declare_conflicts": "weigh",
    "sessions.judging.note_presence": "weigh",
    "sessions.judging.reopen_paper": "import",
    "sessions.judging.seal": "weigh",
    "sessions.judging.unseal": "weigh",
    "sessions.meeting.move_on": "weigh",
    "sessions.meeting.park": "weigh",
    "sessions.meeting.reopen": "weigh",
    "sessions.meeting.reveal": "weigh",
    "sessions.meeting.set_agenda": "weigh",
    "sessions.preparing.change_session": "import",
    "sessions.preparing.make_session": "import",
    "sessions.preparing.open_session": "weigh",
    "sessions.preparing.remove_session": "import",
    "sessions.preparing.return_to_preparation": "import",
    "sessions.preparing.take_over_data": "import",
    "sessions.preparing.withdraw_candidate": "import",
    "sign_ins.add_second_factor": "own",
    "sign_ins.change_own_password": "own",
    "sign_ins.end_other_sign_ins": "own",
    "sign_ins.end_sign_ins": "administer",
    "studies.assign_field": "import",
}
_RIGHTS_ASKED = {"by = ask_anew(connection, by)": "own", "by = ask_anew(connection, by, None)": "row"}


def test_whoever_writes_is_asked_for_inside_the_transaction():
    """A button keeps the account of its last drawing; only the store knows who may write now.

    A new act fails here until the table above says who may do it.
    """
    asked = {}
    services = ROOT / "core" / "service"
    for path in services.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for block in filter(_opens_writing, ast.walk(function)):
                name = ".".join([*path.relative_to(services).with_suffix("").parts, function.name])
                if name in NOBODY_ASKS:
                    continue
                first = ast.unparse(block.body[0])
                assert first.startswith("by = ask_anew(connection, by"), f"{name} writes for whoever a button remembers"
                asked[name] = _RIGHTS_ASKED.get(first) or first.split("'")[1]
    assert asked == ACTS


@pytest.mark.parametrize("role", ["administrator", "secretariat", "member", "viewer", "somebody"])
@pytest.mark.parametrize("act", ACTS)
def test_each_role_may_do_what_the_table_of_rights_says_and_no_more(role, act, sqlite_engine):
    """What every act asks first, asked for a real sign-in of each role."""
    right = ACTS[act]
    account = add_signed_in(sqlite_engine, role if role in RIGHTS else "viewer", "rina")
    if role not in RIGHTS:
        with sqlite_engine.begin() as connection:
            connection.execute(sa.update(UserAccount).values(role=role))
    may = right in ("own", "row") or right in RIGHTS.get(role, ())
    with sqlite_engine.connect() as connection:
        if may:
            assert ask_anew(connection, account, None if right in ("own", "row") else right).role == role
        else:
            with pytest.raises(NotAllowed):
                ask_anew(connection, account, right)


def test_files_are_offered_in_one_place_alone():
    """It asks who takes them at the moment they are made."""
    for path in [*(ROOT / "core" / "ui").rglob("*.py"), *PAGES]:
        if path.name != "download.py":
            assert ".download_button(" not in path.read_text(encoding="utf-8"), path
