from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from builders.build import ProgramBuilder
from builders.runner import make_runner
from builders.toolchains.python import PythonToolchain
from core.paths import Home
from engine.health.probes import services, working
from engine.health.systems import Parts, system_probes
from engine.paranoid.tester import ParanoidTester
from engine.recovery.backups import Backups
from engine.tasks.manager import TaskManager
from tests.engine.health.breaking import broken_and_mended, status_of, until
from tests.toolchain import TOOLCHAIN

NO_LOCK = Path(__file__).parents[2] / "no.lock"


async def test_a_coordinator_without_its_checkpointer_is_noticed(engine, board):
    probe = replace(working.coordinator(engine.graph), timeout=2)
    saver = engine.graph.checkpointer
    kept = saver.conn

    def part():
        saver.conn = None

    def join():
        saver.conn = kept

    await broken_and_mended(board, probe, part, join)


async def test_a_loop_that_stumbles_is_told(engine):
    async def stumble():
        time.sleep(0.8)  # noqa: ASYNC251 - this is the fault

    reading, _ = await asyncio.gather(working.coordinator(engine.graph).read(), stumble())
    assert reading.state == "degraded"
    assert reading.action is not None


async def test_a_scheduler_that_was_killed_is_noticed_and_the_restart_brings_it_back(home, board, journal):
    manager = TaskManager(home.tasks, journal, slots=2)
    await manager.start()

    async def again():
        manager._dispatcher.start()

    def kill():
        next(task for task in asyncio.all_tasks() if task.get_name() == "task scheduler").cancel()

    probe = working.tasks(manager, again)
    seen = await broken_and_mended(board, probe, kill, lambda: board.restart("tasks", by="test"))
    assert "looked for work" in seen.evidence.text("en")
    assert seen.restartable
    await manager.stop()


async def test_a_task_the_disk_tells_otherwise_is_noticed(home, board, journal):
    manager = TaskManager(home.tasks, journal, slots=2)
    await manager.start()
    task = await manager.submit("nothing", "A task nobody does")
    disk = sqlite3.connect(home.tasks, isolation_level=None)
    rows = disk.execute("SELECT * FROM tasks").fetchall()

    def forget():
        disk.execute("DELETE FROM tasks")

    def remember():
        disk.execute(f"INSERT INTO tasks VALUES ({', '.join('?' * len(rows[0]))})", rows[0])

    with closing(disk):
        seen = await broken_and_mended(board, working.tasks(manager), forget, remember)
    assert task.task in seen.evidence.text("en")
    await manager.stop()


@pytest.fixture
def tools(monkeypatch, tmp_path):
    """A PATH with bubblewrap that can be taken away."""
    real = os.environ["PATH"]
    return {"gone": lambda: monkeypatch.setenv("PATH", str(tmp_path)), "back": lambda: monkeypatch.setenv("PATH", real)}


@pytest.mark.skipif(os.name == "nt", reason="bubblewrap is the sandbox of Linux")
async def test_a_sandbox_that_is_gone_is_noticed_although_it_was_proven_before(board, tools):
    runner = make_runner()
    assert (await runner.status()).available
    seen = await broken_and_mended(board, working.runner(runner), tools["gone"], tools["back"], period=0.4)
    assert "bubblewrap" in seen.evidence.text("en")
    assert "Install bubblewrap" in seen.action.text("en")


