"""`status`, `doctor` and `audit` as a person types them: without an engine, beside one, and beside one that hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from core.paths import Home
from tests.faults.engine_client import EngineClient
from tests.faults.stand import child_environment


def typed(home, *words, **environ):
    command = [sys.executable, "-P", "-m", "engine.cli", *words, "--home", str(home.root)]
    kept = child_environment(LANG="en_US.UTF-8", PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring", **environ)
    return subprocess.run(command, env=kept, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def place(tmp_path):
    return Home(tmp_path / "home")


def test_without_an_engine_the_folder_is_opened_for_one_look(place):
    seen = typed(place, "status", "--json")
    rows = {row["id"]: row for row in json.loads(seen.stdout)["systems"]}
    assert {"checkpoints", "ledger", "archive", "journal", "tasks", "disk", "runner", "coordinator"} <= set(rows)
    assert {rows[name]["state"] for name in ("checkpoints", "ledger", "archive", "journal", "disk")} == {"ok"}
    assert all(row["evidence"] for row in rows.values())
    assert not place.engine.exists()


@pytest.mark.slow
def test_a_damaged_data_folder_is_told_in_words(place):
    with EngineClient(place) as client:
        client.stop()
    place.settings.write_text("paranoid = 7", encoding="utf-8")
    seen = typed(place, "status")
    assert seen.returncode == 2
    assert "paranoid" in seen.stderr
    assert "Traceback" not in seen.stderr


@pytest.mark.slow
def test_the_working_engine_is_asked_and_one_that_hangs_is_not_shown_green(place):
    with EngineClient(place) as client:
        client.own("status", probe=True)
        seen = typed(place, "status", "--json")
        assert {row["state"] for row in json.loads(seen.stdout)["systems"]} <= {"ok", "degraded", "unknown"}
        verdict = typed(place, "audit", "--json")
        assert json.loads(verdict.stdout)["score"] >= 90
        os.kill(client.process.pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            seen = typed(place, "status", "--json")
            assert time.monotonic() - began < 60
            rows = json.loads(seen.stdout)["systems"]
            deadline = time.monotonic() + 60
            while any(row["state"] == "ok" for row in rows) and time.monotonic() < deadline:
                rows = json.loads(typed(place, "status", "--json").stdout)["systems"]
            assert {row["state"] for row in rows} == {"unknown"}
        finally:
            os.kill(client.process.pid, signal.SIGCONT)


def test_doctor_says_what_is_missing_and_repairs_when_told_to(place):
    place.root.mkdir()
    place.settings.write_text("this is no settings file", encoding="utf-8")
    seen = typed(place, "doctor", "--json")
    checks = {check["id"]: check for check in json.loads(seen.stdout)["checks"]}
    assert seen.returncode == 1
    assert checks["settings"]["state"] == "down"
    assert checks["settings"]["repairable"]
    mended = typed(place, "doctor", "--repair", "--yes", "--json")
    assert json.loads(mended.stdout.splitlines()[-1])["checks"]
    again = {check["id"]: check["state"] for check in json.loads(typed(place, "doctor", "--json").stdout)["checks"]}
    assert again["settings"] == "ok"
    assert list(place.root.glob("settings.toml.*.bad"))
