"""What was judged before is not asked again; whoever writes is; and nothing breaks by what is in the folder."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from agents.providers import reply_cache
from agents.providers.gateway import Access, FleetGateway
from agents.providers.registry import Price, Provider
from agents.providers.reply_cache import DAYS, ReplyCache
from agents.providers.secret import Secret
from core.ports import CallTag, Message, ModelReply, ModelRequest
from tests.agents.providers.conftest import KEY
from tests.fakes.openai_server import Answer, OpenAIServer, error

SCHEMA = {
    "title": "Verdict",
    "type": "object",
    "properties": {"level": {"type": "string"}},
    "required": ["level"],
}

RUNS = itertools.count(1)


def ask_for(role="judge", text="Is it green?", **fields) -> ModelRequest:
    """A question of a run of its own."""
    tag = CallTag(f"{role}.test", run=f"run-{next(RUNS)}")
    return ModelRequest(role, tag, (Message("user", text),), **fields)


@pytest.fixture
async def judged(tmp_path, sink, quick):
    """A gateway with a cache, on a server that counts."""
    with OpenAIServer(lambda _body: Answer('{"level": "green"}')) as server:
        row = Provider("one", "One", server.url, ("gpt-test", "claude-test"), prices={"*": Price(1, 1)})
        cache = ReplyCache(tmp_path / "replies")
        gateway = FleetGateway([Access.by(row, Secret(KEY))], sink, timeouts=quick, cache=cache)
        yield gateway, server
        await gateway.aclose()


async def test_the_same_question_is_paid_for_once_also_by_another_run(judged):
    gateway, server = judged
    first = await gateway.ask(ask_for(schema=SCHEMA))
    again = await gateway.ask(ask_for(schema=SCHEMA))
    assert len(server.chats) == 1
    assert (again.data, again.model, again.usage.cost_usd, again.usage.priced) == (first.data, first.model, 0.0, True)
    assert first.usage.cost_usd > 0
    assert again.substitutions == ("one:gpt-test said this before",)


@pytest.mark.parametrize(
    "other",
    [
        ask_for(text="Is it red?"),
        ask_for(role="coder"),
        ask_for(escalate=1),
        ask_for(avoid_family="gpt"),
        ask_for(schema=SCHEMA),
        ask_for(max_tokens=99),
    ],
)
async def test_another_question_is_asked(judged, other):
    gateway, server = judged
    for request in (ask_for(), other, replace(other, tag=ask_for().tag)):
        await gateway.ask(request)
    kept = other.role in reply_cache.ROLES and not other.escalate
    assert len(server.chats) == (2 if kept else 3)


async def test_what_one_run_asks_twice_was_not_answered_well(judged):
    gateway, server = judged
    await gateway.ask(ask_for())
    mine = ask_for()
    await gateway.ask(mine)
    assert len(server.chats) == 1
    await gateway.ask(mine)
    assert len(server.chats) == 2
    await gateway.ask(mine)
    assert len(server.chats) == 3
    await gateway.ask(ask_for())
    assert len(server.chats) == 3


async def test_text_is_given_on_as_if_it_came(judged):
    gateway, _ = judged
    heard: list[str] = []
    for _ in range(2):
        await gateway.ask(ask_for(), on_text=heard.append)
    assert heard[-1] == '{"level": "green"}'


async def test_old_answers_are_asked_for_anew(judged, monkeypatch):
    gateway, server = judged
    await gateway.ask(ask_for())
    now = reply_cache.time.time()
    monkeypatch.setattr(reply_cache.time, "time", lambda: now + DAYS * 86_400 + 1)
    await gateway.ask(ask_for())
    assert len(server.chats) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"form": 1}', b"\xff\xfe", b'{"form": 2, "at": 9e99}'])
async def test_a_damaged_file_is_no_answer(judged, tmp_path, content):
    gateway, server = judged
    await gateway.ask(ask_for())
    [file] = (tmp_path / "replies").rglob("*.json")
    file.write_bytes(content)
    assert (await gateway.ask(ask_for())).text == '{"level": "green"}'
    assert len(server.chats) == 2


async def test_what_another_model_said_in_its_place_is_not_kept(tmp_path, sink, quick):
    busy = [error(429, "slow down")]
    with (
        OpenAIServer(lambda _body: busy.pop() if busy else Answer("mine")) as one,
        OpenAIServer([Answer("theirs")]) as two,
    ):
        rows = [Provider(name, name, server.url, ("gpt-test",)) for name, server in (("one", one), ("two", two))]
        cache = ReplyCache(tmp_path / "replies")
        gateway = FleetGateway([Access.by(row, Secret(KEY)) for row in rows], sink, timeouts=quick, cache=cache)
        assert (await gateway.ask(ask_for())).text == "theirs"
        assert list((tmp_path / "replies").rglob("*.json")) == []
        await gateway.aclose()


def test_the_folder_stays_small(tmp_path, monkeypatch):
    monkeypatch.setattr(reply_cache, "MOST_FILES", 256 * 2)
    cache = ReplyCache(tmp_path)
    for number in range(3_000):
        cache.put(ask_for(text=str(number)), "one:m", ModelReply("x", "one:m"))
    assert len(list(tmp_path.rglob("*.json"))) <= 512


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path):
    (tmp_path / "file").write_text("x")
    cache = ReplyCache(tmp_path / "file" / "replies")
    cache.put(ask_for(), "one:m", ModelReply("x", "one:m"))
    assert cache.get(ask_for(), "one:m") is None
