"""CoreCoordinator: the one builder of the graph.

    intake -> recall -> clarify* -> judge -> purpose* -> approve* -> look_up -> web* -> research -> consent* -> take
           -> architect -> judge_plan -> plan_review* -> dispatch
           -> module, module, ... , write_tests -> dispatch -> integrate -> paranoid_test -> judge_code -> code_review*
           -> build -> smoke -> deliver -> remember -> close            (* = interrupt node)
    restore -> smoke -> deliver                          instead, where an earlier version is delivered again
    repair stands behind integrate, paranoid_test, build and smoke; hold* behind every node; converse answers questions;
    look_up ... take stand before converse and repair, too, where something has to be looked up.

The workshop is bound when the graph is built rather than passed as run-time context: the same builder then serves
the engine and LangGraph Studio, whose context is JSON from a client.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from langgraph.errors import GraphBubbleUp
from langgraph.graph import END, START, StateGraph

from core.errors import ActionBlocked, BudgetExceeded, MultiCoderError, ProviderError
from graph import routes
from graph.guard import danger_of
from graph.nodes import (
    architect,
    build,
    cards,
    close,
    consent,
    converse,
    deliver,
    dispatch,
    intake,
    integrate,
    judge,
    look_up,
    module,
    paranoid_test,
    recall,
    remember,
    repair,
    research,
    restore,
    smoke,
    take,
    write_tests,
)
from graph.state import Hold, HoldKind, RunState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.workshop import Workshop

_LOG: Final = logging.getLogger(__name__)

_NODES: Final[dict[str, tuple[Any, Any]]] = {
    "intake": (intake.run, routes.after_intake),
    "recall": (recall.run, routes.after_recall),
    "clarify": (cards.clarify, routes.after_clarify),
    "judge": (partial(judge.run, subject="request"), routes.after_judge),
    "purpose": (cards.purpose, routes.after_purpose),
    "approve": (cards.approve, routes.after_approve),
    "look_up": (look_up.run, routes.after_look_up),
    "web": (consent.web, routes.after_web),
    "research": (research.run, routes.after_research),
    "consent": (consent.consent, routes.after_consent),
    "take": (take.run, routes.after_take),
    "converse": (converse.run, routes.after_converse),
    "architect": (architect.run, routes.after_architect),
    "judge_plan": (partial(judge.run, subject="plan"), routes.after_judge_plan),
    "plan_review": (cards.plan_review, routes.after_plan_review),
    "dispatch": (dispatch.run, routes.after_dispatch),
    "integrate": (integrate.run, routes.after_integrate),
    "paranoid_test": (paranoid_test.run, routes.after_test),
    "repair": (repair.run, routes.after_repair),
    "judge_code": (partial(judge.run, subject="code"), routes.after_judge_code),
    "code_review": (cards.code_review, routes.after_code_review),
    "build": (build.run, routes.after_build),
    "smoke": (smoke.run, routes.after_smoke),
    "deliver": (deliver.run, routes.after_deliver),
    "remember": (remember.run, routes.after_remember),
    "restore": (restore.run, routes.after_restore),
    "hold": (cards.hold, routes.after_hold),
}

_ASKING: Final = frozenset({"clarify", "purpose", "approve", "web", "consent", "plan_review", "code_review", "hold"})
"""Nodes that show a card: nothing dangerous can happen in them."""

_BRANCHES: Final[dict[str, Any]] = {"module": module.run, "write_tests": write_tests.run}
"""Nodes sent in parallel; they return to `dispatch`."""


@dataclass(frozen=True, slots=True)
class Door:
    """A node before `intake` that registers the turn of a client that cannot do so itself."""

    name: str
    node: Callable[..., Awaitable[Any]]
    asks: type
    """What the client sends."""
    sees: type
    """What the node is given: that and the state."""


def build_graph(workshop: Workshop, door: Door | None = None) -> StateGraph[RunState, None, Any, RunState]:
    """The coordinator around `workshop`, uncompiled: the caller brings the checkpointer."""
    graph: StateGraph[RunState, None, Any, RunState] = StateGraph(RunState, input_schema=door.asks if door else None)
    targets = [*_NODES, *_BRANCHES, "close", END]
    for name, (node, route) in _NODES.items():
        graph.add_node(name, guarded(workshop, name, node))
        graph.add_conditional_edges(name, route, targets)
    for name, node in _BRANCHES.items():
        graph.add_node(name, guarded_branch(workshop, name, node))
        graph.add_edge(name, "dispatch")
    graph.add_node("close", closing(workshop))
    if door is not None:
        graph.add_node(door.name, door.node, input_schema=door.sees)
        graph.add_edge(door.name, "intake")
    if door is not None:
        graph.add_edge(START, door.name)
    else:
        graph.add_conditional_edges(START, routes.first, ["intake", "restore"])
    graph.add_edge("close", END)
    return graph


def guarded(shop: Workshop, name: str, node: Any) -> Any:
    """The border around a node: says that it ran and turns every failure into a hold."""

    async def run(state: RunState) -> RunState:
        shop.say("INFO", "node.started", state, node=name)
        try:
            if name not in _ASKING:
                await shop.guard.settled(state["run"])
            with shop.clock(state["run"]).working():
                update: RunState = await node(shop, state)
        except GraphBubbleUp:
            raise
        except MultiCoderError as error:
            return {"held": await _held(shop, state, name, error)}
        except Exception as error:  # noqa: BLE001 - the named border: logged, told and turned into a hold
            return {"held": _crashed(shop, state, name, error)}
        shop.say("INFO", "node.finished", state, node=name)
        return update

    run.__name__ = name
    return run


def closing(shop: Workshop) -> Any:
    """The border around `close`: no hold can follow it, so its failure is raised and a resumed run closes again."""

    async def run(state: RunState) -> RunState:
        shop.say("INFO", "node.started", state, node="close")
        update = await close.run(shop, state)
        shop.say("INFO", "node.finished", state, node="close")
        return update

    return run


def guarded_branch(shop: Workshop, name: str, node: Any) -> Any:
    """The border around a parallel branch; the other branches never wait for one that broke."""

    async def run(work: Any) -> RunState:
        state = work["state"]
        shop.say("INFO", "node.started", state, module=work["module"], node=name)
        try:
            with shop.clock(state["run"]).working():
                update: RunState = await node(shop, work)
        except MultiCoderError as error:
            update = {"held": await _held(shop, state, "dispatch", error, work["module"])}
        except Exception as error:  # noqa: BLE001 - the named border: logged, told and turned into a hold
            update = {"held": _crashed(shop, state, "dispatch", error)}
        if "held" in update and work["module"]:
            await module.abandon(shop, work)
        shop.say("INFO", "node.finished", state, module=work["module"], node=name)
        return update

    run.__name__ = name
    return run


def _goes_on_at(state: RunState, name: str) -> str:
    """Where `retry` leads: back to the node that failed, and from a failed `hold` to the one it already stood for."""
    if name != "hold":
        return name  # the state of a parallel branch knows of no hold
    held = state["held"]
    return held["at"] if held is not None else name


async def _held(shop: Workshop, state: RunState, name: str, error: MultiCoderError, module: str = "") -> Hold:
    kind: HoldKind = "system"
    prevented = danger_of(error, state["run"], module)
    if prevented is not None:
        await shop.guard.note(prevented)
    if isinstance(error, ActionBlocked):
        kind = "guard"
    elif isinstance(error, BudgetExceeded):
        kind = "budget"
    elif isinstance(error, ProviderError):
        kind = "provider"
    shop.say("ERROR", "node.held", state, node=name, kind=kind, code=error.code, facts=dict(error.facts))
    return {"kind": kind, "at": _goes_on_at(state, name), "code": error.code, "facts": error.facts, "detail": ""}


def _crashed(shop: Workshop, state: RunState, name: str, error: Exception) -> Hold:
    _LOG.exception("node %s failed", name)
    shop.say("ERROR", "node.crashed", state, node=name, error=f"{type(error).__name__}: {error}"[:500])
    return {
        "kind": "internal",
        "at": _goes_on_at(state, name),
        "code": "internal",
        "facts": {"node": name, "error": type(error).__name__},
        "detail": "",
    }
