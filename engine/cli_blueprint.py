"""`multicoder memory blueprint`: what a long dialogue or document decided, with the lines it stands on."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from engine.cli_memory_access import at_memory
from engine.reporting import reported
from engine.visible import visible

if TYPE_CHECKING:
    from engine.cli_memory_access import MemoryAccess

FORMATS: Final = ("md", "json")
_MOST_BYTES: Final = 50_000_000


def blueprint(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="A file, or the id of a document “memory list” shows.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write to this new file.")] = None,
    form: Annotated[str, typer.Option("--format", help="md or json.")] = "md",
    home: Annotated[Path | None, typer.Option("--home", help="Data folder.")] = None,
) -> None:
    """Say what a long dialogue or document decided: requirements, contradictions and a draft, each with its lines."""
    locale = system_locale()
    file = Path(document)

    async def of_file() -> int:
        _check(form, out)
        return await asyncio.to_thread(_write, file.name, _bytes(file), form, out, locale)

    async def of_document(memory: MemoryAccess) -> int:
        _check(form, out)
        with tempfile.TemporaryDirectory(prefix="multicoder-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "document"
            await memory.export(document, copy)
            return await asyncio.to_thread(_write, document, _bytes(copy), form, out, locale)

    if file.is_file():
        raise typer.Exit(reported(of_file, locale))
    at_memory(of_document, home or context.obj)


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


def _write(source: str, data: bytes, form: str, out: Path | None, locale: str) -> int:
    from memory.blueprint.draft import blueprint_of
    from memory.blueprint.writing import as_json, as_markdown

    made: Any = blueprint_of(source, data)
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
