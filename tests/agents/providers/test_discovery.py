"""Checking a provider: is the key right, is there money, what is on offer."""

from __future__ import annotations

import time

import pytest

from agents.providers.discovery import check, offered_models
from agents.providers.keys import Secret
from agents.providers.registry import Provider
from core.errors import ProviderError
from core.i18n import LOCALES, tr
from tests.agents.providers.conftest import KEY
from tests.fakes.openai_server import Answer, OpenAIServer, failing, refused_url


def row(url: str, *models: str) -> Provider:
    return Provider("one", "One", url, models)


async def test_a_right_key_is_valid_without_spending():
    with OpenAIServer([Answer("never")], keys=[KEY], models=["a", "models/b", "a"]) as server:
        result = await check(row(server.url), Secret(KEY))
        assert server.chats == []
    assert (result.state, result.models) == ("valid", ("a", "b"))


async def test_a_wrong_key_is_told_apart():
    with OpenAIServer([Answer("never")], keys=["another"]) as server:
        result = await check(row(server.url), Secret(KEY))
    assert result.state == "bad_key"
    assert KEY not in result.detail


async def test_a_public_list_proves_nothing_so_one_token_is_asked_for():
    with OpenAIServer([Answer("H")], keys=[KEY], public_models=True) as server:
        assert (await check(row(server.url, "gpt-test"), Secret(KEY))).state == "valid"
        assert (await check(row(server.url), Secret("sk-wrong-key-000000"))).state == "bad_key"
        [chat, _refused] = server.chats
    assert (chat.body["max_tokens"], chat.body["model"]) == (1, "gpt-test")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("402", "no_money"),
        ("429-quota", "no_money"),
        ("403-region", "region"),
        ("429", "limited"),
        ("404", "valid"),
        ("500", "unreachable"),
    ],
)
async def test_the_answer_of_one_token_decides(kind, state):
    with OpenAIServer([failing(kind)], public_models=True) as server:
        result = await check(row(server.url), Secret(KEY))
    assert result.state == state
    for locale in LOCALES:
        assert "One" in tr(result.message_id, locale, provider="One", detail=result.detail)


async def test_an_endpoint_that_is_not_there_is_told_in_time():
    started = time.monotonic()
    assert (await check(row(refused_url()), None, seconds=1)).state == "unreachable"
    with OpenAIServer([Answer("x")]) as server:
        assert (await check(row(server.url + "/wrong"), None)).state == "unreachable"
    assert time.monotonic() - started < 5


async def test_an_empty_list_and_a_wrong_address():
    with OpenAIServer([Answer("x")], models=[]) as server:
        assert await offered_models(row(server.url), None) == ()
        with pytest.raises(ProviderError) as caught:
            await offered_models(row(server.url.removesuffix("/v1") + "/nothing/here"), None)
    assert caught.value.fault == "model_gone"


async def test_a_proxy_nobody_can_use_is_told(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1080")
    result = await check(Provider("one", "One", "https://models.example/v1"), Secret(KEY))
    assert (result.state, "proxy" in result.detail) == ("unreachable", True)
