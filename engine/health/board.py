"""The health board: one lamp per system, lit by what a look at the real thing found and by nothing else.

Looks run staggered and a few at a time. What is shown is computed when somebody asks, so that a board whose loop
hangs goes dark by itself. Lamps may be read from any thread; probes are registered and run in the loop.
"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError
from core.events import Event
from core.i18n import DEFAULT_LOCALE, Words
from engine.health.lamp import GOOD_LOOKS, Lamp
from engine.health.status import WRITE_SECONDS, SystemStatus, write_snapshot
from engine.health.telling import broken, redacted, refused, said
from engine.health.watchdog import LoopStack, Patience, Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.events import EventSink, Json
    from engine.health.probe import Probe, Reading, State

LOOP: Final = "loop"
"""The one system without a probe: its lamp is lit by the thread beside the loop."""
_LOOP_PERIOD: Final = 5.0
_AT_ONCE: Final = 3
_STAGGER_SECONDS: Final = 0.25
_CONFIRM_SECONDS: Final = 5.0
"""After a first better reading the next ones follow soon."""
_RESTART_SECONDS: Final = 900.0
_LAST_WAIT_SECONDS: Final = 2.0


@dataclass(slots=True)
class _System:
    """One place on the board."""

    id: str
    name: Words
    period: float
    timeout: float
    limits: Words | None
    probe: Probe | None
    lamp: Lamp = field(default_factory=Lamp)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    follower: asyncio.Task[None] | None = None
    look: asyncio.Task[Reading] | None = None
    """The look under way, or one that was given up and has not ended yet."""


class HealthBoard:
    """Keeps the state of every system, looks again and again, and tells what changed."""

    def __init__(
        self,
        sink: EventSink,
        *,
        clock: Callable[[], float] = time.monotonic,
        snapshot_file: Path | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._sink = sink
        self._clock = clock
        self._file = snapshot_file
        self._patience = patience or Patience()
        self._systems: dict[str, _System] = {}
        self._told: dict[str, State] = {}
        self._state = threading.Lock()
        self._telling = threading.Lock()
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._watchdog: Watchdog | None = None
        self._written = 0.0

    # ------------------------------------------------------------------------------------------ who is on the board

    def register(self, probe: Probe) -> None:
        """Put a system on the board, or its newer probe in the place of the older; looked at soon when started."""
        self.unregister(probe.system)
        system = _System(probe.system, probe.name, probe.period, probe.timeout, probe.limits, probe)
        with self._state:
            self._systems[probe.system] = system
        if self._watchdog is not None:
            self._follow(system, 0.0)

    def unregister(self, system: str) -> None:
        """Take a system off the board; one that is not there is no error."""
        with self._state:
            gone = self._systems.pop(system, None)
            self._told.pop(system, None)
        if gone is not None and gone.follower is not None:
            gone.follower.cancel()

    async def start(self) -> None:
        """Begin to look, the first time at every system within moments of each other."""
        patience = self._patience
        limits = Words("health-limits-loop", {"late": patience.late, "hung": patience.hung})
        loop_lamp = _System(LOOP, Words("health-system-loop"), _LOOP_PERIOD, patience.hung, limits, None)
        with self._state:
            self._systems = {LOOP: loop_lamp, **self._systems}
            waiting = [system for system in self._systems.values() if system.probe is not None]
        for place, system in enumerate(waiting):
            self._follow(system, min(place * _STAGGER_SECONDS, system.period))
        self._watchdog = Watchdog(
            asyncio.get_running_loop(), tell=self._loop_seen, each_look=self._look_round, patience=self._patience
        )
        self._watchdog.start()

    async def stop(self) -> None:
        """End all looks and leave a last word in the snapshot; stopping twice is no error."""
        if self._watchdog is None:
            return
        watchdog, self._watchdog = self._watchdog, None
        await asyncio.to_thread(watchdog.stop)
        with self._state:
            systems = list(self._systems.values())
        await _ended([system.follower for system in systems if system.follower is not None])
        await _ended([system.look for system in systems if system.look is not None])
        await asyncio.to_thread(self._write, stopped=True)

    # ------------------------------------------------------------------------------------------ what a person does

    async def probe_now(self, system: str = "") -> None:
        """Look now, at one system or at all; what got better is looked at until that is settled, as the rule asks."""
        with self._state:
            wanted = [self._one(system)] if system else list(self._systems.values())
        await asyncio.gather(*(self._look_now(one) for one in wanted if one.probe is not None))

    async def restart(self, system: str, *, by: str) -> None:
        """Start a system again and look at it.

        Raises:
            InputError: `unknown-system`, or `no-restart` when it has none. What the restart itself raises is journaled
                and raised.
        """
        with self._state:
            one = self._one(system)
        again = one.probe.restart if one.probe is not None else None
        if again is None:
            raise InputError("no-restart", system=system)
        data: dict[str, Json] = {"system": system, "by": by}
        try:
            async with asyncio.timeout(_RESTART_SECONDS):
                await again()
        except BaseException as error:
            self._sink.emit(Event("TASK", "health.restarted", data={**data, "failed": type(error).__name__}))
            raise
        self._sink.emit(Event("TASK", "health.restarted", data=data))
        await self._look_now(one)

    def snapshot(self) -> list[SystemStatus]:
        """Return every system as it is believed to be at this moment; from any thread."""
        now, epoch = self._clock(), time.time()
        with self._state:
            return [_status(system, now, epoch) for system in self._systems.values()]

    # ------------------------------------------------------------------------------------------ looking

    def _follow(self, system: _System, first: float) -> None:
        system.follower = asyncio.get_running_loop().create_task(
            self._look_again_and_again(system, first), name=f"health {system.id}"
        )

    async def _look_again_and_again(self, system: _System, first: float) -> None:
        pause = first
        while True:
            await asyncio.sleep(pause)
            await self._look(system)
            pause = min(system.period, _CONFIRM_SECONDS) if system.lamp.improving else system.period

    async def _look_now(self, system: _System) -> None:
        await self._look(system)
        for _ in range(GOOD_LOOKS - 1):
            if system.lamp.improving:
                await self._look(system)

    async def _look(self, system: _System) -> None:
        if system.probe is None:
            return
        async with system.turn, self._at_once:
            began = self._clock()
            reading = redacted(await self._read(system, system.probe))
            self._seen(system, reading, self._clock() - began)
        self._announce()

    async def _read(self, system: _System, probe: Probe) -> Reading:
        """Look once, for a bounded time; a look that does not end is given up, and not begun again beside itself."""
        if system.look is not None and not system.look.done():
            return broken("health-hangs", seconds=round(probe.timeout))
        look = system.look = asyncio.ensure_future(_reading_of(probe))
        try:
            await asyncio.wait({look}, timeout=probe.timeout)
        finally:
            look.cancel()
        if look.done() and not look.cancelled():
            return look.result()
        return broken("health-overrun", seconds=round(probe.timeout, 1))

    def _seen(self, system: _System, reading: Reading, seconds: float) -> None:
        with self._state:
            system.lamp = system.lamp.after(
                reading, at=self._clock(), latency=round(seconds * 1000), epoch=round(time.time(), 3)
            )

    def _one(self, system: str) -> _System:
        if system not in self._systems:
            raise InputError("unknown-system", system=system)
        return self._systems[system]

    # ------------------------------------------------------------------------------------------ telling

    def _announce(self) -> None:
        """Tell what is seen otherwise than before, be it by a reading or because there was none for long."""
        if not self._telling.acquire(blocking=False):
            return  # the loop waits for no thread: what this misses, the next round of the watchdog tells
        try:
            for row in self.snapshot():
                with self._state:
                    before = self._told.get(row.id, "unknown")
                    self._told[row.id] = row.state
                if row.state != before:
                    self._tell(row, before)
        finally:
            self._telling.release()

    def _tell(self, row: SystemStatus, before: State) -> None:
        data: dict[str, Json] = {"system": row.id, "before": before, "after": row.state}
        data["evidence"] = said(row.evidence, DEFAULT_LOCALE)
        if row.state == "down":
            data["risk"] = "medium"
        self._sink.emit(Event("HEALTH", "system.changed", data=data))

    # ------------------------------------------------------------------------------------------ beside the loop

    def _loop_seen(self, reading: Reading, lag: float, stack: LoopStack | None) -> None:
        with self._state:
            system = self._systems.get(LOOP)
        if system is None:
            return
        self._seen(system, reading, lag)
        if stack is not None:
            data: dict[str, Json] = {"seconds": stack.seconds, "stack": stack.stack, "risk": "medium"}
            self._sink.emit(Event("HEALTH", "loop.hung", data=data))

    def _look_round(self) -> None:
        self._announce()
        if self._clock() - self._written >= WRITE_SECONDS or not self._written:
            self._written = self._clock()
            self._write()

    def _write(self, *, stopped: bool = False) -> None:
        if self._file is None:
            return
        with suppress(OSError):  # a full disk has its own lamp; whoever reads the old file sees its age
            write_snapshot(self._file, self.snapshot(), stopped=stopped)


async def _reading_of(probe: Probe) -> Reading:
    try:
        return await probe.read()
    except Exception as error:  # noqa: BLE001 - border: whatever a look raises is what is wrong with the system
        return refused(error)


async def _ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks and give them a moment; what hangs even then is left behind."""
    for task in tasks:
        task.cancel()
    if tasks:
        _, hanging = await asyncio.wait(tasks, timeout=_LAST_WAIT_SECONDS)
        for task in hanging:
            task.cancel()


def _status(system: _System, now: float, epoch: float) -> SystemStatus:
    lamp, period = system.lamp, system.period
    seen = lamp.seen(now=now, period=period)
    return SystemStatus(
        id=system.id,
        name=system.name,
        state=seen.state,
        since=lamp.seen_since(now=now, period=period, epoch=epoch),
        evidence=seen.evidence,
        action=seen.action,
        checked=None if lamp.shown is None else now - lamp.at,
        period=period,
        timeout=system.timeout,
        restartable=system.probe is not None and system.probe.restart is not None,
        limits=system.limits,
        history=lamp.history,
    )


__all__ = ["LOOP", "HealthBoard"]
