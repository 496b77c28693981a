"""Joining the environment, the registry and the keyring into a gateway."""

from __future__ import annotations

import pytest

from agents.providers.gateway_opening import open_gateway
from agents.providers.keys import SERVICE
from agents.providers.registry import Provider, Registry
from agents.providers.styles import STYLES
from core.errors import ConfigurationError, InputError
from core.ports import CallTag, Message, ModelRequest
from tests.agents.providers.conftest import KEY
from tests.fakes.keyrings import MemoryKeyring, PlaintextKeyring
from tests.fakes.openai_server import Answer, OpenAIServer, refused_url

REQUEST = ModelRequest("coder", CallTag("coder.write"), (Message("user", "hi"),))
AWAY = "https://models.invalid/v1"


@pytest.fixture
def ring(use_keyring) -> MemoryKeyring:
    kept = MemoryKeyring()
    use_keyring(kept)
    return kept


async def test_nothing_set_up_is_said(home, sink, ring):
    with pytest.raises(ConfigurationError) as caught:
        await open_gateway(home, environ={}, sink=sink)
    assert caught.value.code == "no-provider"


async def test_the_environment_alone_is_enough(home, sink, ring):
    with OpenAIServer([Answer("hello")], keys=[KEY]) as server:
        environ = {"MULTICODER_BASE_URL": server.url, "MULTICODER_API_KEY": KEY, "MULTICODER_MODEL": "gone,gpt-test"}
        gateway = await open_gateway(home, environ=environ, sink=sink)
        reply = await gateway.ask(REQUEST)
        await gateway.aclose()
    assert (reply.model, gateway.roster()["coder"]) == ("env:gpt-test", "env:gpt-test")


async def test_without_a_model_name_the_offered_ones_are_known_at_once(home, sink, ring):
    with OpenAIServer([Answer("hello")], models=["text-embedding", "gpt-test"]) as server:
        gateway = await open_gateway(home, environ={"MULTICODER_BASE_URL": server.url}, sink=sink)
        assert set(gateway.roster().values()) == {"env:gpt-test"}
        await gateway.aclose()


async def test_rows_come_with_their_keys_and_disabled_ones_stay_out(home, sink, ring):
    with OpenAIServer([Answer("hello")], keys=[KEY]) as server:
        registry = Registry(home.providers)
        registry.add(Provider("off", "Off", server.url, ("m",), enabled=False))
        registry.add(Provider("keyless", "Keyless", AWAY, ("m",)))
        registry.add(Provider("one", "One", server.url, ("gpt-test",)))
        ring.kept[SERVICE, "one"] = KEY
        gateway = await open_gateway(home, environ={}, sink=sink)
        assert (await gateway.ask(REQUEST)).model == "one:gpt-test"
        await gateway.aclose()
    assert [(event.name, event.data["provider"], event.data["code"]) for event in sink.events] == [
        ("provider.skipped", "keyless", "no-key")
    ]


async def test_a_row_without_a_key_is_the_reason_when_it_is_the_only_one(home, sink, ring):
    Registry(home.providers).add(Provider("one", "One", AWAY, ("m",)))
    with pytest.raises(ConfigurationError) as caught:
        await open_gateway(home, environ={}, sink=sink)
    assert (caught.value.code, caught.value.facts) == ("no-key", {"provider": "one"})


async def test_without_a_usable_keyring_the_key_of_the_session_serves_the_only_row(home, sink, use_keyring):
    use_keyring(PlaintextKeyring())
    Registry(home.providers).add(Provider("one", "One", AWAY, ("m",)))
    with pytest.raises(ConfigurationError) as caught:
        await open_gateway(home, environ={}, sink=sink)
    assert caught.value.code == "keyring-unavailable"
    gateway = await open_gateway(home, environ={"MULTICODER_API_KEY": KEY}, sink=sink)
    assert gateway.roster()["coder"] == "one:m"
    await gateway.aclose()


async def test_a_bad_address_in_the_environment_is_refused(home, sink, ring):
    with pytest.raises(InputError) as caught:
        await open_gateway(home, environ={"MULTICODER_BASE_URL": "http://models.example/v1"}, sink=sink)
    assert caught.value.code == "bad-url"


async def test_a_team_nobody_can_be_in_is_told_before_anything_is_asked(home, sink):
    environ = {"MULTICODER_BASE_URL": refused_url(), "MULTICODER_MODEL": "m"}
    with pytest.raises(ConfigurationError) as caught:
        await open_gateway(home, environ=environ, sink=sink, style=STYLES["russian"])
    assert (caught.value.code, caught.value.facts["team"]) == ("no-provider-for-team", "russian")


async def test_a_writer_makes_the_answer_and_the_rest_of_the_team_judges_it(home, sink, ring):
    registry = Registry(home.providers)
    registry.add(Provider("one", "One", "http://127.0.0.1:9/v1", ("gpt-test", "small-test")))
    registry.add(Provider("two", "Two", "http://127.0.0.1:9/v1", ("claude-test",)))
    usual = await open_gateway(home, environ={}, sink=sink)
    assert set(usual.models()) == {"one:gpt-test", "one:small-test", "two:claude-test"}
    gateway = await open_gateway(home, environ={}, sink=sink, writer="two:claude-test")
    made = {role for role, model in gateway.roster().items() if model == "two:claude-test"}
    assert made == {"architect", "coder", "packager", "converse"}
    assert gateway.roster()["reviewer"] == usual.roster()["reviewer"]
    for unknown in ("two", "three:claude-test", "two:"):
        with pytest.raises(InputError) as caught:
            await open_gateway(home, environ={}, sink=sink, writer=unknown)
        assert caught.value.code == "unknown-model"
    for opened in (usual, gateway):
        await opened.aclose()
