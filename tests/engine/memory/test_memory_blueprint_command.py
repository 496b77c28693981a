"""`multicoder memory blueprint` as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from core.paths import Home
from engine.lock import FolderLock
from tests.fakes.openai_answers import Answer
from tests.fakes.openai_server import OpenAIServer
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


def typed(home, *words, **variables):
    command = [sys.executable, "-P", "-m", "engine.cli", "memory", *map(str, words), "--home", str(home.root)]
    environ = child_environment(LANG="en_US.UTF-8", PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring", **variables)
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


ANSWER = {
    "phrases": [
        {
            "about": "R1",
            "text": "Photos are renamed by date.",
            "first": 1,
            "last": 1,
            "quote": "renames photos by date",
        },
        {"about": "R1", "text": "Photos are sold.", "first": 1, "last": 1, "quote": "sells photos by weight"},
    ],
    "needs": [],
}


def test_the_models_of_a_team_say_it_shorter_and_what_they_make_up_is_dropped(place, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    with OpenAIServer(lambda _body: Answer(json.dumps(ANSWER))) as server:
        provider = {"MULTICODER_BASE_URL": server.url, "MULTICODER_API_KEY": "loopback", "MULTICODER_MODEL": "gpt-test"}
        shown = typed(place, "blueprint", file, "--team", "own", **provider)
        assert shown.returncode == 0, shown.stderr
        assert "that renames photos by date. (in short: Photos are renamed by date.)" in shown.stdout
        assert "sold" not in shown.stdout
        assert "1 additions of the model cited nothing that supports them" in shown.stdout
        assert "sentence by a model: 1." in shown.stderr
        assert "support it: 1." in shown.stderr
        asked = len(server.requests)
        assert asked
        plain = typed(place, "blueprint", file, "--team", "own", "--no-model", **provider)
        assert "in short" not in plain.stdout
        assert len(server.requests) == asked
    without = typed(place, "blueprint", file, "--team", "own")
    assert without.returncode == 0, without.stderr
    assert without.stdout == plain.stdout
    assert "No model was asked" in without.stderr


def test_a_model_is_not_asked_where_another_multicoder_works(place, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    place.prepare()
    with FolderLock(place.lock):
        refused = typed(place, "blueprint", file, "--team", "own")
        assert refused.returncode == 9
        assert refused.stdout == ""
        assert "Another MultiCoder" in refused.stderr
        assert "--no-model" in refused.stderr
        assert typed(place, "blueprint", file, "--team", "own", "--no-model").returncode == 0
