"""Judge: the same judgement for the request, the plan and the finished code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agents.roles import judge
from core.ports import CallTag

if TYPE_CHECKING:
    from core.plan import Level, Subject
    from graph.state import Hold, RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState, *, subject: Subject) -> RunState:
    """Judge `subject`. An unreachable judge holds the run: not judged is never approved."""
    verdict = await judge.assess(
        shop.asking(state),
        CallTag(f"judge.{subject}", attempt=1 + len(state["approvals"])),
        subject=subject,
        text=await _text(shop, state, subject),
        request=await shop.request_text(state),
        purpose=state["purpose"],
        locale=state["locale"],
        floor=_floor(state, subject),
    )
    shop.say(
        "SECURITY" if verdict["level"] == "red" else "INFO",
        "verdict.given",
        state,
        subject=subject,
        level=verdict["level"],
        judged=verdict["judged"],
        reasons=list(verdict["reasons"]),
        rules=list(verdict["policy_rules"]),
    )
    if not verdict["judged"] and verdict["level"] != "red":
        hold: Hold = {
            "kind": "judge",
            "at": "judge" if subject == "request" else f"judge_{subject}",
            "code": "not-judged",
            "facts": {"subject": subject},
            "detail": "",
        }
        return {"verdicts": {subject: verdict}, "held": hold}
    return {"verdicts": {subject: verdict}}


def _floor(state: RunState, subject: Subject) -> Level:
    """What was written after text of strangers may talk the judge round: it counts as at least what the request was."""
    request = state["verdicts"].get("request")
    return request["level"] if request is not None and subject != "request" and state.get("tainted") else "green"


async def _text(shop: Workshop, state: RunState, subject: Subject) -> str:
    if subject == "request":
        return await shop.request_text(state)
    if subject == "plan":
        return json.dumps(await shop.plan(state["plan"]), ensure_ascii=False, indent=1)
    head = await shop.workspace.head(state["project"])
    files = await shop.workspace.files(state["project"], head)
    return "\n\n".join(f"# {path}\n{text}" for path, text in sorted(files.items()) if not path.startswith("tests/"))
