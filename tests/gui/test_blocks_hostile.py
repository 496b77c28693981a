from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
import time

import pytest
from blocks_stand import QML, BlocksStand
from hostile_texts import HOSTILE, texts
from PySide6.QtNetwork import QNetworkAccessManager
from PySide6.QtQml import QQmlNetworkAccessManagerFactory

from gui.markdown import parse

OPENED = 0x20
ACCESSED = 0x1


class Watched(QNetworkAccessManager):
    def __init__(self, asked, parent):
        super().__init__(parent)
        self.asked = asked

    def createRequest(self, operation, request, data=None):  # noqa: N802
        self.asked.append(request.url().toString())
        return super().createRequest(operation, request, data)


class Factory(QQmlNetworkAccessManagerFactory):
    """Writes down every request that QML makes."""

    def __init__(self):
        super().__init__()
        self.asked = []
        self.made = []

    def create(self, parent):
        self.made.append(Watched(self.asked, parent))
        return self.made[-1]


@pytest.fixture
def server():
    """A server that only notices whether somebody comes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


@pytest.fixture
def canary(tmp_path):
    """A file, and what tells whether it was opened (where the system can say so)."""
    file = tmp_path / "canary.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    if sys.platform != "linux":
        yield file, lambda: b""
        return
    system = ctypes.CDLL(None, use_errno=True)
    watch = system.inotify_init1(os.O_NONBLOCK)
    assert system.inotify_add_watch(watch, os.fsencode(file), OPENED | ACCESSED) >= 0

    def seen():
        try:
            return os.read(watch, 4_096)
        except BlockingIOError:
            return b""

    yield file, seen
    os.close(watch)


def came(listening):
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_the_watches_notice_what_they_are_for(server, canary):
    file, opened = canary
    assert not opened()
    file.read_bytes()
    assert opened() or sys.platform != "linux"
    with socket.create_connection(server.getsockname()):
        end = time.monotonic() + 5
        while not came(server):
            assert time.monotonic() < end


def test_hostile_texts_are_shown_without_asking_anybody(window, server, canary):
    file, opened = canary
    factory = Factory()
    window.engine.setNetworkAccessManagerFactory(factory)
    stand = BlocksStand(window)
    host, port = server.getsockname()
    assert len(HOSTILE) >= 60
    for name, text in texts(f"http://{host}:{port}", file.as_posix()).items():
        stand.show(parse(text)[:6])
        window.root.grabWindow()
        assert not came(server), name
        assert factory.asked == [], name
        assert not opened(), name
        assert stand.outside() == [], name
    assert window.warnings == []
    window.engine.setNetworkAccessManagerFactory(None)


def bodies(source):
    """What stands in the braces of every item that shows text."""
    for found in re.finditer(r"\b(?:Text|TextEdit)\s*\{", source):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(source[end], 0)
            end += 1
        yield source[found.end() : end]


def test_no_item_of_the_blocks_guesses_what_a_text_is():
    rich = set()
    seen = 0
    for file in sorted((QML / "thread" / "blocks").glob("*.qml")):
        for body in bodies(file.read_text(encoding="utf-8")):
            seen += 1
            kind = re.search(r"textFormat: (?:Text|TextEdit)\.(\w+)", body)
            assert kind, file.name
            assert kind[1] in {"PlainText", "RichText"}, file.name
            rich |= {file.name} if kind[1] == "RichText" else set()
    assert seen >= 7
    assert rich == {"RichWords.qml", "TableCell.qml", "CodeChunk.qml"}, "they get their text from gui.markdown only"
