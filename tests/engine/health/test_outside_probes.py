from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import keyring
import pytest

from agents.providers import catalogue
from agents.providers.accounts import Accounts
from agents.providers.keys import SERVICE, KeyStore, Secret
from agents.providers.registry import KeyRow, Provider, Registry
from agents.providers.vault import vault_of
from core import sealing
from core.redaction import redact
from engine.health.probes import outside
from engine.health.systems import Parts, provider_probes
from tests.engine.health.breaking import broken_and_mended, status_of, until, watched
from tests.fakes.keyrings import ForgetfulKeyring, HangingKeyring, LeakyKeyring, MemoryKeyring
from tests.fakes.openai_server import Answer, OpenAIServer, error, refused_url

KEY = "sk-right-and-long-enough-1234"
PASSPHRASE = Secret("corret horse baterie staple")
WRONG = "sk-wrong-and-long-enough-5678"


@pytest.fixture(autouse=True)
def ring():
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def server():
    with OpenAIServer([Answer("hello")], models=["m1", "m2"], keys=[KEY]) as running:
        yield running


def fleet_of(home, *rows):
    registry = Registry(home.providers)
    for row in rows:
        registry.add(row)
    return outside.Fleet(home, {})


async def test_a_provider_that_goes_away_is_down_and_comes_back(home, board):
    server = OpenAIServer([Answer("hello")], models=["m1"], keys=[KEY])
    server.start()
    port = int(server.url.split(":")[2].split("/")[0])
    await KeyStore().set("mine", Secret(KEY))
    fleet = fleet_of(home, Provider("mine", "Mine", server.url))
    again = []

    def come_back():
        again.append(OpenAIServer([Answer("hello")], models=["m1"], keys=[KEY], port=port))
        again[0].start()

    seen = await broken_and_mended(board, outside.provider(fleet, "mine"), server.stop, come_back)
    again[0].stop()
    assert "mine" in seen.evidence.text("en")


async def test_a_refused_key_is_told_as_such_and_shown_nowhere(home, board, server, journal):
    await KeyStore().set("mine", Secret(KEY))
    fleet = fleet_of(home, Provider("mine", "Mine", server.url))
    seen = await broken_and_mended(
        board,
        outside.provider(fleet, "mine"),
        lambda: KeyStore().set("mine", Secret(WRONG)),
        lambda: KeyStore().set("mine", Secret(KEY)),
    )
    assert "refused the key" in seen.evidence.text("en")
    assert "provider add" in seen.action.text("en")
    told = str([dict(row.data) for row in journal.read()])
    assert WRONG not in told + str(seen)
    assert KEY not in told


async def several(home, url, *keys, models=()):
    """A provider with keys of the names one, two, ..."""
    rows = tuple(KeyRow(name) for name, _ in zip(("one", "two", "three"), keys, strict=False))
    row = Provider("mine", "Mine", url, models, keys=rows)
    for key, value in zip(rows, keys, strict=True):
        await KeyStore().set(row.stored_as(key), Secret(value))
    return fleet_of(home, row)


async def test_each_key_is_looked_at_and_the_ones_that_do_not_work_are_named(home, board, server, journal):
    fleet = await several(home, server.url, KEY, KEY, KEY)
    probe = outside.provider(fleet, "mine")
    assert "All 3 keys work" in (await probe.read()).evidence.text("en")
    await KeyStore().set("mine/two", Secret(WRONG))
    some = await probe.read()
    assert (some.state, some.evidence.text("en")) == ("degraded", "2 of 3 keys work. Refused: two.")
    assert some.evidence.text("ru") == "Работает ключей: 2 из 3. Не приняты: two."
    for name in ("one", "three"):
        await KeyStore().set(f"mine/{name}", Secret(WRONG))
    none = await probe.read()
    assert (none.state, "refused the key" in none.evidence.text("en")) == ("down", True)
    Accounts(home).enable("mine", enabled=True)
    for name in ("one", "two", "three"):
        await Accounts(home).set_key("mine", KeyRow(name, enabled=False))
    off = await probe.read()
    assert (off.state, "no key that is switched on" in off.evidence.text("en")) == ("down", True)


