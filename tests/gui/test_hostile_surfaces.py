"""Hostile words wherever the window shows what others said: every page, card, dialog, title and message."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import cycle

import pytest
from hostile_texts import texts
from PySide6.QtCore import QRectF

from tests.gui import language_stand, window_scenes
from tests.gui.drawer_stage import an_engine
from tests.gui.test_blocks_hostile import QML, Factory, bodies, came, canary, server  # noqa: F401 - fixtures
from tests.gui.window_scenes import STATES, Scene
from tests.sampling import sampled

# fmt: off
WORDS = frozenset({
    "action", "address", "advice", "answer", "assumption", "assumptions", "body", "command", "commit", "cwd", "default",
    "description", "detail", "did", "evidence", "feasibility", "file", "finding", "fix", "goal", "help", "label",
    "licence", "message", "model", "name", "newText", "next", "note", "oldText", "path", "place", "purpose", "query",
    "question", "reason", "reasons", "recommendation", "result", "sample", "step", "subject", "summary", "target",
    "text", "then", "title", "understood", "url", "value", "what", "when", "why", "word", "words",
})
# fmt: on
"""Keys under which the engine hands on words of models, files and people."""
NAMES = frozenset({"name", "text", "title"})
"""Every screen shows some of these: here stand the texts that would have something fetched."""
LONGEST = 20_000
"""The engine cuts what is longer; a megabyte in each of a hundred places only costs time."""


class Tainted:
    """Puts a hostile text, another one each time, in place of all words on their way to the window."""

    def __init__(self, engine, url, file):
        self.used = set()
        self.url = url
        every = texts(url, file)
        self._next = cycle(every.items())
        self._asking = cycle([item for item in every.items() if url in item[1]])
        self._engine = engine
        engine._send = self.send

    def send(self, message):
        told = {key: self._of(value) if key in {"params", "result"} else value for key, value in message.items()}
        self._engine.raw(json.dumps(told).encode() + b"\n")  # escaped: half a letter has no UTF-8

    def _of(self, value, key=""):
        if isinstance(value, dict):
            return {name: self._of(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [self._of(part, key) for part in value]
        return self._word(key) if isinstance(value, str) and key in WORDS and value else value

    def _word(self, key):
        name, text = next(self._asking if key in NAMES else self._next)
        self.used.add(name)
        return text[:LONGEST]


@pytest.fixture
def watched(server, canary):  # noqa: F811 - the fixtures of above
    """An address and a file that nobody may ask for, and what says whether somebody did."""
    file, opened = canary
    host, port = server.getsockname()
    factory = Factory()

    def untouched(where):
        assert not came(server), where
        assert factory.asked == [], where
        assert not opened(), where

    return f"http://{host}:{port}", file.as_posix(), factory, untouched


def shown(window, tainted):
    """How many texts in sight came from a hostile one with an address in it."""
    address = tainted.url.removeprefix("http://")
    return sum(address in seen.text for seen in language_stand.seen(window))


def outside(window):
    """Texts that stand out of the window, where nothing cuts them."""
    frame = QRectF(-1, -1, window.root.width() + 2, window.root.height() + 2)
    found = []
    for seen in language_stand.seen(window):
        drawn, at = seen.item.mapRectToScene(seen.item.boundingRect()), seen.item
        while at is not None and not at.clip():
            at = at.parentItem()
        if at is None and not (frame.left() <= drawn.left() and drawn.right() <= frame.right()):
            found.append((seen.where, seen.text[:40]))
    return found


def whole(window, where):
    """The frame of the window stands as it always does."""
    window.root.grabWindow()
    x, y, width, height = window.place(window.shown("composer"))
    assert x >= 0, where
    assert x + width <= window.root.width(), where
    assert y + height <= window.root.height(), where
    assert outside(window) == [], where


@pytest.mark.parametrize("state", sampled(2, sorted(set(STATES) - {"projects"})))
def test_no_state_of_the_window_does_what_a_text_wants(home, watched, monkeypatch, state):
    url, file, factory, untouched = watched
    engine = an_engine()
    tainted = Tainted(engine, url, file)
    monkeypatch.setattr(window_scenes, "an_engine", lambda: engine)
    scene = Scene(home, (1280, 800))
    try:
        scene.window.engine.setNetworkAccessManagerFactory(factory)
        STATES[state](scene)
        seen = []
        for size in ((1280, 800), (480, 600)):
            scene.window.resize(*size)
            scene.settle(300)
            whole(scene.window, (state, size))
            seen.append(shown(scene.window, tainted))
            untouched((state, size))
        assert max(seen) > 0
        assert scene.window.warnings == []
        scene.window.engine.setNetworkAccessManagerFactory(None)
    finally:
        scene.close()


@pytest.mark.slow
def test_no_page_and_no_dialog_does_what_a_text_wants(make_window, watched):
    url, file, factory, untouched = watched
    engine = language_stand.a_full_engine()
    tainted = Tainted(engine, url, file)
    window = make_window(command=engine.command, environ=engine.environ, preferences=language_stand.CALM)
    window.engine.setNetworkAccessManagerFactory(factory)
    window.until(lambda: window.application.chats.rowCount() == len(language_stand.CHATS))
    window.until(lambda: window.application.engineSettings.loaded)
    seen = Counter()
    for size in ((1280, 800), (480, 600)):
        window.resize(*size)
        for name, show in language_stand.SCENES.items():
            leave = show(window)
            window.settle(100)
            window.root.grabWindow()
            untouched((name, size))
            seen[name] += shown(window, tainted)
            assert outside(window) == [], (name, size)
            leave()
    assert len(tainted.used) > 90
    window.engine.setNetworkAccessManagerFactory(None)
    engine.close()


def test_no_item_of_the_window_guesses_what_a_text_is():
    guessing, rich = [], set()
    for file in sorted(QML.rglob("*.qml")):
        for body in bodies(file.read_text(encoding="utf-8")):
            kind = re.search(r"textFormat: (?:Text|TextEdit)\.(\w+)", body)
            if kind is None or kind[1] not in {"PlainText", "RichText"}:
                guessing.append(file.name)
            elif kind[1] == "RichText":
                rich.add(file.name)
    assert guessing == []
    assert rich == {"RichWords.qml", "TableCell.qml", "CodeChunk.qml"}, "they get their text from gui.markdown only"
