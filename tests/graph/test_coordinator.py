"""The border around the nodes: what happens when one fails."""

from __future__ import annotations

from dataclasses import replace

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from agents.providers.demo import DemoGateway
from builders.workspace import GitWorkspace
from core.errors import BudgetExceeded, ProviderError, StorageError
from core.ports import CommitNote
from graph.approvals import DirectConsent
from graph.coordinator import build_graph
from graph.guard import LedgerGuard
from graph.state import new_turn
from graph.workshop import Workshop
from memory.archive import SqliteArchive

THREAD = {"configurable": {"thread_id": "p-1"}}


class FailingArchive(SqliteArchive):
    """Loses the disk when a run is closed, as often as told."""

    failures = 0

    async def set_outcome(self, run, outcome):
        if self.failures:
            self.failures -= 1
            raise StorageError("storage", path="multicoder.db", detail="disk is full")
        await super().set_outcome(run, outcome)


class FailingGateway(DemoGateway):
    """The demo team, which fails first."""

    def __init__(self, *failures):
        super().__init__()
        self.failures = list(failures)

    async def ask(self, request, *, on_text=None):
        if self.failures:
            raise self.failures.pop(0)
        return await super().ask(request, on_text=on_text)


class FailingConsent(DirectConsent):
    """Loses the disk when a decision is read, as often as told."""

    failures = 0

    async def redeem(self, resume_value, *, run, digest):
        if self.failures:
            self.failures -= 1
            raise StorageError("storage", path="ledger.db", detail="disk is full")
        return await super().redeem(resume_value, run=run, digest=digest)


class WithoutTools:
    """A builder on a computer that lacks what programs are tested and built with."""

    def can_build(self, plan, target):
        return False


class GenerousConsent(DirectConsent):
    """A person who types a new money limit."""

    async def redeem(self, resume_value, *, run, digest):
        return replace(await super().redeem(resume_value, run=run, digest=digest), caps={"usd": 3.0})


@pytest.fixture
def archive(tmp_path):
    opened = FailingArchive(tmp_path / "archive.db")
    yield opened
    opened.close()


@pytest.fixture
def shop(tmp_path, archive, ledger, sink):
    unused = dict.fromkeys(("checker", "bench", "builder", "delivery"))
    return Workshop(
        archive=archive,
        gateway=FailingGateway(),
        workspace=GitWorkspace(tmp_path / "projects"),
        ledger=ledger,
        consent=DirectConsent(),
        guard=LedgerGuard(ledger, sink),
        sink=sink,
        builds=tmp_path / "builds",
        **unused,
    )


async def begun(archive):
    project = (await archive.add_project("Game", out="out", locale="en")).project
    request = await archive.add_message(project, "r-1", "person", "Make a snake game")
    await archive.add_run("r-1", project, request, {})
    options = {"out": "out", "target": None, "attachments": []}
    return new_turn(project=project, run="r-1", request=request, locale="en", options=options, caps={})


async def card_of(graph):
    snapshot = await graph.aget_state(THREAD)
    (card,) = [found.value for task in snapshot.tasks for found in task.interrupts]
    return card


@pytest.mark.parametrize(
    ("failure", "kind", "code"),
    [
        (ProviderError("rate_limited", model="p:m"), "provider", "provider-rate-limited"),
        (BudgetExceeded(cap="usd", limit=1, wanted=2), "budget", "budget"),
        (StorageError("storage", path="x", detail="y"), "system", "storage"),
        (ValueError("a secret stood here"), "internal", "internal"),
    ],
)
async def test_a_node_that_fails_waits_for_the_person_and_goes_on_where_it_stopped(
    shop, archive, sink, failure, kind, code
):
    graph = build_graph(replace(shop, gateway=FailingGateway(failure))).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    card = await card_of(graph)
    assert (card["kind"], card["hold"]["kind"], card["hold"]["code"]) == ("hold", kind, code)
    assert card["hold"]["at"] == "intake"
    assert "secret" not in str(card)
    await graph.ainvoke(Command(resume={"decision": "retry", "digest": card["digest"]}), THREAD)
    assert (await card_of(graph))["kind"] == "task"
    assert ("node.crashed" in sink.names()) is (kind == "internal")


