"""Real engines killed with SIGKILL: what dies with them, and what the next one has to end."""

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from builders.runner.orphans import (
    FOLDER_VARIABLE,
    _Record,
    children_recorded,
    clean_orphans,
    forget_child,
    record_child,
)
from builders.runner.tools import run_tool

ROOT = Path(__file__).resolve().parents[3]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]

ENGINE = """
import asyncio, pathlib, sys
sys.path.insert(0, sys.argv[1])
from builders.runner import interpreter_reads, make_runner
from builders.runner.orphans import children_recorded
from builders.runner.tools import run_tool
from core.ports import Job

async def main(kind, folder, program):
    if kind == "tool":
        await run_tool([sys.executable, "-c", program], cwd=folder)
    else:
        python = pathlib.Path(sys.executable)
        job = Job((sys.executable, "-c", program), folder, reads=interpreter_reads(python))
        print(await make_runner().run(job))

folder = pathlib.Path(sys.argv[3])
with children_recorded(folder / "children"):
    asyncio.run(main(sys.argv[2], folder / "work", sys.argv[4]))
"""
FAMILY = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("pid").write_text(f"{child.pid}\\n")
time.sleep(60)
"""
BREEDER = """
import os, pathlib, subprocess, sys, time
if os.fork() == 0:
    os.setpgid(0, 0)
    while True:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        time.sleep(0.005)
pathlib.Path("pid").write_text(f"{os.getpid()}\\n")
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "work").mkdir()
    return tmp_path


@pytest.fixture
def killed_engine(folder, until):
    """Start an engine that runs a program, kill it once the program is there."""

    async def kill(kind, program, marker="pid"):
        command = [sys.executable, "-c", ENGINE, str(ROOT), kind, str(folder), program]
        engine = subprocess.Popen(command)  # noqa: ASYNC220 - started once, killed at once
        there = folder / "work" / marker
        assert await until(lambda: there.exists() and there.read_text().endswith("\n"), 20), engine.poll()
        engine.kill()
        engine.wait()

    return kill


def recorded(folder):
    return [json.loads(file.read_text()) for file in (folder / "children").glob("*.json")]


def alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def record_of(process, **changes):
    """A record of a process, whose owner, said to be of long ago, is dead."""
    return asdict(_Record(process.pid, process.create_time(), "x", os.getpid(), 1.0)) | changes


@pytest.fixture
def stranger():
    """Start a process that is none of ours."""
    with subprocess.Popen(SLEEP) as process:
        yield psutil.Process(process.pid)
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="a job object ends it with its engine")
async def test_a_tool_outlives_its_killed_engine_and_its_whole_tree_is_ended_by_the_next(folder, killed_engine):
    await killed_engine("tool", FAMILY)
    await asyncio.sleep(0.5)
    (record,) = recorded(folder)
    grandchild = int((folder / "work" / "pid").read_text())
    assert alive(record["pid"])
    assert alive(grandchild)
    began = time.monotonic()
    (orphan,) = await asyncio.to_thread(clean_orphans, folder / "children")
    assert time.monotonic() - began < 2
    assert (orphan.pid, orphan.what, orphan.gone) == (record["pid"], Path(sys.executable).name, True)
    assert not alive(record["pid"])
    assert not alive(grandchild)
    assert recorded(folder) == []
    assert clean_orphans(folder / "children") == []


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
async def test_a_tree_that_keeps_growing_is_ended_whole(folder, killed_engine):
    await killed_engine("tool", BREEDER)
    (record,) = recorded(folder)
    (orphan,) = await asyncio.to_thread(clean_orphans, folder / "children")
    assert orphan.gone
    left = [process for process in psutil.process_iter() if session(process.pid) == record["pid"]]
    assert [process for process in left if alive(process.pid)] == []


def session(pid):
    try:
        return os.getsid(pid)
    except OSError:
        return -1


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap")
async def test_a_sandboxed_job_ends_with_its_killed_engine_by_itself(folder, killed_engine, until):
    await killed_engine("job", FAMILY)
    records = recorded(folder)
    assert [record["what"] for record in records] == [Path(sys.executable).name]
    assert await until(lambda: not any(alive(record["pid"]) for record in records), 2)
    assert await asyncio.to_thread(clean_orphans, folder / "children") == []
    assert recorded(folder) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"created": 1.0},
        {"created": "now"},
        {"created": float("nan")},
        {"pid": 2**22 + 1},
        {"pid": -1},
        {"pid": 0},
        {"pid": 1},
        {"pid": 2**80},
        {"owner_created": psutil.Process().create_time()},
    ],
)
async def test_nothing_else_is_ever_touched(tmp_path, stranger, changes):
    """A number given away, nonsense, a number of nobody, and the child of an owner that lives."""
    file = tmp_path / "1-a.json"
    file.write_text(json.dumps(record_of(stranger, **changes)))
    assert await asyncio.to_thread(clean_orphans, tmp_path) == []
    assert alive(stranger.pid)
    assert file.exists() == ("owner_created" in changes)


async def test_the_right_child_of_a_dead_owner_is_ended_whoever_wrote_it_down(tmp_path, stranger):
    (tmp_path / "1-a.json").write_text(json.dumps(record_of(stranger)))
    (orphan,) = await asyncio.to_thread(clean_orphans, tmp_path)
    assert orphan.pid == stranger.pid
    assert not alive(stranger.pid)
    assert alive(os.getpid())


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "\x00", '{"pid": 1}', "nul", "[1]", "1"])
def test_half_a_record_harms_nobody_and_goes_away(tmp_path, text):
    (tmp_path / "1-a.json").write_text(text)
    assert clean_orphans(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_new_data_folder_has_no_orphans(tmp_path):
    assert clean_orphans(tmp_path / "children") == []


async def test_a_child_is_written_down_while_it_lives_and_only_when_that_is_wanted(folder, until):
    await run_tool([sys.executable, "-c", ""], cwd=folder)
    with children_recorded(folder / "children"):
        tool = asyncio.create_task(run_tool(SLEEP, cwd=folder))
        assert await until(lambda: recorded(folder), 5)
        (record,) = recorded(folder)
        assert record["owner"] == os.getpid()
        assert "sleep" not in json.dumps(record)  # arguments can be secret
        await run_tool(
            [sys.executable, "-c", "import os; assert not os.environ.get('MULTICODER_CHILDREN')"], cwd=folder
        )
        assert recorded(folder) == [record]
        tool.cancel()
        await asyncio.gather(tool, return_exceptions=True)
        assert await until(lambda: recorded(folder) == [], 2)
    assert FOLDER_VARIABLE not in os.environ


async def test_work_goes_on_when_a_child_cannot_be_written_down(folder):
    with children_recorded(folder / "children"):
        shutil.rmtree(folder / "children")
        result = await run_tool([sys.executable, "-c", "print(1)"], cwd=folder)
    assert result.ok


def test_writing_down_a_child_takes_less_than_a_millisecond(tmp_path, stranger):
    seconds = []
    with children_recorded(tmp_path):
        for _ in range(100):
            began = time.perf_counter()
            forget_child(record_child(stranger.pid, "x"))
            seconds.append(time.perf_counter() - began)
    assert statistics.median(seconds) < 0.001
