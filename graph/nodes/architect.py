"""Architect: the request becomes acceptance examples and module contracts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from agents.roles import architect
from builders.toolchains.dependencies import named, strangers, well_known
from core.ports import CallTag
from graph.forecast import forecast
from graph.known import ARCHITECT, LOOKED_ARCHITECT, looked, told
from graph.nodes.blueprint import wanted
from graph.nodes.build import cannot_build
from graph.state import ALLOWED_ONCE, DONE, RESET, ModuleState, RunState, pending_module

if TYPE_CHECKING:
    from core.plan import Plan
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Draw the plan; for a change it is a delta on the modules that are already there."""
    previous = await shop.plan(state["previous_plan"]) if state["previous_plan"] else None
    files = await shop.workspace.files(state["project"], state["base"]) if state["base"] else {}
    unsafe: list[str] = []
    try:
        plan = await architect.draw_plan(
            shop.asking(state),
            CallTag("architect.plan", attempt=1 + _decisions(state)),
            request=await wanted(shop, state),
            answers=_answered(state),
            locale=state["locale"],
            target=state["options"]["target"],
            previous=previous,
            files=files,
            remarks="\n".join([*state["rules"], state["remarks"]]).strip(),
            known={**await told(shop, state, ARCHITECT), **await looked(shop, state, LOOKED_ARCHITECT)},
            unsafe=unsafe.extend,
        )
    finally:
        await shop.outside(state, unsafe, "architect")
    await _ask_for_packages(shop, state, plan, previous)
    if state["options"]["target"]:
        plan = {**plan, "target": state["options"]["target"]}
    if previous is not None:
        plan = {**plan, "slug": previous["slug"]}
    if not await asyncio.to_thread(shop.builder.can_build, plan, plan["target"]):  # before its modules cost anything
        return {"held": cannot_build(plan, "architect")}
    modules = {RESET: pending_module(), **module_states(plan, state["base"])}
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
    known = await forecast(shop.gateway, shop.ledger)
    return {"plan": await shop.keep(plan), "modules": modules, "remarks": "", "forecast": known}


def _decisions(state: RunState) -> int:
    """Decisions that ask for another plan; an action allowed by the person is one of this very plan."""
    return sum(approval["subject"] != ALLOWED_ONCE for approval in state["approvals"])


async def _ask_for_packages(shop: Workshop, state: RunState, plan: Plan, previous: Plan | None) -> None:
    """An unknown package is the person's matter before anything is coded: a model may have invented its name.

    After text of strangers was read so is every other one that neither the delivered version has nor the person named.
    """
    unknown = strangers(plan["dependencies"])
    if unknown:
        await shop.guarded(state, "download", ", ".join(unknown), "architect", packages=list(unknown))
    if not state.get("tainted"):
        return
    words = [(await shop.archive.message(reference)).text for reference in (state["request"], *state["amendments"])]
    had = set(well_known(previous["dependencies"])) if previous is not None else set()
    gained = [name for name in well_known(plan["dependencies"]) if name not in had and not named(name, words)]
    if gained:
        await shop.guarded(state, "download", ", ".join(gained), "architect", packages=list(gained), tainted=True)


def _answered(state: RunState) -> dict[str, str]:
    """The person's answers under the questions they belong to: an id alone says nothing to the architect."""
    texts = {question["id"]: question["text"] for question in (state["routing"] or {"questions": []})["questions"]}
    return {texts.get(name, name): answer for name, answer in state["answers"].items()}


def module_states(plan: Plan, base: str) -> dict[str, ModuleState]:
    """Where every module stands when the plan is drawn, those first that the longest chain of others waits for.

    When fewer calls are allowed at a time than there are modules, a chain that starts late makes the run end late.
    """
    states = {}
    for name in _urgent_first(plan):
        states[name] = pending_module()
        if name not in plan["changed"]:
            states[name]["status"] = "kept"
            states[name]["commit"] = base
    return states


def _urgent_first(plan: Plan) -> list[str]:
    chains: dict[str, int] = {}

    def chain(name: str) -> int:
        if name not in chains:
            waiting = (module["name"] for module in plan["modules"] if name in module["needs"])
            chains[name] = 1 + max(map(chain, waiting), default=0)
        return chains[name]

    return sorted((module["name"] for module in plan["modules"]), key=chain, reverse=True)


def remaining(state: RunState) -> list[str]:
    """Modules that still have to be made, in the order of `module_states` (the state keeps it)."""
    return [name for name, module in state["modules"].items() if module["status"] not in DONE]
