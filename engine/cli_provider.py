"""`multicoder provider`: the endpoints a person works with. Keys go to the key storage, never to an open file."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine import cli_prices, cli_provider_check, cli_provider_files, cli_provider_keys, cli_vault
from engine.cli_secrets import KeyOption, PassphraseOption, typed_key, with_vault
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.accounts import Accounts
    from agents.providers.catalogue import Preset
    from agents.providers.registry import Provider
    from core.paths import Home

app = typer.Typer(help="The model providers you work with.", no_args_is_help=True)
app.add_typer(cli_provider_keys.app, name="key")
app.add_typer(cli_vault.app, name="vault")
app.add_typer(cli_prices.app, name="prices")
app.command("check")(cli_provider_check.check)
app.command("sign-in")(cli_provider_check.sign_in)
app.command("export")(cli_provider_files.export)
app.command("import")(cli_provider_files.import_)

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
NameArgument = Annotated[str, typer.Argument(help="Short name of the provider.")]

_TEXTS: Final = ("account", "proxy", "certificate", "group")
"""What is kept of an existing row as long as nothing else is named."""


@app.command()
def presets(json: JsonOption = False) -> None:
    """List the providers MultiCoder knows, and what is no service any more."""

    async def work() -> int:
        from agents.providers import catalogue

        for known in catalogue.presets():
            _print_preset(known, json=json)
        for lost in catalogue.gone():
            since = lost.since.isoformat() if lost.since else ""
            if json:
                row = {"id": lost.id, "name": lost.name, "gone": True, "since": since, "instead": list(lost.instead)}
                print_json(row)
                continue
            facts = {"since": since or "none", "instead": ", ".join(lost.instead) or "none"}
            print(f"{lost.id}  {tr('preset-is-gone', system_locale(), name=lost.name, **facts)}")
        return 0

    raise typer.Exit(reported(work, system_locale(), json=json))


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Short name; that of a known provider brings its address.")],
    preset: Annotated[str, typer.Option("--preset", help="A known provider; “provider presets” lists them.")] = "",
    host: Annotated[str, typer.Option("--host", help="Region or plan of a known provider.")] = "",
    url: Annotated[str, typer.Option("--url", help="Base URL, usually ending in /v1.")] = "",
    account: Annotated[str | None, typer.Option("--account", help="Folder (Yandex) or scope (GigaChat).")] = None,
    proxy: Annotated[str | None, typer.Option("--proxy", help="Address of the proxy that leads there.")] = None,
    certificate: Annotated[str | None, typer.Option("--certificate", help="File with its root certificate.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Heading to keep it under.")] = None,
    model: Annotated[list[str] | None, typer.Option("--model", help="Preferred model id; repeat for more.")] = None,
    key_env: KeyOption = "",
    no_key: Annotated[bool, typer.Option("--no-key", help="Ask for no key; one that is kept stays.")] = False,
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Add a provider, or change the one of that name: what is not named stays. The key is asked for."""
    texts = dict(zip(_TEXTS, (account, proxy, certificate, group), strict=True))

    async def work(place: Home) -> int:
        from agents.providers.accounts import Accounts
        from agents.providers.registry import checked

        accounts = Accounts(place)
        known = {row.id: row for row in await asyncio.to_thread(accounts.rows)}
        row = _addressed(accounts, known.get(name), name, preset=preset, host=host, url=url.rstrip("/"))
        named: dict[str, Any] = {field: value for field, value in texts.items() if value is not None}
        row = checked(replace(row, **named, models=tuple(model) if model else row.models))
        _print_hints(row, asking=not (no_key or key_env))
        key = None if no_key or row.wire.protocol == "web" else typed_key(key_env)
        kept = await with_vault(place, passphrase_env, lambda: accounts.save(row, key))
        if kept == "vault":
            print(tr("vault-kept-here", system_locale()))
        print(tr("provider-changed" if name in known else "provider-added", system_locale(), provider=name))
        return 0

    _run(work, home or context.obj)


