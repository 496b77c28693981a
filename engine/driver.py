"""The run driver: starts, resumes, pauses, cancels and rewinds runs of the coordinator.

A run is finished when the `close` node has kept its outcome in the archive, never because LangGraph has no next
task: after a kill between two checkpoints that list is empty for unfinished runs as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from langgraph.errors import GraphDrained, InvalidUpdateError
from langgraph.runtime import RunControl
from langgraph.types import Command

from core.errors import InputError, StorageError
from core.events import Event, Json
from engine.mailbox import Mailbox, Request
from engine.person import Absent
from graph.checkpoints import BEFORE_ANY_NODE, prune
from graph.state import known_commits, new_turn

if TYPE_CHECKING:
    from core.ports import RunRecord
    from engine.bootstrap import Engine
    from engine.person import Person
    from graph.cards import Card
    from graph.state import Caps, Options, Outcome, RunState

DRAIN_SECONDS: Final = 0.5
"""A pause lets the current step end by itself this long; then it is cut off and done again at resume."""

_RECURSION: Final = 400
"""Steps of one drive; the loops of the graph are bounded long before."""

_AFTER_PARALLEL: Final = "write_tests"
"""The branch a rewind stands for when the step before was a parallel one: both branches lead to `dispatch`."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The run has an outcome."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Waiting:
    """The run waits for a person at this card; an answer is kept under `nonce`."""

    card: Card
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Paused:
    """The run was paused; it goes on with `resume`."""


End = Finished | Waiting | Paused


def new_run_id() -> str:
    """A run id that sorts by time."""
    return f"r-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"


