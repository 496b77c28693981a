"""A chat page on loopback: a real page in a real browser, whose answers grow as they stream, and that fails on demand.

In a test:

    with ChatSite(lambda message: ["# Hello", "# Hello\\n\\nmore"]) as site:
        ...  # site.address
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGE: Final = Path(__file__).with_name("chat_page.html")
HANG: Final = "\x00hang"
"""A piece that does not come: the answer stands still until the page lets go."""
SIGNED_IN: Final = "signed-in=yes"


def said(message: str) -> list[str]:
    """Repeat the message."""
    return [f"You said: {message}"]


@dataclass(slots=True)
class Page:
    """How the page behaves."""

    signed_in: bool = True
    composer: str = "composer"
    rich: bool = False
    """The composer is no text field but a text that can be edited."""
    answer: str = "answer"
    stop: bool = True
    copy: bool = True
    too_long: bool = False
    most: int = 0
    """Characters the composer takes; 0 = any number."""
    notice: str = ""
    notice_on_send: str = ""
    leads_to: str = ""
    """Where the page goes instead of answering."""
    closes: bool = False
    """Whether the window closes after a moment, as it does when a person closes it."""


@dataclass
class ChatSite:
    """Serves the page. `answer` gives the growing states of an answer as Markdown, one after the other."""

    answer: Callable[[str], Iterable[str]] = said
    page: Page = field(default_factory=Page)
    pause: float = 0.05
    """Seconds between two states of an answer."""
    by_cookie: bool = False
    """Whether only who has the cookie is signed in."""
    gives_cookie: bool = False
    """Whether whoever opens the page is signed in from then on."""
    messages: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    let_go: list[float] = field(default_factory=list)
    """When a page left in the middle of an answer."""

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Handler", (_Handler,), {"site": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Where the chat is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    site: ChatSite

    def do_GET(self) -> None:
        self.site.paths.append(self.path)
        page = self.site.page
        known = not self.site.by_cookie or SIGNED_IN in self.headers.get("Cookie", "")
        how = asdict(page) | {"signed_in": page.signed_in and known}
        body = PAGE.read_text("utf-8").replace("/* how it behaves */ {}", json.dumps(how)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.site.gives_cookie:
            self.send_header("Set-Cookie", f"{SIGNED_IN}; Max-Age=100000")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        message = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.site.messages.append(message)
        self.site.moments.append(time.monotonic())
        self.send_response(200)
        self.end_headers()
        try:
            for state in self.site.answer(message):
                while state == HANG:
                    self._say("")
                    time.sleep(0.05)
                self._say(json.dumps(MarkdownIt("commonmark").enable("table").render(state)))
                time.sleep(self.site.pause)
        except OSError:
            self.site.let_go.append(time.monotonic())

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
