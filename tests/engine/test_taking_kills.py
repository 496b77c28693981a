"""A take that is killed goes on with the next call, and fetches again only what had not come whole."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.engine.taking_world import COMMIT, PROJECT, Host, Stand, until, zipped

SCRIPT = Path(__file__).with_name("taking_process.py")
ROOT = Path(__file__).resolve().parents[2]
PATH = f"/owner/tools/zip/{COMMIT}"
FILES = {f"f{number:02}.py": f"x = {number:02}\n".ljust(20, "#") for number in range(30)}


@pytest.fixture
def host(tmp_path):
    folder = tmp_path / "authority"
    folder.mkdir()
    host = Host(folder)
    host.bodies[PATH] = zipped(FILES)
    yield host
    host.close()


def start(home, host, where):
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(home.root), host.place, str(host.root), where],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


async def completed(home, host):
    async with Stand(home, host.place, host.root) as stand:
        taken = await stand.take()
        kept = await stand.documents.documents(project=PROJECT)
        consents = await stand.consents.all()
    assert set(taken.files) == set(FILES)
    assert len(kept) == len(FILES) + 1, "nothing is kept twice"
    assert len(consents) == 1
    assert consents[0].taken > 0


@pytest.mark.parametrize("where", ["whole", pytest.param("importing", marks=pytest.mark.slow)])
async def test_killed_after_it_came_whole_it_is_fetched_once(home, host, where):
    process = start(home, host, where)
    try:
        assert await asyncio.to_thread(process.stdout.readline) == f"{where}\n"
    finally:
        process.kill()
        process.communicate()
    await completed(home, host)
    assert host.asked == [PATH]


@pytest.mark.slow
async def test_killed_while_it_comes_it_is_fetched_once_more(home, host):
    host.waits = threading.Event()
    process = start(home, host, "nowhere")
    try:
        await until(lambda: host.asked)
    finally:
        process.kill()
        process.communicate()
        host.waits.set()
    await completed(home, host)
    assert host.asked == [PATH, PATH]
