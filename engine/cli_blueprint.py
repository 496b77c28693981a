"""`multicoder memory blueprint`: what a long dialogue or document decided, with the lines it stands on."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from core.errors import DataFolderBusy, InputError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.cli_memory_access import with_memory
from engine.cli_secrets import PassphraseOption, with_vault
from engine.reporting import reported
from engine.visible import visible

if TYPE_CHECKING:
    from core.paths import Home
    from engine.cli_memory_access import MemoryAccess
    from memory.blueprint.parts import Blueprint

FORMATS: Final = ("md", "json")
_MOST_BYTES: Final = 50_000_000


def blueprint(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="A file, or the id of a document “memory list” shows.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write to this new file.")] = None,
    form: Annotated[str, typer.Option("--format", help="md or json.")] = "md",
    team: Annotated[str, typer.Option("--team", help="Let its models say it shorter: own, or a team.")] = "",
    no_model: Annotated[bool, typer.Option("--no-model", help="Ask no model, whatever the team.")] = False,
    passphrase_env: PassphraseOption = "",
    home: Annotated[Path | None, typer.Option("--home", help="Data folder.")] = None,
) -> None:
    """Say what a long dialogue or document decided: requirements, contradictions and a draft, each with its lines.

    Made on this computer without a model. With --team its models, which are sent the text, put requirements into short
    sentences; what the lines they cite do not support is dropped.
    """
    locale = system_locale()

    async def work() -> int:
        _check(form, out)
        place = find_home(home or context.obj)
        asked = team if not no_model else ""
        if asked:
            place.prepare()
        made = await _made(document, place)
        if asked:
            made = await _refined(made, place, asked, passphrase_env, locale)
        return await asyncio.to_thread(_write, made, form, out, locale)

    raise typer.Exit(reported(work, locale))


async def _made(document: str, home: Home) -> Blueprint:
    from memory.blueprint.draft import blueprint_of

    file = Path(document)
    if await asyncio.to_thread(file.is_file):
        return await asyncio.to_thread(lambda: blueprint_of(file.name, _bytes(file)))

    async def exported(memory: MemoryAccess) -> bytes:
        with tempfile.TemporaryDirectory(prefix="multicoder-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "document"
            await memory.export(document, copy)
            return await asyncio.to_thread(_bytes, copy)

    data = await with_memory(exported, home)
    return await asyncio.to_thread(blueprint_of, document, data)


async def _refined(made: Blueprint, home: Home, team: str, passphrase_env: str, locale: str) -> Blueprint:
    """Refined by the models of a team, and told on standard error what became of it."""
    from engine.blueprinting import refined_by_team

    try:
        better = await with_vault(home, passphrase_env, lambda: refined_by_team(made, home, team, os.environ))
    except DataFolderBusy as busy:
        raise DataFolderBusy("blueprint-folder-busy", **busy.facts) from busy
    if better is None:
        print(visible(tr("blueprint-no-provider", locale)), file=sys.stderr)
        return made
    phrased = sum(bool(item.phrased) for item in better.requirements)
    told = tr("blueprint-refined", locale, phrased=phrased, dropped=better.dropped)
    print(visible(told), file=sys.stderr)
    return better


def _check(form: str, out: Path | None) -> None:
    if form not in FORMATS:
        raise InputError("memory-choice", value=form[:80], choices=", ".join(FORMATS))
    if out is not None and out.is_dir():
        raise InputError("memory-export-folder", path=str(out))
    if out is not None and out.exists():
        raise InputError("blueprint-exists", path=str(out))


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError("blueprint-too-large", path=str(file), limit=_MOST_BYTES // 1_000_000)
        return file.read_bytes()
    except OSError as error:
        raise InputError("blueprint-unreadable", path=str(file), reason=error.strerror or str(error)) from error


def _write(made: Blueprint, form: str, out: Path | None, locale: str) -> int:
    from memory.blueprint.writing import as_json, as_markdown

    text = as_json(made) + "\n" if form == "json" else as_markdown(made)
    if out is None:
        print(text if form == "json" else visible(text), end="")
        return 0
    try:
        with out.open("x", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise InputError("blueprint-unwritten", path=str(out), reason=error.strerror or str(error)) from error
    print(visible(tr("export-done", locale, path=str(out))))
    return 0
