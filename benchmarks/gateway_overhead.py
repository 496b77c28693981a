"""CPU time of the gateway alone, beside the library below it: `python -m benchmarks.gateway_overhead`.

Three ways alternate in one process: a request with httpx whose events are decoded as JSON, ChatOpenAI as its own
documentation uses it, and the gateway (choice of model and key, circuit breaker, dialect, time limits, faults, text in
batches). The server is a process of its own and not counted; an answer in one piece stands for one not streamed.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any, Final

import httpx
from langchain_openai import ChatOpenAI

from agents.providers.gateway import Access, FleetGateway
from agents.providers.registry import Provider
from benchmarks.bare import ask
from benchmarks.call_overhead import MILLISECONDS, cpu_seconds, measure
from core.ports import CallTag, Message, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.events import Event

SIZES: Final = ((4_000, 1), (4_000, 40), (40_000, 400))
_WARM: Final = 3


class Nobody:
    """Hears nothing."""

    def emit(self, event: Event, /) -> None:
        """Let it pass."""


async def library(chat: Any, order: str) -> str:
    """Stream one answer with ChatOpenAI alone."""
    return "".join([str(chunk.content) async for chunk in chat.astream([("user", order)])])


async def through(gateway: FleetGateway, order: str) -> str:
    """Ask the gateway, as the coordinator does, with somebody who reads along."""
    request = ModelRequest("coder", CallTag("coder.write"), (Message("user", order),))
    return (await gateway.ask(request, on_text=len)).text  # type: ignore[arg-type]  # anything that can be called


async def compare(url: str, characters: int, chunks: int, repeat: int) -> None:
    """Measure the three ways in turn and print medians and ratios."""
    order = f"{characters} characters in {chunks} chunks"
    chat = ChatOpenAI(model="gpt-test", api_key="none", base_url=url, stream_usage=True)  # type: ignore[arg-type]
    gateway = FleetGateway([Access.by(Provider("bench", "Benchmark", url, ("gpt-test",)))], Nobody())
    async with httpx.AsyncClient(trust_env=False) as client:
        ways: dict[str, Callable[[], Awaitable[str]]] = {
            "httpx": lambda: ask(client, url, order),
            "ChatOpenAI": lambda: library(chat, order),
            "gateway": lambda: through(gateway, order),
        }
        used: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(repeat + _WARM):
            for name, way in ways.items():
                used[name].append(await cpu_seconds(way, characters))
    await gateway.aclose()
    bare, below, ours = (statistics.median(seconds[_WARM:]) for seconds in used.values())
    print(
        f"{characters // 1000:3} KB in {chunks:3} pieces  httpx {bare * MILLISECONDS:6.1f} ms"
        f"  ChatOpenAI {below * MILLISECONDS:6.1f} ms  gateway {ours * MILLISECONDS:6.1f} ms"
        f"  gateway : ChatOpenAI {ours / below:.2f}  gateway : httpx {ours / bare:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(measure(__doc__ or "", SIZES, compare, 31))
