"""Every known way a provider fails, through the real client against a real server."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from pathlib import Path

import pytest

from agents.providers.authorising import KeyHeader
from agents.providers.chat_model import ChatModel, Timeouts
from agents.providers.keys import Secret
from agents.providers.registry import Provider
from core.errors import ProviderError
from tests.agents.providers.conftest import KEY, until
from tests.fakes.openai_answers import FAULTS
from tests.fakes.openai_server import Answer, OpenAIServer, connect_hang, error, failing, refused_url

PROMPT = [("system", "Be brief."), ("user", "hi")]
ROOT = Path(__file__).resolve().parents[3]
LONG = "An answer that is long enough to be sent in several pieces, one after the other."


@pytest.mark.parametrize("kind", FAULTS)
async def test_each_failure_is_classified_once_and_in_time(kind, chat):
    with OpenAIServer([failing(kind, LONG)]) as server:
        started = time.monotonic()
        with pytest.raises(ProviderError) as caught:
            await chat(server.url).complete(PROMPT, {"max_tokens": 50})
        assert time.monotonic() - started < 5
        assert len(server.chats) == 1
    assert caught.value.fault == FAULTS[kind]
    assert caught.value.facts["model"] == "here:gpt-test"
    assert 0 < len(str(caught.value.facts["detail"])) <= 300


@pytest.mark.parametrize("place", ["refused", "connect-hang", "tls", "dns"])
async def test_an_endpoint_that_cannot_be_reached_is_transient(place, chat):
    with OpenAIServer([Answer("never")]) as server, connect_hang() as hanging:
        urls = {
            "refused": refused_url(),
            "connect-hang": hanging,
            "tls": server.url.replace("http:", "https:"),
            "dns": "https://models.invalid/v1",
        }
        started = time.monotonic()
        with pytest.raises(ProviderError) as caught:
            await chat(urls[place]).complete(PROMPT, {})
        assert time.monotonic() - started < 5
    assert caught.value.fault == "transient"


async def test_retry_after_is_carried_and_capped(chat):
    with OpenAIServer([failing("429"), failing("429-huge")]) as server:
        model = chat(server.url)
        waits = []
        for _ in range(2):
            with pytest.raises(ProviderError) as caught:
                await model.complete(PROMPT, {})
            waits.append(caught.value.retry_after)
    assert waits == [1.0, 3600.0]


async def test_a_good_answer_is_whole_counted_and_streamed_in_batches(chat):
    batches: list[str] = []
    with OpenAIServer([Answer(LONG * 20, chunk_chars=4, prompt_tokens=5, completion_tokens=9)]) as server:
        done = await chat(server.url).complete(PROMPT, {"max_tokens": 50}, on_text=batches.append)
        body = server.chats[0].body
    assert (done.text, done.model) == (LONG * 20, "gpt-test")
    assert (done.prompt_tokens, done.completion_tokens) == (5, 9)
    assert "".join(batches) == LONG * 20
    assert len(batches) < len(LONG * 20) / 4 / 4
    assert body["max_tokens"] == 50
    assert body["messages"] == [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hi"}]
    assert server.chats[0].bearer == KEY


async def test_text_is_handed_on_while_the_answer_still_comes(chat):
    seen: list[str] = []
    with OpenAIServer([Answer("abcdef", chunk_chars=3, chunk_delay=0.4)]) as server:
        work = asyncio.ensure_future(chat(server.url).complete(PROMPT, {}, on_text=seen.append))
        await until(lambda: seen)
        assert (seen, work.done()) == (["abc"], False)
        await work
    assert seen == ["abc", "def"]


@pytest.mark.parametrize(
    ("reason", "fault"),
    [("length", "too_long"), ("content_filter", "refused"), ("network_error", "transient")],
)
async def test_how_an_answer_ended_decides(reason, fault, chat):
    with OpenAIServer([Answer(LONG, finish_reason=reason)]) as server, pytest.raises(ProviderError) as caught:
        await chat(server.url).complete(PROMPT, {})
    assert caught.value.fault == fault


async def test_an_answer_of_thinking_only_is_no_answer(chat):
    with OpenAIServer([Answer("<think>let me see</think>  "), Answer("<think>{</think>yes")]) as server:
        model = chat(server.url)
        with pytest.raises(ProviderError) as caught:
            await model.complete(PROMPT, {})
        assert (await model.complete(PROMPT, {})).text == "yes"
    assert caught.value.fault == "malformed"


async def test_repeated_events_do_no_harm_and_another_model_is_named(chat):
    with OpenAIServer([failing("duplicate-chunk", "x"), failing("wrong-model", "hello")]) as server:
        model = chat(server.url)
        assert (await model.complete(PROMPT, {})).text == "xx"
        assert (await model.complete(PROMPT, {})).model == "another-model-mini"


@pytest.mark.parametrize("kind", ["first-byte-hang", "mid-stream-hang"])
async def test_cancelling_closes_the_connection_at_once(kind, chat):
    with OpenAIServer([Answer("warm"), failing(kind, LONG)]) as server:
        model = chat(server.url, timeouts=Timeouts(5, 60, 60))
        await model.complete(PROMPT, {})
        work = asyncio.ensure_future(model.complete(PROMPT, {}))
        await until(lambda: len(server.chats) == 2 and server.answering)
        await asyncio.sleep(0.2)
        started = time.monotonic()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        await until(lambda: server.disconnects)
        assert time.monotonic() - started < 1
        assert (server.answering, server.disconnects) == (0, 1)


async def test_the_total_time_ends_an_endless_answer(chat):
    with OpenAIServer([Answer("x" * 500, chunk_chars=1, chunk_delay=0.05)]) as server:
        started = time.monotonic()
        with pytest.raises(ProviderError) as caught:
            await chat(server.url, timeouts=Timeouts(1, 5, 1.0)).complete(PROMPT, {})
        assert time.monotonic() - started < 4
    assert caught.value.fault == "transient"


async def test_the_key_appears_in_no_error_and_no_log(chat, caplog):
    caplog.set_level(logging.DEBUG)
    echo = error(401, f"Incorrect API key provided: {KEY}. Authorization: Bearer {KEY}")
    with OpenAIServer([echo]) as server:
        model = chat(server.url)
        with pytest.raises(ProviderError) as caught:
            await model.complete(PROMPT, {})
    shown = [str(caught.value), repr(caught.value), repr(caught.value.facts), repr(model._client), repr(model._shown)]
    assert "Incorrect API key" in shown[0]
    assert [text for text in [*shown, caplog.text] if KEY in text] == []


async def test_the_environment_changes_nothing(chat, monkeypatch):
    for name, value in {
        "LANGCHAIN_TRACING": "true",
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_ENDPOINT": refused_url(),
        "LANGSMITH_API_KEY": "ls-canary",
        "OPENAI_ORG_ID": "org-canary",
        "OPENAI_PROJECT_ID": "proj-canary",
        "OPENAI_API_KEY": "sk-of-another-service",
        "OPENAI_API_BASE": refused_url(),
        "HTTP_PROXY": refused_url(),
        "OPENAI_PROXY": refused_url(),
        "LC_OUTPUT_VERSION": "v1",
    }.items():
        monkeypatch.setenv(name, value)
    with OpenAIServer([Answer("ok")]) as server:
        assert (await chat(server.url).complete(PROMPT, {})).text == "ok"
        sent = str(server.chats[0].headers)
    assert KEY in sent
    assert [word for word in ("canary-org", "org-canary", "proj-canary", "another-service") if word in sent] == []


@pytest.mark.parametrize(
    ("proxy", "said"), [("socks://127.0.0.1:1080", "roxy"), ("socks5://127.0.0.1:9", ""), ("junk://x", "roxy")]
)
async def test_a_proxy_nobody_can_use_is_a_failure_of_this_provider(proxy, said, chat, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(ProviderError) as caught:
        await chat("https://models.example/v1").complete(PROMPT, {})
    assert (caught.value.fault, said in str(caught.value)) == ("transient", True)
    with OpenAIServer([Answer("ok")]) as server:
        assert (await chat(server.url).complete(PROMPT, {})).text == "ok"


async def test_the_loop_lives_while_the_library_is_loaded():
    code = (
        "import asyncio, sys, time\n"
        "from agents.providers.authorising import KeyHeader\n"
        "from agents.providers.chat_model import ChatModel, Timeouts\n"
        "from agents.providers.registry import Provider\n"
        "assert 'langchain_openai' not in sys.modules\n"
        "async def main():\n"
        "    provider = Provider('a', 'a', 'http://127.0.0.1:9/v1')\n"
        "    model = ChatModel(provider, KeyHeader(provider, None), 'm', Timeouts())\n"
        "    load, longest = asyncio.ensure_future(model._loaded({}, usage=True)), 0.0\n"
        "    while not load.done():\n"
        "        before = time.monotonic()\n"
        "        await asyncio.sleep(0.01)\n"
        "        longest = max(longest, time.monotonic() - before)\n"
        "    load.result()\n"
        "    print(longest)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    assert float(out) < 1.0


async def test_a_local_model_needs_no_key(quick):
    with OpenAIServer([Answer("free")]) as server:
        provider = Provider("local", "Local", server.url)
        model = ChatModel(provider, KeyHeader(provider, None), "m", quick)
        assert (await model.complete(PROMPT, {})).text == "free"
        assert "authorization" not in server.chats[0].headers
        await model.aclose()


def test_a_secret_shows_itself_nowhere():
    secret = Secret("sk-never-shown-123456")
    assert [repr(secret), f"{secret}", str([secret])] == ["***", "***", "[***]"]
