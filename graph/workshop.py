"""The workshop: the ports a run works with, and what one run keeps in memory while it runs.

The graph is built around one `Workshop` (see `graph.coordinator`); nothing in it ever enters the state.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from builders.equipment import equipment
from core.events import Event, EventSink, EventType, Json, Streamed
from core.guard import DangerousAction
from core.ports import (
    Archive,
    Builder,
    CallTag,
    Checker,
    Delivery,
    Gateway,
    ModelReply,
    ModelRequest,
    TestBench,
    Usage,
    Workspace,
)
from core.safe_path import unsafe_reason
from graph.board import ModuleBoard
from graph.budget import Budget, WorkClock
from graph.consents import LedgerConsents
from graph.ledger import EffectKey, Ledger, SpendRow, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from core.guard import ActionKind, Guard
    from core.memory import Memory
    from core.paths import Home
    from core.plan import Plan
    from core.research import Consents, RepositorySource, Research
    from core.settings import Settings
    from graph.approvals import Consent
    from graph.state import Caps, RunState


PLANS_KEPT: Final = 32
"""Plans that stay in memory; a run uses one or two."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How often a loop may go round before a person is asked."""

    drafts: int = 6
    """Drafts of one module in one wave."""
    repairs: int = 10
    """Repair rounds of one run."""
    same_spot: int = 3
    """Failures at the same spot: the second changes the model, this many ask the person."""


