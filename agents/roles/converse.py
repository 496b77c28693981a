"""Answers a message that asks for words, not for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.prompting import conversation, render
from core.errors import ProviderError
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.roles.ask import Ask


async def answer(
    ask: Ask,
    tag: CallTag,
    *,
    message: str,
    history: str,
    facts: Sequence[str],
    locale: str,
    known: Mapping[str, str] | None = None,
) -> str:
    """Answer `message` in Markdown; `facts` is what MultiCoder knows of this thread's projects.

    `known` are the sections of the memory (`decisions`, `recalled`, `summaries`) and of what was looked up for this
    answer (`sources`, `found`, `pages`).
    """
    sections = {
        "locale": locale,
        "facts": "\n".join(f"- {fact}" for fact in facts),
        **_named(known or {}, "decisions"),
        "history": history,
        **_named(known or {}, "recalled", "summaries", "sources", "found", "pages"),
        "message": message,
    }
    question = ModelRequest(
        role="converse",
        tag=tag,
        messages=conversation(render("converse"), sections, "Answer the message."),
        max_tokens=3_000,
    )
    reply = await ask(question)
    if not reply.text.strip():
        raise ProviderError("malformed", model=reply.model, detail="empty answer")
    return reply.text.strip()


def _named(known: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: known[name] for name in names if name in known}
