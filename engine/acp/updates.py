"""Session updates as JSON objects, in the words of the protocol; nothing here knows of runs or journals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Update = dict[str, Any]
Status = Literal["pending", "in_progress", "completed", "failed"]
Speaker = Literal["user_message_chunk", "agent_message_chunk", "agent_thought_chunk"]

LONGEST_TEXT: Final = 200_000


def text_block(text: str) -> dict[str, Any]:
    """A content block of text."""
    return {"type": "text", "text": text}


def file_block(name: str, uri: str, *, size: int | None = None, mime: str = "") -> dict[str, Any]:
    """A content block that names a file."""
    block: dict[str, Any] = {"type": "resource_link", "name": name, "uri": uri}
    if size is not None:
        block["size"] = size
    if mime:
        block["mimeType"] = mime
    return block


def chunk(speaker: Speaker, block: dict[str, Any], message_id: str, **meta: Any) -> Update:
    """A piece of a message."""
    update = {"sessionUpdate": speaker, "content": block, "messageId": message_id}
    return with_meta(update, meta)


def tool_started(call_id: str, title: str, kind: str, *, status: Status = "in_progress", **meta: Any) -> Update:
    """A step of the work begins."""
    update = {"sessionUpdate": "tool_call", "toolCallId": call_id, "title": title, "kind": kind, "status": status}
    return with_meta(update, meta)


def tool_changed(
    call_id: str, *, status: Status | None = None, content: Sequence[dict[str, Any]] | None = None, **meta: Any
) -> Update:
    """A step went on or ended."""
    update: Update = {"sessionUpdate": "tool_call_update", "toolCallId": call_id}
    if status is not None:
        update["status"] = status
    if content is not None:
        update["content"] = list(content)
    return with_meta(update, meta)


def tool_text(text: str) -> dict[str, Any]:
    """Words under a step."""
    return {"type": "content", "content": text_block(text[:LONGEST_TEXT])}


def tool_diff(path: str, old: str | None, new: str) -> dict[str, Any]:
    """A changed file under a step; `old` None: the file is new."""
    content: dict[str, Any] = {"type": "diff", "path": path, "newText": new}
    if old is not None:
        content["oldText"] = old
    return content


def plan(entries: Sequence[tuple[str, str, dict[str, Any]]]) -> Update:
    """The whole list of modules: (what it does, pending|in_progress|completed, our own facts)."""
    listed = [
        with_meta({"content": content, "priority": "medium", "status": status}, meta)
        for content, status, meta in entries
    ]
    return {"sessionUpdate": "plan", "entries": listed}


def usage(used: int, size: int, cost_usd: float | None) -> Update:
    """Tokens used so far against the cap, and what they cost when that is known."""
    update: Update = {"sessionUpdate": "usage_update", "used": used, "size": size}
    if cost_usd is not None:
        update["cost"] = {"amount": round(cost_usd, 6), "currency": "USD"}
    return update


def session_info(title: str | None = None, **meta: Any) -> Update:
    """The conversation has another name, or something of it changed."""
    update: Update = {"sessionUpdate": "session_info_update"}
    if title is not None:
        update["title"] = title
    return with_meta(update, meta)


def commands(offered: Sequence[tuple[str, str, str]]) -> Update:
    """What may be typed behind a slash: (name, what it does, what to write behind it)."""
    listed = [{"name": name, "description": does, "input": {"hint": hint}} for name, does, hint in offered]
    return {"sessionUpdate": "available_commands_update", "availableCommands": listed}


def stamped(update: Update, run: str, at: float) -> Update:
    """Say which run an update belongs to and when it happened, in seconds since the epoch."""
    meta = update.get("_meta", {}).get("multicoder", {})
    return with_meta(update, {"run": run, "at": round(at, 3), **meta})


def with_meta(thing: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    """Add our own facts, where there are any."""
    return {**thing, "_meta": {"multicoder": meta}} if meta else thing
