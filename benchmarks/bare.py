"""The least any client must do: the same calls in the same order with httpx alone, nothing kept, nothing checked."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import httpx

from agents.prompting import data_section

if TYPE_CHECKING:
    from benchmarks.projects import Project


async def ask(client: httpx.AsyncClient, url: str, order: str, **fields: object) -> str:
    """Ask once and decode every event of the stream."""
    body = {
        "model": "gpt-test",
        "messages": [{"role": "user", "content": order}],
        "stream": True,
        "stream_options": {"include_usage": True},
        **fields,
    }
    parts = []
    async with client.stream("POST", f"{url}/chat/completions", json=body) as response:
        async for line in response.aiter_lines():
            if line.startswith("data: ") and line != "data: [DONE]":
                chunk: dict[str, Any] = json.loads(line[len("data: ") :])
                parts += [choice["delta"].get("content") or "" for choice in chunk["choices"]]
    return "".join(parts)


async def module_phase_seconds(project: Project, url: str) -> float:
    """Write and review every module as soon as what it needs is there, with the tests beside."""
    done = {name: asyncio.Event() for name in project.needs}
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(trust_env=False, timeout=60, limits=limits) as client:

        async def make(contract: Any) -> None:
            for name in contract["needs"]:
                await done[name].wait()
            order = data_section("contract", json.dumps(contract))
            await ask(client, url, order)
            await ask(client, url, order, response_format={"type": "json_object"})
            done[contract["name"]].set()

        started = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for contract in project.plan("streams")["modules"]:
                group.create_task(make(contract))
            group.create_task(ask(client, url, data_section("request", f"streams {project.tests_seconds} s")))
        return time.perf_counter() - started
