"""The chat of a window without its screen, over an engine the test plays; and conversations a real engine had."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject

from gui.chat.chats import Chats
from gui.chat.conversation import Conversation
from gui.chat.log import Log
from gui.link.engine_link import EngineLink
from gui.preferences import Preferences
from tests.gui.waiting import until

RECORDED = Path(__file__).parent / "recorded"
S = "s-1"
QUESTIONS = ("session/request_permission", "elicitation/create")


class ChatStand:
    """Link, chats and conversation as the window has them."""

    def __init__(self, home, engine, command=(), environ=None):
        self.engine = engine
        self.parent = QObject()
        command, environ = (engine.command, engine.environ) if engine is not None else (command, environ)
        self.link = EngineLink(command, environ, "en", self.parent)
        preferences = Preferences(home.root / "window.json", self.parent)
        preferences.put("folder", str(home.root / "out"))
        self.chats = Chats(self.link, preferences, self.parent)
        self.thread = Conversation(self.link, self.chats, self.parent)
        self.words = []
        self.thread.told.connect(lambda words, _kind: self.words.append(words))
        self.link.start()
        until(lambda: self.link.state == "ready", 60_000)

    def close(self):
        self.link.close()
        self.parent.deleteLater()

    def open(self, session):
        self.chats.open(session)
        until(lambda: not self.thread.loading)

    def settle(self):
        """Everything that was sent is shown."""
        answered = []
        self.link.request("session/list", {}, answered.append)
        until(lambda: answered and self.thread.settled)

    def rows(self, kind=""):
        return [row for row in self.thread.rows() if kind in {"", row.kind}]

    def row(self, kind):
        """The last row of a kind."""
        return self.rows(kind)[-1].content

    def kinds(self):
        return [row.kind for row in self.thread.rows()]


def recorded(name):
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def updates(messages):
    return [message["params"]["update"] for message in messages if message.get("method") == "session/update"]


def log_of(messages):
    """A log that was told messages, as far as they are updates."""
    log = Log()
    for update in updates(messages):
        log.apply(update)
    return log


def rows_of(log):
    found = []
    for number, turn in enumerate(log.turns[: log.shown]):
        assert turn.digest(float("inf"))
        found += turn.rows(number)
    return found


def begun(chat, prompt="p-1", run="r-1", text="Make a page"):
    chat.engine.update(S, person(prompt, run, text))
    return run


def person(prompt, run, text):
    block = {"type": "text", "text": text}
    meta = {"multicoder": {"run": run}}
    return {"sessionUpdate": "user_message_chunk", "content": block, "messageId": prompt, "_meta": meta}


def thought(run, text, at=100.0):
    block, meta = {"type": "text", "text": f"{text}\n"}, {"multicoder": {"run": run, "at": at, "seq": 1}}
    return {
        "sessionUpdate": "agent_thought_chunk", "content": block, "messageId": f"{run}/thoughts", "_meta": meta
    }  # fmt: skip


def ended(run, outcome="answered", at=200.0):
    meta = {"multicoder": {"run": run, "at": at, "outcome": outcome}}
    return {"sessionUpdate": "session_info_update", "_meta": meta}
