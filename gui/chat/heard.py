"""What was said in the chats this window has loaded, for the search: bounded, and told twice it is kept once."""

from __future__ import annotations

from typing import Any, Final

_MOST_PER_CHAT: Final = 300_000
_MOST: Final = 6_000_000
"""Characters; the chats heard of longest ago are forgotten first."""
_SPEAKERS: Final = frozenset({"user_message_chunk", "agent_message_chunk"})
_BEFORE: Final = 30
_AFTER: Final = 90


class HeardWords:
    """Texts by session and message, in the order they came."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}
        self._size: dict[str, int] = {}

    def hear(self, session: str, update: dict[str, Any]) -> None:
        """Take what is text of a message out of an update."""
        speaker, content, message = update.get("sessionUpdate"), update.get("content"), update.get("messageId")
        if speaker not in _SPEAKERS or not isinstance(content, dict) or not isinstance(message, str):
            return
        text = content.get("text")
        if not isinstance(text, str):
            return
        said = self._said.setdefault(session, {})
        person = speaker == "user_message_chunk"
        if person and message in said and message == next(iter(said)) and len(said) > 1:
            self.forget(session)  # the chat is told from its beginning again
            said = self._said.setdefault(session, {})
        former = said.get(message, "")
        before = "" if person or _replaces(update) else former
        size = self._size.get(session, 0) - len(former) + len(before)
        piece = text[: max(0, _MOST_PER_CHAT - size)]
        said[message] = before + piece
        self._size[session] = size + len(piece)
        self._make_room(session)

    def forget(self, session: str) -> None:
        """The chat is gone."""
        self._said.pop(session, None)
        self._size.pop(session, None)

    def find(self, session: str, wanted: str) -> str:
        """Return a line around `wanted` (in lower case), empty when nobody said it."""
        for text in self._said.get(session, {}).values():
            at = text.lower().find(wanted)
            if at >= 0:
                start = max(0, at - _BEFORE)
                cut = " ".join(text[start : at + len(wanted) + _AFTER].split())
                return ("…" if start else "") + cut
        return ""

    def _make_room(self, kept: str) -> None:
        for session in list(self._size):
            if sum(self._size.values()) <= _MOST:
                return
            if session != kept:
                self.forget(session)


def _replaces(update: dict[str, Any]) -> bool:
    meta = update.get("_meta")
    own = meta.get("multicoder") if isinstance(meta, dict) else None
    return isinstance(own, dict) and bool(own.get("replaces"))
