"""Dispatch: every remaining module and the tests are sent at once; waiting is done per module, not per wave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from langgraph.types import Send

from graph.nodes.architect import remaining
from graph.state import DONE, Hold, RunState

if TYPE_CHECKING:
    from graph.workshop import Workshop


class Work(TypedDict):
    """What one parallel branch is given: the run's state is shared, the rest is its own errand."""

    state: RunState
    module: str


_SHARED = (
    "run",
    "epoch",
    "project",
    "request",
    "amendments",
    "options",
    "caps",
    "locale",
    "plan",
    "previous_plan",
    "base",
    "answers",
    "approvals",
    "rules",
    "wave",
    "modules",
    "suite",
)
_SHARED_IF_THERE: Final = ("recalled", "found", "taken", "tainted")
"""What a run begun by an older program has not."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Open the next wave, or hold when the last one left modules that a person must decide about."""
    if state["held"] is not None:
        return {}
    failed = {name: module for name, module in state["modules"].items() if module["status"] == "failed"}
    if failed:
        name, module = next(iter(failed.items()))
        finding = module["findings"][-1] if module["findings"] else None
        hold: Hold = {
            "kind": "stuck",
            "at": "dispatch",
            "code": "module-stuck",
            "facts": {"module": name, "drafts": module["drafts"], "problem": finding["problem"] if finding else ""},
            "detail": "",
        }
        return {"held": hold}
    left = remaining(state)
    if left:
        shop.say("INFO", "wave.opened", state, modules=list(left), wave=state["wave"] + 1)
    return {"wave": state["wave"] + 1}


def fan_out(state: RunState) -> list[Send] | str:
    """One `Send` per remaining module, the most urgent first, one for the tests; `integrate` when nothing remains."""
    keys = (*_SHARED, *(key for key in _SHARED_IF_THERE if key in state))
    shared: RunState = {key: state[key] for key in keys}  # type: ignore[literal-required,assignment]
    sends = [Send("module", Work(state=shared, module=name)) for name in remaining(state)]
    if state["suite"] is None:
        sends.append(Send("write_tests", Work(state=shared, module="")))
    return sends or "integrate"


def done_modules(state: RunState) -> list[str]:
    """Modules whose code stands."""
    return [name for name, module in state["modules"].items() if module["status"] in DONE]
