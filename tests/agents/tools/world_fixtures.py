"""A world with what most tests of engines and research need, and the port opened on it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import keyring

from agents.providers.keys import SERVICE
from agents.tools.opening import open_research
from core.paths import Home
from core.research import PageText
from core.settings import Settings
from tests.fakes.keyrings import MemoryKeyring
from tests.fakes.web_world import WebWorld, WorldRepository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from agents.tools.research import WebResearch
    from core.research import Extract

RESULTS = [
    ("Frob &amp; friends", "{docs}/frob", "How to <b>frob</b> twice."),
    ("Install", "{docs}/install", "One command."),
]


def small_world(**parts) -> WebWorld:
    repository = WorldRepository(
        {"README.md": "# frob\nCall it twice.", "src/frob.py": "def frob(): ...", "LICENSE": "MIT"},
        issues=[{"title": "It does not frob", "html_url": "https://code.example/ann/frob/issues/1", "body": "Twice."}],
    )
    usual = {
        "results": list(RESULTS),
        "docs": {"/frob": "<title>Frob</title><p>Call it twice.</p>"},
        "repositories": {"ann/frob": repository},
        "packages": {"pypi/frob": {"version": "2.1.0", "licence": "MIT"}},
    }
    return WebWorld(**{**usual, **parts})


async def as_it_is(data: bytes, media_type: str, charset: str) -> PageText:
    """What stands in for the process that reads pages, which has tests of its own."""
    assert media_type
    return PageText("", data.decode(charset, "replace"))


@contextlib.asynccontextmanager
async def opened_on(
    world: WebWorld, folder, keys: dict[str, str] | None = None, *, extract: Extract = as_it_is, **settings: str
) -> AsyncIterator[WebResearch]:
    """The port on a served world, with the keys of a person; `{search}` in a setting is the place of its SearXNG."""
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    ring.kept = {(SERVICE, f"search:{name}"): key for name, key in (keys or {}).items()}
    keyring.set_keyring(ring)
    try:
        async with world.served():
            world.write_engines(folder)
            told = {name: value.replace("{search}", world.place("searxng")) for name, value in settings.items()}
            wished = Settings(**{"web_hosts": world.web_hosts, **told})
            opened = await open_research(Home(folder), wished, extract, interval=0)
            try:
                yield opened.research
            finally:
                await opened.research.aclose()
    finally:
        keyring.set_keyring(before)
