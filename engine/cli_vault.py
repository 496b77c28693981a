"""`multicoder provider vault`: the encrypted key vault, for computers without a usable keyring."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import ConfigurationError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.cli_secrets import PassphraseOption, new_passphrase, typed_passphrase
from engine.reporting import print_json, reported

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.secret import Secret
    from core.paths import Home

app = typer.Typer(help="The encrypted vault for keys, where the system's keyring cannot be used.", no_args_is_help=True)

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object.")]
NewOption = Annotated[str, typer.Option("--new-env", help="Environment variable that holds the new passphrase.")]


@app.command()
def create(context: typer.Context, passphrase_env: PassphraseOption = "", home: HomeOption = None) -> None:
    """Create the vault. Keys go into it where the keyring refuses them; existing keys stay where they are."""

    async def work(place: Home) -> None:
        from agents.providers.vault import vault_of

        passphrase = new_passphrase(passphrase_env)
        await asyncio.to_thread(vault_of(place).create, passphrase)
        await _told_engine(place, "unlock", passphrase)
        print(tr("vault-created", system_locale()))

    _run(work, home or context.obj)


@app.command()
def status(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Say whether there is a vault, whether the working engine has it unlocked, and whose keys are in it."""

    async def work(place: Home) -> None:
        from agents.providers.vault import vault_of

        vault = vault_of(place)
        found: dict[str, Any] = {"state": vault.state, "accounts": list(vault.accounts())}
        found = await _told_engine(place, "status") or found
        if json:
            print_json(found)
            return
        print(tr(f"vault-state-{found['state']}", system_locale()))
        if found["accounts"]:
            print(tr("vault-holds", system_locale(), accounts=", ".join(found["accounts"])))

    _run(work, home or context.obj, json=json)


@app.command()
def unlock(context: typer.Context, passphrase_env: PassphraseOption = "", home: HomeOption = None) -> None:
    """Unlock the vault in the working engine until that ends; what waits for a key goes on."""

    async def work(place: Home) -> None:
        from agents.providers.vault import vault_of

        vault = vault_of(place)
        if vault.state == "absent":
            raise ConfigurationError("vault-absent")
        passphrase = typed_passphrase(passphrase_env, "vault-passphrase-prompt")
        await asyncio.to_thread(vault.unlock, passphrase)  # a wrong one is told here, in words of its own
        heard = await _told_engine(place, "unlock", passphrase)
        print(tr("vault-unlocked" if heard else "vault-right", system_locale()))

    _run(work, home or context.obj)


@app.command()
def lock(context: typer.Context, home: HomeOption = None) -> None:
    """Lock the vault in the working engine."""

    async def work(place: Home) -> None:
        await _told_engine(place, "lock")
        print(tr("vault-locked", system_locale()))

    _run(work, home or context.obj)


@app.command()
def change(
    context: typer.Context, passphrase_env: PassphraseOption = "", new_env: NewOption = "", home: HomeOption = None
) -> None:
    """Change the passphrase."""

    async def work(place: Home) -> None:
        from agents.providers.vault import vault_of

        vault = vault_of(place)
        if vault.state == "absent":
            raise ConfigurationError("vault-absent")
        old = typed_passphrase(passphrase_env, "vault-passphrase-prompt")
        await asyncio.to_thread(vault.unlock, old)
        new = new_passphrase(new_env)
        await asyncio.to_thread(vault.change_passphrase, old, new)
        await _told_engine(place, "unlock", new)
        print(tr("vault-changed", system_locale()))

    _run(work, home or context.obj)


async def _told_engine(home: Home, what: str, passphrase: Secret | None = None) -> dict[str, Any]:
    """Let the working engine of the data folder do it too; what it answers, nothing when none works."""
    from engine.door import ask
    from engine.doorbell import EngineAbsent

    params = {"passphrase": passphrase.reveal()} if passphrase is not None else {}
    try:
        answer: dict[str, Any] = await ask(home, f"_multicoder/vault/{what}", params)
    except EngineAbsent:
        return {}
    return answer


def _run(work: Callable[[Home], Awaitable[None]], home_option: Path | None, *, json: bool = False) -> None:
    async def prepared() -> int:
        home = find_home(home_option)
        home.prepare()
        await work(home)
        return 0

    raise typer.Exit(reported(prepared, system_locale(), json=json))
