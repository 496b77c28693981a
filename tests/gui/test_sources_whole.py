"""Sources in the window with the real relay, engine, door and page reader, over servers on loopback."""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from core import settings as settings_file
from tests.engine.acp.editor import end_engine
from tests.faults.stand import child_environment
from tests.gui.conftest import Window

MILLISECONDS = 120_000
PAGE = """<!doctype html><html><head><title>Frobnicate \u202edocs</title></head><body><main><h1>Frobnicate</h1>
<p>Frobnicate is a library that frobs words of any text you give it, in whatever language they are.</p>
<p>The call frobnicate.frob(text, times) returns the text with each vowel said that many times.</p></main></body></html>
"""


class Site(BaseHTTPRequestHandler):
    """A search engine that finds one page, and the page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path, page = urlsplit(self.path).path, f"http://{self.headers['Host']}/docs"
        found = {"results": [{"title": "Frobnicate docs", "url": page, "content": "frobs words"}]}
        told = {"/search": ("application/json", json.dumps(found)), "/docs": ("text/html; charset=utf-8", PAGE)}
        kind, text = told.get(path, ("text/plain", "nothing"))
        body = text.encode()
        self.send_response(200 if path in told else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said):
        """Say nothing."""


@pytest.fixture
def place():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(home, place):
    """Opens windows over one engine that may look at the site."""
    known = settings_file.load(home.settings, {}).with_value("web_hosts", place)
    known = known.with_value("searxng", f"http://{place}").with_value("search_engines", "searxng")
    settings_file.save(home.settings, known.with_value("web_search", "on"))
    command = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", str(home.root)]
    environ = child_environment(MULTICODER_TEAM="demo", MULTICODER_HOME=str(home.root))
    windows = []

    def make():
        preferences = {"reduceMotion": True, "folder": str(home.root / "out")}
        windows.append(Window(home, command=command, environ=environ, preferences=preferences))
        return windows[-1]

    yield make
    for window in windows:
        window.close()
    end_engine(home.root)
    assert [line for window in windows for line in window.warnings] == []


def rows_of(window, kind):
    return [row.content for row in window.application.conversation.rows() if row.kind == kind]


@pytest.mark.slow
def test_what_was_searched_for_is_answered_with_sources_that_open_and_are_there_after_a_restart(opened, place):
    window = opened()
    window.application.conversation.send("/search how does frobnicate frob", [])
    window.until(lambda: rows_of(window, "sources"), MILLISECONDS)
    window.until(lambda: not window.application.conversation.busy, MILLISECONDS)
    (content,) = rows_of(window, "sources")
    (source,) = content["sources"]
    assert (source["number"], source["host"], source["address"]) == (1, place, f"http://{place}/docs")
    assert "\u202e" not in source["title"]
    words = str([row["block"] for row in rows_of(window, "block")])
    assert "1\\xa0·\\xa0L" in words
    assert f"http://{place}/docs" not in words
    window.application.links.follow(f"cite:{source['places'][0]}")
    window.until(lambda: window.application.sources.property("name"), MILLISECONDS)
    lines = window.application.sources.property("lines")
    window.until(lambda: lines.rowCount() >= window.application.sources.property("last"), MILLISECONDS)
    session = window.application.chats.current
    window.close()
    again = opened()
    again.until(lambda: again.application.link.state == "ready", MILLISECONDS)
    again.application.chats.open(session)
    again.until(lambda: rows_of(again, "sources") == [content], MILLISECONDS)
    assert str([row["block"] for row in rows_of(again, "block")]) == words
