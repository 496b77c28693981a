"""`multicoder search`: ask the search engines once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from core.research import TOPICS, Topic
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from core.paths import Home
    from core.research import Found

QueryArgument = Annotated[str, typer.Argument(help="What to look for.")]
TopicOption = Annotated[str, typer.Option("--topic", help=f"One of: {', '.join(TOPICS)}.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object.")]
HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]


def search(
    context: typer.Context,
    query: QueryArgument,
    topic: TopicOption = "web",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Look something up on the internet, whatever the setting for runs says; nothing is downloaded."""
    locale = system_locale()

    async def work() -> int:
        found = await _found(find_home(home or context.obj), query, _topic(topic))
        if json:
            print_json(asdict(found))
            return 0
        for place, hit in enumerate(found.hits, start=1):
            print(visible(f"{place}. {hit.title}\n   {hit.url}\n   {hit.extract}"))
        if not found.hits:
            detail = ", ".join(f"{one.engine}: {one.fault}" for one in found.tried)
            print(tr("search-nothing", locale, detail=detail or "-"))
        return 0

    raise typer.Exit(reported(work, locale, json=json))


def _topic(wished: str) -> Topic:
    for topic in TOPICS:
        if topic == wished:
            return topic
    raise InputError("bad-setting", key="--topic", value=repr(wished)[:80], allowed=", ".join(TOPICS))


async def _found(home: Home, query: str, topic: Topic) -> Found:
    import os

    from agents.tools.opening import open_research
    from core import settings
    from engine.extracting import PageReader

    home.prepare()
    opened = await open_research(home, settings.load(home.settings, os.environ), PageReader(home))
    try:
        return await opened.research.search(query, topic)
    finally:
        await opened.research.aclose()
