"""Settings come from the environment; one that cannot be used is a sentence."""

import subprocess

import pytest

from core.settings import ROOT, InvalidSetting, settings
from tests.conftest import PYTHON


def test_names_are_given_by_commas(configure):
    configure(second_factor_roles="administrator, secretariat", allowed_hosts="mantel.local")
    assert settings().second_factor_roles == ["administrator", "secretariat"]
    assert settings().allowed_hosts == ["mantel.local"]
    configure(second_factor_roles="")
    assert settings().second_factor_roles == []


@pytest.mark.parametrize(("name", "value"), [("idle_minutes", "soon"), ("language", "fr"), ("session_hours", "0")])
def test_a_setting_that_cannot_be_used_is_named_with_its_value(name, value, configure):
    configure(**{name: value})
    with pytest.raises(InvalidSetting) as refusal:
        settings()
    assert refusal.value.values["name"] == f"MANTEL_{name.upper()}"
    assert refusal.value.values["value"] == value


def test_a_command_says_so_without_a_traceback(tmp_path):
    place = {"MANTEL_IDLE_MINUTES": "soon", "MANTEL_LOCAL_DIR": str(tmp_path)}
    done = subprocess.run([*PYTHON, "-m", "core", "history"], cwd=ROOT, env=place, capture_output=True, text=True)
    assert done.returncode == 1
    assert "MANTEL_IDLE_MINUTES" in done.stderr
    assert "Traceback" not in done.stderr
