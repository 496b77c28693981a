"""`multicoder provider`: the endpoints a person works with. Keys go to the key storage, never to an open file."""

from __future__ import annotations

import getpass
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine import cli_vault
from engine.cli_vault import PassphraseOption, with_vault
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.discovery import CheckResult
    from agents.providers.registry import Provider, Registry
    from core.paths import Home

app = typer.Typer(help="The model providers you work with.", no_args_is_help=True)
app.add_typer(cli_vault.app, name="vault")

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
NameArgument = Annotated[str, typer.Argument(help="Short name of the provider.")]


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Short name, e.g. openrouter.")],
    url: Annotated[str, typer.Option("--url", help="Base URL, usually ending in /v1.")],
    model: Annotated[list[str] | None, typer.Option("--model", help="Preferred model id; repeat for more.")] = None,
    key_env: Annotated[str, typer.Option("--key-env", help="Environment variable that holds the key.")] = "",
    no_key: Annotated[bool, typer.Option("--no-key", help="The endpoint takes no key.")] = False,
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Add an OpenAI-compatible endpoint, or replace the one of that name; the key is asked for, never an argument."""

    async def work() -> int:
        from agents.providers.keys import KeyStore, Secret
        from agents.providers.registry import Provider, checked

        provider = checked(Provider(id=name, name=name, base_url=url, models=tuple(model or ())))
        key = "" if no_key else _key(key_env)
        if key:
            place, secret = find_home(home or context.obj), Secret(key)
            kept = await with_vault(place, passphrase_env, lambda: KeyStore(place).set(name, secret))
            if kept == "vault":
                print(tr("vault-kept-here", system_locale()))
        _registry(home or context.obj).add(provider)
        print(tr("provider-added", system_locale(), provider=name))
        return 0

    _run(work)


@app.command("list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """List the providers in fallback order."""

    async def work() -> int:
        from agents.providers.registry import from_environment

        named = from_environment(os.environ)
        rows = [*([named] if named else []), *_registry(home or context.obj).list()]
        for provider in rows:
            _print_row(provider, json=json)
        if not rows and not json:
            print(tr("provider-none", system_locale()))
        return 0

    _run(work, json=json)


@app.command()
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Short name; without one all are checked.")] = "",
    json: JsonOption = False,
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Try each key; exit code 0 when all of them work."""

    async def work() -> int:
        from agents.providers.discovery import check as try_key
        from agents.providers.registry import ENV_PROVIDER, KEY_VARIABLE, from_environment

        place = find_home(home or context.obj)
        registry = _registry(home or context.obj)
        named = from_environment(os.environ)
        rows = [registry.get(name)] if name and name != ENV_PROVIDER else list(registry.list()) if not name else []
        if named and name in {"", ENV_PROVIDER}:
            rows.insert(0, named)
        if not rows:
            raise InputError("unknown-provider", provider=name) if name else InputError("no-provider-row")
        fine = True
        for provider in rows:
            fetch = partial(_stored, place, provider, os.environ.get(KEY_VARIABLE, ""))
            key = await with_vault(place, passphrase_env, fetch)
            result = await try_key(provider, key, home=place)
            fine = fine and result.state == "valid"
            _print_check(provider, result, json=json)
        return 0 if fine else 1

    _run(work, json=json)


@app.command("sign-in")
def sign_in(context: typer.Context, name: NameArgument, home: HomeOption = None) -> None:
    """Open a web chat in a window of the browser, for signing in there; goes on when that window is closed."""

    async def work() -> int:
        from agents.providers.discovery import check as look_over
        from agents.providers.webchat.chats import web_chats_of

        place = find_home(home or context.obj)
        provider = _registry(place.root).get(name)
        if provider.wire.protocol != "web":
            raise InputError("no-web-chat", provider=name)
        print(tr("web-sign-in-open", system_locale(), provider=provider.name))
        await web_chats_of(place).sign_in(provider)
        result = await look_over(provider, None, home=place)
        _print_check(provider, result, json=False)
        return 0 if result.state == "valid" else 1

    _run(work)


@app.command()
def enable(context: typer.Context, name: NameArgument, home: HomeOption = None) -> None:
    """Use a provider again."""
    _switch(home or context.obj, name, enabled=True)


@app.command()
def disable(context: typer.Context, name: NameArgument, home: HomeOption = None) -> None:
    """Keep a provider without using it."""
    _switch(home or context.obj, name, enabled=False)


@app.command()
def remove(
    context: typer.Context, name: NameArgument, passphrase_env: PassphraseOption = "", home: HomeOption = None
) -> None:
    """Forget a provider and its key."""

    async def work() -> int:
        from agents.providers.keys import KeyStore

        place = find_home(home or context.obj)
        _registry(home or context.obj).remove(name)
        await with_vault(place, passphrase_env, lambda: KeyStore(place).remove(name))
        print(tr("provider-removed", system_locale(), provider=name))
        return 0

    _run(work)


def _switch(home: Path | None, name: str, *, enabled: bool) -> None:
    async def work() -> int:
        _registry(home).enable(name, enabled=enabled)
        print(tr("provider-enabled" if enabled else "provider-disabled", system_locale(), provider=name))
        return 0

    _run(work)


def _registry(home_option: Path | None) -> Registry:
    from agents.providers.registry import Registry

    home = find_home(home_option)
    home.prepare()
    return Registry(home.providers)


def _key(variable: str) -> str:
    """The key from an environment variable, a hidden prompt or, in a pipe, the first line of standard input."""
    if variable:
        if not os.environ.get(variable):
            raise InputError("key-variable-empty", variable=variable)
        return os.environ[variable].strip()
    if sys.stdin.isatty():
        return getpass.getpass(tr("provider-key-prompt", system_locale())).strip()
    return sys.stdin.readline().strip()


async def _stored(home: Home, provider: Provider, from_environment: str) -> Any:
    from agents.providers.keys import KeyStore, Secret
    from agents.providers.registry import ENV_PROVIDER

    if provider.id == ENV_PROVIDER:
        return Secret(from_environment.strip()) if from_environment.strip() else None
    if provider.wire.protocol == "web":
        return None
    return await KeyStore(home).get(provider.id)


def _print_row(provider: Provider, *, json: bool) -> None:
    if json:
        row = {
            "id": provider.id,
            "name": provider.name,
            "base_url": provider.base_url,
            "models": list(provider.models),
            "enabled": provider.enabled,
        }
        print_json(row)
        return
    state = tr("provider-on" if provider.enabled else "provider-off", system_locale())
    print(f"{provider.id}  {state}  {provider.base_url}  {', '.join(provider.models)}".rstrip())


def _print_check(provider: Provider, result: CheckResult, *, json: bool) -> None:
    if json:
        row = {"id": provider.id, "state": result.state, "detail": result.detail, "models": list(result.models)}
        print_json(row)
        return
    print(visible(tr(result.message_id, system_locale(), provider=provider.id, detail=result.detail)))


def _run(work: Callable[[], Awaitable[int]], *, json: bool = False) -> None:
    raise typer.Exit(reported(work, system_locale(), json=json))
