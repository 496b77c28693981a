"""What is told of a started program, and the question put to a server beside it."""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.collect import read_result
from builders.runner.interpreters import interpreter_reads
from core.errors import RunnerUnavailable
from core.ports import Job, JobResult, Observation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from builders.runner.processes import Running

PROBE_PROGRAM: Final = Path(__file__).with_name("port_probe.py")
PROBE_EXTRA_SECONDS: Final = 10.0
NOTE_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Question:
    """A server job together with the probe that asks it."""

    job: Job
    port: int
    seconds: float
    note: str

    async def answer(self, process: Running) -> Observation:
        """Await the answer, or the end of the server, or of its time."""
        result = await process.finish(self.seconds + PROBE_EXTRA_SECONDS)
        try:
            said = await asyncio.to_thread(read_result, self.job.workdir, self.note, limit=NOTE_BYTES)
            status, code = _noted(said)
        except (OSError, ValueError, RecursionError):  # the probe was stopped, or the job tampered with it
            return unseen(result)
        return _port_observation(result, self.port if status else None, status, code)


@asynccontextmanager
async def asked(job: Job, port: int, path: str) -> AsyncIterator[Question]:
    """Put the probe around a server job; both share one sandbox, so one network."""
    python = await asyncio.to_thread(_any_python, job)
    note = f"port-note-{secrets.token_hex(8)}.json"
    probe = (python, "-I", "-B", PROBE_PROGRAM, port, path, job.limits.seconds, job.workdir / note)
    beside = replace(
        job,
        argv=(*map(str, probe), *job.argv),
        reads=(*await asyncio.to_thread(interpreter_reads, python), PROBE_PROGRAM, *job.reads),
        limits=replace(job.limits, processes=job.limits.processes + 1),
    )
    try:
        yield Question(beside, port, job.limits.seconds, note)
    finally:
        await asyncio.to_thread((job.workdir / note).unlink, missing_ok=True)


def _noted(said: bytes) -> tuple[int, int | None]:
    match json.loads(said):
        case {"status": int(status), "code": int() | None as code}:
            return status, code
    raise ValueError("no note of the probe")


def unseen(result: JobResult) -> Observation:
    """Tell of a program that showed nothing."""
    alive = result.ending == "timeout"
    return Observation(window=False, title="", size=(0, 0), screenshot=None, port=None, alive=alive, result=result)


def closed(result: JobResult) -> JobResult:
    """Mark the end as ours."""
    return replace(result, ending="closed", exit_code=None)


def _port_observation(result: JobResult, port: int | None, status: int, code: int | None) -> Observation:
    if code is not None:
        by_signal = code < 0
        result = replace(result, ending="signal" if by_signal else "exit", exit_code=None if by_signal else code)
    elif status:
        result = closed(result)
    else:
        result = replace(result, ending="timeout", exit_code=None)
    seen = unseen(result)
    return replace(seen, title=f"HTTP {status}" if status else "", port=port, alive=code is None)


def _any_python(job: Job) -> Path:
    """Find a Python for the probe: the job's own, the system's, or the one we run on."""
    candidates = [Path(item) for item in job.argv[:1] if Path(item).name.startswith("python")]
    candidates += [folder / inner for folder in job.reads for inner in ("bin/python3", "Scripts/python.exe")]
    if sys.platform != "win32":
        candidates += [Path(found) for found in (shutil.which("python3", path="/usr/bin:/usr/local/bin"),) if found]
    if not getattr(sys, "frozen", False):
        candidates.append(Path(sys.executable))
    for candidate in candidates:
        if candidate.is_absolute() and candidate.is_file():
            return candidate
    raise RunnerUnavailable("probe-missing")