async def test_a_key_that_is_used_up_is_told_from_one_that_is_refused(home):
    answers = {KEY: None, WRONG: error(402, "Insufficient Balance"), "sk-too-many-requests": error(429, "Rate limit")}
    with OpenAIServer([], models=["m1"]) as server:
        server.behave = lambda request: answers[request.bearer]
        fleet = await several(home, server.url, *answers)
        some = await outside.provider(fleet, "mine").read()
    told = some.evidence.text("en")
    assert (some.state, told) == ("degraded", "1 of 3 keys work. Without credit: two. Too many requests: three.")


@pytest.mark.parametrize(
    ("day", "models", "state"),
    [(10, (), "degraded"), (10, ("m2",), "ok"), (-1, ("m1", "m2"), "degraded"), (60, (), "ok"), (None, (), "ok")],
)
async def test_a_model_in_use_that_ends_within_a_month_is_named_with_its_day(home, day, models, state):
    ends = (datetime.now(tz=UTC).date() + timedelta(days=day)).isoformat() if day is not None else "at some time"
    listed = json.dumps({"data": [{"id": "m1", "shutdown_date": ends}, {"id": "m2"}]}).encode()
    with OpenAIServer([]) as server:
        server.behave = lambda request: Answer(raw=listed) if request.bearer == KEY else error(401, "no")
        fleet = await several(home, server.url, KEY, models=models)
        reading = await outside.provider(fleet, "mine").read()
    assert reading.state == state
    assert (f"m1 ({ends})" in reading.evidence.text("ru")) is (state == "degraded")


async def test_a_key_of_another_address_does_not_work_where_the_row_stands(home, monkeypatch):
    with OpenAIServer([], keys=["nobody"]) as west, OpenAIServer([], keys=[KEY]) as east:
        known = catalogue.Preset("far", "Far", "maker", west.url, hosts={"west": west.url, "east": east.url})
        monkeypatch.setattr(catalogue, "presets", lambda: (known,))
        await KeyStore().set("mine", Secret(KEY))
        fleet = fleet_of(home, Provider("mine", "Mine", west.url, preset="far"))
        reading = await outside.provider(fleet, "mine").read()
    assert (reading.state, east.url in reading.evidence.text("en")) == ("down", True)


async def test_a_keyring_that_locks_takes_the_provider_and_itself_down(home, board, server, monkeypatch):
    await KeyStore().set("mine", Secret(KEY))
    fleet = fleet_of(home, Provider("mine", "Mine", server.url))
    good = keyring.get_keyring()
    for store in ("KeyStore", "Keyring"):
        monkeypatch.setattr(f"agents.providers.keys.{store}.__init__.__kwdefaults__", {"seconds": 0.3})
    seen = await broken_and_mended(
        board,
        outside.provider(fleet, "mine"),
        lambda: keyring.set_keyring(HangingKeyring()),
        lambda: keyring.set_keyring(good),
    )
    assert "fetched" in seen.evidence.text("en")


@pytest.mark.parametrize("kind", [LeakyKeyring, ForgetfulKeyring, HangingKeyring])
async def test_a_keyring_that_does_not_work_is_down_when_a_provider_needs_it(home, board, monkeypatch, kind):
    for store in ("KeyStore", "Keyring"):
        monkeypatch.setattr(f"agents.providers.keys.{store}.__init__.__kwdefaults__", {"seconds": 0.3})
    fleet = fleet_of(home, Provider("far", "Far", "https://models.example/v1"))
    good = keyring.get_keyring()
    probe = outside.keyring(fleet)
    seen = await broken_and_mended(board, probe, lambda: keyring.set_keyring(kind()), lambda: keyring.set_keyring(good))
    assert "multicoder-canary" not in str(seen)


async def test_a_keyring_nobody_needs_is_only_a_note(home):
    keyring.set_keyring(LeakyKeyring())
    reading = await outside.keyring(outside.Fleet(home, {})).read()
    assert reading.state == "degraded"


async def test_where_there_is_no_keyring_an_open_vault_is_well_and_a_locked_one_is_told(home, board, monkeypatch):
    monkeypatch.setattr(sealing, "STRONGEST", sealing.WEAKEST)
    monkeypatch.setenv("MULTICODER_HOME", str(home.root))
    keyring.set_keyring(LeakyKeyring())
    fleet = fleet_of(home, Provider("far", "Far", "https://models.example/v1"))
    vault = vault_of(home)
    vault.create(PASSPHRASE)
    await KeyStore(home).set("far", Secret(KEY))
    seen = await broken_and_mended(board, outside.keyring(fleet), vault.lock, lambda: vault.unlock(PASSPHRASE))
    assert "vault unlock" in seen.action.text("en")
    vault.lock()
    reading = await outside.provider(fleet, "far").read()
    assert (reading.state, "locked" in reading.evidence.text("en")) == ("down", True)
    assert vault.accounts() == ("far",)


