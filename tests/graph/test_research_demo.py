"""The demo team and the internet: it looks nothing up by itself, and what a person types behind `/search` it reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from agents.providers.demo import DemoGateway
from graph.approvals import Reply
from tests.graph.research_stage import stage

DOCS = "https://docs.example/frobnicate"


@pytest.fixture
async def demo(home, ledger, sink):
    async with stage(home, ledger, sink) as made:
        made.web.pages[DOCS] = ("Frobnicate docs", "Frobnicate\n\nfrob(text) frobs a text.\n")
        made.shop = replace(made.shop, gateway=DemoGateway())
        yield made


async def test_a_task_of_the_demo_team_asks_for_nothing_and_sends_nothing(demo):
    card = await demo.begin("Make a calculator with a GUI", web="ask")
    assert card["kind"] == "task"
    assert (await demo.say(Reply("approve")))["kind"] == "plan"
    assert demo.web.asked == []
    assert [data["why"] for data in demo.events("research.skipped")] == ["nothing"]


async def test_a_search_is_answered_with_lines_and_sources(demo):
    assert await demo.begin("/search frob") is None
    (given,) = demo.events("answer.given")
    (source,) = given["sources"]
    assert source["url"] == DOCS
    for place in re.findall(r"\[(d-[\w-]+:L\d+)\]", given["text"]):
        document, _, line = place.partition(":L")
        (text,) = await demo.shop.memory.documents.lines(document, int(line), int(line))
        assert f"- {text} [{place}]" in given["text"]
    assert source["places"]
