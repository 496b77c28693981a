"""Web chats through the gateway, the check and the sign-in: a provider like any other, in a real browser."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from agents.providers import discovery
from agents.providers.accounts import Accounts
from agents.providers.chat_model import Timeouts
from agents.providers.discovery import check
from agents.providers.gateway import Access, FleetGateway
from agents.providers.gateway_opening import open_gateway
from agents.providers.pursuit import Policy
from agents.providers.registry import Provider, Registry
from agents.providers.webchat.chats import WebChats
from core.errors import ProviderError
from core.paths import Home
from core.ports import CallTag, Message, ModelRequest
from tests.agents.providers.conftest import RecordingSink
from tests.agents.providers.webchat.conftest import Place, browsers
from tests.fakes.chat_site import HANG, ChatSite
from tests.fakes.openai_answers import Answer
from tests.fakes.openai_server import OpenAIServer

pytestmark = pytest.mark.slow
QUICK = Timeouts(connect=1, gap=3, total=30)
ROOT = Path(__file__).parents[4]
SCHEMA = {"type": "object", "properties": {"level": {"type": "string"}}, "required": ["level"]}


def ask_for(schema=None):
    messages = (Message("system", "You judge."), Message("user", "Is it green?"))
    return ModelRequest("coder", CallTag("coder.test", run="run-1"), messages, schema=schema, max_tokens=500)


@pytest.fixture
def place(tmp_path, browser):
    """A site and a data folder of its own."""
    with ChatSite() as site:
        home = Home(tmp_path / "home")
        home.prepare()
        made = Place(site, home.root, WebChats(home.root, browser))
        made.recipe()
        yield made


@asynccontextmanager
async def fleet(place, *others, sink=None, policy=None):
    gateway = FleetGateway(
        [Access.by(place.provider), *map(Access.by, others)],
        sink or RecordingSink(),
        timeouts=QUICK,
        policy=policy or Policy(deadline=20, attempts=2, first_pause=0.1),
        chats=place.chats,
    )
    try:
        yield gateway
    finally:
        await gateway.aclose()


async def test_words_and_data_come_through_the_gateway_one_message_at_a_time(place):
    place.site.answer = lambda message: ['```json\n{"level": "green"}\n```'] if "schema" in message else ["Yes."]
    async with fleet(place) as gateway:
        words, data = await asyncio.gather(gateway.ask(ask_for()), gateway.ask(ask_for(SCHEMA)))
        assert (words.text, words.model, words.family) == ("Yes.", "local:local-web", "local")
        assert data.data == {"level": "green"}
        assert (words.usage.cost_usd, words.usage.priced, words.usage.completion_tokens) == (0.0, True, 2)
        assert len(browsers(place.home)) > 0
    assert browsers(place.home) == []
    first, second = place.site.moments
    assert second - first > 0.5  # the second waited for the whole first answer


@pytest.mark.slow
async def test_another_provider_takes_over_and_the_change_is_seen(place):
    place.site.page.signed_in = False
    sink = RecordingSink()
    with OpenAIServer(lambda body: Answer("From elsewhere")) as server:
        other = Provider("other", "Other", server.url, ("gpt-test",))
        async with fleet(place, other, sink=sink) as gateway:
            reply = await gateway.ask(ask_for())
            again = await gateway.ask(ask_for())
    assert (reply.text, again.text) == ("From elsewhere", "From elsewhere")
    assert reply.substitutions == ("local:local-web bad_key -> other:gpt-test",)
    assert "call.substituted" in [event.name for event in sink.events]
    assert place.site.paths.count("/") == 1  # the second request did not try again


@pytest.mark.slow
async def test_an_answer_that_breaks_off_is_asked_for_elsewhere(place):
    place.site.answer = lambda message: ["Half", HANG]
    with OpenAIServer(lambda body: Answer("Whole")) as server:
        async with fleet(place, Provider("other", "Other", server.url, ("gpt-test",))) as gateway:
            assert (await gateway.ask(ask_for())).text == "Whole"


async def test_a_page_that_is_alone_and_has_changed_says_where_to_mend_it(place):
    place.recipe(composer="#renamed")
    async with fleet(place) as gateway:
        with pytest.raises(ProviderError) as caught:
            await gateway.ask(ask_for())
    assert caught.value.code == "web-malformed"
    assert place.line("composer") in str(caught.value.facts["detail"])


async def test_an_enabled_row_needs_no_key(home):
    with ChatSite() as site:
        row = Place(site, home.root, WebChats(home.root))
        row.recipe()
        Registry(home.providers).add(replace(row.provider, base_url="https://chat.example/"))
        gateway = await open_gateway(home, environ={}, sink=RecordingSink())
        assert gateway.roster()["coder"] == "local:local-web"
        await gateway.aclose()
        assert site.paths == []  # no page is opened before somebody asks


async def test_the_check_tells_what_of_a_recipe_is_there(place, monkeypatch):
    monkeypatch.setattr(discovery, "web_chats_of", lambda home: place.chats)
    found = await check(place.provider, None, home=Home(place.home))
    assert (found.state, found.models) == ("valid", ("local-web",))
    for name in ("composer", "send", "new_chat"):
        assert f"{name} ({place.line(f'{name} =')})" in found.detail
    assert "only seen while an answer is written: answer, busy, done" in found.detail
    assert browsers(place.home) == []
    place.recipe(send="#renamed")
    changed = await check(place.provider, None, home=Home(place.home))
    assert (changed.state, place.line("send") in changed.detail) == ("unreachable", True)
    place.site.page.signed_in = False
    assert (await check(place.provider, None, home=Home(place.home))).state == "bad_key"
    assert place.site.messages == []


@pytest.mark.slow
async def test_no_other_process_uses_the_profile(place, browser):
    other = WebChats(place.home, browser)
    async with fleet(place) as gateway:
        await gateway.ask(ask_for())
        with pytest.raises(ProviderError) as caught:
            await other.look(place.provider)
        assert "another MultiCoder uses it" in str(caught.value.facts["detail"])
    assert "composer" in await other.look(place.provider)


async def test_who_removes_a_row_is_signed_out(place, monkeypatch):
    monkeypatch.setattr("agents.providers.accounts.web_chats_of", lambda home: place.chats)
    mine = Accounts(Home(place.home))
    await mine.save(replace(mine.fresh("web-local", "local"), enabled=True))
    assert "composer" in await place.chats.look(mine.get("local"))
    assert (place.home / "web-chats" / "local" / "profile").is_dir()
    await mine.remove("local")
    assert not (place.home / "web-chats" / "local").exists()
    assert mine.rows() == ()


@pytest.mark.slow
async def test_who_signed_in_in_the_window_is_signed_in_afterwards(place):
    place.site.by_cookie = True
    with pytest.raises(ProviderError) as caught:
        await place.chats.look(place.provider)
    assert caught.value.fault == "bad_key"
    place.site.gives_cookie = place.site.page.closes = True  # as if somebody typed a password and closed the window
    opened = asyncio.create_task(place.chats.sign_in(place.provider))
    async with asyncio.timeout(20):
        while place.site.paths.count("/") < 2:  # noqa: ASYNC110 - another thread's state has no event of this loop
            await asyncio.sleep(0.05)
    assert not any("remote-debugging" in word for process in browsers(place.home) for word in process.cmdline())
    place.site.gives_cookie = place.site.page.closes = False
    await asyncio.wait_for(opened, 20)
    assert "composer" in await place.chats.look(place.provider)


@pytest.mark.slow
def test_nothing_is_left_when_the_engine_is_killed(place, browser):
    place.site.answer = lambda message: ["It begins", HANG]
    code = f"""
import asyncio
from pathlib import Path
from agents.providers.chat_model import Timeouts
from agents.providers.registry import Provider
from agents.providers.webchat.chats import WebChats
from agents.providers.webchat.installed import Start
chats = WebChats(Path({str(place.home)!r}), Start(Path({str(browser.executable)!r}), False, {browser.sandboxed}))
model = chats.model(Provider("local", "L", {place.site.address!r}, preset="web-local"), "m", Timeouts())
asyncio.run(model.complete([("user", "Hello")], {{}}))
"""
    engine = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    until(lambda: place.site.messages)
    started = psutil.Process(engine.pid).children(recursive=True)
    assert browsers(place.home)
    engine.kill()
    engine.wait()
    until(lambda: not any(process.is_running() for process in started))
    assert browsers(place.home) == []


def until(seen, seconds=40):
    """Wait for what happens in another process or thread."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.1)
