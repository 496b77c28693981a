"""`multicoder memory backup` and `memory restore`: the whole memory sealed with a passphrase, and back."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.cli_secrets import is_typing, new_passphrase, typed_passphrase
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.secret import Secret
    from core.paths import Home
    from engine.recovery.sealed.copying import Listed

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
PlaceArgument = Annotated[
    Path, typer.Argument(help="A file, or a folder that may be synchronised (a new name without an ending).")
]
PassphraseOption = Annotated[
    str, typer.Option("--passphrase-env", help="Environment variable that holds the passphrase of the copy.")
]
_MEGABYTE = 1 << 20


def backup(
    context: typer.Context,
    place: PlaceArgument,
    with_projects: Annotated[
        bool, typer.Option("--with-projects", help="Also the repositories of all projects.")
    ] = False,
    keep: Annotated[
        int, typer.Option("--keep", min=0, help="Of this memory's copies in a folder keep so many; 0: all.")
    ] = 0,
    passphrase_env: PassphraseOption = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Copy the whole memory, sealed with a passphrase, into one file or a folder; work may go on meanwhile."""

    async def work(at: Home) -> None:
        from agents.providers.vault import check_passphrase
        from engine.recovery.sealed.copying import is_new, make_copy

        path = Path.cwd() / place.expanduser()
        new = is_new(at, path)
        passphrase = new_passphrase(passphrase_env) if new else _typed(passphrase_env)
        if new:
            check_passphrase(passphrase)
        made = await asyncio.to_thread(make_copy, at, path, passphrase, projects=with_projects, keep=keep)
        if json:
            print_json({"path": made.path, "name": made.name, "bytes": made.bytes, "kept": made.kept})
        else:
            facts = {"new": made.bytes / _MEGABYTE, "kept": made.kept / _MEGABYTE}
            told = "sealed-copied-folder" if made.name else "sealed-copied-file"
            print(visible(tr(told, system_locale(), path=made.path, name=made.name, **facts)))

    _run(work, home or context.obj, json=json)


def restore(
    context: typer.Context,
    place: Annotated[Path, typer.Argument(help="What `memory backup` wrote.")],
    snapshot: Annotated[str, typer.Option("--snapshot", help="Which copy of a folder; see --list.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Only list the copies in a folder.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the present memory, which is kept as a backup.")
    ] = False,
    passphrase_env: PassphraseOption = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Put a sealed copy of the whole memory in place; everything is proved before anything is replaced."""

    async def work(at: Home) -> None:
        path = Path.cwd() / place.expanduser()
        if list_:
            from engine.recovery.sealed.copying import list_copies

            for item in await asyncio.to_thread(list_copies, path, _typed(passphrase_env)):
                _print(item, json=json)
            return
        await asyncio.to_thread(_restored, at, path, snapshot, passphrase_env, replace=replace, json=json)

    _run(work, home or context.obj, json=json)


def _restored(at: Home, path: Path, snapshot: str, passphrase_env: str, *, replace: bool, json: bool) -> None:
    from engine.lock import FolderLock
    from engine.recovery.sealed.copying import open_copy
    from engine.recovery.sealed.restoring import finish, holds_memory, stage

    with FolderLock(at.lock):
        finish(at)  # one that was broken off before
        if holds_memory(at) and not (replace or _agreed(at)):
            raise InputError("sealed-replaces", path=str(at.root))
        with open_copy(at, path, _typed(passphrase_env), snapshot) as copy:
            stage(at, copy, str(path), lambda _done: None)
        done = finish(at)
    if done is None:  # somebody else took it away
        raise InputError("sealed-absent", path=str(path))
    kept = done.backup or done.damaged
    if json:
        print_json({"at": done.at, "backup": done.backup, "damaged": done.damaged})
    else:
        told = "sealed-restored-over" if kept else "sealed-restored"
        print(visible(tr(told, system_locale(), at=_shown(done.at), kept=kept)))


def _agreed(at: Home) -> bool:
    """Whether the person says so at the terminal, word for word; nobody else is asked."""
    if not is_typing():
        return False
    locale = system_locale()
    print(visible(tr("sealed-ask", locale, path=str(at.root))), file=sys.stderr)
    word: str = tr("sealed-word", locale)
    return input("> ").strip().casefold() == word.casefold()


def _typed(variable: str) -> Secret:
    return typed_passphrase(variable, "sealed-passphrase-prompt")


def _print(item: Listed, *, json: bool) -> None:
    if json:
        print_json({"snapshot": item.label, "at": item.at, "bytes": item.size, "missing": item.missing})
        return
    state = "unreadable" if item.missing < 0 else "incomplete" if item.missing else "whole"
    told = tr(f"sealed-state-{state}", system_locale(), count=item.missing)
    print(visible(f"{item.label}  {_shown(item.at)}  {item.size / _MEGABYTE:,.1f} MB  {told}"))


def _shown(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def _run(work: Callable[[Home], Awaitable[None]], home_option: Path | None, *, json: bool) -> None:
    async def prepared() -> int:
        home = find_home(home_option)
        home.prepare()
        await work(home)
        return 0

    raise typer.Exit(reported(prepared, system_locale(), json=json))
