"""One child process from start to end: output caps, a time limit on the monotonic clock, and a certain end.

A thread owns the child: it starts it, waits for it and checks its `guard`. The event loop therefore never blocks, and
cancelling the awaiting task kills the tree before the cancellation passes.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import IO, Final, Protocol

from core.ports import Ending, JobResult

GUARD_SECONDS: Final = 0.1
FLOOD_FACTOR: Final = 64
"""A child that writes this many times its output cap is stopped instead of drained until its time is over."""
DRAIN_SECONDS: Final = 1.0
"""How long output may still arrive after the end; only a stray process holding the pipe makes this wait."""

Guard = Callable[[], str]
"""Looks at a running child and says why it must end; empty while all is well."""


class Child(Protocol):
    """A started process together with everything it starts."""

    stdin: IO[bytes] | None
    stdout: IO[bytes]
    stderr: IO[bytes]

    def wait(self, seconds: float) -> int | None:
        """Return the exit code (negative = ended by that signal), None when it still runs after `seconds`."""

    def kill(self) -> None:
        """End the whole tree now; harmless after its end."""


class Capture:
    """The first and the last half of a stream's cap; what lies between is counted and dropped."""

    def __init__(self, cap: int) -> None:
        self._half = max(cap // 2, 1)
        self._head = bytearray()
        self._tail = bytearray()
        self.total = 0

    def add(self, data: bytes) -> None:
        """Take the next bytes."""
        self.total += len(data)
        room = self._half - len(self._head)
        self._head += data[:room] if room > 0 else b""
        self._tail += data[max(room, 0) :]
        del self._tail[: -self._half]

    @property
    def dropped(self) -> int:
        """Bytes that were not kept."""
        return self.total - len(self._head) - len(self._tail)

    @property
    def flooded(self) -> bool:
        """More came than is worth draining."""
        return self.total > FLOOD_FACTOR * 2 * self._half

    def text(self) -> str:
        """Return what was kept, with a line saying how much is missing."""
        gap = f"\n[{self.dropped} bytes dropped]\n".encode() if self.dropped else b""
        return (bytes(self._head) + gap + bytes(self._tail)).decode("utf-8", "replace")


class Running:
    """A child with its output pumps; made by `running`."""

    def __init__(self, start: Callable[[], Child], *, stdin: bytes, output_kb: int, guard: Guard | None) -> None:
        self._start = start
        self._stdin = stdin
        self._guard = guard
        self._loop = asyncio.get_running_loop()
        self._began = time.monotonic()
        self._pumps: list[threading.Thread] = []
        self._child: Child | None = None
        self._unwanted = False
        self.out = Capture(output_kb * 1024)
        self.err = Capture(output_kb * 1024)
        self.reason = ""
        """Why the guard or the flood check ended the child; empty otherwise."""
        self.started: asyncio.Future[None] = self._loop.create_future()
        self.exited: asyncio.Future[int] = self._loop.create_future()
        threading.Thread(target=self._own, name="child-owner", daemon=True).start()

    def kill(self) -> None:
        """End the whole tree now, also when it has not quite started yet."""
        self._unwanted = self._unwanted or not self.exited.done()
        if self._child is not None:
            self._child.kill()

    @property
    def ended_alone(self) -> bool:
        """Nobody had to stop it."""
        return self.exited.done() and not self._unwanted and not self.reason

    async def wait(self, seconds: float) -> bool:
        """Whether the child ended within `seconds`."""
        done, _ = await asyncio.wait({self.exited}, timeout=max(seconds, 0))
        return bool(done)

    async def gone(self) -> None:
        """Await the end of a child that was killed, also when it was still being started."""
        await asyncio.wait({self.started})
        if self.started.exception() is None:
            await asyncio.wait({self.exited})

    async def finish(self, seconds: float) -> JobResult:
        """Await the end, or bring it about when the time is over."""
        in_time = await self.wait(seconds)
        if not in_time:
            self.kill()
        code = await self.exited
        return self.result("timeout" if not in_time else self._ending(code), code)

    def result(self, ending: Ending, code: int) -> JobResult:
        """Describe the end, with the output so far."""
        note = f"\n[stopped: {self.reason}]\n" if self.reason else ""
        return JobResult(
            ending=ending,
            exit_code=code if ending == "exit" else None,
            stdout=self.out.text(),
            stderr=self.err.text() + note,
            seconds=time.monotonic() - self._began,
            truncated=bool(self.out.dropped or self.err.dropped),
        )

    def _ending(self, code: int) -> Ending:
        if self.out.flooded or self.err.flooded:
            return "output"
        return "signal" if self.reason or code < 0 else "exit"

    def _own(self) -> None:
        try:
            child = self._start()
        except Exception as error:  # noqa: BLE001 - thread border: whatever it is, the awaiting task gets it
            self._tell(self.started, error=error)
            return
        self._child = child
        self._pump(self._read, child.stdout, self.out)
        self._pump(self._read, child.stderr, self.err)
        if child.stdin is not None:
            self._pump(self._write, child.stdin)
        self._tell(self.started)
        code = self._watch(child)
        child.kill()
        until = time.monotonic() + DRAIN_SECONDS
        for pump in self._pumps:
            pump.join(max(until - time.monotonic(), 0))
        self._tell(self.exited, code)

    def _watch(self, child: Child) -> int:
        while (code := child.wait(GUARD_SECONDS)) is None:
            if not self.reason:
                self.reason = self._complaint()
            if self.reason or self._unwanted:
                child.kill()
        return code

    def _complaint(self) -> str:
        if self.out.flooded or self.err.flooded:
            return "output flood"
        try:
            return self._guard() if self._guard else ""
        except OSError as error:  # its folder was taken away: what cannot be watched must not run
            return f"it cannot be watched any more: {error.strerror}"

    def _pump(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, name="child-pump", daemon=True)
        self._pumps.append(thread)
        thread.start()

    @staticmethod
    def _read(stream: IO[bytes], capture: Capture) -> None:
        with stream, contextlib.suppress(OSError):
            while data := stream.read(65536):
                capture.add(data)

    def _write(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError), stream:  # the child may end without reading
            rest = memoryview(self._stdin)
            while rest:
                rest = rest[stream.write(rest) :]

    def _tell(
        self, future: asyncio.Future[None] | asyncio.Future[int], code: int = 0, error: Exception | None = None
    ) -> None:
        def tell() -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(code)  # type: ignore[arg-type]  # `started` carries no value worth a second function

        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(tell)


@asynccontextmanager
async def running(
    start: Callable[[], Child], *, stdin: bytes = b"", output_kb: int = 1024, guard: Guard | None = None
) -> AsyncIterator[Running]:
    """Start a child; its whole tree is gone when the block is left, however it is left."""
    process = Running(start, stdin=stdin, output_kb=output_kb, guard=guard)
    try:
        await asyncio.shield(process.started)
        yield process
    finally:
        process.kill()
        await process.gone()
