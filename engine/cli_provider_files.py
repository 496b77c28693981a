"""`multicoder provider export` and `import`: providers taken along in a file, with their keys only when sealed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.cli_secrets import is_typing, new_passphrase, typed_passphrase, with_vault
from engine.reporting import print_json, reported

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.accounts import Accounts, Imported
    from core.paths import Home

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object.")]
FileArgument = Annotated[Path, typer.Argument(help="The file.")]
PassphraseOption = Annotated[
    str, typer.Option("--passphrase-env", help="Environment variable that holds the passphrase of the file.")
]
VaultOption = Annotated[
    str, typer.Option("--vault-env", help="Environment variable that holds the passphrase of the key vault.")
]


def export(
    context: typer.Context,
    file: FileArgument,
    keys: Annotated[bool, typer.Option("--keys", help="Take the keys along, sealed by a passphrase.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    passphrase_env: PassphraseOption = "",
    vault_env: VaultOption = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Write the providers and the team to a file."""

    async def work(place: Home, accounts: Accounts) -> None:
        target = file.absolute()
        if target.exists() and not overwrite:
            raise InputError("export-exists", path=str(target))
        phrase = new_passphrase(passphrase_env) if keys else None
        count = await with_vault(place, vault_env, lambda: accounts.export(target, phrase))
        if json:
            print_json({"path": str(target), "keys": count})
            return
        print(tr("providers-exported", system_locale(), path=str(target), keys=count if keys else -1))

    _run(work, home or context.obj, json=json)


def import_(
    context: typer.Context,
    file: FileArgument,
    replace: Annotated[bool, typer.Option("--replace", help="Replace providers of the same name.")] = False,
    passphrase_env: PassphraseOption = "",
    vault_env: VaultOption = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take providers from a file that was exported."""

    async def work(place: Home, accounts: Accounts) -> None:
        phrase = typed_passphrase(passphrase_env, "export-passphrase-prompt") if passphrase_env else None

        async def taken() -> Imported:
            return await accounts.import_(file.absolute(), phrase, replacing=replace)

        try:
            done = await with_vault(place, vault_env, taken)
        except InputError as error:
            if error.code != "import-passphrase" or not is_typing():
                raise
            phrase = typed_passphrase("", "export-passphrase-prompt")
            done = await with_vault(place, vault_env, taken)
        _print(done, json=json)

    _run(work, home or context.obj, json=json)


def _print(done: Imported, *, json: bool) -> None:
    if json:
        print_json({"added": done.added, "replaced": done.replaced, "kept": done.kept, "keys": done.keys})
        return
    lines = (("imported-added", done.added), ("imported-replaced", done.replaced), ("imported-kept", done.kept))
    for told, names in lines:
        if names:
            print(tr(told, system_locale(), providers=", ".join(names)))
    print(tr("imported-keys", system_locale(), keys=done.keys))


def _run(work: Callable[[Home, Accounts], Awaitable[None]], home_option: Path | None, *, json: bool) -> None:
    async def prepared() -> int:
        from agents.providers.accounts import Accounts

        home = find_home(home_option)
        home.prepare()
        await work(home, Accounts(home))
        return 0

    raise typer.Exit(reported(prepared, system_locale(), json=json))
