"""The coordinator with a scripted team and a small internet, driven card by card as a person would."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from builders.workspace import GitWorkspace
from graph.approvals import LedgerConsent, Reply
from graph.consents import LedgerConsents
from graph.coordinator import build_graph
from graph.guard import LedgerGuard
from graph.state import new_turn
from graph.workshop import Workshop
from memory.archive import SqliteArchive
from memory.service import open_memory
from tests.fakes.scripted_team import ScriptedTeam
from tests.fakes.small_web import SmallSource, SmallWeb
from tests.fakes.team_gateway import TeamGateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

RUN = "r-1"


class EverythingBuilds:
    """A builder that is never asked to build: the tests end at the plan."""

    def can_build(self, plan, target):
        return True


@dataclass
class Stage:
    """One run of the coordinator."""

    shop: Workshop
    team: ScriptedTeam
    web: SmallWeb
    source: SmallSource
    saver: InMemorySaver
    sink: Any
    project: str = ""

    @cached_property
    def graph(self) -> Any:
        return build_graph(self.shop).compile(checkpointer=self.saver)

    @property
    def thread(self) -> dict[str, Any]:
        return {"configurable": {"thread_id": self.project}, "recursion_limit": 100}

    async def begin(self, task: str, web: str = "on", **options: Any) -> Any:
        """Start a run; the card it comes to, None when it ended."""
        archive = self.shop.archive
        self.project = self.project or (await archive.add_project("Research", out="out", locale="en")).project
        request = await archive.add_message(self.project, RUN, "person", task)
        await archive.add_run(RUN, self.project, request, {})
        chosen = {"out": "out", "target": None, "attachments": [], "web": web, **options}
        turn = new_turn(project=self.project, run=RUN, request=request, locale="en", options=chosen, caps={})
        await self.graph.ainvoke(turn, self.thread)
        return await self.card()

    async def card(self) -> Any:
        snapshot = await self.graph.aget_state(self.thread)
        cards = [found.value for task in snapshot.tasks for found in task.interrupts]
        return cards[0] if cards else None

    async def say(self, reply: Reply, *, via: str = "test") -> Any:
        """Answer the card the run stands at, the way the engine does; the next card."""
        snapshot = await self.graph.aget_state(self.thread)
        ((interrupt,),) = [task.interrupts for task in snapshot.tasks if task.interrupts]
        consent = self.shop.consent
        nonce = await consent.show(run=RUN, interrupt=interrupt.id, digest=interrupt.value["digest"])
        await consent.answer(nonce, reply, via=via)
        return await self.resume(interrupt.id, nonce)

    async def resume(self, interrupt: str, value: Any) -> Any:
        await self.graph.ainvoke(Command(resume={interrupt: value}), self.thread)
        return await self.card()

    async def state(self) -> Any:
        return (await self.graph.aget_state(self.thread)).values

    def events(self, name: str) -> list[Any]:
        return [event.data for event in self.sink.events if event.name == name]

    async def consents(self) -> Sequence[Any]:
        return await self.shop.consents.all()


@asynccontextmanager
async def stage(home, ledger, sink, team=None) -> AsyncIterator[Stage]:
    """Everything but models and internet is real."""
    team, web = team or ScriptedTeam(), SmallWeb()
    archive = SqliteArchive(home.database)
    try:
        async with open_memory(home, archive, sink) as memory:
            consents = LedgerConsents(ledger, sink)
            source = SmallSource(memory.documents, {}, consents=consents)
            unused: dict[str, Any] = dict.fromkeys(("checker", "bench", "delivery"))
            shop = Workshop(
                archive=archive,
                gateway=TeamGateway(team),
                workspace=GitWorkspace(home.projects),
                builder=EverythingBuilds(),
                ledger=ledger,
                consent=LedgerConsent(ledger),
                guard=LedgerGuard(ledger, sink),
                sink=sink,
                builds=home.builds,
                memory=memory,
                research=web,
                source=source,
                consents=consents,
                **unused,
            )
            yield Stage(shop, team, web, source, InMemorySaver(), sink)
    finally:
        archive.close()
