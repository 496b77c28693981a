from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from core.errors import InputError
from engine.lock import FolderLock
from engine.paranoid.drills import runner
from engine.paranoid.drills.catalogue import find
from engine.paranoid.drills.drill import PREFIX
from engine.paranoid.drills.runner import child_environment, run_drills, sweep
from memory.archive import SqliteArchive

if TYPE_CHECKING:
    from pathlib import Path

    from core.events import Event
    from core.paths import Home


class Sink:
    def __init__(self):
        self.events: list[Event] = []

    def emit(self, event):
        self.events.append(event)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The system's folder for temporary files, of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def sink():
    return Sink()


def add_project(home: Home, title: str) -> None:
    async def add():
        archive = SqliteArchive(home.database)
        await archive.add_project(title, out="out", locale="en")
        archive.close()

    asyncio.run(add())


async def test_each_drill_is_told_with_its_seed_and_leaves_nothing(home, temporary, sink):
    audit = await run_drills(home, [find("odd-paths")], sink=sink, seed=5)
    assert audit.held
    assert [event.name for event in sink.events] == ["drill.started", "drill.finished"]
    assert all(event.type == "AUDIT" for event in sink.events)
    assert sink.events[0].data == {"drill": "odd-paths", "seed": 5}
    assert sink.events[1].data["state"] == "held"
    assert list(temporary.iterdir()) == []


async def test_a_drill_that_does_not_end_is_ended_and_broken(home, temporary, sink, monkeypatch):
    monkeypatch.setattr(runner, "_SHORTEST_LIMIT", 0.3)
    endless = dataclasses.replace(find("two-instances"), seconds=0.01)
    audit = await run_drills(home, [endless], sink=sink)
    (report,) = audit.reports
    assert report.state == "broken"
    assert report.facts[0].what.message == "drill-in-time"
    assert sink.events[1].data["broken"] == ["drill-in-time"]
    assert sink.events[1].data["risk"] == "high"
    assert list(temporary.iterdir()) == []
    assert not audit.held


async def test_a_drill_that_crashes_is_a_broken_one_with_its_last_words(home, temporary, sink, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "zipfile.py").write_text("raise RuntimeError('no archives today')")
    audit = await run_drills(home, [find("odd-paths")], sink=sink, environ={**os.environ, "PYTHONPATH": str(broken)})
    (report,) = audit.reports
    assert report.facts[0].what.message == "drill-to-its-end"
    assert "no archives today" in report.facts[0].seen
    assert not audit.held


