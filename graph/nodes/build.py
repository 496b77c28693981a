"""Build: the accepted tree becomes one file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from agents.roles import packager
from core.errors import BuildFailed
from core.i18n import tr
from core.ports import BuildOrder, BuildReport, CallTag
from graph.known import record_of
from graph.progress import finding

if TYPE_CHECKING:
    from core.events import Json
    from core.plan import Packaging, Plan
    from graph.state import BuildState, Hold, RunState
    from graph.workshop import Workshop


THIRD_PARTY: Final = "THIRD_PARTY.md"
"""Where a delivered program says whose code it may hold."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Pack and build; what a build tool reports goes to repair."""
    plan = await shop.plan(state["plan"])
    if not await asyncio.to_thread(shop.builder.can_build, plan, plan["target"]):  # it looks for tools on the disk
        return {"held": cannot_build(plan, "build")}
    head = await shop.workspace.head(state["project"])
    foreign: list[str] = []
    packaging = await packager.pack(
        shop.asking(state),
        CallTag("packager.pack"),
        request=await shop.request_text(state),
        plan=plan,
        files=sorted(await shop.workspace.files(state["project"], head)),
        locale=state["locale"],
        foreign=foreign.extend,
    )
    await shop.outside(state, foreign, "packager")
    packed: RunState = {**state, "packaging": await shop.keep(dict(packaging))}
    order = await order_for(shop, packed)
    await shop.own_folder(state, order.folder)
    shop.say("BUILD", "build.started", state, target=order.target, commit=head)
    try:
        report = await _built(shop, state, order, head)
    except BuildFailed as error:
        shop.say("BUILD", "build.failed", state, log=error.log[-2000:])
        found = finding("build", error.log.strip().splitlines()[-1] if error.log.strip() else error.code)
        return {"failure": {"stage": "build", "findings": [found], "output": error.log}}
    shop.say(
        "BUILD", "build.finished", state, artifact=report["artifact"], sha256=report["sha256"], size=report["size"]
    )
    environment = (await shop.builder.evidence(order, "")).environment
    build: BuildState = {
        "artifact": str(report["artifact"]),
        "sha256": str(report["sha256"]),
        "report": await shop.keep({**report, "environment": dict(environment)}),
        "smoke": "",
    }
    return {"packaging": packed["packaging"], "built": build, "failure": None}


async def _built(shop: Workshop, state: RunState, order: BuildOrder, head: str) -> dict[str, Json]:
    """Build once per tree; a recorded artifact that is gone or damaged is built again."""
    inputs = cast("Json", {"commit": head, "target": order.target, "packaging": order.packaging})
    if THIRD_PARTY in order.files:
        inputs = {**cast("dict[str, Json]", inputs), "notices": order.files[THIRD_PARTY]}
    key = shop.key(state, "build", inputs=inputs)
    found = await shop.ledger.lookup(key)
    if isinstance(found, dict) and not await shop.builder.intact(report_from(found)):
        rebuilt = plain(await shop.builder.build(order))
        await shop.ledger.record(key, rebuilt)
        return rebuilt

    async def perform(_: Json) -> Json:
        return plain(await shop.builder.build(order))

    return cast("dict[str, Json]", await shop.ledger.once(key, perform))


async def order_for(shop: Workshop, state: RunState) -> BuildOrder:
    """The build order of this turn."""
    plan = await shop.plan(state["plan"])
    head = await shop.workspace.head(state["project"])
    files = await shop.workspace.files(state["project"], head)
    if notices := await third_party(shop, state):
        files = {**files, THIRD_PARTY: notices}
    return BuildOrder(
        project=state["project"],
        run=state["run"],
        version=state["version"],
        plan=plan,
        packaging=cast("Packaging", await shop.kept(state["packaging"])),
        files=files,
        target=plan["target"],
        folder=shop.builds / state["run"] / f"v{state['version']}",
    )


async def third_party(shop: Workshop, state: RunState) -> str:
    """What has to be said of repositories whose code was given to coders; empty where none was."""
    taken = await record_of(shop, state.get("taken", ""))
    if not taken.get("given"):
        return ""
    return f"# {THIRD_PARTY}\n\n{tr('third-party-title', state['locale'])}\n\n{taken['notices']}\n"


def plain(report: BuildReport) -> dict[str, Json]:
    """JSON form of a build report."""
    return {
        "artifact": str(report.artifact),
        "sha256": report.sha256,
        "size": report.size,
        "commands": [list(command) for command in report.commands],
        "seconds": round(report.seconds, 2),
        "log": report.log[-20_000:],
    }


def report_from(stored: dict[str, Json]) -> BuildReport:
    """The build report behind its JSON form."""
    commands = cast("list[list[str]]", stored["commands"])
    return BuildReport(
        artifact=Path(str(stored["artifact"])),
        sha256=str(stored["sha256"]),
        size=int(cast("int", stored["size"])),
        commands=tuple(tuple(command) for command in commands),
        seconds=float(cast("float", stored["seconds"])),
        log=str(stored["log"]),
    )


def cannot_build(plan: Plan, node: str) -> Hold:
    """What holds `node` when there is no builder for the plan."""
    return {
        "kind": "system",
        "at": node,
        "code": "cannot-build",
        "facts": {"language": plan["language"], "target": plan["target"]},
        "detail": "",
    }
