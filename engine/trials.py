"""Trials: a delivered version is started in the sandbox because a person wants to see what it does."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import InputError
from core.events import Event
from core.ports import BuildOrder
from engine.tasks.task import Done
from engine.versions import version_of
from graph.nodes.build import report_from
from graph.receipts import receipt_of

if TYPE_CHECKING:
    from core.events import Json
    from core.plan import Packaging
    from core.ports import Trial
    from engine.bootstrap import Engine
    from engine.tasks.task import Control, Ended, Task

TRIAL_KIND: Final = "trial"
TRIAL_PRIORITY: Final = 20
"""Somebody looks at the window and waits for it."""
_KEPT: Final = 20
"""Trials whose pictures are kept."""
_SHOWN_CHARACTERS: Final = 8_000
"""Of each output, its end: the result of a task is sent with every list of tasks."""


def trial_subject(project: str, version: int) -> str:
    """What makes two trials the same one while the first still goes on."""
    return f"{project}/v{version}"


class TrialWorker:
    """`engine.tasks.task.Worker` of the kind `trial`; its data names `project` and `version`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Fetch the file by its digest, start it once and tell what came of it."""
        engine, builder = self._engine, self._engine.crew.workshop.builder
        project, number = str(task.data["project"]), int(cast("int", task.data["version"]))
        version = await version_of(engine, project, number)
        receipt = await receipt_of(engine.ledger, version)
        if receipt is None:
            raise InputError("unknown-version", version=number)
        trials = engine.home.builds / "trials"
        await asyncio.to_thread(_forget_old, trials)
        order = BuildOrder(
            project=project,
            run=version.run,
            version=number,
            plan=version.plan,
            packaging=cast("Packaging", await engine.crew.workshop.kept(receipt["packaging"])),
            files=await engine.workspace.files(project, version.commit),
            target=version.plan["target"],
            folder=trials / task.task,
        )
        kept = cast("dict[str, Any]", await engine.crew.workshop.kept(receipt["built"]["report"]))
        control.progress(-1, Path(version.artifact).name)
        fetched = await builder.fetch(order, report_from(kept), [Path(version.artifact)])
        self._say("trial.started", version.run, {"version": number, "sha256": version.sha256})
        seen = await builder.try_out(order, fetched)
        await asyncio.to_thread(fetched.artifact.unlink)
        told = _told(seen)
        self._say("trial.finished", version.run, {key: told[key] for key in ("look", "ending", "exit_code", "seconds")})
        return Done(told)

    def _say(self, name: str, run: str, data: dict[str, Json]) -> None:
        self._engine.journal.emit(Event("BUILD", name, run=run, data=data))


def _told(seen: Trial) -> dict[str, Json]:
    result = seen.result
    return {
        "look": seen.look,
        "title": seen.title,
        "alive": seen.alive,
        "picture": str(seen.picture) if seen.picture else "",
        "limit": seen.limit,
        "ending": result.ending if result else "",
        "exit_code": result.exit_code if result else None,
        "seconds": round(result.seconds, 1) if result else 0.0,
        "stdout": result.stdout[-_SHOWN_CHARACTERS:] if result else "",
        "stderr": result.stderr[-_SHOWN_CHARACTERS:] if result else "",
        "cut": bool(result and (result.truncated or max(len(result.stdout), len(result.stderr)) > _SHOWN_CHARACTERS)),
    }


def _forget_old(trials: Path) -> None:
    with contextlib.suppress(OSError):
        known = sorted(trials.iterdir(), key=lambda folder: folder.stat().st_mtime)
        for folder in known[: -(_KEPT - 1)]:
            shutil.rmtree(folder, ignore_errors=True)
