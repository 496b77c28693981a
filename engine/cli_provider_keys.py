"""`multicoder provider key`: several keys of one provider, each with limits of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import InputError
from core.i18n import explain, system_locale, tr
from core.paths import home as find_home
from engine.cli_secrets import KeyOption, PassphraseOption, typed_key, with_vault
from engine.reporting import print_json, reported

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.accounts import Accounts, KeyFacts
    from agents.providers.registry import KeyRow
    from core.paths import Home

app = typer.Typer(help="The keys of a provider, used in turn within what each may do.", no_args_is_help=True)

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
NameArgument = Annotated[str, typer.Argument(help="Short name of the provider.")]
LabelArgument = Annotated[str, typer.Argument(help="Name of the key; the first one may have none.")]
PerMinuteOption = Annotated[
    int | None, typer.Option("--per-minute", min=0, max=100_000, help="Requests it may send in a minute; 0 = any.")
]
ParallelOption = Annotated[
    int | None,
    typer.Option("--parallel", min=0, max=100_000, help="Requests at the same time; 0 = as in the settings."),
]


@app.command()
def add(
    context: typer.Context,
    name: NameArgument,
    label: LabelArgument = "",
    per_minute: PerMinuteOption = None,
    parallel: ParallelOption = None,
    key_env: KeyOption = "",
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Add a key, or change the one of that name: what is not named stays, without a new key the kept one too."""

    async def work(place: Home, accounts: Accounts) -> None:
        from agents.providers.registry import KeyRow

        known = {key.label: key for key in (await asyncio.to_thread(accounts.get, name)).keys}
        row = known.get(label, KeyRow(label))
        row = replace(
            row,
            per_minute=row.per_minute if per_minute is None else per_minute,
            parallel=row.parallel if parallel is None else parallel,
        )
        key = typed_key(key_env)
        if key is None and label not in known:
            raise InputError("key-empty")
        await with_vault(place, passphrase_env, lambda: accounts.set_key(name, row, key))
        print(tr("provider-key-kept", system_locale(), provider=name, label=_shown(label)))

    _run(work, home or context.obj)


@app.command("list")
def list_(
    context: typer.Context,
    name: NameArgument,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List the keys of a provider: their limits, and of each its beginning and its end."""

    async def work(_place: Home, accounts: Accounts) -> None:
        for facts in await accounts.keys(await asyncio.to_thread(accounts.get, name)):
            _print(name, facts, json=json)

    _run(work, home or context.obj, json=json)


@app.command()
def remove(
    context: typer.Context,
    name: NameArgument,
    label: LabelArgument = "",
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Forget one key."""

    async def work(place: Home, accounts: Accounts) -> None:
        await with_vault(place, passphrase_env, lambda: accounts.remove_key(name, label))
        print(tr("provider-key-removed", system_locale(), provider=name, label=_shown(label)))

    _run(work, home or context.obj)


@app.command()
def enable(context: typer.Context, name: NameArgument, label: LabelArgument = "", home: HomeOption = None) -> None:
    """Use a key again."""
    _switch(home or context.obj, name, label, enabled=True)


@app.command()
def disable(context: typer.Context, name: NameArgument, label: LabelArgument = "", home: HomeOption = None) -> None:
    """Keep a key without using it."""
    _switch(home or context.obj, name, label, enabled=False)


def _switch(home: Path | None, name: str, label: str, *, enabled: bool) -> None:
    async def work(_place: Home, accounts: Accounts) -> None:
        row = await asyncio.to_thread(accounts.get, name)
        key = next((key for key in row.keys if key.label == label), None)
        if key is None:
            raise InputError("unknown-key", provider=name, label=label)
        await accounts.set_key(name, replace(key, enabled=enabled))
        told = "provider-key-enabled" if enabled else "provider-key-disabled"
        print(tr(told, system_locale(), provider=name, label=_shown(label)))

    _run(work, home)


def _print(name: str, facts: KeyFacts, *, json: bool) -> None:
    row, problem = facts.row, explain(facts.trouble, system_locale()).what if facts.trouble else ""
    if json:
        shown = {"provider": name, "label": row.label, "enabled": row.enabled, "hint": facts.hint, "problem": problem}
        print_json(shown | {"per_minute": row.per_minute, "parallel": row.parallel})
        return
    state = tr("provider-on" if row.enabled else "provider-off", system_locale())
    there = problem or facts.hint or tr("provider-key-missing", system_locale())
    print("  ".join([_shown(row.label), state, there, *_limits(row)]))


def _limits(row: KeyRow) -> list[str]:
    """What the key may do, as far as that is limited."""
    limits = (("per-minute", row.per_minute), ("parallel", row.parallel))
    return [tr(f"provider-key-{name}", system_locale(), number=number) for name, number in limits if number]


def _shown(label: str) -> str:
    return label or tr("provider-key-first", system_locale())


def _run(work: Callable[[Home, Accounts], Awaitable[None]], home_option: Path | None, *, json: bool = False) -> None:
    async def prepared() -> int:
        from agents.providers.accounts import Accounts

        home = find_home(home_option)
        home.prepare()
        await work(home, Accounts(home))
        return 0

    raise typer.Exit(reported(prepared, system_locale(), json=json))
