"""`multicoder memory blueprint` as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from core.paths import Home
from tests.faults.stand import child_environment

TALK = """User: I want a tool that renames photos by date.
Assistant: Understood. The tool should have:
- a preview of the new names
- upload of the photos to a Dropbox folder
User: No uploads to Dropbox. It must work offline.
"""


@pytest.fixture
def place(tmp_path):
    return Home(tmp_path / "home")


def typed(home, *words):
    command = [sys.executable, "-P", "-m", "engine.cli", "memory", *map(str, words), "--home", str(home.root)]
    environ = child_environment(LANG="en_US.UTF-8", PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    return subprocess.run(command, env=environ, check=False, capture_output=True, encoding="utf-8", timeout=180)


def test_a_file_becomes_a_blueprint_with_places(place, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    shown = typed(place, "blueprint", file)
    assert shown.returncode == 0, shown.stderr
    assert "[L5] No uploads to Dropbox. It must work offline." in shown.stdout
    assert "## Taken back (1)" in shown.stdout
    written = typed(place, "blueprint", file, "--format", "json", "-o", tmp_path / "plan.json")
    assert written.returncode == 0, written.stderr
    made = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert made["requirements"][0]["places"] == ["talk.txt:L1"]
    again = typed(place, "blueprint", file, "-o", tmp_path / "plan.json")
    assert again.returncode == 2
    assert "is there already" in again.stderr


@pytest.mark.slow
def test_a_document_of_the_memory_becomes_one_too(place, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    imported = typed(place, "import", file, "--json")
    document = json.loads(imported.stdout.splitlines()[0])["id"]
    shown = typed(place, "blueprint", document, "--format", "json")
    assert json.loads(shown.stdout)["source"] == document
    assert typed(place, "blueprint", "d-nothing").returncode == 2
