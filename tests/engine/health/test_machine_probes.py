from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from builders.workspace import GitWorkspace
from core.paths import Home
from core.ports import CommitNote
from engine.bootstrap import open_engine
from engine.health.probes import machine, storage
from tests.engine.health.breaking import broken_and_mended, status_of, until


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting takes root on Linux")
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not possible here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    with (folder / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0" * 4096):
            pass


async def nowhere():
    return None


async def test_a_full_disk_is_noticed_by_writing_to_it(small_disk, board):
    probe = machine.disk(small_disk, nowhere, low_mb=0, least_mb=0)
    seen = await broken_and_mended(board, probe, lambda: fill(small_disk), (small_disk / "filler").unlink)
    assert "No space" in seen.evidence.text("en")


async def test_databases_and_reports_on_a_full_disk_are_down_until_there_is_room(small_disk, board):
    home = Home(small_disk / "home")
    async with open_engine(home, team="demo") as engine:
        made = [
            storage.ledger(engine.ledger, home.ledger),
            storage.archive(engine.archive.store, engine.archive.projects, home.database),
            storage.checkpoints(engine.saver, home.checkpoints),
            machine.reports(home.reports),
        ]
        for probe in made:
            board.register(replace(probe, period=0.4))
        await board.start()

        def all_are(state):
            return all(status_of(board, probe.system).state == state for probe in made)

        await until(lambda: all_are("ok"))
        fill(small_disk)
        await until(lambda: all_are("down"), 30)
        assert all(status_of(board, probe.system).action for probe in made)
        (small_disk / "filler").unlink()
        await until(lambda: all_are("ok"), 30)
        await board.stop()


async def test_little_room_where_programs_are_delivered_is_told(tmp_path, small_disk):
    async def out():
        return small_disk / "not" / "made" / "yet"

    low = await machine.disk(tmp_path, out, low_mb=5, least_mb=1).read()
    assert (low.state, low.evidence.facts["folder"]) == ("degraded", str(small_disk / "not" / "made" / "yet"))
    full = await machine.disk(tmp_path, out, low_mb=10, least_mb=5).read()
    assert full.state == "down"


async def test_a_data_folder_that_is_gone_is_noticed(tmp_path, board):
    folder = tmp_path / "data"
    folder.mkdir()
    probe = machine.disk(folder, nowhere, low_mb=0, least_mb=0)
    await broken_and_mended(board, probe, folder.rmdir, folder.mkdir)


async def test_little_memory_is_told_with_figures():
    fine = await machine.memory(little_mb=0, least_mb=0, large_mb=1 << 30).read()
    low = await machine.memory(little_mb=1 << 30, least_mb=0, large_mb=1 << 30).read()
    out = await machine.memory(little_mb=1 << 30, least_mb=1 << 30, large_mb=1 << 30).read()
    large = await machine.memory(little_mb=0, least_mb=0, large_mb=1).read()
    assert [reading.state for reading in (fine, low, out, large)] == ["ok", "degraded", "down", "degraded"]
    assert 10 < fine.evidence.facts["ours"] < fine.evidence.facts["available"]
    assert all(reading.action for reading in (low, out, large))


async def test_a_file_in_the_place_of_the_reports_is_noticed(home, board):
    def block():
        shutil.rmtree(home.reports)
        home.reports.write_text("not a folder")

    seen = await broken_and_mended(board, machine.reports(home.reports), block, home.reports.unlink)
    assert "reports" in seen.evidence.text("en")
    assert list(home.reports.iterdir()) == []


async def test_reports_are_counted_without_the_canary(home):
    home.reports.mkdir()
    (home.reports / "june.pdf").write_bytes(b"%PDF")
    reading = await machine.reports(home.reports).read()
    assert reading.evidence.facts["reports"] == 1


@pytest.fixture
async def project(home):
    workspace = GitWorkspace(home.projects)
    note = CommitNote("", "multicoder", "First", "r-1")
    await workspace.commit("p-1", {"main.py": "print(1)\n", "data.txt": "words " * 500}, note)
    return workspace


async def test_a_damaged_history_of_the_newest_project_is_noticed(home, board, project):
    probe = machine.projects(project, home.projects, home.builds / "health")
    objects = sorted(home.projects.glob("p-1/repo/objects/??/*"), key=lambda file: file.stat().st_size)
    largest = objects[-1]
    content = largest.read_bytes()

    def write(data):
        largest.chmod(0o600)
        largest.write_bytes(data)

    seen = await broken_and_mended(board, probe, lambda: write(b"\0" * len(content)), lambda: write(content))
    assert "p-1" in seen.evidence.text("en")


async def test_a_place_where_nothing_can_be_committed_is_noticed(home, board, project):
    scratch = home.builds / "health"

    def block():
        shutil.rmtree(scratch)
        scratch.write_text("not a folder")

    await broken_and_mended(board, machine.projects(project, home.projects, scratch), block, scratch.unlink)


async def test_the_canary_repository_does_not_grow_and_is_no_project(home, project):
    probe = machine.projects(project, home.projects, home.builds / "health")
    sizes = []
    for _ in range(4):
        assert (await probe.read()).state == "ok"
        # Files alone: two objects whose names begin alike share a folder.
        sizes.append(sum(item.is_file() for item in (home.builds / "health").rglob("*")))
    assert len(set(sizes)) == 1
    assert [folder.name for folder in home.projects.iterdir()] == ["p-1"]
