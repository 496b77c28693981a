"""A way to break the real thing under a lamp while watching the lamp all the time."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from engine.health.board import HealthBoard
    from engine.health.probe import Probe
    from engine.health.status import SystemStatus

PERIOD = 0.2
PATIENCE = 15.0
"""How long a busy machine may take before a test gives up."""


def status_of(board: HealthBoard, system: str) -> SystemStatus:
    return next(row for row in board.snapshot() if row.id == system)


async def until(what: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.02)


class Sampler:
    """Writes down what the board shows of one system, all the time, from a thread of its own."""

    def __init__(self, board: HealthBoard, system: str) -> None:
        self._board = board
        self._system = system
        self._ending = threading.Event()
        self.seen: list[tuple[float, str]] = []
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._ending.wait(0.01):
            self.seen.append((time.monotonic(), status_of(self._board, self._system).state))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def states(self, since: float, before: float) -> list[str]:
        return [state for at, state in self.seen if since <= at < before]


@contextlib.asynccontextmanager
async def watched(board: HealthBoard, probe: Probe, period: float = PERIOD) -> AsyncIterator[Sampler]:
    """Put a probe on the board that looks often, and wait until its lamp is green."""
    probe = replace(probe, period=period)
    board.register(probe)
    await board.start()
    await until(lambda: status_of(board, probe.system).state == "ok")
    with Sampler(board, probe.system) as sampler:
        yield sampler


async def broken_and_mended(
    board: HealthBoard,
    probe: Probe,
    damage: Callable[[], object],
    mend: Callable[[], object],
    *,
    shows: str = "down",
    period: float = PERIOD,
) -> SystemStatus:
    """Break the real thing under a lamp: it goes out in time, has advice, is never green meanwhile, and comes back."""
    async with watched(board, probe, period) as sampler:
        await _done(damage)
        hurt = time.monotonic()
        await until(lambda: status_of(board, probe.system).state == shows)
        noticed = next((at for at, state in sampler.seen if at > hurt and state != "ok"), time.monotonic())
        assert noticed - hurt < 3 * period + 0.5
        seen = status_of(board, probe.system)
        assert seen.action is not None
        for locale in ("en", "ru"):
            row = seen.as_dict(locale)
            assert row["evidence"]
            assert row["action"]
            assert not row["evidence"].startswith("(")  # a text of the catalogue, not its name
        await asyncio.sleep(2 * period)
        assert "ok" not in sampler.states(noticed, time.monotonic())
        mending = time.monotonic()
        await _done(mend)
        assert "ok" not in sampler.states(noticed, mending)
        await until(lambda: status_of(board, probe.system).state == "ok")
        return seen


async def _done(step: Callable[[], object | Awaitable[object]]) -> None:
    outcome = step()
    if asyncio.iscoroutine(outcome):
        await outcome