@dataclass(frozen=True)
class Workshop:
    """Everything the nodes may touch."""

    archive: Archive
    gateway: Gateway
    workspace: Workspace
    checker: Checker
    bench: TestBench
    builder: Builder
    delivery: Delivery
    ledger: Ledger
    consent: Consent
    guard: Guard
    sink: EventSink
    builds: Path
    memory: Memory | None = None
    """Without one a run works with what the archive knows of its project, and says so."""
    research: Research | None = None
    """Looks things up on the internet; without one a run goes on with what its models know, and says so."""
    source: RepositorySource | None = None
    """Takes repositories a person allowed; without one nobody is asked about any."""
    consents: Consents | None = None
    """What a person allowed and refused to be downloaded."""
    on_text: Callable[[Streamed], None] | None = None
    """Who wants to see answers while they are written."""
    bounds: Bounds = field(default_factory=Bounds)
    _boards: dict[tuple[str, int, int], ModuleBoard] = field(default_factory=dict)
    _budgets: dict[str, Budget] = field(default_factory=dict)
    _clocks: dict[str, WorkClock] = field(default_factory=dict)
    _plans: dict[str, Plan] = field(default_factory=dict)

    def say(self, type_: EventType, name: str, state: RunState, /, module: str = "", **data: Json) -> None:
        """Emit one event of this run."""
        self.sink.emit(Event(type_, name, run=state["run"], module=module, data=data))

    def board(self, run: str, epoch: int, wave: int) -> ModuleBoard:
        """The board of one wave; the same object for all its modules."""
        key = (run, epoch, wave)
        if key not in self._boards:
            self._boards[key] = ModuleBoard(self.ledger, run, epoch, wave)
        return self._boards[key]

    async def budget(self, state: RunState) -> Budget:
        """The run's budget, loaded from the ledger once per process and again when the caps change."""
        run, caps = state["run"], state["caps"]
        if self._budgeted(run, caps) is None:
            spent = await self.ledger.spent(run)
            if self._budgeted(run, caps) is None:  # a parallel branch may have loaded it meanwhile
                self._budgets[run] = Budget(caps, spent, self.clock(run))
        return self._budgets[run]

    def _budgeted(self, run: str, caps: Caps) -> Budget | None:
        budget = self._budgets.get(run)
        return budget if budget is not None and budget.caps == caps else None

    def clock(self, run: str) -> WorkClock:
        """The working time of a run."""
        return self._clocks.setdefault(run, WorkClock())

    async def request_text(self, state: RunState) -> str:
        """The person's words: the message, its attachments, then what was changed at the cards."""
        references = [state["request"], *state["options"]["attachments"], *state["amendments"]]
        return "\n\n".join([(await self.archive.message(reference)).text for reference in references])

    async def tell(self, state: RunState, kind: str, text: str) -> None:
        """Keep a message to the person, once; a rewound run has something else to tell, so its epoch counts."""
        effect = str(self.key(state, kind))
        await self.archive.add_message(state["project"], state["run"], "multicoder", text, effect=effect)

    async def outside(self, state: RunState, names: Sequence[str], asked_by: str, *, module: str = "") -> None:
        """Tell the guard of names a model chose that lead out of the project; other strange names are no danger."""
        for name in names:
            if reason := unsafe_reason(name):
                facts: dict[str, Json] = {"reason": reason, "decisions": len(state["approvals"])}
                await self.guard.note(DangerousAction("outside", name, state["run"], module, asked_by, facts))

    async def guarded(self, state: RunState, kind: ActionKind, target: str, asked_by: str, **facts: Json) -> None:
        """Return when a person allowed exactly this to happen once; else ActionBlocked holds the run."""
        await self.guard.check(DangerousAction(kind, target, state["run"], asked_by=asked_by, facts=facts))

    async def own_folder(self, state: RunState, folder: Path) -> None:
        """A build empties its folder first: one that leads out of `builds`, by a link, is not ours to empty."""
        real, builds = await asyncio.to_thread(lambda: (folder.resolve(), self.builds.resolve()))
        if not real.is_relative_to(builds):
            await self.guarded(state, "delete", str(real), "build")

    async def keep(self, value: Json | Mapping[str, object]) -> str:
        """Keep a JSON value in the archive and return its reference."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        return await self.archive.put_blob(text.encode("utf-8", "surrogatepass"))

    async def kept(self, reference: str) -> Json:
        """The JSON value behind a reference."""
        return cast("Json", json.loads(await self.archive.blob(reference)))

    async def plan(self, reference: str) -> Plan:
        """The plan behind a reference (read once)."""
        if reference not in self._plans:
            while len(self._plans) >= PLANS_KEPT:
                del self._plans[next(iter(self._plans))]
            self._plans[reference] = cast("Plan", await self.kept(reference))
        return self._plans[reference]

    def forget(self, run: str) -> None:
        """Drop what was kept in memory for a run that has ended; one that is rewound loads it again."""
        for board in [key for key in self._boards if key[0] == run]:
            del self._boards[board]
        self._budgets.pop(run, None)
        self._clocks.pop(run, None)

    def key(self, state: RunState, kind: str, *, module: str = "", attempt: int = 0, inputs: Json = None) -> EffectKey:
        """Identity of an effect of this run."""
        return EffectKey(state["run"], state["epoch"], kind, module, attempt, digest(inputs))

    def asking(self, state: RunState) -> LedgeredCalls:
        """The way roles ask models in this run."""
        return LedgeredCalls(self, state)


def make_workshop(
    home: Home,
    settings: Settings,
    archive: Archive,
    gateway: Gateway,
    ledger: Ledger,
    consent: Consent,
    sink: EventSink,
    environ: Mapping[str, str],
    *,
    guard: Guard,
    memory: Memory | None = None,
    research: Research | None = None,
    source: RepositorySource | None = None,
    on_text: Callable[[Streamed], None] | None = None,
) -> Workshop:
    """Join what the caller opened with the tools of this machine; the engine and Studio work with the same ones."""
    tools = equipment(home, environ, partial(guard.permitted, "download"))
    return Workshop(
        archive=archive,
        gateway=gateway,
        workspace=tools.workspace,
        checker=tools.checker,
        bench=tools.bench,
        builder=tools.builder,
        delivery=tools.delivery,
        ledger=ledger,
        consent=consent,
        guard=guard,
        sink=sink,
        builds=home.builds,
        memory=memory,
        research=research,
        source=source,
        consents=LedgerConsents(ledger, sink),
        on_text=on_text,
        bounds=Bounds(same_spot=settings.loop_limit),
    )


class LedgeredCalls:
    """Asks the gateway once per question: recorded answers are found again, money is reserved before sending."""

    def __init__(self, workshop: Workshop, state: RunState) -> None:
        self._shop = workshop
        self._state = state

    async def __call__(self, request: ModelRequest) -> ModelReply:
        """Answer `request` from the ledger or a model.

        Raises:
            BudgetExceeded: nothing was sent.
            ProviderError: no model could answer.
        """
        request = replace(request, tag=replace(request.tag, run=self._state["run"]))
        key = self._key(request)
        found = await self._shop.ledger.lookup(key)
        if isinstance(found, dict):
            return _reply_from(found)
        budget = await self._shop.budget(self._state)
        started = time.monotonic()
        async with budget.reserve(self._shop.gateway.estimate(request)) as reservation:
            self._say("call.started", request.tag, {"escalate": request.escalate})
            reply = await self._shop.gateway.ask(request, on_text=self._streaming(request.tag))
            reservation.settle(reply.usage)
        seconds = time.monotonic() - started
        spend = SpendRow(request.tag.call, request.tag.module, reply.model, reply.usage, seconds)
        await self._shop.ledger.record(key, _reply_to(reply), spend)
        self._say(
            "call.finished",
            request.tag,
            {
                "model": reply.model,
                "prompt_tokens": reply.usage.prompt_tokens,
                "completion_tokens": reply.usage.completion_tokens,
                "cost_usd": reply.usage.cost_usd,
                "priced": reply.usage.priced,
                "seconds": round(seconds, 2),
                "substitutions": list(reply.substitutions),
            },
        )
        return reply

    def _streaming(self, tag: CallTag) -> Callable[[str], None] | None:
        on_text = self._shop.on_text
        return on_text and (lambda text: on_text(Streamed(tag.run, tag.call, tag.module, text)))

    def _key(self, request: ModelRequest) -> EffectKey:
        inputs: dict[str, Json] = {
            "messages": [[message.author, message.text] for message in request.messages],
            "escalate": request.escalate,
        }
        if request.schema is not None:
            # An answer nobody could use holds the run; found again after `retry`, it would hold it for ever.
            inputs["holds"] = sum(approval["subject"] == "hold" for approval in self._state["approvals"])
        tag = request.tag
        return self._shop.key(self._state, f"call:{tag.call}", module=tag.module, attempt=tag.attempt, inputs=inputs)

    def _say(self, name: str, tag: CallTag, data: Mapping[str, Json]) -> None:
        self._shop.say("PROVIDER", name, self._state, module=tag.module, call=tag.call, attempt=tag.attempt, **data)


def _reply_to(reply: ModelReply) -> Json:
    usage = reply.usage
    return {
        "text": reply.text,
        "model": reply.model,
        "family": reply.family,
        "data": reply.data,
        "usage": [usage.prompt_tokens, usage.completion_tokens, usage.cost_usd, usage.priced],
        "substitutions": list(reply.substitutions),
    }


def _reply_from(stored: dict[str, Json]) -> ModelReply:
    prompt, completion, cost, priced = cast("tuple[int, int, float, bool]", stored["usage"])
    return ModelReply(
        text=str(stored["text"]),
        model=str(stored["model"]),
        family=str(stored["family"]),
        data=stored["data"],
        usage=Usage(prompt, completion, cost, priced),
        substitutions=tuple(str(note) for note in cast("list[Json]", stored["substitutions"])),
    )
