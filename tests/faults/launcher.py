"""Starts the real engine again and again, each time in a process of its own, and lets it be killed at a named event.

    python -m tests.faults.launcher

reads one job (JSON) per line, forks, runs the job in the child and answers with one line when it is dead. Forking
from a process that has imported everything spares each start the seconds of imports; nothing else is shared.

A job names the data folder, the turns to be driven (each is begun once and resumed by itself afterwards), and the
`kill`: the child ends itself with SIGKILL inside the journal's `emit`, at the first event whose label is wanted and
not yet used. `after_start` and `after_ack` kill that many milliseconds after the start of the child or after the
first acknowledged message instead.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx  # noqa: F401 - loaded before the first fork, see above
import langchain_openai  # noqa: F401 - as httpx
import langsmith  # noqa: F401 - as httpx

from builders.runner import linux  # noqa: F401 - as httpx
from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver, Waiting
from engine.person import Consenting
from memory.archive import SqliteArchive

if TYPE_CHECKING:
    from core.events import Event

_DETAILS: Final = ("node", "kind", "call", "subject")


@dataclass
class Job:
    """What one child is asked to do."""

    home: str
    out: str
    notes: str
    """Folder in which the child writes down what must survive it."""
    turns: list[str]
    environ: dict[str, str]
    team: str = ""
    target: str = "source"
    rewind: list[int] = field(default_factory=list)
    """[turn, step]: go back there before anything else."""
    used: list[str] = field(default_factory=list)
    """Labels of events at which an earlier child was killed."""
    names: list[str] = field(default_factory=list)
    """Names of events at which the child is killed."""
    share: list[int] = field(default_factory=list)
    """[a, b]: it is also killed at the events whose label's checksum is a modulo b."""
    caps: dict[str, float] = field(default_factory=dict)
    """Limits of the run beside the usual ones."""
    after_start: float = -1.0
    after_ack: float = -1.0
    seconds: float = 120.0


_PHASES: Final = ("commit:repair", "commit:attack", "commit:sharper")
"""After each of these the run passes the same nodes again: the labels of the rounds are told apart."""


class Witness:
    """Watches the journal: keeps count of the calls in flight and pulls the trigger."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._used = set(job.used)
        self._flying: Counter[str] = Counter()
        self.turn = 0
        notes = Path(job.notes) / "events"
        notes.touch()
        earlier = (json.loads(line).get("label", "") for line in notes.read_text(encoding="utf-8").splitlines())
        self._rounds = {label for label in earlier if _ends_round(label)}
        self._notes = notes.open("a", encoding="utf-8", buffering=1)

    def __call__(self, event: Event) -> None:
        if event.name == "call.started":
            self._flying[self._call(event)] += 1
        elif event.name == "effect.recorded" and str(event.data["kind"]).startswith("call:"):
            self._flying[self._call(event)] -= 1
        elif event.name == "node.held":
            self._flying.clear()
        label = self._label(event)
        if _ends_round(label):
            self._rounds.add(label)
        self._notes.write(json.dumps({"label": label, "flying": self._flying.total()}) + "\n")
        if self._wanted(event, label):
            self._notes.write(json.dumps({"killed": label}) + "\n")
            os.kill(os.getpid(), signal.SIGKILL)

    def _wanted(self, event: Event, label: str) -> bool:
        if label in self._used:
            return False
        if event.name in self._job.names:
            return True
        return bool(self._job.share) and zlib.crc32(label.encode()) % self._job.share[1] == self._job.share[0]

    def _label(self, event: Event) -> str:
        """A name for what happened that is the same in every process."""
        details = "/".join(str(event.data[key]) for key in _DETAILS if event.data.get(key))
        attempt = event.data.get("attempt", event.data.get("draft", ""))
        return f"{self.turn}.{len(self._rounds)}:{event.name}:{details}:{event.module}:{attempt}"

    @staticmethod
    def _call(event: Event) -> str:
        call = str(event.data.get("call") or str(event.data["kind"]).removeprefix("call:"))
        return f"{call}/{event.module}/{event.data['attempt']}"


def _ends_round(label: str) -> bool:
    return ":effect.recorded:" in label and any(kind in label for kind in _PHASES)


def _keep_acknowledgements(job: Job) -> None:
    """Write down each message whose keeping was confirmed to its sender."""
    add, acks = SqliteArchive.add_message, (Path(job.notes) / "acks").open("a", encoding="utf-8", buffering=1)

    async def add_message(self: SqliteArchive, *arguments: Any, **options: Any) -> str:
        message = await add(self, *arguments, **options)
        acks.write(message + "\n")
        if job.after_ack >= 0:
            delay, job.after_ack = job.after_ack, -1.0
            _kill_in(delay)
        return message

    SqliteArchive.add_message = add_message  # type: ignore[method-assign]


def _kill_in(milliseconds: float) -> None:
    """Do not wait for the event loop: it may be in the middle of anything."""
    threading.Timer(milliseconds / 1000, os.kill, (os.getpid(), signal.SIGKILL)).start()


async def _work(job: Job) -> list[str]:
    ends: list[str] = []
    witness = Witness(job)
    if job.after_start >= 0:
        _kill_in(job.after_start)
    environ = {**os.environ, **job.environ}
    async with open_engine(Home(Path(job.home)), team=job.team, environ=environ, subscribers=[witness]) as engine:
        driver = RunDriver(engine)
        if job.rewind:
            await driver.rewind((await engine.archive.runs())[job.rewind[0]].run, job.rewind[1])
            return ["rewound"]
        for number, task in enumerate(job.turns):
            witness.turn = number
            runs = await engine.archive.runs()
            run = runs[number].run if number < len(runs) else await _begin(engine, driver, job, task)
            end = await driver.drive(run, Consenting())
            if isinstance(end, Finished):
                ends.append(end.outcome)
            elif isinstance(end, Waiting):
                return [*ends, f"waiting: {json.dumps(end.card)}"]
            else:
                return [*ends, "paused"]
    return ends


async def _begin(engine: Any, driver: RunDriver, job: Job, task: str) -> str:
    projects = await engine.archive.projects()
    project = projects[0] if projects else await engine.archive.add_project(task, out=job.out, locale="en")
    options: Any = {"out": job.out, "target": job.target, "attachments": []}
    caps: Any = {"usd": 5.0, "assume_prices": False, "tokens": 3_000_000, "calls": 400, "minutes": 60, **job.caps}
    return await driver.create(project.project, task, options, caps, locale="en", team=job.team)


def _child(job: Job) -> None:
    """Do the job and end this process; nothing of the parent's is torn down."""
    code = 1
    try:
        os.setsid()
        log = os.open(Path(job.notes) / "output", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(log, stream)
        _keep_acknowledgements(job)
        ends = asyncio.run(_work(job))
        (Path(job.notes) / "ends").write_text(json.dumps(ends), encoding="utf-8")
        code = 0
    except BaseException:  # noqa: BLE001 - the border of the child: whatever it was is written down
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve jobs until the input ends."""
    assert threading.active_count() == 1, "forking would copy other threads' locks"
    _say({"ready": True})
    for line in sys.stdin:
        job = Job(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            _child(job)
        until = time.monotonic() + job.seconds
        while True:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
                _, status = os.waitpid(pid, 0)
                status = -1
                break
            time.sleep(0.01)
        killed = status == -1 or os.WIFSIGNALED(status)
        answer = {"timeout": status == -1, "killed": killed, "code": None if killed else os.WEXITSTATUS(status)}
        _say({"pid": pid, **answer})


if __name__ == "__main__":
    main()