async def test_a_drill_that_fails_and_does_not_go_is_ended(home, temporary, sink, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "_SHORTEST_LIMIT", 6.0)
    stuck = """
import threading, time, zipfile
def writestr(*_):
    threading.Thread(target=time.sleep, args=(600,)).start()
    raise RuntimeError("stuck")
zipfile.ZipFile.writestr = writestr
"""
    (tmp_path / "sitecustomize.py").write_text(stuck)
    drill = dataclasses.replace(find("odd-paths"), seconds=1)
    async with asyncio.timeout(30):
        audit = await run_drills(home, [drill], sink=sink, environ={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert [fact.what.message for fact in audit.reports[0].facts if not fact.ok] == ["drill-in-time"]
    assert list(temporary.iterdir()) == []


async def test_a_change_of_the_data_folder_is_noticed(home, temporary, sink):
    await asyncio.to_thread(add_project, home, "before")

    def meanwhile(_report):
        thread_pool_free(add_project, home, "meanwhile")

    audit = await run_drills(home, [find("odd-paths")], sink=sink, told=meanwhile)
    assert audit.truth == "changed"
    assert not audit.held


async def test_a_folder_somebody_works_in_is_not_held_against_the_drill(home, temporary, sink):
    await asyncio.to_thread(add_project, home, "before")

    def meanwhile(_report):
        thread_pool_free(add_project, home, "meanwhile")

    with FolderLock(home.lock):
        audit = await run_drills(home, [find("odd-paths")], sink=sink, told=meanwhile)
    assert audit.truth == "in-use"
    assert audit.held


def thread_pool_free(work, *args):
    """Do it in a thread of its own: this one belongs to an event loop."""
    thread = threading.Thread(target=work, args=args)
    thread.start()
    thread.join()


def test_nothing_of_the_person_reaches_a_drill():
    environ = child_environment(
        {
            "MULTICODER_HOME": "/home/person",
            "MULTICODER_API_KEY": "sk-secret",
            "OPENAI_API_KEY": "sk-secret",
            "ANTHROPIC_API_KEY": "sk-secret",
            "GH_TOKEN": "secret",
            "db_password": "secret",
            "OTEL_EXPORTER_OTLP_HEADERS": "authorization=secret",
            "MULTICODER_TOOLCHAIN": "/toolchain",
            "PATH": "/usr/bin",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        }
    )
    assert environ == {
        "MULTICODER_TOOLCHAIN": "/toolchain",
        "PATH": "/usr/bin",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


@pytest.mark.parametrize("place", [".", f"{PREFIX}x/..", f"{PREFIX}x/precious"])
def test_a_drill_destroys_nothing_but_a_folder_made_for_it(tmp_path, place):
    folder = tmp_path / "precious" / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "multicoder.db").write_bytes(b"precious")
    told = json.dumps({"folder": str(folder), "seed": 1, "order": {}})
    command = [sys.executable, "-P", "-m", "engine.cli_audit", "--inside", "damaged-database:", "--home", str(folder)]
    ended = subprocess.run(command, input=told + "\n", capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == InputError.exit_code
    assert "was not made for a drill" in ended.stderr
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["multicoder.db"]


def appears(folder: Path, pattern: str, seconds: float = 30) -> Path:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for path in folder.glob(pattern):
            return path
        time.sleep(0.02)
    raise AssertionError(f"no {pattern} in {folder}")


def at_work_in(folder: Path) -> list[str]:
    """The processes that were told a place below this folder."""
    told = [(process, process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])]
    return [str(process) for process, words in told if any(word.startswith(f"{folder}/{PREFIX}") for word in words)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_an_audit_and_everything_it_made(home, tmp_path, started_audit):
    process = started_audit(home.root, "--drill", "kill-run", TMPDIR=str(tmp_path))  # the longest of all
    appears(tmp_path, f"{PREFIX}*/kill-run/shadow/multicoder.db")  # a process of the drill's own made it
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert list(tmp_path.glob(f"{PREFIX}*")) == []
    assert at_work_in(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_a_killed_audit_left_is_swept_and_a_working_one_is_not(home, temporary, started_audit):
    killed = started_audit(home.root, "--drill", "two-instances", TMPDIR=str(temporary))
    left = appears(temporary, f"{PREFIX}*/two-instances/shadow").parent.parent
    sweep()
    assert left.is_dir()
    killed.kill()
    killed.communicate()
    deadline = time.monotonic() + 30
    while left.exists() and time.monotonic() < deadline:  # what it had started notices its end a moment later
        sweep()
        time.sleep(0.2)
    assert not left.exists()


def test_folders_of_others_are_not_swept(temporary):
    (temporary / "somebody-else").mkdir()
    fresh = temporary / f"{PREFIX}fresh"
    fresh.mkdir()
    sweep()
    assert {path.name for path in temporary.iterdir()} == {"somebody-else", fresh.name}


@pytest.mark.skipif(sys.platform == "win32", reason="everybody has a folder of their own")
def test_what_others_lay_into_the_common_folder_is_neither_followed_nor_removed(temporary, tmp_path, monkeypatch):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    planted = temporary / f"{PREFIX}planted"
    planted.mkdir()
    (planted / "lock").symlink_to(precious)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)  # so that it is not ours
    sweep()
    assert precious.read_text() == "mine"
    assert planted.is_dir()
