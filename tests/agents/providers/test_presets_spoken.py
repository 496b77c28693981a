"""Every preset against a server as strict as its maker: the key is proved, models are listed, answers come whole."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from agents.providers import catalogue
from agents.providers.authorising import TokenExchange
from agents.providers.catalogue import presets
from agents.providers.discovery import check
from agents.providers.gateway import Access, FleetGateway
from agents.providers.key_pool import Key
from agents.providers.keys import Secret
from core.ports import CallTag, Message, ModelRequest
from tests.fakes.preset_server import DATA, KEY, MAKERS, TEXT, Tokens, played

SCHEMA = {
    "title": "Verdict",
    "type": "object",
    "properties": {"level": {"type": "string"}},
    "required": ["level"],
}
EVERY = [known.id for known in presets() if known.wire.protocol != "web"]


def ask_for(schema=None) -> ModelRequest:
    messages = (Message("system", "You judge."), Message("user", "Is it green?"))
    return ModelRequest("coder", CallTag("coder.test", run="run-1"), messages, schema=schema, max_tokens=500)


def test_every_played_maker_is_a_preset():
    assert set(MAKERS) <= set(EVERY)


@pytest.mark.parametrize("preset_id", EVERY)
async def test_the_right_key_is_proved_and_a_wrong_one_refused(preset_id):
    with played(preset_id) as (server, row):
        right = await check(row, Secret(KEY))
        asked = [request for request in server.requests if request.method == "POST" and "oauth" not in request.path]
        wrong = await check(row, Secret("canary-wrong-0123456789"))
    assert (right.state, wrong.state) == ("valid", "bad_key"), (right.detail, wrong.detail)
    if row.wire.check != "chat" and preset_id != "tabbyml":
        assert asked == []  # nothing was spent
    if preset_id == "openrouter":
        assert right.remaining_usd == 4.5
    if MAKERS.get(preset_id) is None or MAKERS[preset_id].has_list:
        assert set(row.models) <= set(right.models)
    assert KEY not in right.detail + wrong.detail


@pytest.mark.parametrize("preset_id", EVERY)
async def test_answers_come_whole_in_words_and_as_data(preset_id, sink):
    with played(preset_id) as (server, row):
        gateway = FleetGateway([Access.by(row, Secret(KEY))], sink)
        words = await gateway.ask(ask_for())
        data = await gateway.ask(ask_for(SCHEMA))
        await gateway.aclose()
    assert (words.text, words.substitutions) == (TEXT, ())
    assert (data.data, data.text.strip()) == ({"level": "green"}, DATA)
    assert words.model == f"{preset_id}:{row.models[0]}"
    assert (words.usage.prompt_tokens, words.usage.completion_tokens) == (11, 7) or preset_id == "gigachat"
    assert sink.events == []
    assert server.disconnects == 0


async def test_a_token_is_bought_once_and_again_before_it_ends(sink, quick):
    tokens, now = Tokens(lasting=1800), [0.0]
    with played("gigachat", tokens=tokens) as (_server, row):
        shown = TokenExchange(row, Secret(KEY), now=lambda: time.time() + now[0])
        gateway = FleetGateway([Access(row, (Key(shown),))], sink, timeouts=quick)
        for _ in range(3):
            assert (await gateway.ask(ask_for())).text == TEXT
        assert len(tokens.sold) == 1
        now[0] = 1501.0  # five minutes before the end of the first
        assert (await gateway.ask(ask_for())).text == TEXT
        assert len(tokens.sold) == 2
        await gateway.aclose()


async def test_a_wrong_region_is_found_before_a_key_is_called_wrong(monkeypatch):
    """The addresses of a maker are moved to servers of this machine, as a maker would have them."""
    with played("dashscope") as (wrong, _), played("dashscope") as (right, row):
        refuse = wrong.behave
        wrong.behave = lambda request: refuse(replace(request, headers={}))
        known = replace(catalogue.preset("dashscope"), base_url=wrong.url, hosts={"one": wrong.url, "two": right.url})
        others = tuple(known if other.id == known.id else other for other in catalogue.presets())
        monkeypatch.setattr(catalogue, "presets", lambda: others)
        result = await check(replace(row, base_url=wrong.url), Secret(KEY))
    assert (result.state, result.base_url) == ("valid", right.url)
