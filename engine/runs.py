"""Runs as tasks: the worker that drives a run of the coordinator until it ends, is paused, or waits for a person."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from core.errors import ConfigurationError, InputError
from core.events import Event
from engine.driver import Finished, Paused, RunDriver
from engine.person import Absent
from engine.progress import Story
from engine.tasks.task import WAITS_FOR_PERSON, WAITS_FOR_VAULT, Done, Stopped

if TYPE_CHECKING:
    from core.events import Json
    from engine.bootstrap import Engine
    from engine.questions import Questions
    from engine.tasks.task import Control, Ended, Task

RUN_KIND: Final = "run"

_REACHED: Final = {
    "intake": 0.02,
    "judge": 0.05,
    "architect": 0.08,
    "judge_plan": 0.13,
    "dispatch": 0.15,
    "integrate": 0.60,
    "paranoid_test": 0.65,
    "judge_code": 0.80,
    "build": 0.84,
    "restore": 0.85,
    "smoke": 0.92,
    "deliver": 0.97,
    "close": 0.99,
}
"""How far a run is when a node begins; the modules share what lies between `dispatch` and `integrate`."""


class RunWorker:
    """`engine.tasks.task.Worker` of the kind `run`; the subject of its tasks is the run id."""

    def __init__(self, engine: Engine, questions: Questions) -> None:
        self._engine = engine
        self._questions = questions

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Drive the run; a run that stands at a card, or before a locked vault, gives its slot back."""
        try:
            return await self._driven(task.subject, control)
        except ConfigurationError as error:
            if error.code != "vault-locked":
                raise
            self._engine.journal.emit(Event("PROVIDER", "run.waits_for_vault", run=task.subject))
            return Stopped(WAITS_FOR_VAULT)

    async def _driven(self, run: str, control: Control) -> Ended:
        driver = RunDriver(self._engine)
        record = await self._engine.archive.run(run)
        self._questions.forget(run)
        await self._check_team(run, str(record.options["team"]))
        watch = _Watch(run, str(record.options["locale"]), control)
        stop = self._engine.journal.subscribe(watch)
        stopper = asyncio.create_task(self._pause_when_asked(driver, control))
        try:
            end = await driver.drive(run, Absent())
        finally:
            stop()
            stopper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await stopper
        if isinstance(end, Finished):
            return Done({"outcome": end.outcome})
        if isinstance(end, Paused):
            return Stopped()
        self._questions.prepare(run, end)
        return Stopped(WAITS_FOR_PERSON, end.card["kind"])

    async def _check_team(self, run: str, team: str) -> None:
        """End a run nobody can work on before it begins: what is wrong is told, and the next message finds no queue."""
        try:
            async with self._engine.graph_of(team):
                pass
        except (ConfigurationError, InputError) as error:
            if error.code == "vault-locked":
                raise
            await RunDriver(self._engine).cancel(run)
            data: dict[str, Json] = {"code": error.code, "facts": dict(error.facts)}
            self._engine.journal.emit(Event("ERROR", "run.failed", run=run, data=data))
            raise

    @staticmethod
    async def _pause_when_asked(driver: RunDriver, control: Control) -> None:
        await control.until_stopping()
        driver.request("pause")


class _Watch:
    """Turns the events of one run into the progress of its task."""

    def __init__(self, run: str, locale: str, control: Control) -> None:
        self._run = run
        self._control = control
        self._story = Story(locale)
        self._reached = -1.0

    def __call__(self, event: Event) -> None:
        if event.run != self._run:
            return
        line = self._story.tell(event)
        if event.name == "node.started":
            self._reached = max(self._reached, _REACHED.get(str(event.data.get("node")), self._reached))
        elif event.name == "module.accepted":
            self._reached = max(self._reached, self._modules())
        if line:
            self._control.progress(self._reached, line.splitlines()[0])

    def _modules(self) -> float:
        states = [line.state in {"accepted", "kept"} for line in self._story.modules.values()]
        begin, end = _REACHED["dispatch"], _REACHED["integrate"]
        return begin + (end - begin) * sum(states) / max(1, len(states))
