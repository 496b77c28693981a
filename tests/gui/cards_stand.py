"""A window that shows nothing but cards, over the real desktop and a conversation that writes down what it is told."""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("MULTICODER_TEST_PLATFORM", "offscreen")

from PySide6.QtCore import Property, QEventLoop, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QQmlApplicationEngine

import gui
from graph import cards
from gui.chat.trials import Trials
from gui.desktop.desktop import Desktop
from gui.fonts import Fonts
from gui.link.engine_link import EngineLink
from gui.main import make_qt
from gui.pictures import IconProvider, ShadowProvider
from gui.preferences import Preferences
from gui.settings.downloads import Downloads
from gui.shell.links import Links
from gui.toasts import Toasts

CARDS = Path(gui.__file__).parent / "qml" / "cards"
RECORDED = Path(__file__).parent / "recorded_cards"
STAGE = """
import QtQuick
import QtQuick.Controls.Basic
import "theme"
ApplicationWindow {
    id: stage
    property var shown: []
    width: 800; height: 800; visible: true; color: Theme.page
    Flickable {
        objectName: "scroll"
        anchors.fill: parent
        contentHeight: pile.height + 32
        Column {
            id: pile
            objectName: "pile"
            x: 16; y: 16; width: parent.width - 32; spacing: 16
            Repeater {
                model: stage.shown
                Loader {
                    required property var modelData
                    width: pile.width
                    height: item ? item.implicitHeight : 0
                    Component.onCompleted: setSource("cards/" + modelData.file + ".qml",
                        {"content": modelData.content, "rowKey": modelData.rowKey})
                }
            }
        }
    }
}
"""
ACCEPTABLE = {
    "subject": "plan",
    "judged": True,
    "level": "yellow",
    "reasons": ["It reads the addresses of other people's phones."],
    "feasibility": "Likely.",
    "recommendation": "Ask what it is for.",
    "needs_purpose": True,
    "policy_rules": ["tracking"],
}
QUESTIONS = [
    {"id": "colour", "text": "Which colour?", "default": "blue"},
    {"id": "size", "text": "How large?", "default": "as the window"},
]


def recorded(name, **more):
    """What the engine really sent, as the conversation shows it."""
    content = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return {"wish": "", "state": "open", "decision": "", "via": "", "at": None, **content, **more}


def drawn(card, **more):
    """A card the engine's own code draws, as the conversation shows it."""
    options = [{"id": option, "name": option} for option in card["options"]]
    base = {"card": card, "kind": card["kind"], "options": options, "wish": "", "state": "open", "decision": ""}
    return {**base, "via": "", "at": None, "title": "", "text": "", **more}


def state(**more):
    """As much of a run's state as cards are made of."""
    caps = {"usd": 5.0, "tokens": 3_000_000, "calls": 400, "minutes": 180, "assume_prices": False}
    base = {"run": "r-1", "approvals": [], "locale": "en", "routing": None, "verdicts": {}, "purpose": "", "held": None}
    return {**base, "caps": caps, **more}


def held(hold_kind, code, **facts):
    hold = {"kind": hold_kind, "at": "build", "code": code, "facts": facts, "detail": ""}
    return drawn(cards.hold_card(state(held=hold)))


def asked():
    routing = {"kind": "new_project", "understood": "A clock for the desktop", "questions": QUESTIONS}
    return drawn(cards.questions_card(state(routing={**routing, "title": "Clock", "project": None})))


def purpose():
    return drawn(cards.purpose_card(state(verdicts={"plan": ACCEPTABLE, "request": ACCEPTABLE})))


def look_up(**more):
    searches = [{"query": "tide tables library", "topic": "web"}, {"query": "tides", "topic": "repositories"}]
    wanted = {"purpose": "plan", "why": "Nobody here knows how tides are computed.", "searches": searches, "named": []}
    return drawn(cards.web_card(state(**more), wanted))


def downloads(**more):
    one = {
        "host": "code.example", "owner": "sea", "name": "tides", "description": "Tides of all coasts", "licence": "MIT",
        "size": 1_250_000, "stars": 812, "changed": 1_790_000_000.0, "archived": False, "branch": "main",
        "commit": "0123456789abcdef" * 2 + "01234567", "what": "tides/table.py", "why": "It computes tide tables.",
    }  # fmt: skip
    spoof = {**one, "host": "cod\u0435.example", "name": "t\u202eides", "licence": "", "size": 0, "stars": 0}
    searched = [{"query": "tide tables library", "engine": "duckduckgo", "hits": 8}]
    shown = [one, {**spoof, "changed": 0.0, "archived": True}]
    return drawn(cards.consent_card(state(), shown, searched), **more)


