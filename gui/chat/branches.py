"""Branches of a conversation as the engine finds them, put to the turns they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.chat.log import Log
    from gui.chat.turns import Turn


def place(log: Log, answer: dict[str, Any], branched_from: Callable[[str], str]) -> None:
    """Take the answer of `_multicoder/branches/list`; `branched_from` words the line above what is the fork's own."""
    found: dict[str, dict[str, Any]] = {}
    for item in answer.get("branches") or []:
        if isinstance(item, dict) and _whole(item):
            found[str(item.get("messageId"))] = item
    for turn in log.turns:
        branch = found.get(turn.prompt, {})
        if turn.branch != branch:
            turn.branch = branch
            log.touch(turn)
    _divide(log, answer.get("parent"), branched_from)


def _divide(log: Log, parent: Any, branched_from: Callable[[str], str]) -> None:
    """A fork that only goes on is marked where its own part begins; arrows say the rest."""
    if not isinstance(parent, dict) or not isinstance(parent.get("shared"), int):
        return
    shared = parent["shared"]
    if 0 < shared < len(log.turns) and not log.turns[shared].branch:
        log.turns[shared].divider = branched_from(str(parent.get("title", "")))
        log.touch(log.turns[shared])


def sibling(turn: Turn, step: int) -> dict[str, Any]:
    """The message that stands `step` places beside this turn's; empty where there is none."""
    if not turn.branch:
        return {}
    wanted = turn.branch["index"] + step
    siblings = turn.branch["siblings"]
    found = siblings[wanted] if step and 0 <= wanted < len(siblings) else {}
    return found if isinstance(found, dict) else {}


def _whole(item: dict[str, Any]) -> bool:
    siblings = item.get("siblings")
    return isinstance(item.get("index"), int) and isinstance(siblings, list) and 0 <= item["index"] < len(siblings)