@pytest.mark.skipif(os.name == "nt", reason="a program in the place of bubblewrap")
async def test_a_sandbox_that_only_pretends_is_noticed(board, tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    board.register(working.runner(make_runner()))
    await board.probe_now("runner")
    assert status_of(board, "runner").state == "down"


@pytest.fixture
def toolchain(tmp_path):
    """A folder that looks like the toolchain and leads to it."""
    folder = tmp_path / "toolchain"
    folder.symlink_to(TOOLCHAIN, target_is_directory=True)
    return folder


async def test_a_toolchain_that_is_gone_is_noticed(board, toolchain):
    seen = await broken_and_mended(
        board,
        working.toolchain(toolchain),
        toolchain.unlink,
        lambda: toolchain.symlink_to(TOOLCHAIN, target_is_directory=True),
        period=0.4,
    )
    assert "doctor --repair" in seen.action.text("en")


async def test_a_toolchain_is_made_anew_when_asked_unless_it_works(tmp_path, toolchain):
    made = []

    async def remake():
        made.append(True)

    await working.toolchain(toolchain, remake=remake).restart()
    assert made == []
    await working.toolchain(tmp_path / "none", remake=remake).restart()
    assert made == [True]
    assert working.toolchain(toolchain).restart is None


async def test_a_toolchain_whose_python_lacks_its_packages_is_noticed(tmp_path):
    python = working.environment_python(tmp_path)
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    python.chmod(0o700)
    reading = await working.toolchain(tmp_path).read()
    assert reading.state == "down"
    assert reading.evidence.facts["detail"] == "broken"


def hello_build(tmp_path, toolchain):
    builder = ProgramBuilder(make_runner(), PythonToolchain(toolchain, NO_LOCK), tmp_path / "environments")
    return working.HelloBuild(builder, tmp_path / "health", toolchain, settle_seconds=3_600)


async def test_a_look_at_the_builders_does_not_make_their_tools(board, tmp_path, monkeypatch):
    folder = tmp_path / "toolchain"
    own = PythonToolchain(folder, NO_LOCK)
    monkeypatch.setattr(own, "available", lambda: True)
    builder = ProgramBuilder(make_runner(), own, tmp_path / "environments")
    reading = await working.HelloBuild(builder, tmp_path / "health", folder, settle_seconds=0).read()
    assert (reading.state, reading.evidence.message) == ("ok", "health-builders-waiting")
    assert not folder.exists()


async def test_builders_without_their_tools_are_noticed(board, tmp_path, toolchain):
    seen = await broken_and_mended(
        board,
        working.builders(hello_build(tmp_path, toolchain)),
        toolchain.unlink,
        lambda: toolchain.symlink_to(TOOLCHAIN, target_is_directory=True),
    )
    assert "tools" in seen.evidence.text("en")


async def test_a_real_build_that_failed_keeps_the_builders_down_until_one_succeeds(tmp_path, toolchain):
    hello = hello_build(tmp_path, toolchain)
    toolchain.unlink()
    await hello.build()
    toolchain.symlink_to(TOOLCHAIN, target_is_directory=True)
    reading = await hello.read()
    assert (reading.state, reading.evidence.message) == ("down", "health-builders-failed")


@pytest.mark.slow
async def test_a_program_is_really_built_and_started_when_asked(board, tmp_path, toolchain):
    board.register(working.builders(hello_build(tmp_path, toolchain)))
    await board.probe_now("builders")
    assert status_of(board, "builders").evidence.message == "health-builders-quick"
    await board.restart("builders", by="test")
    row = status_of(board, "builders")
    assert (row.state, row.evidence.message) == ("ok", "health-builders-ok")
    assert row.evidence.facts["seconds"] > 1


async def test_an_inspector_that_does_not_inspect_is_noticed(home, board, journal):
    now = time.time()
    tester = ParanoidTester(journal, [], mode="watch", log=home.root / "paranoid.log", clock=lambda: now, interval=0.1)
    await tester.start()

    async def let_it_die():
        nonlocal now
        next(task for task in asyncio.all_tasks() if task.get_name() == "paranoid").cancel()
        now -= 700
        await tester.inspect()

    async def again():
        nonlocal now
        now = time.time()
        await board.restart("paranoid", by="test")

    seen = await broken_and_mended(board, services.paranoid(tester), let_it_die, again)
    assert "last inspection" in seen.evidence.text("en")
    await tester.stop()


async def test_a_switched_off_inspector_is_told(home, journal):
    tester = ParanoidTester(journal, [], mode="off", log=home.root / "paranoid.log")
    reading = await services.paranoid(tester).read()
    assert reading.state == "degraded"
    await tester.stop()


async def test_a_damaged_backup_is_noticed_and_a_new_one_mends_it(engine, board):
    backups = Backups(engine.home, engine.journal, keep=3)
    made = await backups.back_up("test")
    file = made.path("multicoder.db")

    def garble():
        file.write_bytes(file.read_bytes()[::-1])

    seen = await broken_and_mended(
        board, services.backups(backups), garble, lambda: board.restart("backups", by="test"), period=0.4
    )
    assert "multicoder.db" in seen.evidence.text("en")
    assert seen.restartable


async def test_no_backup_yet_is_no_data_at_first(engine):
    reading = await services.backups(Backups(engine.home, engine.journal, keep=3)).read()
    assert reading.state == "unknown"


async def test_every_part_has_its_lamp_and_what_is_absent_has_none(engine, board, home):
    manager = TaskManager(home.tasks, engine.journal, slots=2)
    await manager.start()
    parts = Parts(
        home=home,
        archive=engine.archive,
        workspace=engine.workspace,
        journal=engine.journal,
        ledger=engine.ledger,
        saver=engine.saver,
        graph=engine.graph,
        tasks=manager,
        backups=Backups(home, engine.journal, keep=2),
    )
    for probe in system_probes(parts):
        board.register(probe)
    await board.probe_now()
    for row in board.snapshot():
        limits = [row.as_dict(locale)["limits"] for locale in ("en", "ru")]
        assert "Red: " in limits[0]
        assert "Красный: " in limits[1]
    rows = {row.id: row.state for row in board.snapshot()}
    keyring = rows.pop("keyring")
    assert rows == {
        **dict.fromkeys(["coordinator", "tasks", "checkpoints", "ledger", "archive", "journal"], "ok"),
        **dict.fromkeys(["memory", "disk", "reports", "projects"], "ok"),
        "backups": "unknown",
    }
    assert keyring in {"ok", "degraded"}
    assert [probe.system for probe in system_probes(Parts(Home(home.root)))] == ["memory", "disk", "reports", "keyring"]
    await manager.stop()


async def test_what_was_started_is_looked_at_within_moments(board):
    made = [working.coordinator(None), working.tasks(None)]
    for probe in made:
        board.register(probe)
    await board.start()
    await until(lambda: all(status_of(board, probe.system).state == "down" for probe in made), 5)