async def test_the_canary_of_the_keyring_leaves_nothing_and_touches_no_key(home, ring):
    await KeyStore().set("mine", Secret(KEY))
    probe = outside.keyring(outside.Fleet(home, {}))
    for _ in range(5):
        assert (await probe.read()).state == "ok"
    assert ring.kept == {(SERVICE, "mine"): KEY}
    assert redact("multicoder-canary-one") != "multicoder-canary-one"


async def test_the_network_is_tried_at_the_host_of_a_provider_only(home, board):
    server = OpenAIServer([Answer("hello")])
    server.start()
    port = int(server.url.split(":")[2].split("/")[0])
    fleet = fleet_of(home, Provider("mine", "Mine", server.url))
    again = []

    def come_back():
        again.append(OpenAIServer([Answer("hello")], port=port))
        again[0].start()

    seen = await broken_and_mended(board, outside.network(fleet), server.stop, come_back)
    assert again[0].requests == []
    again[0].stop()
    assert f"127.0.0.1:{port}" in seen.evidence.text("en")


async def test_the_way_leads_over_the_proxy_the_requests_take(home, monkeypatch):
    connected = asyncio.Event()

    def accept(_reader, writer):
        connected.set()
        writer.close()

    proxy = await asyncio.start_server(accept, "127.0.0.1", 0)
    host, port = proxy.sockets[0].getsockname()
    fleet = fleet_of(home, Provider("far", "Far", "https://models.example/v1"))
    monkeypatch.setenv("https_proxy", f"http://{host}:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    reading = await outside.network(fleet).read()
    assert (reading.state, reading.evidence.facts["host"]) == ("ok", "127.0.0.1")
    await asyncio.wait_for(connected.wait(), 5)
    proxy.close()
    await proxy.wait_closed()


async def test_there_is_a_lamp_for_each_provider_that_is_switched_on(home, server):
    assert provider_probes(Parts(home)) == []
    registry = Registry(home.providers)
    registry.add(Provider("on", "On", server.url))
    registry.add(Provider("off", "Off", server.url, enabled=False))
    assert [probe.system for probe in provider_probes(Parts(home))] == ["network", "provider:on"]
    named = Parts(home, environ={"MULTICODER_BASE_URL": server.url})
    assert [probe.system for probe in provider_probes(named)] == ["network", "provider:env", "provider:on"]


async def test_the_key_of_the_environment_is_tried_too(home, server):
    environ = {"MULTICODER_BASE_URL": server.url, "MULTICODER_API_KEY": KEY}
    probe = provider_probes(Parts(home, environ=environ))[1]
    assert (await probe.read()).state == "ok"
    environ["MULTICODER_API_KEY"] = WRONG
    assert (await probe.read()).state == "down"


async def test_a_list_of_providers_nobody_can_read_is_told(home, board, server):
    fleet_of(home, Provider("mine", "Mine", server.url))
    home.providers.write_text("[[provider]]\nid = 1", encoding="utf-8")
    probe = provider_probes(Parts(home))[0]
    board.register(probe)
    await board.probe_now()
    row = status_of(board, "network")
    assert row.state == "down"
    assert "providers.toml" in row.evidence.text("en")


async def test_a_provider_that_was_removed_has_no_data(home, board, server):
    await KeyStore().set("mine", Secret(KEY))
    fleet = fleet_of(home, Provider("mine", "Mine", server.url))
    async with watched(board, outside.provider(fleet, "mine")):
        Registry(home.providers).remove("mine")
        await until(lambda: status_of(board, "provider:mine").state == "unknown")


async def test_an_endpoint_where_nothing_listens_is_told_in_time(home):
    fleet = fleet_of(home, Provider("mine", "Mine", refused_url()))
    began = time.monotonic()
    reading = await outside.provider(fleet, "mine").read()
    assert reading.state == "down"
    assert time.monotonic() - began < 5
