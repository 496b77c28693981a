"""`multicoder provider check` and `sign-in`: whether keys work, and getting one in the browser."""

from __future__ import annotations

import asyncio
import os
import threading
import webbrowser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.cli_secrets import PassphraseOption, with_vault
from engine.reporting import EXIT_PAUSED, print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.providers.accounts import Accounts
    from agents.providers.discovery import CheckResult
    from agents.providers.registry import Provider
    from core.paths import Home

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]


def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Short name; without one all are checked.")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Take over the address a key was found to belong to.")] = False,
    json: JsonOption = False,
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Try each key; exit code 0 when all of them work."""

    async def work() -> int:
        from agents.providers.accounts import Accounts

        place = find_home(home or context.obj)
        place.prepare()
        accounts, fine = Accounts(place), True
        for row in await asyncio.to_thread(_wanted, accounts, name):
            found = await with_vault(place, passphrase_env, partial(_tried, place, row))
            fine = await _told(accounts, row, found, fix=fix, json=json) and fine
        return 0 if fine else 1

    raise typer.Exit(reported(work, system_locale(), json=json))


async def _told(accounts: Accounts, row: Provider, found: Mapping[str, CheckResult], *, fix: bool, json: bool) -> bool:
    """Say how the keys of a row are; True when all of them work where the row stands."""
    for label, result in found.items():
        _print_check(row, label, result, json=json)
    if not found and not json:
        print(tr("provider-check-nothing", system_locale(), provider=row.id))
    works = bool(found) and all(result.state == "valid" for result in found.values())
    homes = {result.base_url or row.base_url for result in found.values() if result.state == "valid"}
    if homes <= {row.base_url}:
        return works
    return await _moved(accounts, row, homes, fix=fix, json=json) and works


def sign_in(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A web chat that is set up, or openrouter.")],
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Sign in with the browser: at a web chat in a window of its own, at OpenRouter to be given a key."""

    async def work() -> int:
        from agents.providers.accounts import Accounts
        from agents.providers.catalogue import found_preset

        place = find_home(home or context.obj)
        place.prepare()
        accounts = Accounts(place)
        known = {row.id: row for row in await asyncio.to_thread(accounts.rows)}
        row = known.get(name) or accounts.fresh(name)
        if row.wire.protocol == "web":
            return await _signed_in_on_page(place, row)
        preset = found_preset(row.preset)
        if preset is None or not preset.sign_in:
            raise InputError("sign-in-unknown", provider=name)
        return await _given_a_key(place, passphrase_env, row)

    raise typer.Exit(reported(work, system_locale()))


async def _signed_in_on_page(place: Home, row: Provider) -> int:
    from agents.providers.discovery import check as look_over
    from agents.providers.webchat.chats import web_chats_of

    print(tr("web-sign-in-open", system_locale(), provider=row.name))
    await web_chats_of(place).sign_in(row)
    result = await look_over(row, None, home=place)
    _print_check(row, "", result, json=False)
    return 0 if result.state == "valid" else 1


async def _given_a_key(place: Home, passphrase_env: str, row: Provider) -> int:
    """Send the person to the maker's page, and keep the key they come back with."""
    from agents.providers.accounts import Accounts
    from agents.providers.sign_in import SignIn

    signing = await SignIn.begin(row, system_locale())
    try:
        print(tr("sign-in-go", system_locale(), provider=row.name, address=signing.address), flush=True)
        # A browser for the terminal stays until it is left, and one that hangs must not hold up the end.
        threading.Thread(target=webbrowser.open, args=(signing.address,), name="browser", daemon=True).start()
        key = await signing.key()
    except asyncio.CancelledError:  # Ctrl+C: there is no run that could be gone on with
        print(f"\n{tr('sign-in-ended', system_locale())}")
        return EXIT_PAUSED
    finally:
        await signing.close()
    kept = await with_vault(place, passphrase_env, lambda: Accounts(place).save(replace(row, enabled=True), key))
    if kept == "vault":
        print(tr("vault-kept-here", system_locale()))
    print(tr("sign-in-key-kept", system_locale(), provider=row.id))
    return 0


def _wanted(accounts: Accounts, name: str) -> list[Provider]:
    """The rows that were asked for, that of the environment first."""
    from agents.providers.registry import ENV_PROVIDER, from_environment

    named = from_environment(os.environ) if name in {"", ENV_PROVIDER} else None
    rows = list(accounts.rows()) if not name else [] if name == ENV_PROVIDER else [accounts.get(name)]
    rows = [*([named] if named else []), *rows]
    if not rows:
        raise InputError("unknown-provider", provider=name) if name else InputError("no-provider-row")
    return rows


async def _tried(place: Home, row: Provider) -> dict[str, CheckResult]:
    from agents.providers.accounts import Accounts
    from agents.providers.discovery import check as look_over
    from agents.providers.registry import ENV_PROVIDER, KEY_VARIABLE
    from agents.providers.secret import Secret

    if row.id != ENV_PROVIDER:
        return await Accounts(place).check(row.id)
    value = os.environ.get(KEY_VARIABLE, "").strip()
    return {"": await look_over(row, Secret(value) if value else None, home=place)}


async def _moved(accounts: Accounts, row: Provider, homes: set[str], *, fix: bool, json: bool) -> bool:
    """Let the row stand where its keys belong; False when it stays, which is said."""
    if fix and len(homes) == 1:
        (address,) = homes
        await accounts.save(replace(row, base_url=address))
        if json:
            print_json({"id": row.id, "moved": address})
        else:
            print(tr("provider-moved", system_locale(), provider=row.id, address=address))
        return True
    if not json:
        told = "provider-fix" if len(homes) == 1 else "provider-keys-apart"
        print(tr(told, system_locale(), provider=row.id, addresses=", ".join(sorted(homes))))
    return False


def _print_check(row: Provider, label: str, result: CheckResult, *, json: bool) -> None:
    if json:
        facts: dict[str, Any] = {"id": row.id, "key": label, "state": result.state, "detail": result.detail}
        facts |= {"models": list(result.models), "remaining_usd": result.remaining_usd}
        print_json({**facts, "retiring": dict(result.retiring), "base_url": result.base_url or row.base_url})
        return
    locale, named = system_locale(), f"{row.id}/{label}" if label else row.id
    lines = [tr(result.message_id, locale, provider=named, detail=result.detail).rstrip()]
    if result.remaining_usd is not None:
        lines.append(f"    {tr('provider-check-left', locale, usd=result.remaining_usd)}")
    if result.base_url:
        lines.append(f"    {tr('provider-check-elsewhere', locale, address=result.base_url)}")
    for model, day in sorted(result.retiring.items(), key=lambda item: item[1]):
        lines.append(f"    {tr('model-retires', locale, model=model, day=day)}")
    print(visible("\n".join(lines)))
