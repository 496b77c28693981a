"""Integrate: the accepted modules are checked together by the harness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plan import blocking

if TYPE_CHECKING:
    from graph.state import RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Check imports, symbols and the entry point of the whole project."""
    plan = await shop.plan(state["plan"])
    head = await shop.workspace.head(state["project"])
    files = await shop.workspace.files(state["project"], head)
    findings = blocking(await shop.checker.check_project(plan, files))
    shop.say(
        "INFO",
        "project.checked",
        state,
        commit=head,
        findings=[f"{item['source']}: {item['path']}: {item['problem']}" for item in findings],
    )
    if findings:
        return {"failure": {"stage": "integrate", "findings": findings, "output": ""}, "tree": head}
    return {"failure": None, "tree": head}
