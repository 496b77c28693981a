"""Intake: what kind of message this is and which project it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from agents.roles import policy, router
from core.ports import CallTag, Version
from graph.known import latest
from graph.researching import ANSWERED

if TYPE_CHECKING:
    from core.events import Json
    from core.plan import MessageKind, Routing
    from graph.ledger import EffectKey
    from graph.state import RunState
    from graph.workshop import Workshop

FOLLOW_UPS: Final[frozenset[MessageKind]] = frozenset({"change", "bug_report"})
OWN_PROJECT: Final[frozenset[MessageKind]] = frozenset({"new_project", "document"})
"""Kinds that begin a project: what was delivered before is never built over."""

SEARCH: Final = "/search"
"""What a message begins with that is to be looked up and nothing else."""
_ATTACHMENT_EXCERPT: Final = 4_000


async def run(shop: Workshop, state: RunState) -> RunState:
    """Ask the router and settle which project and version the turn starts from."""
    arrived = cast("dict[str, Any] | None", await shop.ledger.lookup(_own_key(shop, state)))
    if arrived is not None and arrived["project"] == state["project"]:
        return {"routing": cast("Routing", arrived["routing"])}
    message = await shop.archive.message(state["request"])
    versions = await before(shop, state)
    stopped = _stopped(message.text, delivered=bool(versions))
    routing = (
        stopped
        or searched(message.text)
        or await router.route(
            shop.asking(state),
            CallTag("router.route"),
            message=message.text,
            locale=state["locale"],
            history=await latest(shop, state),
            projects=_known(versions),
            attachments=await _excerpts(shop, state),
        )
    )
    if routing["kind"] in FOLLOW_UPS and not versions:
        # A change to something never delivered is a project of its own.
        routing = {**routing, "kind": "new_project", "project": None}
    shop.say("MESSAGE", "message.understood", state, kind=routing["kind"], understood=routing["understood"])
    if routing["kind"] in OWN_PROJECT and versions:
        return await _move(shop, state, routing)
    if not versions:
        await shop.archive.set_title(state["project"], routing["title"])
    update: RunState = {"routing": routing}
    if routing["kind"] not in ANSWERED:
        await begin_at(shop, state, versions[-1].commit if versions else "")
    if routing["kind"] in FOLLOW_UPS:
        newest = versions[-1]
        update["base"] = newest.commit
        update["version"] = max(state["version"], newest.number + 1)
        update["previous_plan"] = await shop.keep(newest.plan)
    return update


async def begin_at(shop: Workshop, state: RunState, base: str) -> None:
    """Take back what a run that was cancelled half-way left: commits nobody accepted.

    Once: a run that goes on from an older position keeps the commits it made itself, the ledger refers to them.
    """

    async def perform(_: Json) -> Json:
        if await shop.workspace.head(state["project"]) != base:
            await shop.workspace.reset(state["project"], base)
        return base

    await shop.ledger.once(shop.key(state, "begin"), perform)


async def _move(shop: Workshop, state: RunState, routing: Routing) -> RunState:
    """Give the turn a project of its own; the driver goes on in its thread, where the reading is found again."""

    async def perform(_: Json) -> Json:
        project = await shop.archive.add_project(routing["title"], out=state["options"]["out"], locale=state["locale"])
        return {"project": project.project, "routing": cast("Json", routing)}

    own = cast("dict[str, Any]", await shop.ledger.once(_own_key(shop, state), perform))
    await shop.archive.move_run(state["run"], own["project"])
    shop.say("TASK", "run.moved", state, project=own["project"])
    return {"routing": routing, "moved": own["project"]}


def _own_key(shop: Workshop, state: RunState) -> EffectKey:
    return shop.key(state, "own-project")


def _stopped(text: str, *, delivered: bool) -> Routing | None:
    """A task that a rule already stops goes straight to the judge: no model needs to understand it first."""
    levels = {rule.level for rule in policy.matching("request", text)}
    if "red" not in levels and (delivered or not levels):
        return None
    words = " ".join(text.split())
    return {"kind": "new_project", "understood": words, "title": words[:60], "project": None, "questions": []}


def searched(text: str) -> Routing | None:
    """Read `/search words`: the person says outright what is to be looked up, so no model is asked what was meant."""
    command, _, words = text.strip().partition(" ")
    words = " ".join(words.split())
    if command.casefold() != SEARCH or not words:
        return None
    return {
        "kind": "question",
        "understood": words,
        "title": words[:60],
        "project": None,
        "questions": [],
        "search": True,
        "query": words,
    }


async def before(shop: Workshop, state: RunState) -> list[Version]:
    """What was delivered before this run; its own deliveries, before a rewind, are not what it starts from."""
    return [item for item in await shop.archive.versions(state["project"]) if item.run != state["run"]]


def _known(versions: list[Version]) -> list[dict[str, str]]:
    """The project of this thread, once something of it was delivered."""
    return [
        {"id": item.project, "title": item.plan["title"], "summary": item.plan["summary"]} for item in versions[-1:]
    ]


async def _excerpts(shop: Workshop, state: RunState) -> list[dict[str, str]]:
    excerpts = []
    for reference in state["options"]["attachments"]:
        text = (await shop.archive.message(reference)).text
        name, _, body = text.partition("\n")
        excerpts.append({"name": name, "excerpt": body[:_ATTACHMENT_EXCERPT]})
    return excerpts
