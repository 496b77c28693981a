"""`multicoder memory import` and `export`: bytes on their way in and out."""

from __future__ import annotations

import asyncio
import secrets
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from core.errors import InputError, StorageError
from core.files import replace_patiently
from core.i18n import system_locale, tr
from engine.cli_memory_access import at_memory
from engine.reporting import print_json
from engine.visible import visible

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from engine.cli_memory_access import MemoryAccess
    from memory.ingest.outcome import Summary

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
NOTHING_KEPT: Final = 2
_NAME_CHARACTERS: Final = 50
_BAR_SECONDS: Final = 0.2
_CLEAR_LINE: Final = "\r\x1b[K"


class Bar:
    """How far something is, on a terminal's error output; silent anywhere else."""

    def __init__(self, *, json: bool = False) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty() and not json
        self._told = 0.0

    def __call__(self, fraction: float, step: str) -> None:
        """Show the state; called as often as one likes, from any thread."""
        now = time.monotonic()
        if self._shown and now - self._told >= _BAR_SECONDS:
            self._told = now
            percent = f"{fraction * 100:3.0f} %" if fraction >= 0 else "     "
            print(f"{_CLEAR_LINE}{percent}  {visible(step)[-_NAME_CHARACTERS:]}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown and self._told:
            print(_CLEAR_LINE, end="", file=sys.stderr, flush=True)


def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, zip archives.", metavar="PATH...")],
    project: Annotated[str, typer.Option("--project", help="Id of a project; without one it is yours, for all.")] = "",
    speakers: Annotated[
        bool | None, typer.Option("--speakers/--no-speakers", help="The texts are conversations; else it is seen.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take files into the memory, byte for byte, and make their text findable. What is known already costs nothing.

    Exit code 2: a path you named was not kept; the others were.
    """
    locale = system_locale()

    uris = [path.absolute().as_uri() for path in paths]

    async def work(memory: MemoryAccess) -> int:
        with Bar(json=json) as bar:
            summary = await memory.bring_in(uris, project, speakers, bar)
        _print(summary, locale, json=json)
        return NOTHING_KEPT if any(item.named for item in summary.refused) else 0

    at_memory(work, home or context.obj, json=json)


def _print(summary: Summary, locale: str, *, json: bool) -> None:
    from engine.ingesting import kept_words, refused_words

    for item in summary.kept:
        if json:
            print_json({"id": item.document, **item.as_dict()})
        else:
            words = kept_words(item, locale)
            print(visible(f"{item.document}  {item.name}{f' ({words})' if words else ''}"))
    for refused in summary.refused:
        words = refused_words(refused, locale)
        print(visible(tr("ingest-refused", locale, name=refused.name, why=words)), file=sys.stderr)
    if not json:
        print(tr("ingest-summary", locale, **{key: int(str(value)) for key, value in summary.figures().items()}))


def export(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id of the document, “memory list” shows it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Write a document to a file exactly as it was imported, byte for byte."""
    locale = system_locale()

    async def work(memory: MemoryAccess) -> int:
        target = output.absolute()
        if target.is_dir():
            raise InputError("memory-export-folder", path=str(target))
        if not force:
            if target.exists():
                raise InputError("memory-export-exists", path=str(target))
            await memory.export(document, target)
        else:
            await _replace(memory, document, target)
        if json:
            print_json({"id": document, "path": str(target), "bytes": target.stat().st_size})
        else:
            print(visible(tr("export-done", locale, path=str(target))))
        return 0

    at_memory(work, home or context.obj, json=json)


async def _replace(memory: MemoryAccess, document: str, target: Path) -> None:
    """Write beside the file that is there and put the new one in its place when it is whole."""
    fresh = target.with_name(f".multicoder-{secrets.token_hex(6)}.part")
    try:
        await memory.export(document, fresh)
        await asyncio.to_thread(replace_patiently, fresh, target)
    except OSError as error:
        raise StorageError("storage", path=str(target), detail=error.strerror or "") from error
    finally:
        fresh.unlink(missing_ok=True)
