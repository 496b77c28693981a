"""`multicoder memory` as a person types it: real processes, without an engine and beside one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from core.paths import Home
from engine.lock import FolderLock
from tests.faults.engine_client import EngineClient
from tests.faults.stand import child_environment


@pytest.fixture
def place(tmp_path):
    return Home(tmp_path / "home")


def command(home, *words):
    return [sys.executable, "-P", "-m", "engine.cli", "memory", *map(str, words), "--home", str(home.root)]


def environment(language="en_US.UTF-8"):
    return child_environment(LANG=language, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")


def typed(home, *words, language="en_US.UTF-8"):
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 180}
    return subprocess.run(command(home, *words), env=environment(language), check=False, **options)


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def material(folder):
    folder.mkdir()
    (folder / "заметки.txt").write_bytes("первая строка\r\nкнопка калькулятора синяя\r\nконец".encode())
    (folder / "cp1251.txt").write_bytes("слово в другой кодировке\n".encode("cp1251"))
    (folder / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("inside.md", "# Порядок\nзаказы доставляются по вторникам\n")
        archive.writestr("../out.txt", "x")
    return folder


def story(home, folder, tmp_path):
    """What a person does with the memory, in the words of the terminal."""
    imported = typed(home, "import", folder, "--json")
    kept = {row["name"]: row for row in rows(imported)}
    assert set(kept) == {
        f"in/{name}" for name in ("заметки.txt", "cp1251.txt", "empty.txt", "all.zip", "all.zip/inside.md")
    }
    assert "out.txt" in imported.stderr
    for name in ("заметки.txt", "cp1251.txt", "empty.txt", "all.zip"):
        target = tmp_path / "copy"
        assert rows(typed(home, "export", kept[f"in/{name}"]["id"], "-o", target, "--force", "--json"))
        assert target.read_bytes() == (folder / name).read_bytes()
    refused = typed(home, "export", kept["in/empty.txt"]["id"], "-o", folder / "cp1251.txt")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    notes = kept["in/заметки.txt"]["id"]
    best = rows(typed(home, "recall", "какого цвета кнопка калькулятора", "--also", "button colour", "--json"))[0]
    assert (best["document"], best["line"], best["text"]) == (notes, 2, "кнопка калькулятора синяя")
    assert rows(typed(home, "recall", "заказы по вторникам", "-k", "1", "--json"))[0]["line"] == 2
    (state,) = rows(typed(home, "stats", "--json"))
    assert (state["documents"], state["lost"]) == (5, 0)
    assert state["indexed"] == state["lines"] > 0
    assert "забыт" in typed(home, "forget", notes, "--reason", "больше не нужно", language="ru_RU.UTF-8").stdout
    left = rows(typed(home, "recall", "какого цвета кнопка калькулятора", "--json"))
    assert all(line["document"] != notes for line in left)
    gone = typed(home, "export", notes, "-o", tmp_path / "gone")
    assert gone.returncode == 2
    listed = {row["id"]: row for row in rows(typed(home, "list", "--json"))}
    assert (listed[notes]["standing"], listed[notes]["reason"]) == ("forgotten", "больше не нужно")
    inside = kept["in/all.zip/inside.md"]["id"]
    assert typed(home, "quarantine", inside, "--reason", "check").returncode == 0
    left = rows(typed(home, "recall", "заказы по вторникам", "--json"))
    assert all(line["document"] != inside for line in left)
    assert typed(home, "release", inside).returncode == 0
    assert typed(home, "rebuild").returncode == 0
    assert rows(typed(home, "recall", "заказы по вторникам", "--json"))[0]["document"] == inside
    assert typed(home, "export", "d-unknown", "-o", tmp_path / "x").returncode == 2
    missing = typed(home, "import", tmp_path / "nowhere.txt", language="ru_RU.UTF-8")
    assert missing.returncode == 2
    assert "нет" in missing.stderr
    assert "Traceback" not in missing.stderr


@pytest.mark.slow
def test_without_an_engine_the_folder_is_opened_for_each_command(place, tmp_path):
    story(place, material(tmp_path / "in"), tmp_path)
    assert not place.engine.exists()


@pytest.mark.slow
def test_the_working_engine_is_asked(place, tmp_path):
    with EngineClient(place):
        story(place, material(tmp_path / "in"), tmp_path)


def test_import_recall_and_export_from_the_terminal(place, tmp_path):
    folder = material(tmp_path / "in")
    (kept,) = rows(typed(place, "import", folder / "заметки.txt", "--json"))
    assert rows(typed(place, "recall", "кнопка калькулятора", "--json"))[0]["document"] == kept["id"]
    assert typed(place, "export", kept["id"], "-o", tmp_path / "copy").returncode == 0
    assert (tmp_path / "copy").read_bytes() == (folder / "заметки.txt").read_bytes()


def test_while_another_one_works_on_the_folder_the_second_is_refused(place, tmp_path):
    place.prepare()
    with FolderLock(place.lock):
        refused = typed(place, "stats")
    assert refused.returncode == 9
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1.0, 2.5, 4.0])
def test_a_killed_import_goes_on_where_it_was(place, tmp_path, seconds):
    folder = tmp_path / "in"
    folder.mkdir()
    contents = {f"{number:03}.txt": (f"файл {number} строка\n" * 2_000).encode() for number in range(300)}
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    killed = subprocess.Popen(
        command(place, "import", folder), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    kept = {row["name"]: row for row in rows(typed(place, "import", folder, "--json"))}
    assert len(kept) == len(contents)
    listed = rows(typed(place, "list", "--json"))
    assert len(listed) == len(contents), "nothing is kept twice"
    target = tmp_path / "copy"
    for name in ("000.txt", "150.txt", "299.txt"):
        rows(typed(place, "export", kept[f"in/{name}"]["id"], "-o", target, "--force", "--json"))
        assert target.read_bytes() == contents[name]
    (state,) = rows(typed(place, "stats", "--json"))
    assert (state["lost"], state["indexed"]) == (0, 600_000)
