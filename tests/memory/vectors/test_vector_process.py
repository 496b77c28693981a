"""What an index does to its process, and what the end of a process does to it."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from vector_passages import cut, text_of

from memory.vectors.lane import open_vectors

SPACES = ("person.dialogue", "p-1.docs")
HERE = Path(__file__).parent

WATCHED = """
import sys
seen = []
def watch(event, args):
    if event.startswith("socket.") and event not in {"socket.__new__", "socket.gethostname"}:
        seen.append((event, repr(args)[:200]))
    if event == "socket.__new__" and args[1] not in {0, 1}:  # AF_UNIX: the pipe an event loop wakes itself with
        seen.append((event, repr(args)[:200]))
sys.addaudithook(watch)
import asyncio, pathlib
import psutil
from vector_passages import cut, text_of
from memory.vectors.lane import open_vectors

def connections():
    return [one for one in psutil.Process().net_connections("inet")]

async def main():
    lane = open_vectors(pathlib.Path(sys.argv[1]))
    assert await lane.catch_up(cut(120)) == 120
    assert await lane.search(["p-1.docs"], [text_of(7)], 3)
    assert (await lane.condition()).state == "ready"
    open_ones = connections()
    await lane.remove([7])
    await lane.close()
    print(open_ones, seen)

asyncio.run(main())
"""

FILLING = """
import asyncio, pathlib, sys
import memory.vectors.chroma, memory.vectors.lane
from vector_passages import cut
memory.vectors.lane._ORDER, memory.vectors.lane._PIECE = 40, 20
memory.vectors.chroma._INDEX["sync_threshold"] = 50

async def main():
    lane = memory.vectors.lane.open_vectors(pathlib.Path(sys.argv[1]))
    await lane.catch_up(cut(int(sys.argv[2])), lambda done, total: print(done, flush=True))
    await lane.close()

asyncio.run(main())
"""


def child(code, *words, environ):
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.Popen(command, cwd=environ["PWD"], stdout=subprocess.PIPE, text=True, env=environ)


@pytest.fixture
def environ(tmp_path):
    """Everything that would make the library speak, had it been listened to."""
    work = tmp_path / "work"
    work.mkdir()
    (work / ".env").write_text("ANONYMIZED_TELEMETRY=True\nCHROMA_SERVER_HOST=127.0.0.1\n")
    said = {
        "ANONYMIZED_TELEMETRY": "True",
        "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://127.0.0.1:4317",
        "CHROMA_OTEL_GRANULARITY": "all",
        "CHROMA_SERVER_HOST": "127.0.0.1",
        "CHROMA_SERVER_HTTP_PORT": "8000",
        "CHROMA_API_IMPL": "chromadb.api.fastapi.FastAPI",
    }
    return {**os.environ, **said, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[2])]), "PWD": str(work)}


def test_no_socket_is_opened_and_none_listens_whatever_the_environment_says(tmp_path, environ):
    with child(WATCHED, tmp_path / "home", environ=environ) as watched:
        said, _ = watched.communicate(timeout=120)
    assert watched.returncode == 0
    assert said.strip() == "[] []"


async def killed_and_mended(home, dice, environ):
    """Kill a filling at any moment; the next one finds an index that is whole, or notices that it is not."""
    with child(FILLING, home, 600, environ=environ) as filling:
        for line in filling.stdout:
            if dice.random() < 0.3 or int(line) > 500:
                break
        await asyncio.sleep(dice.random() * 0.3)
        filling.kill()
    lane = open_vectors(home)
    try:
        await lane.catch_up(cut(600))
        condition = await lane.condition()
        if condition.state == "degraded":  # the kill hit a graph that was being written
            await lane.catch_up(cut(600))
            condition = await lane.condition()
        assert (condition.state, condition.embedded) == ("ready", 600), condition.trouble
        for number in dice.sample(range(1, 601), 25):
            found = await lane.search(SPACES, [text_of(number)], 3)
            assert found.get(number, 0.0) > 0.999
    finally:
        await lane.close()


async def test_a_kill_while_passages_are_put_in_loses_nothing(tmp_path, environ):
    await killed_and_mended(tmp_path / "home", random.Random(3), environ)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
async def test_many_kills_while_passages_are_put_in(tmp_path, environ, seed):
    await killed_and_mended(tmp_path / "home", random.Random(seed), environ)
