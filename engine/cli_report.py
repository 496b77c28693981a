"""`multicoder report`: what happened, as a file to read, print, send or compute with."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from core import settings as settings_file
from core.errors import MultiCoderError
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.reporting import print_json, reported
from engine.visible import visible

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
FormatOption = Annotated[str, typer.Option("--format", help="html, pdf, txt, csv (events) or json.")]
OutOption = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]
ProjectOption = Annotated[str, typer.Option("--project", help="Only this project (id).")]
RunOption = Annotated[str, typer.Option("--run", help="Only this run.")]
SinceOption = Annotated[str, typer.Option("--since", help="First day or moment, e.g. 2025-01-31.")]
UntilOption = Annotated[str, typer.Option("--until", help="Last day (the whole of it) or moment.")]
TypeOption = Annotated[list[str] | None, typer.Option("--type", help="List events of this type; repeat for more.")]
RiskOption = Annotated[str, typer.Option("--risk", help="List events of at least this risk: low, medium, high.")]
LangOption = Annotated[str, typer.Option("--lang", help="en or ru; else the language of the settings.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the file when it exists.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Tell the result as one JSON object.")]


def report(
    context: typer.Context,
    output: OutOption,
    format_: FormatOption = "html",
    project: ProjectOption = "",
    run: RunOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    type_: TypeOption = None,
    risk: RiskOption = "none",
    lang: LangOption = "",
    force: ForceOption = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Write a report of what happened: runs, costs, risks, decisions, statistics and events."""
    chosen: dict[str, Any] = {
        "project": project,
        "run": run,
        "types": [kind.upper() for kind in type_ or ()],
        "risk_at_least": risk.lower(),
    }

    async def work() -> int:
        # Reading the data folder and laying a report out are imported only when they are asked for.
        from engine.reports.filters import from_dict, moment_from
        from engine.reports.writing import write_report

        folder = find_home(home or context.obj)
        language = lang or _language(folder.settings)
        wanted = from_dict(
            {
                **chosen,
                "locale": language,
                "since": moment_from(since) if since else None,
                "until": moment_from(until, end=True) if until else None,
            }
        )
        made = await write_report(folder, wanted, format_.lower(), output, overwrite=force)
        for note in made.notes:
            print(visible(note.text(language)), file=sys.stderr)
        if json:
            print_json({"path": str(output), "format": format_.lower(), "totals": made.facts()["totals"]})
        else:
            print(tr("report-written", language, path=visible(str(output))))
        return 0

    raise typer.Exit(reported(work, system_locale(), json=json))


def _language(path: Path) -> str:
    """The person's language; a damaged settings file is no reason not to report."""
    try:
        language = settings_file.load(path, os.environ).language
    except MultiCoderError:
        language = "auto"
    return system_locale() if language == "auto" else language
