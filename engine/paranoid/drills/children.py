"""Processes of our own program that a drill starts, kills and listens to; they are gone when the drill leaves them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from contextlib import asynccontextmanager
from typing import IO, TYPE_CHECKING, Any, Final

import psutil

from builders.runner.orphans import end_tree
from engine.own_process import PIPE, OwnProcess, own_command, start_own

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from core.paths import Home
    from engine.paranoid.drills.drill import Stage

LINE_SECONDS: Final = 60.0
"""Longest wait for the next line of a child; a drill as a whole has a limit of its own."""
_ERRORS_KEPT: Final = 4000


class ChildError(Exception):
    """A child of a drill ended without the answer it was started for."""


class Child:
    """A started process: killed at will, read line by line."""

    def __init__(self, process: OwnProcess) -> None:
        self._process = process
        self._errors = asyncio.create_task(asyncio.to_thread(_all_of, process.stderr))

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    async def send(self, line: str) -> None:
        """Write one line to its standard input."""
        await asyncio.to_thread(_write, self._process.stdin, line)

    async def line(self, seconds: float = LINE_SECONDS) -> str:
        """Return its next line of output, empty when it has ended. Raises TimeoutError."""
        stream = self._process.stdout
        if stream is None:
            return ""
        return (await asyncio.wait_for(asyncio.to_thread(stream.readline), seconds)).decode("utf-8", "replace")

    async def answer(self, seconds: float = LINE_SECONDS) -> Any:
        """Return its next line as JSON. Raises ChildError when it ended instead."""
        line = await self.line(seconds)
        if not line.strip():
            raise ChildError(await self.errors())
        return json.loads(line)

    def kill(self) -> None:
        """End it at once, as a power cut would: SIGKILL to the process alone."""
        self._process.kill()

    async def ended(self, seconds: float = LINE_SECONDS) -> int:
        """Return its exit code once it has ended."""
        return await asyncio.wait_for(asyncio.to_thread(self._process.wait), seconds)

    async def errors(self) -> str:
        """Return what it wrote to standard error, once it has ended."""
        return await asyncio.shield(self._errors)

    async def leave(self) -> None:
        """End it and everything it started."""
        await asyncio.to_thread(_end, self._process)
        await asyncio.gather(self._errors, return_exceptions=True)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was still to be written to a dead child
                    stream.close()


@asynccontextmanager
async def own_program(
    words: Sequence[str], *, home: Home, environ: Mapping[str, str], program: Sequence[str] = ()
) -> AsyncIterator[Child]:
    """Start MultiCoder with `words` on the data folder `home`."""

    def start() -> OwnProcess:
        return start_own(words, home=home, environ=environ, program=program, stdin=PIPE, stdout=PIPE, stderr=PIPE)

    starting = asyncio.ensure_future(asyncio.to_thread(start))
    try:
        child = Child(await asyncio.shield(starting))
    except asyncio.CancelledError:
        await asyncio.to_thread(_end, await starting)
        raise
    try:
        yield child
    finally:
        await asyncio.shield(asyncio.ensure_future(child.leave()))


@asynccontextmanager
async def drill_process(
    stage: Stage, part: str = "", order: Mapping[str, Any] | None = None, *, environ: Mapping[str, str] | None = None
) -> AsyncIterator[Child]:
    """Start the process of a drill, or one more process of it that does `part`."""
    # From source the module itself is started: it is lighter than the whole command line.
    from_source = (sys.executable, "-P", "-m", "engine.cli_audit")
    program = own_command("audit") if getattr(sys, "frozen", False) else from_source
    words = ["--inside", f"{stage.drill}:{part}"]
    async with own_program(
        words, home=stage.shadow, environ={**stage.environ, **(environ or {})}, program=program
    ) as child:
        told = {"folder": str(stage.folder), "seed": stage.seed, "order": dict(order or {})}
        with contextlib.suppress(OSError):  # it ended before it could be told anything; its answer will be missing
            await child.send(json.dumps(told))
        yield child


async def ask(
    stage: Stage,
    part: str,
    order: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    seconds: float = LINE_SECONDS,
) -> Any:
    """Have `part` done by a process of its own and return its answer. Raises ChildError, TimeoutError."""
    async with drill_process(stage, part, order, environ=environ) as child:
        return await child.answer(seconds)


def _write(stream: IO[bytes] | None, line: str) -> None:
    if stream is not None:
        stream.write(line.encode() + b"\n")
        stream.flush()


def _all_of(stream: IO[bytes] | None) -> str:
    return stream.read().decode("utf-8", "replace").strip()[-_ERRORS_KEPT:] if stream is not None else ""


def _end(process: OwnProcess) -> None:
    if process.returncode is None:  # once it was waited for, its number may be somebody else's
        with contextlib.suppress(psutil.NoSuchProcess):
            end_tree(psutil.Process(process.pid))  # what it has started leads sessions of its own
    process.wait()
