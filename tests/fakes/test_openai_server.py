"""The loopback model server, seen through plain HTTP."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.fakes.openai_server import Answer, OpenAIServer, failing, refused_url

ROOT = Path(__file__).resolve().parents[2]


def _post(server: OpenAIServer, key: str = "k", **body) -> httpx.Response:
    body = {"model": "gpt-test", "messages": [{"role": "user", "content": "hi"}], **body}
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.post(server.url + "/chat/completions", json=body, headers=headers, trust_env=False)


def _events(response: httpx.Response) -> list[str]:
    return [line[6:] for line in response.text.splitlines() if line.startswith("data: ")]


def test_it_answers_whole_and_streamed_with_usage():
    with OpenAIServer(lambda body: Answer("echo " + body["messages"][0]["content"])) as server:
        reply = _post(server).json()
        events = _events(_post(server, stream=True, stream_options={"include_usage": True}))
        assert [chat.prompt for chat in server.chats] == ["hi", "hi"]
    assert reply["choices"][0]["message"]["content"] == "echo hi"
    assert events[-1] == "[DONE]"
    assert json.loads(events[-2])["usage"]["total_tokens"] == 18
    text = "".join(json.loads(e)["choices"][0]["delta"].get("content", "") for e in events[:-2])
    assert text == "echo hi"


def test_a_forced_function_gets_the_text_as_arguments():
    tool = {"type": "function", "function": {"name": "plan", "parameters": {}}}
    choice = {"type": "function", "function": {"name": "plan"}}
    with OpenAIServer([Answer('{"a": 1}')]) as server:
        message = _post(server, tools=[tool], tool_choice=choice).json()["choices"][0]["message"]
    assert message["content"] is None
    assert message["tool_calls"][0]["function"] == {"name": "plan", "arguments": '{"a": 1}'}


def test_keys_models_and_unsupported_features():
    with OpenAIServer([Answer("ok")], keys=["good"], models=["m1"], unsupported=["json_schema"]) as server:
        assert _post(server, key="bad").status_code == 401
        assert _post(server, key="good", response_format={"type": "json_schema"}).status_code == 400
        assert _post(server, key="good").status_code == 200
        headers = {"Authorization": "Bearer good"}
        listed = httpx.get(server.url + "/models", headers=headers, trust_env=False).json()
        assert httpx.get(server.url + "/models", trust_env=False).status_code == 401
    assert [row["id"] for row in listed["data"]] == ["m1"]


def test_answers_come_in_order_and_the_last_one_repeats():
    with OpenAIServer([failing("429"), Answer("fine")]) as server:
        first, second, third = _post(server), _post(server), _post(server)
    assert (first.status_code, first.headers["retry-after"]) == (429, "1")
    assert second.json() == third.json()


def test_a_broken_script_is_shown_to_the_client():
    with OpenAIServer(lambda body: body["missing"]) as server:
        assert "missing" in _post(server).text


async def test_sixty_four_slow_requests_wait_together():
    with OpenAIServer([Answer("ok", delay=0.5)]) as server:
        limits = httpx.Limits(max_connections=64)
        async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=30) as client:
            body = {"model": "m", "messages": []}
            started = time.monotonic()
            replies = await asyncio.gather(
                *(client.post(server.url + "/chat/completions", json=body) for _ in range(64))
            )
        assert time.monotonic() - started < 5
        assert {reply.status_code for reply in replies} == {200}
        assert server.peak > 32


def test_a_client_that_leaves_is_counted():
    with OpenAIServer([failing("first-byte-hang")]) as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(server.url + "/chat/completions", json={}, timeout=0.2, trust_env=False)
        until = time.monotonic() + 5
        while not server.disconnects and time.monotonic() < until:
            time.sleep(0.02)
        assert (server.disconnects, server.answering) == (1, 0)


def test_nothing_listens_on_a_refused_url():
    with pytest.raises(httpx.ConnectError):
        httpx.get(refused_url(), trust_env=False)


def test_it_runs_as_a_process_of_its_own(tmp_path):
    script, port, record = tmp_path / "script.py", tmp_path / "port", tmp_path / "record.jsonl"
    script.write_text(
        "from tests.fakes.openai_server import Answer\n\nMODELS = ['m7']\n\n\n"
        "def answer(body):\n    return Answer('alone')\n"
    )
    argv = [sys.executable, "-m", "tests.fakes.openai_server", "--script", script, "--port-file", port]
    process = subprocess.Popen([*argv, "--record", record], cwd=ROOT)
    try:
        until = time.monotonic() + 20
        while not port.exists() and time.monotonic() < until:
            time.sleep(0.05)
        url = port.read_text()
        assert httpx.get(url + "/models", trust_env=False).json()["data"][0]["id"] == "m7"
        assert "alone" in httpx.post(url + "/chat/completions", json={"model": "m7"}, trust_env=False).text
    finally:
        process.kill()
        process.wait(10)
    assert json.loads(record.read_text())["body"] == {"model": "m7"}
