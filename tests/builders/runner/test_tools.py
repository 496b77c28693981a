"""Trusted tools: clean environment, capped output, a certain end of the whole tree."""

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from builders.runner.processes import Capture
from builders.runner.tools import run_tool
from core.errors import ConfigurationError


async def python(code: str, cwd: Path, **options):
    return await run_tool([sys.executable, "-c", code], cwd=cwd, **options)


FAMILY = (
    "import os, pathlib, subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)']);"
    "pathlib.Path('pid').write_text(f'{child.pid}\\n');"
)


async def test_a_tool_runs_in_its_folder_and_tells_how_it_ended(tmp_path):
    result = await python("import os, sys; print(os.getcwd()); print('no', file=sys.stderr); sys.exit(3)", tmp_path)
    assert (result.ending, result.exit_code, result.ok) == ("exit", 3, False)
    assert result.stdout.strip() == str(tmp_path.resolve())
    assert result.stderr.strip() == "no"


async def test_secrets_of_our_environment_stay_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("MULTICODER_API_KEY", "canary-value")
    result = await python("import os; print(dict(os.environ))", tmp_path, env={"UV_OFFLINE": "1"})
    assert "canary-value" not in result.stdout
    assert "UV_OFFLINE" in result.stdout


async def test_a_tool_that_cannot_be_started_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigurationError) as caught:
        await run_tool(["no-such-tool-anywhere"], cwd=tmp_path)
    assert caught.value.code == "tool-missing"


async def test_the_time_limit_ends_the_whole_tree(tmp_path, gone, written_number):
    result = await python(FAMILY + "time.sleep(30)", tmp_path, seconds=1.5)
    assert result.ending == "timeout"
    assert result.exit_code is None
    assert await gone(await written_number(tmp_path / "pid"))


async def test_children_left_behind_end_with_the_tool(tmp_path, gone, written_number):
    began = time.monotonic()
    result = await python(FAMILY, tmp_path)
    assert result.ok
    assert time.monotonic() - began < 10
    assert await gone(await written_number(tmp_path / "pid"))


async def test_cancelling_ends_the_whole_tree_within_a_second(tmp_path, gone, written_number):
    task = asyncio.create_task(python(FAMILY + "time.sleep(30)", tmp_path))
    pid = await written_number(tmp_path / "pid")
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await gone(pid)
    assert time.monotonic() - began < 1


async def test_long_output_keeps_its_head_and_its_tail(tmp_path):
    result = await python("print('first'); print('x' * 100_000); print('last')", tmp_path, output_kb=4)
    assert result.truncated
    assert result.stdout.startswith("first")
    assert result.stdout.endswith("last" + os.linesep)
    assert len(result.stdout) < 4300


def test_a_capture_counts_what_it_drops():
    capture = Capture(10)
    for piece in (b"abc", b"defgh", b"", b"ijklmnop"):
        capture.add(piece)
    assert capture.dropped == 6
    assert capture.text() == "abcde\n[6 bytes dropped]\nlmnop"
