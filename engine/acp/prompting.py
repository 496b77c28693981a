"""A prompt turn: the message is kept, its run is followed, the answer tells how it ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from core.errors import MultiCoderError
from engine.acp.content import read_prompt
from engine.acp.parameters import Parameters
from engine.acp.sessions import web_wish
from engine.runs import RUN_KIND
from engine.tasks.task import ENDED, WAITS_FOR_PERSON

if TYPE_CHECKING:
    from acp.schema import PromptRequest

    from engine.acp.server import Client

_MOMENT_SECONDS: Final = 0.05
_MOMENTS: Final = 40
"""How long a run may take to be closed after its task ended; one that is open still was taken back to a step."""
_STOP_REASONS: Final = {"refused": "refusal", "cancelled": "cancelled"}


async def prompt(client: Client, params: PromptRequest, meta: dict[str, Any]) -> dict[str, Any]:
    """Answer `session/prompt` once its run ended, was paused, or waits for words this client cannot be asked for."""
    session = params.session_id
    feed = await client.attached(session)
    text, attached = read_prompt(params.prompt)
    expected = client.asker.expected(session)
    queued = False
    if expected is not None:
        await client.asker.take(session, expected, text)
        run = expected.question.run
    else:
        web = web_wish(Parameters(meta)) if "web" in meta else ""
        turn = await client.reactor.conversations.prompt(
            session, text, attached, prompt_id=str(meta.get("promptId") or ""), web=web
        )
        run, queued = turn.prompt.run, turn.queued
    facts = await _followed(client, session, run)
    await feed.flushed()
    stop_reason = _STOP_REASONS.get(str(facts.get("outcome")), "end_turn")
    return {"stopReason": stop_reason, "_meta": {"multicoder": {"run": run, "queued": queued, **facts}}}


async def _followed(client: Client, session: str, run: str) -> dict[str, Any]:
    """Wait for the end of this turn; MultiCoderError when the run failed."""
    reactor = client.reactor
    moments = 0
    while True:
        await reactor.conversations.settled(run)
        outcome = await reactor.conversations.outcome(run)
        task = reactor.tasks.find(RUN_KIND, run)
        if task is not None and task.state == "failed":
            raise failure_of(task.result)  # also when it was closed at once, because nobody can work on it
        if outcome:
            return {"outcome": outcome}
        if task is None:
            return {"outcome": "cancelled"}  # it was taken back while it waited behind another one
        if task.state == "paused" and task.reason != WAITS_FOR_PERSON:
            return {"outcome": "", "paused": task.reason}
        if task.state == "paused" and client.asker.expected(session) is not None:
            return {"outcome": "", "expects": "message"}
        if task.state in ENDED:
            if moments == _MOMENTS:
                return {"outcome": "", "paused": "rewound"}
            moments += 1
            await asyncio.sleep(_MOMENT_SECONDS)  # the task has ended, its run is just being closed
        else:
            await client.woken()


def failure_of(result: Any) -> MultiCoderError:
    """The error a failed task's result stands for."""
    if isinstance(result, dict) and isinstance(result.get("code"), str):
        facts = result.get("facts")
        return MultiCoderError(result["code"], **(facts if isinstance(facts, dict) else {}))
    return MultiCoderError()


async def cancel(client: Client, session: str) -> None:
    """`session/cancel`: end the run that works and what waits behind it."""
    await client.reactor.conversations.cancel(session, by=client.via)
    client.wake()
