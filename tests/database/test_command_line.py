"""``python -m core`` as a person or a script calls it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from core.service import installation
from tests.bad_files import BAD_FILES
from tests.commands import run_command as run
from tests.conftest import PYTHON
from tests.factories import NIP, sheet, siasn, siasn_row


def run_process(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """A process of its own, as a technician starts it; the other tests run the same command in theirs."""
    return subprocess.run(
        [*PYTHON, "-m", "core", *words],
        env={**os.environ, "MANTEL_LOCAL_DIR": str(folder), "MANTEL_DATABASE_URL": "", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def answer(*words: str, folder: Path) -> list[dict]:
    done = run(*words, "--format", "json", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_grid_lists_everyone_and_knows_no_box_for_the_unassessed(demo_template):
    rows = answer("grid", folder=demo_template)
    assert len(rows) == 650
    assert {"nip", "name", "unit", "performance", "potential", "box"} <= set(rows[0])
    for row in rows:
        missing = row["performance"] is None or row["potential"] is None
        assert (row["box"] is None) == missing
    assert {row["box"] for row in rows} >= {9, 8, 7, 5, 2, 1, None}


def test_succession_names_posts_that_rank_takes(demo_template):
    posts = answer("succession", folder=demo_template)
    assert len(posts) == 41
    vacant = [post["post"] for post in posts if post["incumbent"] is None]
    assert len(vacant) == 6
    ranked = answer("rank", vacant[0], folder=demo_template)
    assert {"rank", "nip", "name", "score", "box", "eligible"} <= set(ranked[0])
    assert {row["eligible"] for row in ranked} == {"memenuhi", "tidak memenuhi", "perlu ditinjau"}
    assert ranked[0]["rank"] == 1
    order = [("memenuhi", "perlu ditinjau", "tidak memenuhi").index(row["eligible"]) for row in ranked]
    assert order == sorted(order)


def test_other_weights_give_another_order(demo_template):
    official = [row["nip"] for row in answer("rank", "semua", folder=demo_template)]
    other = [row["nip"] for row in answer("rank", "semua", "--weights", "qualification=90", folder=demo_template)]
    assert sorted(official) == sorted(other)
    assert official != other


@pytest.mark.parametrize(
    "words",
    [
        ("rank", "dinas-kominfo", "--weights", "integrity=-5"),
        ("rank", "dinas-kominfo", "--weights", "integrity=banyak"),
        ("rank", "dinas-kominfo", "--weights", "integrity=nan"),
        ("rank", "dinas-kominfo", "--weights", "luck=5"),
        (
            "rank",
            "dinas-kominfo",
            "--weights",
            "main_performance=0,supporting_performance=0,competency=0,potential_aspects=0,qualification=0,integrity=0",
        ),
        ("rank", "raja"),
        ("user", "password", "nobody"),
        ("user", "add", "x y", "--role", "member"),
        ("user", "add", "budi", "--role", "king"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(words, demo_template):
    done = run(*words, folder=demo_template)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().count("\n") == 0
    assert done.stderr.strip().endswith((".", "!"))


@pytest.mark.parametrize(
    "words",
    [
        ("rank",),
        ("nonsense",),
        ("grid", "--format", "xml"),
        ("import",),
        ("import", "/none.xlsx"),
        ("rank", "semua", "--weights", "x"),
        ("rank", "semua", "--order", "z"),
        ("setup", "--people", "x"),
    ],
)
def test_wrong_usage(words, demo_template):
    assert run(*words, folder=demo_template).returncode == 2


def test_the_whole_way_from_set_up_to_a_rank(tmp_path):
    assert "password" in run_process("setup", folder=tmp_path / "l").stdout
    assert "password" not in run_process("setup", folder=tmp_path / "l").stdout
    siasn_file, feedback = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    siasn_file.write_bytes(siasn(siasn_row()).content)
    feedback.write_bytes(sheet("f", ["NIP", "Nama", "Tahun", "Kategori"], [NIP, "Budi Contoh", 2025, "Baik"]).content)
    dry = run_process("import", str(feedback), str(siasn_file), "--dry-run", folder=tmp_path / "l")
    assert dry.returncode == 0, dry.stderr
    assert answer("grid", folder=tmp_path / "l") == []
    assert run_process("import", str(feedback), str(siasn_file), folder=tmp_path / "l").returncode == 0
    (row,) = answer("rank", "semua", folder=tmp_path / "l")
    assert (row["rank"], row["nip"], row["score"], row["box"], row["eligible"]) == (
        None,
        NIP,
        None,
        None,
        "perlu ditinjau",
    )


def test_whom_a_name_means_is_confirmed_before_anything_is_written(tmp_path):
    folder, base, recap = tmp_path / "l", tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    run("setup", folder=folder)
    base.write_bytes(siasn(siasn_row()).content)
    header = ["nama", "unit_kerja", "kuadran_kinerja", "tahun"]
    recap.write_bytes(sheet("f", header, ["Budi Contoh", "Dinas Contoh", "baik", 2025]).content)
    assert run("import", str(base), folder=folder).returncode == 0
    asked = run("import", str(recap), folder=folder)
    assert asked.returncode == 1
    assert "dicocokkan" in asked.stderr
    assert "--yes" in asked.stderr
    assert NIP in asked.stderr
    done = run("import", str(recap), "--yes", folder=folder)
    assert done.returncode == 0
    assert "performance_rating" in done.stdout
    assert "1" in done.stdout


def test_a_refused_import_reports_every_fault_on_standard_error(tmp_path):
    run("setup", folder=tmp_path / "l")
    file = tmp_path / "a.xlsx"
    file.write_bytes(siasn(siasn_row(**{"NIP BARU": "1.97E+17"}), siasn_row("19750312")).content)
    done = run("import", str(file), folder=tmp_path / "l")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "2 kesalahan" in done.stderr
    assert "Lembar kerja mengubah NIP" in done.stderr
    assert "8 digit" in done.stderr


def test_a_database_never_set_up_is_told(tmp_path):
    done = run("grid", folder=tmp_path / "none")
    assert done.returncode == 1
    assert "python -m core setup" in done.stderr


def test_the_demo_is_loaded_once_and_loses_nothing(demo_installation):
    before = answer("grid", folder=demo_installation)
    again = run("setup", "--demo", folder=demo_installation)
    assert again.returncode == 0
    assert "Demo data" not in again.stdout
    assert answer("grid", folder=demo_installation) == before


@pytest.mark.parametrize("name", BAD_FILES)
def test_every_bad_file_is_refused_with_its_sentence(name, installation_folder):
    installation.set_up(installation.open_configured_engine())
    content, words = BAD_FILES[name]
    file = installation_folder / name
    file.write_bytes(content)
    done = run("import", str(file), folder=installation_folder, MANTEL_MAX_UNPACKED_MB="5")
    assert done.returncode == 1
    assert done.stdout == ""
    assert words.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_robustness_tells_shares_and_smallest_changes(demo_template):
    rows = answer("robustness", "dinas-kominfo", "--order", "score", folder=demo_template)
    assert {"nip", "name", "rank", "first_share", "first_three_share", "smallest_change"} <= set(rows[0])
    assert rows == answer("robustness", "dinas-kominfo", "--order", "score", folder=demo_template)  # seeded
    assert sum(row["first_share"] for row in rows) >= 0.999
    assert sum(row["first_three_share"] for row in rows) >= 2.99
    for row in rows:
        assert 0 <= row["first_share"] <= row["first_three_share"] <= 1
        if row["rank"] is not None and row["rank"] <= 3:
            assert row["smallest_change"] == 0
        elif row["smallest_change"] is not None:
            assert row["smallest_change"] > 0
    ranked = answer("rank", "dinas-kominfo", "--order", "score", folder=demo_template)
    assert [row["nip"] for row in rows] == [row["nip"] for row in ranked]


def test_robustness_depends_on_weights_and_radius_and_warns(demo_template):
    narrow = answer("robustness", "dinas-kominfo", "--order", "score", "--radius", "0.01", folder=demo_template)
    wide = answer("robustness", "dinas-kominfo", "--order", "score", "--radius", "1", folder=demo_template)
    assert narrow != wide
    other = run(
        "robustness",
        "semua",
        "--order",
        "score",
        "--weights",
        "qualification=100",
        "--format",
        "json",
        folder=demo_template,
    )
    assert other.returncode == 0
    refused = run("robustness", "dinas-kominfo", "--weights", "qualification=nan", folder=demo_template)
    assert refused.returncode == 1
    assert run("robustness", "dinas-kominfo", "--radius", "2", folder=demo_template).returncode == 2


def test_place_gives_at_least_three_plans_that_use_nobody_twice(demo_template):
    rows = answer("place", folder=demo_template)
    assert set(rows[0]) == {"plan", "post", "nip", "name", "fit"}
    vacant = [row["post"] for row in answer("succession", folder=demo_template) if row["incumbent"] is None]
    numbers = sorted({row["plan"] for row in rows})
    assert len(numbers) >= 3
    assert numbers == list(range(1, len(numbers) + 1))
    placed = []
    for number in numbers:
        plan = [row for row in rows if row["plan"] == number]
        assert set(vacant) <= {row["post"] for row in plan}
        people = [row["nip"] for row in plan if row["nip"]]
        assert len(people) == len(set(people))
        placed.append(frozenset((row["post"], row["nip"]) for row in plan))
        for row in plan:
            assert (row["nip"] is None) == (row["name"] is None) == (row["fit"] is None)
    assert len(set(placed)) == len(placed)
    by_fit = {(post, row["nip"]): row for post in vacant for row in answer("rank", post, folder=demo_template)}
    for row in rows:
        if row["nip"] and row["post"] in vacant:
            ranked = by_fit[row["post"], row["nip"]]
            assert ranked["fit"] == pytest.approx(row["fit"])
            assert ranked["eligible"] == "memenuhi"


def test_a_pin_and_a_ban_are_kept_and_a_horizon_brings_more_posts(demo_template):
    free = answer("place", folder=demo_template)
    first = next(row for row in free if row["nip"])
    banned = answer("place", "--ban", f"{first['post']}={first['nip']}", folder=demo_template)
    assert all((row["post"], row["nip"]) != (first["post"], first["nip"]) for row in banned)
    pinned = answer("place", "--pin", f"{first['post']}={first['nip']}", folder=demo_template)
    for number in {row["plan"] for row in pinned}:
        assert any(
            row["nip"] == first["nip"] and row["post"] == first["post"] for row in pinned if row["plan"] == number
        )
    later = answer("place", "--horizon", "36", folder=demo_template)
    assert len({row["post"] for row in later}) > len({row["post"] for row in free})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--pin", "raja=NIP"], "raja"),
        (["--pin", "dinas-kominfo=199901012020011999"], "199901012020011999"),
        (["--pin", "dinas-kominfo=123"], "123"),
        (["--horizon", "121"], "121"),
        (["--pin", "dinas-kominfo=NIP", "--ban", "dinas-kominfo=NIP"], "sekaligus"),
        (["--pin", "dinas-kominfo=NIP", "--pin", "bpkad=NIP"], "dua jabatan"),
    ],
)
def test_what_cannot_be_placed_is_one_sentence(words, sentence, demo_template):
    nip = answer("rank", "dinas-kominfo", folder=demo_template)[0]["nip"]
    done = run("place", *(word.replace("NIP", nip) for word in words), folder=demo_template)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_pin_that_breaks_a_gate_is_refused_with_its_article(demo_template):
    ranked = answer("rank", "dinas-kominfo", folder=demo_template)
    nip = next(row["nip"] for row in ranked if row["eligible"] == "tidak memenuhi")
    done = run("place", "--pin", f"dinas-kominfo={nip}", folder=demo_template)
    assert done.returncode == 1
    assert "PP 11/2017" in done.stderr or "PermenPANRB" in done.stderr or "UU 20/2023" in done.stderr


@pytest.mark.parametrize("words", [["--pin", "dinas-kominfo"], ["--ban", "=1"], ["--horizon", "-1"], ["--moves", "x"]])
def test_wrong_usage_of_place(words, demo_template):
    assert run("place", *words, folder=demo_template).returncode == 2
