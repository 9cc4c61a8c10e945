"""What an office installs: the units are sound and tight, the scripts are scripts."""

import re
import shutil
import subprocess

import pytest

from core.settings import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


def analyze(*words):
    if shutil.which("systemd-analyze") is None:
        pytest.fail("systemd-analyze is missing; run tests/require_system.sh")
    return subprocess.run(["systemd-analyze", *map(str, words)], capture_output=True, text=True)


def test_systemd_finds_no_fault_in_the_units(tmp_path):
    for unit in UNITS:
        text = unit.read_text()
        # On this machine nothing is installed at the place of the program.
        text = re.sub(r"(?m)^(ExecStart=)\S+", r"\1/bin/true", text)
        (tmp_path / unit.name).write_text(text)
    done = analyze("verify", *sorted(tmp_path.glob("*")))
    assert not [line for line in done.stderr.splitlines() if "mantel" in line]


@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_a_service_is_exposed_to_little(service):
    done = analyze("security", "--offline=true", "--no-pager", service)
    level = float(re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)[1])
    assert level <= 3


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").glob("*.sh")), ids=lambda path: path.stem)
def test_a_script_is_read_by_bash_and_stops_at_a_fault(script):
    assert subprocess.run(["bash", "-n", script]).returncode == 0
    assert "set -euo pipefail" in script.read_text()


@pytest.mark.parametrize(
    "words", [["--nonsense"], [], ["--name", "Nama Kantor"], ["--name", "x", "--certificate", "/none"]]
)
def test_the_installer_refuses_what_it_cannot_use_in_one_sentence(words):
    done = subprocess.run([ROOT / "deploy" / "install.sh", *words], capture_output=True, text=True)
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout


def test_every_word_of_the_nginx_configuration_is_filled_in_by_the_installer():
    words = set(re.findall(r"@[A-Z_]+@", (ROOT / "deploy" / "nginx.conf").read_text())) - {"@WORDS@"}
    assert words == set(re.findall(r"@[A-Z_]+@", (ROOT / "deploy" / "install.sh").read_text())) - {"@WORDS@"} - {"@@"}