async def test_what_cannot_be_built_here_is_said_before_its_modules_cost_anything(shop, archive, sink):
    graph = build_graph(replace(shop, builder=WithoutTools())).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    card = await card_of(graph)
    await graph.ainvoke(Command(resume={"decision": "approve", "digest": card["digest"]}), THREAD)
    held = (await card_of(graph))["hold"]
    assert (held["code"], held["at"]) == ("cannot-build", "architect")
    assert "plan.drawn" not in sink.names()


async def test_a_held_run_can_be_stopped(shop, archive):
    failing = replace(shop, gateway=FailingGateway(ProviderError("bad_key", model="p:m")))
    graph = build_graph(failing).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    card = await card_of(graph)
    ended = await graph.ainvoke(Command(resume={"decision": "stop", "digest": card["digest"]}), THREAD)
    assert ended["outcome"] == "stopped"
    assert (await archive.run("r-1")).outcome == "stopped"


async def test_a_money_limit_typed_at_a_hold_counts_unknown_prices(shop, archive):
    gateway = FailingGateway(BudgetExceeded(cap="usd", limit=1, wanted=2))
    graph = build_graph(replace(shop, gateway=gateway, consent=GenerousConsent())).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    card = await card_of(graph)
    await graph.ainvoke(Command(resume={"decision": "retry", "digest": card["digest"]}), THREAD)
    assert (await graph.aget_state(THREAD)).values["caps"] == {"usd": 3.0, "assume_prices": True}


async def test_a_hold_that_fails_itself_still_leads_back_to_where_the_run_stopped(shop, archive, sink):
    failing = replace(shop, gateway=FailingGateway(ProviderError("bad_key", model="p:m")), consent=FailingConsent())
    graph = build_graph(failing).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    failing.consent.failures = 1
    for code, at in (("provider-bad-key", "intake"), ("storage", "intake")):
        card = await card_of(graph)
        assert (card["hold"]["code"], card["hold"]["at"]) == (code, at)
        await graph.ainvoke(Command(resume={"decision": "retry", "digest": card["digest"]}), THREAD)
    assert (await card_of(graph))["kind"] == "task"
    held = [event.data["node"] for event in sink.events if event.name == "node.held"]
    assert held == ["intake", "hold"]


async def test_a_run_that_could_not_be_closed_is_closed_when_it_is_resumed(shop, archive):
    graph = build_graph(shop).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    card = await card_of(graph)
    archive.failures = 1
    with pytest.raises(StorageError):
        await graph.ainvoke(Command(resume={"decision": "reject", "digest": card["digest"]}), THREAD)
    assert (await archive.run("r-1")).outcome == ""
    ended = await graph.ainvoke(None, THREAD)
    assert ended["outcome"] == "rejected"
    assert (await archive.run("r-1")).outcome == "rejected"
    closing_words = [item for item in await archive.messages(ended["project"]) if item.author == "multicoder"]
    assert len(closing_words) == 1


async def test_what_is_said_after_a_rewind_is_kept_beside_what_was_said_before_it(shop, archive):
    graph = build_graph(shop).compile(checkpointer=InMemorySaver())
    await graph.ainvoke(await begun(archive), THREAD)
    asked = (await graph.aget_state(THREAD)).config
    for epoch, words in enumerate(("with sound", "with colours")):
        await graph.aupdate_state(asked, {"epoch": epoch})
        await graph.ainvoke(None, THREAD)
        answer = {"decision": "modify", "digest": (await card_of(graph))["digest"], "text": words}
        changed = await graph.ainvoke(Command(resume=answer), THREAD)
        assert [(await archive.message(known)).text for known in changed["amendments"]] == [words]
        ended = await graph.ainvoke(
            Command(resume={"decision": "reject", "digest": (await card_of(graph))["digest"]}), THREAD
        )
    kept = [(item.author, item.text) for item in await archive.messages(ended["project"])]
    assert [text for author, text in kept if author == "person"] == ["Make a snake game", "with sound", "with colours"]
    assert len([text for author, text in kept if author == "multicoder"]) == 2


async def test_a_new_program_is_not_built_upon_what_a_cancelled_run_left(shop, archive):
    graph = build_graph(shop).compile(checkpointer=InMemorySaver())
    turn = await begun(archive)
    left = CommitNote(effect="r-0/0/commit:module/old/1/x", author="p:m", subject="old draft 1", run="r-0")
    await shop.workspace.commit(turn["project"], {"old.py": "print(1)\n"}, left)
    await graph.ainvoke(turn, THREAD)
    assert (await card_of(graph))["kind"] == "task"
    assert await shop.workspace.head(turn["project"]) == ""
