"""`multicoder search` against real engines of a small internet."""

from __future__ import annotations

import asyncio
import json
import threading

import keyring
import pytest
from typer.testing import CliRunner

from agents.providers.keys import SERVICE
from engine.cli_app import app
from tests.agents.tools.world_fixtures import small_world
from tests.fakes.keyrings import MemoryKeyring
from tests.fakes.web_world import limited


@pytest.fixture
def world(tmp_path):
    """A world that is served by a loop of its own, beside the command's."""
    made, ready, loop = small_world(), threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()

    async def serve():
        async with made.served():
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(5)
    made.write_engines(tmp_path)
    (tmp_path / "settings.toml").write_text(f'web_hosts = "{made.web_hosts}"\n', encoding="utf-8")
    yield made
    loop.call_soon_threadsafe(ended.set)
    thread.join(5)
    loop.close()


def test_what_is_found_is_listed_with_numbers_or_told_as_json(world, tmp_path):
    listed = CliRunner().invoke(app, ["search", "frob", "--home", str(tmp_path)])
    assert listed.exit_code == 0
    assert "1. Frob & friends" in listed.output
    told = CliRunner().invoke(app, ["search", "frob", "--topic", "repositories", "--json", "--home", str(tmp_path)])
    assert json.loads(told.output)["hits"][0]["repository"]["licence"] == "MIT"
    assert world.kinds("archive") == []


def test_a_key_is_kept_in_the_keyring_and_nowhere_else(tmp_path, monkeypatch):
    before, ring = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ring)
    monkeypatch.setenv("SOME_KEY", "k3y-of-a-person-0123456789")
    order = ["search-key", "brave", "--home", str(tmp_path)]
    try:
        kept = CliRunner().invoke(app, [*order, "--key-env", "SOME_KEY"])
        assert ring.kept == {(SERVICE, "search:brave"): "k3y-of-a-person-0123456789"}
        assert CliRunner().invoke(app, [*order, "--remove"]).exit_code == 0
        assert ring.kept == {}
        assert CliRunner().invoke(app, ["search-key", "nobody", "--home", str(tmp_path)]).exit_code == 2
    finally:
        keyring.set_keyring(before)
    assert kept.exit_code == 0
    assert "k3y-of" not in kept.output
    assert not any(b"k3y-of" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_topic_nobody_knows_is_refused(tmp_path):
    assert CliRunner().invoke(app, ["search", "frob", "--topic", "all", "--home", str(tmp_path)]).exit_code == 2


def test_nothing_to_look_for_and_nobody_to_ask_are_told_apart_from_nothing_found(world, tmp_path):
    assert CliRunner().invoke(app, ["search", "  ", "--home", str(tmp_path)]).exit_code == 2
    world.results.clear()
    nothing = CliRunner().invoke(app, ["search", "nothing of the kind", "--home", str(tmp_path)])
    assert (nothing.exit_code, nothing.output.strip()) == (0, "Nothing was found.")
    world.faults["/duckduckgo"] = limited(600)
    nobody = CliRunner().invoke(app, ["search", "something else", "--home", str(tmp_path)])
    assert nobody.exit_code == 14
    assert "duckduckgo was asked too often" in nobody.output
    told = CliRunner().invoke(app, ["search", "a third thing", "--json", "--home", str(tmp_path)])
    assert (told.exit_code, json.loads(told.output)["engine"]) == (14, "")
