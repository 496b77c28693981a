"""Close: the one place where a run becomes finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import tr

if TYPE_CHECKING:
    from graph.state import Outcome, RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Keep the outcome and, where nothing was said yet, tell the person why it ended."""
    outcome: Outcome = state["outcome"] or "stopped"
    if outcome not in {"delivered", "answered"}:
        await shop.tell(state, "closed", _text(state, outcome))
    await shop.archive.set_outcome(state["run"], outcome)
    shop.say("TASK", "run.finished", state, outcome=outcome)
    return {"outcome": outcome}


def _text(state: RunState, outcome: Outcome) -> str:
    reasons = [
        reason for verdict in state["verdicts"].values() if verdict["level"] != "green" for reason in verdict["reasons"]
    ]
    head = tr(f"outcome-{outcome}", state["locale"])
    return "\n".join([head, *(f"- {reason}" for reason in reasons)]) if outcome == "refused" else head
