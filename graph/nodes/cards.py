"""The interrupt nodes: each shows one card and acts on the person's decision.

`interrupt` is the first statement of each: whatever stood before it would run again at every resume. The cards are
pure functions of the state; a reply that was not given to exactly this card is `invalid` and the card is shown again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from langgraph.types import interrupt

from graph import cards
from graph.approvals import Reply
from graph.state import ALLOWED_ONCE, Approval, Caps, Hold, RunState, pending_module

if TYPE_CHECKING:
    from graph.workshop import Workshop


async def clarify(shop: Workshop, state: RunState) -> RunState:
    """Ask at most three questions; silence means the defaults."""
    resumed = interrupt(card := cards.questions_card(state))
    reply = await redeem(shop, state, card, resumed)
    if reply.decision == "reject":
        return {**noted(state, card, reply), "outcome": "rejected"}
    if reply.decision != "answer":
        return noted(state, card, reply)
    defaults = {question["id"]: question["default"] for question in card["questions"]}
    given = {key: value for key, value in reply.answers.items() if key in defaults and value.strip()}
    return {**noted(state, card, reply), "answers": {**defaults, **given}}


async def purpose(shop: Workshop, state: RunState) -> RunState:
    """Ask what a dual-use program is for; it is judged again with the answer."""
    resumed = interrupt(card := cards.purpose_card(state))
    reply = await redeem(shop, state, card, resumed)
    if reply.decision == "reject":
        return {**noted(state, card, reply), "outcome": "rejected"}
    if reply.decision != "answer" or not reply.text.strip():
        return {"decision": "invalid"}
    return {**noted(state, card, reply), "purpose": reply.text.strip()}


async def approve(shop: Workshop, state: RunState) -> RunState:
    """First approval: the task as judged."""
    resumed = interrupt(card := cards.task_card(state))
    reply = await redeem(shop, state, card, resumed)
    update = noted(state, card, reply)
    if reply.decision == "modify":
        return {**update, "amendments": [*state["amendments"], await _amend(shop, state, reply)], "purpose": ""}
    return {**update, **_ended(card, reply)}


async def plan_review(shop: Workshop, state: RunState) -> RunState:
    """Second approval: the plan with its verdict and estimate."""
    plan = await shop.plan(state["plan"])
    resumed = interrupt(card := cards.plan_card(state, plan))
    reply = await redeem(shop, state, card, resumed)
    update = noted(state, card, reply)
    if reply.decision == "modify":
        amendment = await _amend(shop, state, reply)
        return {**update, "amendments": [*state["amendments"], amendment], "remarks": reply.text}
    return {**update, **_ended(card, reply)}


async def code_review(shop: Workshop, state: RunState) -> RunState:
    """The judge has doubts about the finished code: the person decides, red is refused."""
    resumed = interrupt(card := cards.code_card(state))
    reply = await redeem(shop, state, card, resumed)
    return {**noted(state, card, reply), **_ended(card, reply)}


async def hold(shop: Workshop, state: RunState) -> RunState:
    """The run cannot go on by itself: try again (with a word of advice or higher caps) or stop."""
    resumed = interrupt(card := cards.hold_card(state))
    reply = await redeem(shop, state, card, resumed)
    held = cast("Hold", state["held"])
    if held["kind"] == "guard" and reply.decision != "invalid":
        return await _guarded(shop, state, card, reply)
    update = noted(state, card, reply)
    if reply.decision == "stop":
        return {**update, "outcome": "stopped"}
    if reply.decision != "retry":
        return update
    update["held"] = None
    update["resume_at"] = held["at"]
    by_hand = {"assume_prices": True} if "usd" in reply.caps else {}
    update["caps"] = cast("Caps", {**state["caps"], **reply.caps, **by_hand})
    if reply.text.strip():
        update["rules"] = [*state["rules"], reply.text.strip()]
    if held["kind"] == "stuck":
        update["rounds"] = []
        update["modules"] = {
            name: {**pending_module(), "drafts": module["drafts"], "commit": module["commit"]}
            for name, module in state["modules"].items()
            if module["status"] in {"failed", "blocked"}
        }
    return update


async def _guarded(shop: Workshop, state: RunState, card: cards.Card, reply: Reply) -> RunState:
    """A dangerous action was stopped: allow it once or refuse it, never without a reason; then go on, or end."""
    held = cast("Hold", state["held"])
    action, reason = str(held["facts"]["action"]), reply.text.strip()
    if reply.decision == "stop":
        await shop.guard.decide(action, allowed=False, reason=reason or reply.decision, via=reply.via)
        return {**noted(state, card, reply), "outcome": "stopped"}
    if not reason:
        shop.say("SECURITY", "reply.refused", state, kind=card["kind"], decision=reply.decision, why="no reason")
        return {"decision": "invalid"}
    allowed = reply.decision == "retry"
    await shop.guard.decide(action, allowed=allowed, reason=reason, via=reply.via)
    update: RunState = {**noted(state, card, reply), "held": None, "resume_at": held["at"]}
    if allowed:
        update["approvals"][-1]["subject"] = ALLOWED_ONCE
    else:
        update["rules"] = [*state["rules"], reason]
    return update


async def redeem(shop: Workshop, state: RunState, card: cards.Card, resumed: object) -> Reply:
    """The person's decision, journaled; `invalid` where the card does not offer it or it was not given to this card."""
    reply = await shop.consent.redeem(resumed, run=state["run"], digest=card["digest"])
    if reply.decision not in card["options"]:
        shop.say("SECURITY", "reply.refused", state, kind=card["kind"], decision=reply.decision)
        return Reply("invalid")
    shop.say(
        "AUDIT",
        "decision.taken",
        state,
        kind=card["kind"],
        decision=reply.decision,
        via=reply.via,
        digest=card["digest"],
    )
    return reply


def noted(state: RunState, card: cards.Card, reply: Reply) -> RunState:
    """The decision as the state keeps it."""
    if reply.decision == "invalid":
        return {"decision": "invalid"}
    entry: Approval = {
        "subject": card["kind"],
        "decision": reply.decision,
        "digest": card["digest"],
        "text": reply.text,
    }
    return {"approvals": [*state["approvals"], entry], "decision": reply.decision}


def _ended(card: cards.Card, reply: Reply) -> RunState:
    """A rejection ends the run; of something that could not have been approved it is a refusal."""
    if reply.decision != "reject":
        return {}
    return {"outcome": "rejected" if "approve" in card["options"] else "refused"}


async def _amend(shop: Workshop, state: RunState, reply: Reply) -> str:
    key = shop.key(state, "amendment", attempt=len(state["approvals"]))
    return await shop.archive.add_message(state["project"], state["run"], "person", reply.text, effect=str(key))
