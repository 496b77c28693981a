"""A window with one finished program in its conversation, and a hand for its card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.chat_stand import S, ended, person

RUN = "r-1"


def click(window, item):
    centre = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)
    window.settle()


def all_shown(window, name):
    return [item for item in window.items() if item.objectName() == name and item.isVisible()]


def delivered(window, engine, folder, **more):
    """A conversation in which a program was delivered; returns its file."""
    engine.answers["session/list"] = {"sessions": [{"sessionId": S, "title": "Calculator", "cwd": str(folder)}]}
    window.application.chats.open(S)
    window.until(lambda: not window.application.conversation.property("loading"))
    engine.update(S, person("p-1", RUN, "Make a calculator"))
    made = folder / "calculator.zip"
    made.write_bytes(b"a program")
    facts = {"artifact": str(made), "evidence": "", "sha256": "", "version": 2, **more}
    link = {"type": "resource_link", "name": made.name, "uri": made.as_uri()}
    meta = {"multicoder": {"run": RUN, "at": 150.0, "delivery": facts}}
    kind = "agent_message_chunk"
    engine.update(S, {"sessionUpdate": kind, "content": link, "messageId": f"{RUN}/delivered", "_meta": meta})
    engine.update(S, ended(RUN, "delivered"))
    window.until(lambda: window.shown("artifactMore"))
    return made


def choose(window, entry):
    """Open the card's menu and take an entry of it."""
    click(window, window.shown("artifactMore"))
    window.until(lambda: window.shown(entry))
    click(window, window.shown(entry))
    window.until(lambda: not window.shown(entry))  # while it fades it takes the clicks of others