class RunDriver:
    """Drives one run at a time on an open engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._requests: asyncio.Queue[Request] = asyncio.Queue()

    def request(self, request: Request) -> None:
        """Ask for a pause or a cancel from this process (Ctrl+C)."""
        self._requests.put_nowait(request)

    async def create(
        self, project: str, task: str, options: Options, caps: Caps, *, locale: str, team: str, run: str = ""
    ) -> str:
        """Keep the message and its run; nothing is started yet. Return the run id.

        A `run` that was chosen before makes a repeated call find what the first one kept.
        """
        engine = self._engine
        effect = f"{run}/request" if run else ""
        run = run or new_run_id()
        request = await engine.archive.add_message(project, run, "person", task, effect=effect)
        record: dict[str, Json] = {
            "team": team,
            "locale": locale,
            "options": cast("Json", options),
            "caps": cast("Json", caps),
        }
        await engine.archive.add_run(run, project, request, record)
        engine.journal.emit(Event("MESSAGE", "message.received", run=run, data={"characters": len(task)}))
        return run

    async def drive(self, run: str, person: Person) -> End:
        """Work on a run until it ends, waits for a person who is not there, or is stopped."""
        record = await self._engine.archive.run(run)
        if record.outcome:
            return Finished(cast("Outcome", record.outcome))
        graph_input: Any = await self._next_input(record)
        while True:
            stopped = await self._advance(record, graph_input)
            if stopped == "cancel":
                await self.cancel(run)
            now = await self._engine.archive.run(run)
            if stopped is not None:  # it may have come to its end in the moment it was asked to stop
                return self._finished(now) if now.outcome else Paused()
            if now.project != record.project:
                record = now
                graph_input = await self._next_input(record)
                continue
            ended = await self._settled(record, person)
            if not isinstance(ended, Command):
                return ended
            graph_input = ended

    async def _next_input(self, record: RunRecord) -> Any:
        """What the graph is invoked with: the turn's input once, an answer given before a crash, else None."""
        snapshot = await self._snapshot(record)
        if snapshot.values.get("run") != record.run:
            return new_turn(
                project=record.project,
                run=record.run,
                request=record.request,
                locale=str(record.options["locale"]),
                options=cast("Options", record.options["options"]),
                caps=cast("Caps", record.options["caps"]),
            )
        return None

    async def _settled(self, record: RunRecord, person: Person) -> End | Command[Any]:
        """After a drive: the end, or the command that carries the person's answer."""
        snapshot = await self._snapshot(record)
        for interrupt in (found for task in snapshot.tasks for found in task.interrupts):
            card = cast("Card", interrupt.value)
            nonce, answered = await self._answer(record.run, interrupt.id, card, person)
            return Command(resume={interrupt.id: nonce}) if answered else Waiting(card, nonce)
        ended = await self._engine.archive.run(record.run)
        if not ended.outcome:
            raise StorageError("checkpoint-corrupt", path=self._engine.home.checkpoints.name, detail="no outcome")
        await prune(self._engine.saver, record.project)
        return self._finished(ended)

    def _finished(self, record: RunRecord) -> Finished:
        self._engine.crews.forget(record.run)
        return Finished(cast("Outcome", record.outcome))

    async def waiting(self, run: str) -> Waiting | None:
        """The card an unfinished run stands at, shown anew; None when it stands at none or it was answered already."""
        record = await self._engine.archive.run(run)
        snapshot = await self._snapshot(record)
        if record.outcome or snapshot.values.get("run") != run:
            return None
        for interrupt in (found for task in snapshot.tasks for found in task.interrupts):
            nonce, answered = await self._answer(run, interrupt.id, cast("Card", interrupt.value), Absent())
            return None if answered else Waiting(cast("Card", interrupt.value), nonce)
        return None

    async def _answer(self, run: str, interrupt: str, card: Card, person: Person) -> tuple[str, bool]:
        """The nonce of this card and whether it is answered; asked at most once even over crashes."""
        consent = self._engine.consent
        given = await consent.answered(run=run, interrupt=interrupt, digest=card["digest"])
        if given:
            return given, True
        nonce = await consent.show(run=run, interrupt=interrupt, digest=card["digest"])
        self._engine.journal.emit(Event("AUDIT", "card.shown", run=run, data=_shown(card)))
        reply = await person.decide(card)
        return nonce, reply is not None and await consent.answer(nonce, reply, via=person.via)

    async def _advance(self, record: RunRecord, graph_input: Any) -> Request | None:
        """Run the graph until it stops by itself (None) or is asked to."""
        control = RunControl()
        work = asyncio.create_task(self._invoke(record, graph_input, control))
        mailbox = asyncio.create_task(Mailbox(self._engine.home.runs, record.run).wait())
        local = asyncio.create_task(self._requests.get())
        try:
            await asyncio.wait({work, mailbox, local}, return_when=asyncio.FIRST_COMPLETED)
            asked = next((task for task in (mailbox, local) if task.done()), None)
            if asked is None:
                work.result()
                return None
            request = asked.result()
            self._engine.journal.emit(Event("TASK", f"run.{request}_requested", run=record.run))
            await self._stop(work, control, drain=request == "pause")
            self._engine.journal.emit(Event("TASK", f"run.{request}_done", run=record.run))
            return request
        finally:
            for task in (work, mailbox, local):
                task.cancel()
            await asyncio.gather(work, mailbox, local, return_exceptions=True)

    async def _invoke(self, record: RunRecord, graph_input: Any, control: RunControl) -> None:
        async with self._engine.graph_of(str(record.options["team"])) as graph:
            await graph.ainvoke(graph_input, _thread(record), durability="sync", control=control)

    @staticmethod
    async def _stop(work: asyncio.Task[None], control: RunControl, *, drain: bool) -> None:
        if drain:
            control.request_drain("pause")
            await asyncio.wait({work}, timeout=DRAIN_SECONDS)
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError, GraphDrained):
            await work

    async def cancel(self, run: str) -> None:
        """End an unfinished run that nobody drives; what it made stays in its project."""
        record = await self._engine.archive.run(run)
        if record.outcome:
            return
        snapshot = await self._snapshot(record)
        if snapshot.values.get("run") == record.run and snapshot.metadata["source"] != BEFORE_ANY_NODE:
            # A graph closed before its first node would close over nothing.
            await self._engine.graph.aupdate_state(
                _thread(record), {"outcome": "cancelled", "held": None}, as_node="deliver"
            )
            await self._engine.graph.ainvoke(None, _thread(record), durability="sync")
        else:
            await self._engine.archive.set_outcome(run, "cancelled")
        self._engine.crews.forget(run)

    async def rewind(self, run: str, number: int) -> None:
        """Go back to a step: state and files as they were then; what comes after is done anew."""
        record = await self._engine.archive.run(run)
        newest = [item.run for item in await self._engine.archive.runs() if item.project == record.project][-1]
        if newest != run:
            raise InputError("rewind-not-newest", run=run, newest=newest)
        steps = [snapshot async for snapshot in self._history(record)]
        chosen = next((step for step in steps if step.metadata["step"] == number and step.next), None)
        if chosen is None:
            raise InputError("unknown-step", run=run, step=number)
        update: dict[str, Any] = {"epoch": max(step.values.get("epoch", 0) for step in steps) + 1, "outcome": None}
        versions = await self._engine.archive.versions(record.project)
        if any(version.run == run for version in versions):  # what it delivered stays; the next one comes beside it
            update["version"] = versions[-1].number + 1
        before = next((version.commit for version in reversed(versions) if version.run != run), "")
        head = await self._head_at(cast("RunState", chosen.values)) or before
        await self._engine.workspace.reset(record.project, head)
        # Before the `dispatch` that looks at a wave langgraph would take the update for one of `dispatch` itself.
        after_wave = chosen.next == ("dispatch",) and chosen.values["wave"]
        try:
            as_node = _AFTER_PARALLEL if after_wave else None
            await self._engine.graph.aupdate_state(chosen.config, update, as_node=as_node)
        except InvalidUpdateError:
            await self._engine.graph.aupdate_state(chosen.config, update, as_node=_AFTER_PARALLEL)
        await self._engine.archive.set_outcome(run, "")
        self._engine.journal.emit(Event("TASK", "run.rewound", run=run, data={"step": number}))

    async def rewound(self, run: str) -> bool:
        """Whether a run was taken back to a step and has not gone on since."""
        snapshot = await self._snapshot(await self._engine.archive.run(run))
        own = snapshot.values.get("run") == run and not snapshot.values["outcome"]
        return own and snapshot.metadata["source"] == "update"

    async def _head_at(self, state: RunState) -> str:
        """The newest commit the state knows of: commits after it belong to steps that are being undone."""
        known = known_commits(state)
        return await self._engine.workspace.newest(state["project"], known) if known else ""

    async def _history(self, record: RunRecord) -> Any:
        async for snapshot in self._engine.graph.aget_state_history(_thread(record)):
            if snapshot.values.get("run") == record.run:
                yield snapshot

    async def _snapshot(self, record: RunRecord) -> Any:
        return await self._engine.graph.aget_state(_thread(record))


def _thread(record: RunRecord) -> dict[str, Any]:
    return {"configurable": {"thread_id": record.project}, "recursion_limit": _RECURSION}


def _shown(card: Card) -> dict[str, Json]:
    """What the record says of a card: all of it, so that a conversation read again shows what was decided about."""
    contents = {key: value for key, value in card.items() if key != "locale"}
    return {"kind": card["kind"], "digest": card["digest"], "card": cast("Json", contents)}
