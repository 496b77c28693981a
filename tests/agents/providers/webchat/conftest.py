"""A chat page on loopback, a recipe for it, and the real browser of this machine."""

from __future__ import annotations

import contextlib
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import pytest
import pytest_asyncio

from agents.providers.chat_model import Timeouts
from agents.providers.registry import Provider
from agents.providers.webchat.chats import WebChats
from agents.providers.webchat.installed import Start, installed
from core.errors import ConfigurationError
from tests.fakes.chat_site import ChatSite, Page, said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SELECTORS = {
    "composer": "#composer",
    "send": "#send",
    "answer": ".answer",
    "busy": "#stop",
    "done": ".copy",
    "cut": ".more",
    "failed": ".failed",
    "limit": '[role="alert"]',
    "wall": "#login",
    "new_chat": "#new",
}
LIMITS = {"seconds_between": 0.01, "per_hour": 10_000, "page": 3, "first_text": 5, "quiet": 0.3, "rest_minutes": 10}
QUICK = Timeouts(gap=2, total=30)


@dataclass(frozen=True, slots=True)
class Place:
    """A web chat that is set up: a site, a data folder with its recipe, and the door to it."""

    site: ChatSite
    home: Path
    chats: WebChats

    @property
    def provider(self) -> Provider:
        """The row."""
        return Provider("local", "Local chat", self.site.address, preset="web-local")

    def recipe(self, *, limits: dict[str, float] | None = None, head: str = "", **selectors: str) -> None:
        """Write the recipe; what is given replaces what fits, an empty selector is left out."""
        named = {name: value for name, value in (SELECTORS | selectors).items() if value}
        lines = [
            'id = "local"',
            'name = "Local chat"',
            f'address = "{self.site.address}"',
            'model = "local-web"',
            "version = 1",
            *filter(None, [head]),
            "[selectors]",
            *(f"{name} = '{value}'" for name, value in named.items()),
            "[limits]",
            *(f"{name} = {value}" for name, value in (LIMITS | (limits or {})).items()),
        ]
        file = self.home / "recipes" / "local.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")

    def line(self, text: str) -> str:
        """Where something stands in the recipe."""
        lines = (self.home / "recipes" / "local.toml").read_text(encoding="utf-8").splitlines()
        return f"local.toml:{next(number for number, line in enumerate(lines, 1) if line.startswith(text))}"


def browsers(home: Path) -> list[psutil.Process]:
    """Processes of browsers whose profile is in this data folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if any(word.startswith(f"--user-data-dir={home}") for word in process.cmdline()):
                found.append(process)
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one browser on one worker."""
    for item in items:
        if "webchat" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("webchat"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The browser of this machine, without a window."""
    try:
        found = installed()
    except ConfigurationError:
        pytest.skip("no Chromium, Chrome or Edge on this machine, so no web chat can be tried")
    # Only here, and only because tests may run as root: the product always keeps the browser's sandbox.
    start = Start(found.executable, visible=False, sandboxed=not hasattr(os, "geteuid") or os.geteuid() != 0)
    words = ["--headless=new", f"--user-data-dir={tmp_path_factory.mktemp('probe')}", "--dump-dom", "about:blank"]
    words += [] if start.sandboxed else ["--no-sandbox"]
    tried = subprocess.run([start.executable, *words], capture_output=True, text=True, timeout=60, check=False)
    if "<body>" not in tried.stdout:
        pytest.skip(f"{start.executable} does not start, so no web chat can be tried: {tried.stderr[-500:]}")
    return start


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(browser: Start, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """One browser for the tests of a module."""
    home = tmp_path_factory.mktemp("home")
    with ChatSite() as site:
        place = Place(site, home, WebChats(home, browser))
        keeper = place.chats.model(place.provider, "keeps-the-window", QUICK)
        yield place
        await keeper.aclose()


@pytest.fixture
def place(shared: Place) -> Place:
    """The shared one as it is at first."""
    site = shared.site
    site.answer, site.pause, site.page, site.by_cookie = said, 0.05, Page(), False
    site.messages.clear()
    site.moments.clear()
    site.let_go.clear()
    shared.recipe()
    (shared.home / "web-chats" / "local" / "pace.json").unlink(missing_ok=True)
    return shared
