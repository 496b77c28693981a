"""CPU time of a model call through budget, gateway, LangChain and ledger: `python -m benchmarks.call_overhead`.

Beside it, alternating in the same process, the least any client of the protocol must do: a request with httpx and every
event of the stream decoded as JSON. The server is a process of its own and not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import httpx

from benchmarks.bare import ask
from benchmarks.bench import open_bench
from benchmarks.model_server import model_server
from core.ports import CallTag, Message, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from graph.state import RunState
    from graph.workshop import LedgeredCalls

    Compare = Callable[[str, int, int, int], Coroutine[None, None, None]]

SIZES: Final = ((4_000, 40), (40_000, 400))
MILLISECONDS: Final = 1_000


async def through_all(asking: LedgeredCalls, order: str, number: int) -> str:
    """Ask as a role does; each number is a call of its own for the ledger."""
    tag = CallTag("coder.write", attempt=number)
    reply = await asking(ModelRequest("coder", tag, (Message("user", order),)))
    return reply.text


async def cpu_seconds(call: Callable[[], Awaitable[str]], characters: int) -> float:
    """CPU seconds of all threads for one answer, checked to be whole."""
    started = time.process_time()
    text = await call()
    used = time.process_time() - started
    if len(text) != characters:
        raise RuntimeError(f"{len(text)} characters instead of {characters}")
    return used


async def compare(url: str, characters: int, chunks: int, repeat: int) -> None:
    """Measure both ways in turn and print the medians and their ratio."""
    order = f"{characters} characters in {chunks} chunks"
    with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
        async with open_bench(Path(folder), url) as bench, httpx.AsyncClient(trust_env=False) as client:
            state = cast("RunState", {"run": "r-bench", "epoch": 0, "caps": {}, "approvals": []})
            asking = bench.workshop.asking(state)
            bare_seconds, all_seconds = [], []
            for number in range(repeat + 2):
                bare_seconds.append(await cpu_seconds(lambda: ask(client, url, order), characters))
                ours = cpu_seconds(lambda number=number: through_all(asking, order, number), characters)  # type: ignore[misc]
                all_seconds.append(await ours)
            one, other = (statistics.median(seconds[2:]) for seconds in (bare_seconds, all_seconds))
    print(
        f"{characters // 1000:3} KB in {chunks:3} chunks  bare {one * MILLISECONDS:6.1f} ms"
        f"  through all {other * MILLISECONDS:6.1f} ms  ratio {other / one:.1f}",
        flush=True,
    )


def measure(about: str, sizes: Sequence[tuple[int, int]], compare: Compare, repeat: int) -> int:
    """Be a command that compares answers of these sizes (characters, pieces), `repeat` times unless told otherwise."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=repeat)
    options = parser.parse_args()
    with model_server() as url:
        for characters, chunks in sizes:
            asyncio.run(compare(url, characters, chunks, options.repeat))
    return 0


if __name__ == "__main__":
    raise SystemExit(measure(__doc__ or "", SIZES, compare, 21))
