"""Integrate: the accepted modules are checked together by the harness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plan import blocking
from graph.state import known_commits

if TYPE_CHECKING:
    from graph.state import RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Check imports, symbols and the entry point of the whole project.

    Looked at is the newest commit this run knows of, not the head: the head may be further on when the run goes on from
    an older position.
    """
    plan = await shop.plan(state["plan"])
    head = await shop.workspace.newest(state["project"], known_commits(state))
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
