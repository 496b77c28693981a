"""Architect: the request becomes acceptance examples and module contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.roles import architect
from builders.toolchains.dependencies import accepted_requirements
from core.ports import CallTag
from graph.state import DONE, RESET, ModuleState, RunState, pending_module

if TYPE_CHECKING:
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Draw the plan; for a change it is a delta on the modules that are already there."""
    previous = await shop.plan(state["previous_plan"]) if state["previous_plan"] else None
    files = await shop.workspace.files(state["project"], state["base"]) if state["base"] else {}
    plan = await architect.draw_plan(
        shop.asking(state),
        CallTag("architect.plan", attempt=1 + len(state["approvals"])),
        request=await shop.request_text(state),
        answers=_answered(state),
        locale=state["locale"],
        target=state["options"]["target"],
        previous=previous,
        files=files,
        remarks="\n".join([*state["rules"], state["remarks"]]).strip(),
    )
    accepted_requirements(plan["dependencies"])  # an unknown package is the person's matter before anything is coded
    if state["options"]["target"]:
        plan = {**plan, "target": state["options"]["target"]}
    if previous is not None:
        plan = {**plan, "slug": previous["slug"]}
    modules: dict[str, ModuleState] = {RESET: pending_module()}
    for contract in plan["modules"]:
        name = contract["name"]
        modules[name] = pending_module()
        if name not in plan["changed"]:
            modules[name]["status"] = "kept"
            modules[name]["commit"] = state["base"]
    shop.say(
        "INFO",
        "plan.drawn",
        state,
        title=plan["title"],
        summary=plan["summary"],
        modules=[contract["name"] for contract in plan["modules"]],
        changed=list(plan["changed"]),
        target=plan["target"],
    )
    return {"plan": await shop.keep(plan), "modules": modules, "remarks": ""}


def _answered(state: RunState) -> dict[str, str]:
    """The person's answers under the questions they belong to: an id alone says nothing to the architect."""
    texts = {question["id"]: question["text"] for question in (state["routing"] or {"questions": []})["questions"]}
    return {texts.get(name, name): answer for name, answer in state["answers"].items()}


def remaining(state: RunState) -> list[str]:
    """Modules that still have to be made, in plan order (the state keeps it)."""
    return [name for name, module in state["modules"].items() if module["status"] not in DONE]
