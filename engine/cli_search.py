"""`multicoder search`: ask the search engines once; `search-key`: keep the keys of those that want one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import InputError, ResearchError
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
EngineArgument = Annotated[str, typer.Argument(help="brave, tavily, google (its key is ID:KEY), bing or github.")]
VariableOption = Annotated[str, typer.Option("--key-env", help="Variable that holds the key, instead of a prompt.")]
RemoveOption = Annotated[bool, typer.Option("--remove", help="Forget the key.")]
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
        if not query.strip():
            raise InputError("empty-search")
        found = await _found(find_home(home or context.obj), query, _topic(topic))
        if json:
            print_json(asdict(found))
            return 0 if found.engine else ResearchError.exit_code
        if found.tried and not found.engine:
            raise ResearchError(found.tried[0].fault, url=", ".join(one.engine for one in found.tried))
        for place, hit in enumerate(found.hits, start=1):
            print(visible(f"{place}. {hit.title}\n   {hit.url}\n   {hit.extract}"))
        if not found.hits:
            print(tr("search-nothing", locale))
        return 0

    raise typer.Exit(reported(work, locale, json=json))


def search_key(
    context: typer.Context,
    engine: EngineArgument,
    key_variable: VariableOption = "",
    remove: RemoveOption = False,
    home: HomeOption = None,
) -> None:
    """Keep the key of a search engine where the keys of providers are kept. The engine uses it from its next start."""
    locale = system_locale()

    async def work() -> int:
        from agents.providers.keys import KeyStore
        from agents.tools.opening import KEY_ACCOUNT, KEYED
        from engine.cli_secrets import typed_key

        if engine not in KEYED:
            raise InputError("bad-setting", key="ENGINE", value=repr(engine)[:80], allowed=", ".join(KEYED))
        store = KeyStore(find_home(home or context.obj))
        key = None if remove else typed_key(key_variable)
        if key is None and not remove:
            raise InputError("bad-setting", key=engine, value="''", allowed="KEY")
        if key is None:
            await store.remove(KEY_ACCOUNT + engine)
        else:
            await store.set(KEY_ACCOUNT + engine, key)
        print(tr("search-key-removed" if key is None else "search-key-kept", locale, engine=engine))
        return 0

    raise typer.Exit(reported(work, locale))


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
