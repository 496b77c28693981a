"""What a run chose to read is read at once: no site holds up another, and nothing goes on behind a failure."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import StorageError
from graph.approvals import Reply
from graph.nodes.reading import together
from tests.graph.research_stage import stage

PAGES = {f"https://docs.example/{name}": (name.title(), f"{name} frobs.\n") for name in ("one", "two", "three")}


async def test_a_site_that_takes_its_time_holds_up_no_other(home, ledger, sink):
    async with stage(home, ledger, sink) as made, asyncio.timeout(20):
        made.web.pages.update(PAGES)
        made.team.always("researcher.plan", {"searches": [{"query": "frob", "topic": "web"}]})
        made.team.always("researcher.choose", {"pages": [3, 1, 2], "repositories": []})
        all_there, read = asyncio.Barrier(len(PAGES)), made.web.read

        async def slowly(url):
            await all_there.wait()
            return await read(url)

        made.web.read = slowly
        await made.begin("Make a tool that frobs")
        assert (await made.say(Reply("approve")))["kind"] == "plan"
        (finished,) = made.events("research.finished")
        assert [(source["n"], source["title"]) for source in finished["sources"]] == [
            (1, "Three"),
            (2, "One"),
            (3, "Two"),
        ]


async def test_where_one_fails_none_goes_on():
    ended = []

    async def long():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("long")

    async def failing():
        await asyncio.sleep(0)
        raise StorageError("storage")

    with pytest.raises(StorageError):
        await together(long(), failing())
    assert ended == ["long"]
