"""The lamp of web search, on research that asks real servers."""

from __future__ import annotations

import pytest

from core.paths import Home
from engine.health.probes.web import Searching, web_search
from tests.agents.tools.web_site import answer
from tests.agents.tools.world_fixtures import opened_on, small_world

KEY = "k3y-of-a-person-0123456789"


def probe_of(research, folder, wish):
    (folder / "settings.toml").write_text(f'web_search = "{wish}"\n', encoding="utf-8")
    assert isinstance(research, Searching)
    return web_search(research, Home(folder), {})


@pytest.mark.parametrize(("wish", "says"), [("off", "health-web-off"), ("ask", "health-web-unused")])
async def test_nobody_is_asked_without_the_persons_word(wish, says, tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        reading = await probe_of(research, tmp_path, wish).read()
    assert (reading.state, reading.evidence.message) == ("unknown", says)
    assert world.seen == []


async def test_where_it_is_on_one_look_is_enough_for_a_while(tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        probe = probe_of(research, tmp_path, "on")
        readings = [await probe.read() for _ in range(3)]
    assert [reading.state for reading in readings] == ["ok"] * 3
    assert len(world.seen) == 1


async def test_the_last_real_search_is_what_is_told(tmp_path):
    world = small_world(faults={"/brave": answer("no", 403)})
    async with opened_on(world, tmp_path, {"brave": KEY}) as research:
        probe = probe_of(research, tmp_path, "ask")
        await research.search("one")
        assert (await probe.read()).state == "degraded"
        world.faults["/duckduckgo"] = answer("gone", 404)
        await research.search("two")
        assert (await probe.read()).state == "down"
