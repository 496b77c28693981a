"""The window in a language of long words that nobody speaks, its scenes, and a look at every text that can be seen."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Q_ARG, QMetaObject, QRectF, QTranslator

from gui.main import make_qt
from tests.gui.chat_stand import QUESTIONS, S, ended, person, recorded
from tests.gui.drawer_stage import an_engine
from tests.gui.waiting import until

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

CALM = {"reduceMotion": True}
PLACEHOLDER = re.compile(r"%L?[1-9]|%[nLFN]|\{\w+\}")
ACCENTS = str.maketrans("AEIOUYaeiouycnsz", "ÁÉÍÓÚÝáéíóúýçñšž")
LONGER = 0.35
TITLES = ("Calculator", "Password safe", "Snake game")
CHATS = [
    {"sessionId": f"s-{place}", "cwd": "/nowhere", "title": title, "_meta": {}} for place, title in enumerate(TITLES, 1)
]


# ---------------------------------------------------------------------------------------- a language for tests


def pseudo(text: str) -> str:
    """The text in brackets, with accents and longer by a third; placeholders stay, words stay words."""
    spaced = re.split(f"({PLACEHOLDER.pattern})", text)
    accented = "".join(part if place % 2 else part.translate(ACCENTS) for place, part in enumerate(spaced))
    missing = max(1, round(len(text) * LONGER) - 2)
    more = " ".join("ñ" * min(6, missing - start) for start in range(0, missing, 7))
    return f"[{accented}{' ' if missing > 6 else ''}{more}]"


def invented(source, target) -> None:
    """Write a .ts file of the invented language from the English one."""
    tree = ET.parse(source)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        forms = translation.findall("numerusform")
        for place in forms or [translation]:
            place.text = pseudo(place.text or message.findtext("source"))
    tree.getroot().set("language", "en")
    tree.write(target, encoding="utf-8", xml_declaration=True)


def speak(file) -> None:
    """Let the windows that are made from now on speak the language of a .qm file."""
    qt = make_qt()
    translator = QTranslator(qt)
    assert translator.load(str(file))
    qt.installTranslator(translator)


# ---------------------------------------------------------------------------------------- an engine with much to show


def a_full_engine():
    """The engine of the drawer, with chats."""
    engine = an_engine()
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    engine.answers["session/list"] = {"sessions": [{**chat, "updatedAt": now} for chat in CHATS]}
    return engine


def play(window, engine, stop, name="page"):
    """Open a chat and play what an engine once told, up to its question number `stop`."""
    chats = window.application.chats
    chats.open(S)
    until(lambda: chats.current == S and not chats.loading)
    asked = 0
    for message in recorded(name)["live"]:
        if message.get("method") in QUESTIONS:
            engine.ask(message["method"], {**message["params"], "sessionId": S})
            asked += 1
            if asked == stop:
                break
        elif message.get("method") == "session/update":
            engine.update(S, message["params"]["update"])
    until(lambda: window.application.conversation.waiting)
    window.settle(300)


CITED = {
    "When is high tide?": "",
    "tides.example": "Tides and how a program can know when the water comes to any coast of the world",
    "www.shore.example": "Shores",
}
"""A question, and by host the titles of pages that answer it."""


def cite(window, engine):
    """Another chat, with sources of an answer."""
    chats = window.application.chats
    chats.open("s-2")
    until(lambda: chats.current == "s-2" and not window.application.conversation.loading)
    question, *hosts = CITED
    engine.update("s-2", person("p-9", "r-9", question))
    sources = [
        {"n": number, "title": CITED[host], "url": f"https://{host}/", "document": f"d-{number:04}", "places": []}
        for number, host in enumerate(hosts * 4, 1)
    ]
    update = {"sessionUpdate": "agent_message_chunk", "messageId": "r-9/answer"}
    meta = {"multicoder": {"sources": sources}}
    engine.update("s-2", update | {"content": {"type": "text", "text": "Sources:"}, "_meta": meta})
    engine.update("s-2", ended("r-9"))
    until(lambda: window.shown("sourcesHeading"))
    window.settle(300)


# ---------------------------------------------------------------------------------------- what can be seen


@dataclass(frozen=True)
class Seen:
    """A text on the screen."""

    text: str
    item: QQuickItem

    @property
    def where(self) -> str:
        names, item = [], self.item
        while item is not None:
            names.append(item.objectName() or item.metaObject().className().split("_QML")[0].removeprefix("QQuick"))
            item = item.parentItem()
        return " < ".join(names[:6])


def seen(window) -> list[Seen]:
    """Every text that is in sight, and what stands in fields for want of a text."""
    kinds = ("QQuickText", "QQuickTextEdit", "QQuickTextInput")
    found = []
    for item in window.items():
        if any(item.inherits(kind) for kind in kinds) and _in_sight(window, item):
            text = item.property("text")
            if text.strip():
                found.append(Seen(text, item))
    return found


def _in_sight(window, item) -> bool:
    if not item.isVisible() or item.width() <= 0:
        return False
    at = item
    while at is not None:
        if at.opacity() == 0:
            return False
        at = at.parentItem()
    drawn = item.mapRectToScene(item.boundingRect())
    return drawn.intersects(QRectF(0, 0, window.root.width(), window.root.height()))


def cut(text: Seen) -> str:
    """Why a text is not whole to the eye; empty when it is."""
    item = text.item
    if item.property("truncated"):
        return "elided"
    if not item.inherits("QQuickText"):
        return ""
    drawn = item.mapRectToScene(item.boundingRect())
    if item.property("contentWidth") > item.width() + 1:
        return f"{item.property('contentWidth'):.0f} wide in {item.width():.0f}"
    if item.property("contentHeight") > item.height() + 1:
        return f"{item.property('contentHeight'):.0f} high in {item.height():.0f}"
    parent = item.parentItem()
    while parent is not None:
        room = parent.mapRectToScene(QRectF(0, 0, parent.width(), parent.height()))
        narrow = drawn.left() < room.left() - 1 or drawn.right() > room.right() + 1
        if narrow and parent.width() > 0 and not _rolls(parent):
            return f"{drawn.left():.0f}..{drawn.right():.0f} beyond {room.left():.0f}..{room.right():.0f}"
        parent = parent.parentItem()
    return ""


def _rolls(item) -> bool:
    """Whether an item is no border to the eye: what lies beyond can be rolled into sight, or is drawn all the same."""
    if item.inherits("QQuickFlickable"):
        return item.property("contentWidth") > item.width()
    return item.parentItem() is not None and item.parentItem().inherits("QQuickFlickable")


# ---------------------------------------------------------------------------------------- scenes


def _popup(name):
    def show(window):
        popup = window.find(name)
        QMetaObject.invokeMethod(popup, "open")
        window.until(lambda: popup.property("opened"))
        window.settle(100)
        return lambda: (QMetaObject.invokeMethod(popup, "close"), window.until(lambda: not popup.property("visible")))

    return show


def _menu(button):
    def show(window):
        QMetaObject.invokeMethod(window.shown(button), "clicked")
        window.settle(200)
        return lambda: None

    return show


def _page(tab):
    def show(window):
        drawer = window.find("drawer")
        QMetaObject.invokeMethod(drawer, "show", Q_ARG("QVariant", tab))
        window.until(lambda: drawer.property("away") == 0)
        window.until(lambda: window.find("drawerPage").property("item") is not None)  # it is made bit by bit
        window.settle(300)
        return lambda: (QMetaObject.invokeMethod(drawer, "hide"), window.settle(100))

    return show


def _part(name, *values):
    """A part that lies over the page of providers."""

    def show(window):
        leave = _page("providers")(window)
        page = next(item for item in window.items() if item.objectName() == "providersPage")
        QMetaObject.invokeMethod(page, name, *(Q_ARG("QVariant", value) for value in values))
        window.settle(200)
        return leave

    return show


PAGES = ("system", "general", "providers", "team", "memory", "artifacts", "privacy", "reports", "about")
DIALOGS = ("searchDialog", "shortcutsDialog", "renameDialog", "deleteDialog", "linkDialog", "closeDialog")
POPUPS = (*DIALOGS, "tasksPopover")
SCENES = {"empty": lambda _window: lambda: None}
SCENES |= {f"page {tab}": _page(tab) for tab in PAGES}
SCENES |= {"picker": _part("show", "picker"), "keys": _part("showKeys", "openrouter")}
SCENES |= {"form": _part("edit", "", "moonshot"), "form of a scope": _part("edit", "", "gigachat")}
SCENES |= {name: _popup(name) for name in POPUPS}
SCENES |= {f"menu of {name}": _menu(name) for name in ("plusButton", "modelSelector")}
