"""Every way a provider can fail, twenty times each: taken for what it is, not repeated in vain, answered by another."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from agents.providers.chat_model import Timeouts
from agents.providers.gateway import Access, FleetGateway, Policy
from agents.providers.keys import Secret
from agents.providers.registry import Provider
from core.ports import CallTag, Message, ModelRequest
from tests.agents.providers.conftest import KEY, RecordingSink
from tests.fakes.certificates import make_authority
from tests.fakes.openai_answers import FAULTS, HTTP_ERRORS
from tests.fakes.openai_server import Answer, OpenAIServer, connect_hang, failing, refused_url

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

TIMES = 20
SILENT = {"first-byte-hang", "mid-stream-hang", "slow-drip", "connect-hang"}
"""Kinds that are told by waiting; nobody else may be taken for one of them on a busy machine."""
GOOD = "a healthy answer"
HALF = "a half of an answer, then trouble, and much more of it than fits into one piece"
PLACES = {"refused": "transient", "no-such-host": "transient", "connect-hang": "transient", "tls": "transient"}
READABLE = ("duplicate-chunk", "wrong-model")
"""Answers that are odd but whole: they are taken, and the last one is told."""


def request() -> ModelRequest:
    return ModelRequest("coder", CallTag("coder.write", run="run-1"), (Message("user", "hello"),), max_tokens=100)


@contextmanager
def wrong_certificate(folder) -> Iterator[str]:
    """An https place whose certificate nobody vouches for."""
    made = make_authority(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made / "here.pem", made / "here.key")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    client, _ = listener.accept()
                    context.wrap_socket(client, server_side=True).close()
                except (OSError, TimeoutError):
                    continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/v1"
        stop.set()
        thread.join(5)


def patience(kind: str) -> float:
    """Seconds of silence after which an answer is given up."""
    return 1.5 if kind in SILENT else 20.0


async def ask(*urls: str, times: int = TIMES, gap: float = 20.0) -> tuple[list[str], list]:
    """Ask so many times at once, each before anything is known of the others; return the answers and what was told."""
    rows = [Provider(f"p{place}", f"P{place}", url, ("gpt-test",)) for place, url in enumerate(urls)]
    sink = RecordingSink()
    asked = FleetGateway(
        [Access.by(row, Secret(KEY)) for row in rows],
        sink,
        policy=Policy(deadline=60.0, list_seconds=0.5, parallel=times),
        timeouts=Timeouts(connect=gap, gap=gap, total=3 * gap),
    )
    try:
        replies = await asyncio.gather(*(asked.ask(request()) for _ in range(times)))
    finally:
        await asked.aclose()
    return [reply.text for reply in replies], [e.data for e in sink.events if e.name == "call.substituted"]


@pytest.mark.parametrize(("kind", "fault"), FAULTS.items())
async def test_a_failure_is_taken_for_what_it_is_and_another_provider_answers(kind, fault):
    with OpenAIServer([failing(kind, HALF)]) as bad, OpenAIServer([Answer(GOOD)]) as good:
        answers, told = await ask(bad.url, good.url, gap=patience(kind))
        asked = len(bad.chats)
        last_failure, last_answer = max(chat.at for chat in bad.chats), max(chat.at for chat in good.chats)
    assert Counter(answers) == {GOOD: TIMES}
    assert {event["fault"] for event in told} == {fault}
    assert asked == TIMES, "a provider that failed was asked again before another one"
    if kind in HTTP_ERRORS:  # the verdict is there when the answer is
        assert last_answer - last_failure <= 2.0


@pytest.mark.parametrize("kind", PLACES)
async def test_a_place_that_is_not_there_is_passed_over(kind, tmp_path):
    with OpenAIServer([Answer(GOOD)]) as good:
        if kind == "connect-hang":
            with connect_hang() as url:
                answers, told = await ask(url, good.url, gap=patience(kind))
        elif kind == "tls":
            with wrong_certificate(tmp_path) as url:
                answers, told = await ask(url, good.url)
        else:
            url = refused_url() if kind == "refused" else "https://no-such-host.invalid/v1"
            answers, told = await ask(url, good.url)
    assert Counter(answers) == {GOOD: TIMES}
    assert {event["fault"] for event in told} == {PLACES[kind]}


@pytest.mark.parametrize("kind", READABLE)
async def test_an_odd_answer_that_is_whole_is_taken(kind):
    with OpenAIServer([failing(kind, "short")]) as odd:
        answers, told = await ask(odd.url)
        assert len(odd.chats) == TIMES
    assert (all(answers), told) == (True, [])


async def test_a_stream_cut_anywhere_is_never_taken_for_an_answer():
    """Every tenth byte of the body, the connection dropped there, once politely and once not."""
    whole = Answer(HALF)
    with OpenAIServer([Answer(GOOD)]) as good, OpenAIServer([whole]) as cut:
        body = await _body_of(cut.url)
        places = list(range(0, len(body) - len(b"data: [DONE]\n\n") - 60, 10))
        waiting = [Answer(raw=body[:place], content_type="text/event-stream") for place in places]
        cut.behave = lambda got: waiting.pop() if got.path.endswith("completions") else None
        answers, _ = await ask(cut.url, good.url, times=len(places))
    finished = body.find(b'"finish_reason": "stop"')
    assert finished > 0
    assert len(places) > 30
    assert set(answers) <= {GOOD, HALF}
    # The whole text is only taken from a body that reached the word `stop`.
    assert answers.count(HALF) <= sum(place > finished for place in places)


async def _body_of(url: str) -> bytes:
    body = {"model": "gpt-test", "messages": [{"role": "user", "content": "hello"}], "stream": True}
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(f"{url}/chat/completions", json=body)).content
