"""LangGraph Studio's server as a developer starts it, driven through its own client."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from langgraph_sdk import get_client

from core.errors import ConfigurationError, StorageError
from core.paths import Home
from graph.studio import coordinator
from memory.archive import SqliteArchive
from tests.toolchain import TOOLCHAIN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
"""Any of them set to true sends every prompt to a tracing service."""
PRIVATE = ("MULTICODER_", "LANGSMITH_", "LANGCHAIN_", "LANGGRAPH_")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path) -> dict[str, str]:
    """No key, no tracing, no analytics, and a proxy at which nobody listens: whatever leaves this machine fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PRIVATE)}
    return kept | {
        "MULTICODER_HOME": str(home),
        "MULTICODER_TEAM": "demo",
        "MULTICODER_TOOLCHAIN": str(TOOLCHAIN),
        "LANGSMITH_TRACING": "false",
        "LANGGRAPH_CLI_NO_ANALYTICS": "1",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "NO_COLOR": "1",
    }


@contextmanager
def dev_server(folder: Path, home: Path) -> Iterator[tuple[str, Path]]:
    """`langgraph dev` with this repository's langgraph.json, started from a folder where it may leave its files."""
    port, log = free_port(), folder / "dev.log"
    command = [sys.executable, "-m", "langgraph_cli", "dev", "--no-browser", "--no-reload", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--config", str(ROOT / "langgraph.json")],
            cwd=folder,
            env=environment(home),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            until = time.monotonic() + START_SECONDS
            while not answers(url):
                assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
                assert time.monotonic() < until, "the server did not come up"
                time.sleep(0.2)
            yield url, log
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(15)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ok", trust_env=False, timeout=2).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    folder = tmp_path_factory.mktemp("studio")
    home = folder / "home"
    with dev_server(folder, home) as (url, log):
        yield url, log, home


class Studio:
    """One thread, as Studio shows it."""

    def __init__(self, client: Any, thread: str) -> None:
        self._client = client
        self._thread = thread

    async def start(self, task: str, **more: str) -> dict[str, Any]:
        await self._client.runs.wait(self._thread, "coordinator", input={"task": task, **more})
        return await self.state()

    async def resume(self, value: Any) -> dict[str, Any]:
        await self._client.runs.wait(self._thread, "coordinator", command={"resume": value})
        return await self.state()

    async def fork(self, checkpoint: str, values: dict[str, Any]) -> dict[str, Any]:
        await self._client.threads.update_state(self._thread, values, checkpoint_id=checkpoint)
        await self._client.runs.wait(self._thread, "coordinator", input=None)
        return await self.state()

    async def state(self) -> dict[str, Any]:
        return dict(await self._client.threads.get_state(self._thread))

    async def history(self) -> list[dict[str, Any]]:
        return [dict(state) for state in await self._client.threads.get_history(self._thread, limit=50)]


@pytest.fixture
async def studio(server: tuple[str, Path, Path]) -> AsyncIterator[Studio]:
    async with get_client(url=server[0], api_key=None) as client:
        thread = await client.threads.create()
        yield Studio(client, thread["thread_id"])


def delivered(home: Path) -> list[str]:
    return [str(file) for file in (home / "studio" / "out").iterdir() if file.is_file()]


def card_of(state: dict[str, Any]) -> dict[str, Any]:
    (card,) = [found["value"] for task in state["tasks"] for found in task["interrupts"]]
    return dict(card)


def decide(card: dict[str, Any], decision: str, text: str = "") -> dict[str, str]:
    return {"decision": decision, "digest": card["digest"], "text": text}


async def test_a_task_is_planned_forked_and_refused_without_a_blocking_call(studio, server):
    _, log, home = server
    asked = await studio.start("Make a text statistics tool")
    task = card_of(asked)
    assert asked["next"] == ["approve"]
    assert "approve" in task["options"]

    planned = await studio.resume(decide(task, "approve"))
    plan = card_of(planned)
    assert planned["next"] == ["plan_review"]
    assert plan["plan"]["modules"]

    history = await studio.history()
    nodes = [state["next"] for state in history if state["next"]]
    assert nodes[-7:-3] == [["architect"], ["approve"], ["judge"], ["recall"]]
    assert nodes[-3:] == [["intake"], ["register"], ["__start__"]]

    before_judge = next(state for state in history if state["next"] == ["judge"])
    forked = await studio.fork(before_judge["checkpoint"]["checkpoint_id"], {"locale": "ru"})
    again = card_of(forked)
    assert forked["next"] == ["approve"]
    assert again["locale"] == "ru"
    assert again["digest"] != task["digest"]
    assert len(await studio.history()) > len(history)

    ended = await studio.resume(decide(again, "reject"))
    assert ended["next"] == []
    assert ended["values"]["outcome"] == "rejected"
    archive = SqliteArchive(Home(home / "studio").database)
    try:
        record = await archive.run(ended["values"]["run"])
    finally:
        archive.close()
    assert record.outcome == "rejected"
    assert "Blocking call" not in log.read_text(encoding="utf-8", errors="replace")


@pytest.mark.slow
async def test_a_decision_about_another_card_is_not_taken(studio):
    task = card_of(await studio.start("Make a snake game"))
    for forged in ("approve", {"decision": "approve"}, decide({"digest": "0" * 32}, "approve"), [task["digest"]]):
        state = await studio.resume(forged)
        assert state["next"] == ["approve"], forged
        assert state["values"]["approvals"] == []
    assert card_of(state)["digest"] == task["digest"]


@pytest.mark.slow
async def test_the_next_task_of_a_thread_is_a_new_run_of_the_same_project(studio):
    task = card_of(await studio.start("Сделай игру змейка"))
    first = (await studio.resume(decide(task, "reject")))["values"]
    second = await studio.start("Make a snake game", target="source")
    assert second["next"] == ["approve"]
    assert second["values"]["project"] == first["project"]
    assert second["values"]["run"] != first["run"]
    assert (first["locale"], second["values"]["locale"]) == ("ru", "en")
    assert second["values"]["outcome"] is None
    assert second["values"]["options"]["target"] == "source"
    await studio.resume(decide(card_of(second), "reject"))
    third = await studio.start("Make a text statistics tool")
    assert third["values"]["options"]["target"] is None


@pytest.mark.parametrize("wrong", [{"task": "  "}, {"task": "Make a snake game", "target": "dmg"}, {}])
async def test_what_cannot_be_worked_on_starts_nothing(studio, wrong):
    with pytest.raises(Exception, match="InputError"):
        await studio.start(**{"task": "", **wrong})
    assert "run" not in (await studio.state())["values"]


async def test_what_was_opened_is_closed_when_the_rest_cannot_be(tmp_path, monkeypatch):
    for variable in ("MULTICODER_TEAM", "MULTICODER_TOOLCHAIN"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("MULTICODER_HOME", str(tmp_path))
    (tmp_path / "studio").mkdir()
    Home(tmp_path / "studio").database.write_bytes(b"no database")
    before = set(threading.enumerate())
    with pytest.raises(StorageError):
        async with coordinator():
            pytest.fail("a damaged archive was opened")
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert not [name for name in left if name.startswith(("ledger", "archive"))]


async def test_only_a_named_team_calls_the_persons_own_providers(tmp_path, monkeypatch):
    monkeypatch.delenv("MULTICODER_TOOLCHAIN", raising=False)
    monkeypatch.setenv("MULTICODER_HOME", str(tmp_path))
    monkeypatch.setenv("MULTICODER_TEAM", "mine")
    with pytest.raises(ConfigurationError, match="no-provider"):
        async with coordinator():
            pytest.fail("there is no provider to ask")
    monkeypatch.setenv("MULTICODER_TEAM", "")
    async with coordinator() as graph:
        assert "judge" in graph.nodes


def test_nothing_is_traced_whatever_variable_asks_for_it():
    served = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["env"]
    assert {name: served.get(name) for name in TRACING} == dict.fromkeys(TRACING, "false")


async def test_the_persons_own_data_is_not_touched(studio, server):
    home = server[2]
    await studio.start("Make a snake game")
    assert {entry.name for entry in home.iterdir()} == {"studio"}


@pytest.mark.slow
async def test_a_program_is_delivered_without_a_blocking_call(studio, server):
    _, log, home = server
    state = await studio.start("Make a text statistics tool", target="source")
    while state["next"]:
        card = card_of(state)
        assert "approve" in card["options"], card
        state = await studio.resume(decide(card, "approve"))
    assert state["values"]["outcome"] == "delivered"
    assert state["values"]["delivery"]["artifact"] in delivered(home)
    assert "Blocking call" not in log.read_text(encoding="utf-8", errors="replace")
