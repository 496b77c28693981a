"""The cards of research: one word on looking things up, and a decision for each repository to be downloaded.

What nobody answered is refused. A decision is recorded only here, out of a reply that was redeemed for exactly this
card, and for addresses the person named when starting the run (`graph.nodes.research`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from langgraph.types import interrupt

from graph import cards
from graph.nodes.cards import noted, redeem
from graph.researching import address_of

if TYPE_CHECKING:
    from core.research import Decision
    from graph.researching import Candidate, Wanted
    from graph.state import RunState
    from graph.workshop import Workshop


async def web(shop: Workshop, state: RunState) -> RunState:
    """Show what would be searched for; refused, the run goes on without."""
    wanted = cast("Wanted", await shop.kept(state["searches"]))
    resumed = interrupt(card := cards.web_card(state, wanted))
    reply = await redeem(shop, state, card, resumed)
    update = noted(state, card, reply)
    if reply.decision == "allow":
        return {**update, "web": "allow"}
    if reply.decision == "refuse":
        shop.say("INFO", "research.skipped", state, purpose=wanted["purpose"], why="refused")
        return {**update, "web": "refuse", "searches": ""}
    return update


async def consent(shop: Workshop, state: RunState) -> RunState:
    """Show the repositories; each is allowed or refused by its address, and what is left open is refused."""
    offered = cast("dict[str, Any]", await shop.kept(state["offered"]))
    candidates = cast("list[Candidate]", offered["repositories"])
    resumed = interrupt(card := cards.consent_card(state, candidates, offered["searched"]))
    reply = await redeem(shop, state, card, resumed)
    if reply.decision == "invalid" or shop.consents is None:
        return noted(state, card, reply)
    granted = list(state.get("granted") or [])
    reason = reply.text.strip() or f"card {card['digest'][:12]}"
    for candidate, shown in zip(candidates, card["repositories"], strict=True):
        answer = reply.answers.get(shown["address"], "") if reply.decision == "answer" else ""
        decision: Decision = "allow" if answer == "allow" else "refuse"
        address = address_of(candidate)
        kept = await shop.consents.record(
            state["run"], address, candidate["commit"], decision, reason=reason, via=reply.via
        )
        if kept.decision == "allow":
            granted.append(address)
    return {**noted(state, card, reply), "offered": "", "granted": granted}
