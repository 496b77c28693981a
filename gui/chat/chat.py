"""One chat as the sidebar knows it, and the roles of the sidebar's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from gui.chat.dates import ARCHIVED, moment_of
from gui.chat.meta import own

ROLES: Final = (
    *(
        "key",
        "kind",
        "sessionId",
        "title",
        "section",
        "sectionTitle",
        "running",
        "waits",
        "paused",
        "unread",
        "cwd",
        "updated",
        "archived",
        "pinned",
        "shelf",
        "open",
        "count",
    ),
)
LONGEST_TITLE: Final = 200
_WORKS: Final = frozenset({"waiting", "running"})
_PERSON: Final = "person"


@dataclass(slots=True)
class Chat:
    """Its title is empty until its first message, unless it was given one."""

    session: str
    title: str = ""
    cwd: str = ""
    updated: float = 0.0
    """Seconds since the epoch."""
    place: int = 0
    """Among chats of one second: the smaller is the newer. Below zero: the engine has not listed it yet."""
    run: str = ""
    """The run that has not ended."""
    running: bool = False
    waits: bool = False
    paused: bool = False
    doing: str = ""
    """What its run does, or did when it was paused."""
    unread: bool = False

    def learn(self, row: dict[str, Any], place: int) -> bool:
        """Take what the engine lists of it; whether that is news for somebody who is not looking."""
        facts = own(row)
        self.title = one_line(row.get("title") or "")
        self.cwd = str(row.get("cwd") or "")
        self.updated = moment_of(row.get("updatedAt")) or self.updated
        self.place = place
        self.run = str(facts.get("run") or "")
        return self._stand(running=bool(facts.get("running")), waits=bool(facts.get("waits")))

    def follow(self, task: dict[str, Any]) -> bool:
        """Take what the engine tells of a run of it; whether that is news."""
        state, run = task.get("state"), str(task.get("subject"))
        waits = state == "paused" and task.get("reason") == _PERSON
        if state in _WORKS or waits:
            self.run = run
        elif run != self.run:
            return False  # an older one
        self.doing, self.paused = one_line(task.get("step") or ""), state == "paused" and not waits
        created = task.get("created")
        if isinstance(created, int | float):
            self.updated = max(self.updated, float(created))
        if self.paused:
            self.running = self.waits = False  # paused on purpose: nothing came of it that one could read
            return False
        return self._stand(running=state in _WORKS, waits=waits)

    def halt(self) -> None:
        """There is no engine that could work on it."""
        self.running, self.paused = False, self.paused or self.running

    def _stand(self, *, running: bool, waits: bool) -> bool:
        news = (waits and not self.waits) or (self.running and not running)
        self.running, self.waits = running, waits
        self.paused = self.paused and not (running or waits)
        return news

    def row(self, section: str, title: str, *, shelf: str, pinned: bool) -> dict[str, Any]:
        """Return its row in a group of the list."""
        return {
            "key": self.session,
            "kind": "chat",
            "sessionId": self.session,
            "title": self.title,
            "section": section,
            "sectionTitle": title,
            "running": self.running,
            "waits": self.waits,
            "paused": self.paused,
            "unread": self.unread,
            "cwd": self.cwd,
            "updated": self.updated,
            "archived": section == ARCHIVED,
            "pinned": pinned,
            "shelf": shelf,
            "open": False,
            "count": 0,
        }


def newest(chat: Chat) -> tuple[float, int]:
    """Sort key: the newest first."""
    return -chat.updated, chat.place


def one_line(text: object) -> str:
    """Return a title without line breaks, not too long."""
    return " ".join(str(text).split())[:LONGEST_TITLE]
