"""Smoke: the built file is started and looked at; only what was seen counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from graph.nodes.build import order_for, report_from
from graph.progress import finding

if TYPE_CHECKING:
    from core.events import Json
    from core.ports import SmokeReport
    from graph.state import BuildState, Hold, RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Start the artifact; a program that does not live goes to repair."""
    build = cast("BuildState", state["built"])
    order = await order_for(shop, state)
    report = report_from(cast("dict[str, Json]", await shop.kept(build["report"])))
    shop.say("BUILD", "smoke.started", state, artifact=build["artifact"])
    seen = await shop.builder.smoke(order, report)
    shop.say(
        "BUILD",
        "smoke.finished",
        state,
        ok=seen.ok,
        facts=list(seen.facts),
        unchecked=list(seen.unchecked),
        failure=seen.failure[:2000],
    )
    if not seen.ok and state["options"].get("restore"):
        return {"held": _dead(seen)}  # repaired it would be another version
    if not seen.ok:
        found = finding("smoke", seen.failure.strip().splitlines()[-1] if seen.failure.strip() else "It did not live.")
        return {"failure": {"stage": "smoke", "findings": [found], "output": seen.failure}, "built": None}
    return {"built": {**build, "smoke": await shop.keep(_plain(seen))}, "failure": None}


def _dead(seen: SmokeReport) -> Hold:
    problem = (seen.failure.strip().splitlines() or ["-"])[-1]
    return {
        "kind": "stuck",
        "at": "smoke",
        "code": "restored-dead",
        "facts": {"problem": problem[:300]},
        "detail": seen.failure[:4000],
    }


def _plain(report: SmokeReport) -> dict[str, Json]:
    return {
        "ok": report.ok,
        "facts": list(report.facts),
        "unchecked": list(report.unchecked),
        "screenshot": str(report.screenshot) if report.screenshot else "",
        "acceptance": dict(report.acceptance),
    }