@app.command("list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """List the providers in fallback order."""

    async def work(place: Home) -> int:
        from agents.providers.accounts import Accounts
        from agents.providers.registry import from_environment

        named = from_environment(os.environ)
        rows = [*([named] if named else []), *await asyncio.to_thread(Accounts(place).rows)]
        for provider in rows:
            _print_row(provider, json=json)
        if not rows and not json:
            print(tr("provider-none", system_locale()))
        return 0

    _run(work, home or context.obj, json=json)


@app.command()
def order(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Short names, the first to be asked first.")],
    home: HomeOption = None,
) -> None:
    """Put the named providers first; the others follow as they stood."""

    async def work(place: Home) -> int:
        from agents.providers.accounts import Accounts

        accounts = Accounts(place)
        await asyncio.to_thread(accounts.order, names)
        rows = await asyncio.to_thread(accounts.rows)
        print(tr("provider-order", system_locale(), providers=", ".join(row.id for row in rows)))
        return 0

    _run(work, home or context.obj)


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
    """Forget a provider and its keys."""

    async def work(place: Home) -> int:
        from agents.providers.accounts import Accounts

        await with_vault(place, passphrase_env, lambda: Accounts(place).remove(name))
        print(tr("provider-removed", system_locale(), provider=name))
        return 0

    _run(work, home or context.obj)


@app.command()
def team(
    context: typer.Context,
    role: Annotated[str, typer.Argument(help="A role; without one all are shown.")] = "",
    models: Annotated[list[str] | None, typer.Argument(help="provider:model or provider, best first.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Prefer nobody for this role any more.")] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show or say whose models are preferred for a role; all others stand in for them."""

    async def work(place: Home) -> int:
        from agents.providers.registry import ROLES, Registry

        registry = Registry(place.providers)
        wished = dict(await asyncio.to_thread(registry.team))
        wanted = [known for known in ROLES if known == role or not role]
        if not wanted:
            raise InputError("unknown-role", role=role[:80], roles=", ".join(ROLES))
        if role and (models or clear):
            wished[wanted[0]] = tuple(models or ())
            await asyncio.to_thread(registry.set_team, wished)
        for known in wanted:
            if json:
                print_json({"role": known, "wished": list(wished.get(known, ()))})
            else:
                print(f"{known}  {', '.join(wished.get(known, ())) or tr('team-anybody', system_locale())}")
        return 0

    _run(work, home or context.obj, json=json)


def _switch(home: Path | None, name: str, *, enabled: bool) -> None:
    async def work(place: Home) -> int:
        from agents.providers.accounts import Accounts

        await asyncio.to_thread(lambda: Accounts(place).enable(name, enabled=enabled))
        print(tr("provider-enabled" if enabled else "provider-disabled", system_locale(), provider=name))
        return 0

    _run(work, home)


def _addressed(accounts: Accounts, row: Provider | None, name: str, *, preset: str, host: str, url: str) -> Provider:
    """The row a person means, at the address they mean."""
    from agents.providers.catalogue import found_preset
    from agents.providers.registry import Provider

    if row is None:
        by_name = found_preset(name)
        if url and not preset and (by_name is None or not by_name.owns(url)):
            return Provider(id=name, name=name, base_url=url)
        row = accounts.fresh(preset or name, name, host=host)
    elif preset or host:
        fresh = accounts.fresh(preset or row.preset or name, name, host=host)
        row = replace(row, name=fresh.name, preset=fresh.preset, base_url=fresh.base_url)
    return replace(row, base_url=url) if url else row


def _print_hints(row: Provider, *, asking: bool) -> None:
    from agents.providers.catalogue import found_preset

    known = found_preset(row.preset)
    if known and known.keys_at and asking:
        print(tr("provider-keys-at", system_locale(), provider=known.name, address=known.keys_at))
    if row.wire.folder_header and not row.account:
        print(tr("provider-needs-account", system_locale(), provider=row.id))


def _print_preset(known: Preset, *, json: bool) -> None:
    if json:
        row = {
            "id": known.id,
            "name": known.name,
            "gone": False,
            "group": known.group,
            "base_url": known.base_url,
            "hosts": dict(known.hosts),
            "keys_at": known.keys_at,
            "needs_account": bool(known.wire.folder_header or known.wire.token_url),
            "accounts": list(known.accounts),
            "sign_in": known.sign_in,
            "retires": {model: day.isoformat() for model, day in known.retires.items()},
        }
        print_json(row)
        return
    print(f"{known.id}  {known.name}  {known.base_url}".rstrip())
    if known.hosts:
        print(f"    {tr('preset-hosts', system_locale(), hosts=', '.join(known.hosts))}")
    if known.accounts:
        print(f"    {tr('preset-accounts', system_locale(), accounts=', '.join(known.accounts))}")
    for model, day in known.retires.items():
        print(f"    {tr('model-retires', system_locale(), model=model, day=day.isoformat())}")


def _print_row(provider: Provider, *, json: bool) -> None:
    if json:
        row = {
            "id": provider.id,
            "name": provider.name,
            "preset": provider.preset,
            "base_url": provider.base_url,
            "models": list(provider.models),
            "enabled": provider.enabled,
            "group": provider.group,
            "proxy": provider.proxy,
            "account": provider.account,
            "keys": [key.label for key in provider.keys],
        }
        print_json(row)
        return
    state = tr("provider-on" if provider.enabled else "provider-off", system_locale())
    print(visible(f"{provider.id}  {state}  {provider.base_url}  {', '.join(provider.models)}".rstrip()))


def _run(work: Callable[[Home], Awaitable[int]], home_option: Path | None, *, json: bool = False) -> None:
    async def prepared() -> int:
        home = find_home(home_option)
        home.prepare()
        return await work(home)

    raise typer.Exit(reported(prepared, system_locale(), json=json))
