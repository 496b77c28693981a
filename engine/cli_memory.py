"""`multicoder memory`: what is remembered, for people and scripts. Works beside a running engine and without one.

Each group of commands stands in a file of its own and is put into `app` here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from core.errors import InputError
from core.i18n import system_locale, tr
from engine import cli_blueprint, cli_memory_backup, cli_memory_import
from engine.cli_memory_access import at_memory
from engine.reporting import print_json
from engine.visible import visible

if TYPE_CHECKING:
    from engine.cli_memory_access import MemoryAccess

app = typer.Typer(help="What MultiCoder remembers: import, find, export, forget.", no_args_is_help=True)
app.command("import")(cli_memory_import.import_)
app.command("export")(cli_memory_import.export)
app.command()(cli_memory_backup.backup)
app.command()(cli_memory_backup.restore)
app.command()(cli_blueprint.blueprint)

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
ProjectOption = Annotated[str | None, typer.Option("--project", help="Id of a project; without one, everything.")]
IdArgument = Annotated[str, typer.Argument(help="Id of the document, “memory list” shows it.")]
REACHES: Final = ("project", "person", "archive")
KINDS: Final = ("dialogue", "docs", "code", "errors")
_MOST: Final = 200


@app.command()
def recall(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A question, in your own words.")],
    also: Annotated[
        list[str] | None, typer.Option("--also", help="The same question in another language; repeat for more.")
    ] = None,
    limit: Annotated[int, typer.Option("-k", min=1, max=_MOST, help="So many lines at most.")] = 10,
    project: ProjectOption = None,
    reach: Annotated[
        str, typer.Option("--reach", help="project, person or archive; wider ones are asked when little fits.")
    ] = "",
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="dialogue, docs, code, errors; repeat for more.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Find single lines by what they say, best first."""
    locale = system_locale()

    async def work(memory: MemoryAccess) -> int:
        if not query.strip():
            raise InputError("recall-empty")
        wanted = reach or ("archive" if project is None else "project")
        _check(wanted, REACHES)
        for item in kind or ():
            _check(item, KINDS)
        lines = await memory.recall(
            query, also=tuple(also or ()), project=project or "", reach=wanted, kinds=tuple(kind or KINDS), limit=limit
        )
        for line in lines:
            if json:
                print_json({"document": line["source"], **line})
            else:
                print(visible(f"{line['score']:.2f}  {line['name']}  [{line['place']}]\n      {line['text']}"))
        if not lines and not json:
            print(tr("recall-nothing", locale))
        return 0

    at_memory(work, home or context.obj, json=json)


@app.command()
def stats(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Show what is kept and what can be found; exit code 1 when a line was lost."""
    locale = system_locale()

    async def work(memory: MemoryAccess) -> int:
        state = await memory.state()
        if json:
            print_json(state)
        else:
            facts = {key: value for key, value in state.items() if not isinstance(value, dict)}
            print(visible(tr("memory-stats", locale, **facts)))
            if state["trouble"]:
                print(visible(tr("memory-stats-trouble", locale, trouble=state["trouble"])))
        return 1 if state["lost"] else 0

    at_memory(work, home or context.obj, json=json)


@app.command("list")
def list_(
    context: typer.Context,
    project: ProjectOption = None,
    kind: Annotated[str, typer.Option("--kind", help="dialogue, docs, code or errors.")] = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List the documents, oldest first."""
    locale = system_locale()

    async def work(memory: MemoryAccess) -> int:
        if kind:
            _check(kind, KINDS)
        found = 0
        async for row in memory.documents(project=project, kind=kind):
            found += 1
            if json:
                print_json({"id": row["document"], **row})
            else:
                print(visible(_document(row, locale)))
        if not found and not json:
            print(tr("memory-list-empty", locale))
        return 0

    at_memory(work, home or context.obj, json=json)


@app.command()
def forget(
    context: typer.Context,
    document: IdArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")],
    home: HomeOption = None,
) -> None:
    """Erase a document for good: its bytes and what is found of it. That it was there is kept, with the reason."""
    _stand(context, home, document, "forgotten", reason)


@app.command()
def quarantine(
    context: typer.Context,
    document: IdArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")],
    home: HomeOption = None,
) -> None:
    """Keep a document and never find it again, until it is released."""
    _stand(context, home, document, "quarantined", reason)


@app.command()
def release(
    context: typer.Context,
    document: IdArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the decision.")] = "",
    home: HomeOption = None,
) -> None:
    """Let a document that was put in quarantine be found again."""
    _stand(context, home, document, "kept", reason or tr("memory-released-here", system_locale()))


@app.command()
def rebuild(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Make everything that finds lines anew from what is kept; nothing can be lost by it."""
    locale = system_locale()

    async def work(memory: MemoryAccess) -> int:
        from engine.cli_memory_import import Bar

        with Bar(json=json) as bar:
            state = await memory.rebuild(bar)
        if json:
            print_json(state)
        else:
            print(tr("memory-rebuilt", locale, indexed=state["indexed"], lines=state["lines"]))
        return 0

    at_memory(work, home or context.obj, json=json)


def _stand(context: typer.Context, home: Path | None, document: str, standing: str, reason: str) -> None:
    async def work(memory: MemoryAccess) -> int:
        row = await memory.stand(document, standing, reason)
        print(visible(tr(f"memory-now-{standing}", system_locale(), name=row["name"])))
        return 0

    at_memory(work, home or context.obj)


def _document(row: dict[str, Any], locale: str) -> str:
    standing = "" if row["standing"] == "kept" else f"  {tr('memory-standing-' + row['standing'], locale)}"
    return f"{row['document']}  {row['kind']:<8}  {row['bytes']:>12,}  {row['lines']:>8,}  {row['name']}{standing}"


def _check(value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InputError("memory-choice", value=value[:80], choices=", ".join(choices))