class Conversation(QObject):
    """Writes down what cards tell it."""

    changed = Signal()

    def __init__(self, parent):
        super().__init__(parent)
        self.told = []
        self._waiting = ""

    @Slot(str, str, str, "QVariant")
    def answer(self, row_key, decision, text, answers):
        plain = answers.toVariant() if hasattr(answers, "toVariant") else answers
        self.told.append((row_key, decision, text, plain))

    @Slot()
    def pause(self):
        self.told.append("pause")

    @Slot()
    def resume(self):
        self.told.append("resume")

    @Slot()
    def stop(self):
        self.told.append("stop")

    @Slot(str, "QVariant")
    def send(self, text, attachments):
        plain = attachments.toVariant() if hasattr(attachments, "toVariant") else attachments
        self.told.append(("send", text, plain))

    def wait_at(self, row_key):
        self._waiting = row_key
        self.changed.emit()

    waiting = Property(str, lambda self: self._waiting, notify=changed)


class Stand(QObject):
    """`App` as far as cards see it."""

    def __init__(self, home, tasks, parent):
        super().__init__(parent)
        self._preferences = Preferences(home.root / "window.json", self)
        self._fonts = Fonts(self)
        self._toasts = Toasts(self)
        self._conversation = Conversation(self)
        self._desktop = Desktop(self._preferences, self._toasts.show, self)
        self._tasks = tasks
        link = EngineLink((), {}, "en", self)
        self._trials = Trials(link, self, self)
        self._downloads = Downloads(link, self)
        self.opened = []
        """Addresses the browser would be opened with."""
        self._links = Links(self._preferences, self.opened.append, self._desktop.copyText, self)

    preferences = Property(QObject, lambda self: self._preferences, constant=True)
    fonts = Property(QObject, lambda self: self._fonts, constant=True)
    toasts = Property(QObject, lambda self: self._toasts, constant=True)
    conversation = Property(QObject, lambda self: self._conversation, constant=True)
    desktop = Property(QObject, lambda self: self._desktop, constant=True)
    tasks = Property(QObject, lambda self: self._tasks, constant=True)
    downloads = Property(QObject, lambda self: self._downloads, constant=True)
    links = Property(QObject, lambda self: self._links, constant=True)
    trials = Property(QObject, lambda self: self._trials, constant=True)
    language = Property(str, lambda _: "en", constant=True)


class Stage:
    """The window with its cards."""

    def __init__(self, home, tasks=None):
        self.qt = make_qt()
        self.app = Stand(home, tasks, self.qt)
        self.engine = QQmlApplicationEngine()
        self.warnings = []
        self.engine.warnings.connect(lambda found: self.warnings.extend(item.toString() for item in found))
        self.engine.addImageProvider("icons", IconProvider())
        self.engine.addImageProvider("shadows", ShadowProvider())
        self.engine.rootContext().setContextProperty("App", self.app)
        self.engine.loadData(STAGE.encode(), QUrl.fromLocalFile(str(CARDS.parent / "Stage.qml")))
        assert self.engine.rootObjects(), self.warnings
        self.root = self.engine.rootObjects()[0]
        self.settle()

    @property
    def told(self):
        return self.app.conversation.told

    def show(self, *shown):
        """Show cards: (file, content) each; their keys are row-0, row-1 ..."""
        rows = [{"file": file, "content": content, "rowKey": f"row-{at}"} for at, (file, content) in enumerate(shown)]
        self.root.setProperty("shown", rows)
        self.settle()
        return [loader.property("item") for loader in self.find("pile").childItems() if loader.property("item")]

    def settle(self, milliseconds=30):
        """Run the event loop, so that work beside it comes to an end as well."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, condition, tries=200):
        for _ in range(tries):
            if condition():
                return
            self.settle(25)
        raise AssertionError("it did not happen")

    def items(self, parent=None):
        for child in (parent or self.root.contentItem()).childItems():
            yield child
            yield from self.items(child)

    def all(self, name):
        return [item for item in self.items() if item.objectName() == name and item.isVisible()]

    def find(self, name):
        return next(iter(self.all(name)), None)

    def texts(self, parent=None):
        """All words that can be seen."""
        return [
            text
            for item in self.items(parent)
            if item.isVisible() and isinstance(text := item.property("text"), str) and text
        ]

    def close(self):
        self.root.close()
        self.app.desktop.close()
        self.engine.deleteLater()
        self.settle()
        self.app.setParent(None)
        self.app.deleteLater()
        self.settle()
