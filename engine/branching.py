"""Branches: conversations that were the same up to a message and went different ways from there.

Nothing is kept about them. Forks share the runs of what was before, so the conversations of one family form a tree of
runs; a message has siblings where that tree parts. What is deleted is no branch any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.sessions import Prompt, Session, Sessions


async def branches(sessions: Sessions, session: str) -> dict[str, Any]:
    """Where a conversation parts from its relatives.

    Returns `branches`: for each message that has siblings `messageId`, `index` (its own place among them, from 0),
    `siblings` (session and message of each, oldest first; the newest conversation that holds it) and `sameWords`
    (all of them asked the same); and `parent`: the conversation it was forked from and how many messages they share,
    None for none or a deleted one.
    """
    own = await sessions.session(session)
    family = await _family(sessions, own)
    prompts = {item.session: await sessions.prompts(item.session) for item in family}
    mine = prompts.get(session) or await sessions.prompts(session)
    ways = _ways(family, prompts) if len(family) > 1 else {}
    found = []
    before = ""
    for prompt in mine:
        ways_on = ways.get(before, {})
        if len(ways_on) > 1 and prompt.run in ways_on:
            found.append(_parting(prompt, ways_on))
        before = prompt.run
    return {"branches": found, "parent": await _parent(own, family, mine)}


def _parting(prompt: Prompt, ways_on: dict[str, Prompt]) -> dict[str, Any]:
    held = [prompt if run == prompt.run else other for run, other in ways_on.items()]
    return {
        "messageId": prompt.prompt,
        "index": list(ways_on).index(prompt.run),
        "siblings": [{"sessionId": item.session, "messageId": item.prompt} for item in held],
        "sameWords": len({item.text for item in held}) == 1,
    }


def _ways(family: list[Session], prompts: dict[str, list[Prompt]]) -> dict[str, dict[str, Prompt]]:
    """Run (empty: the beginning) -> the runs that follow it, in the order they were asked, where they stand now."""
    ways: dict[str, dict[str, Prompt]] = {}
    for member in family:
        before = ""
        for prompt in prompts[member.session]:
            ways.setdefault(before, {})[prompt.run] = prompt
            before = prompt.run
    return ways


async def _family(sessions: Sessions, own: Session) -> list[Session]:
    """Every conversation that is not deleted and comes from the same one, oldest first."""
    everyone = await sessions.sessions()
    known = {item.session: item.parent for item in everyone}

    async def root(session: str) -> str:
        seen = {session}
        while True:
            if session not in known:
                known[session] = (await sessions.session(session)).parent
            parent = known[session]
            if not parent or parent in seen:
                return session
            seen.add(parent)
            session = parent

    wanted = await root(own.session)
    return [item for item in everyone if (await root(item.session) if item.parent else item.session) == wanted]


async def _parent(own: Session, family: list[Session], mine: list[Prompt]) -> dict[str, Any] | None:
    parent = next((item for item in family if item.session == own.parent), None)
    if parent is None:
        return None
    shared = sum(prompt.prompt.startswith(f"{own.session}/") for prompt in mine)
    return {"sessionId": parent.session, "title": parent.title, "shared": shared}
