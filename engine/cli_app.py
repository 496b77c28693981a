"""The commands for people. Nothing heavy is imported before one needs it; scripts rely on words and exit codes.

The exit codes stand in `EXIT_CODES` below, which `--help` shows; errors carry theirs in `core.errors`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from core.errors import MultiCoderError
from core.i18n import system_locale
from core.paths import Home
from core.paths import home as find_home
from engine import cli_audit, cli_consents, cli_memory, cli_provider, cli_report, cli_search, cli_status, commands
from engine.cli_secrets import PassphraseOption  # noqa: TC001 - typer reads it at run time
from engine.commands import RunOrder
from engine.reporting import told

_DEFAULT_OUT: Final = Path("out")

EXIT_CODES: Final = (
    "Exit codes: 0 done (of run and resume: a verified file was delivered); 1 something inside went wrong or a"
    " provider check failed; 2 the input or the set-up cannot be used; 3 the run waits for a decision; 8 the data"
    " folder or a file in it is damaged; 9 another MultiCoder works on the data folder; 10 a question was answered;"
    " 11 refused; 12 rejected; 13 stopped; 130 paused or cancelled."
)

app = typer.Typer(
    name="multicoder",
    help="One sentence in, a finished and tested program file out. Without a command the window opens.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog=EXIT_CODES,
)
app.add_typer(cli_provider.app, name="provider")
app.add_typer(cli_memory.app, name="memory")
app.add_typer(cli_consents.app, name="consents")
app.command()(cli_audit.audit)
app.command()(cli_report.report)
app.command()(cli_search.search)
app.command()(cli_search.search_key)
app.command()(cli_status.status)
app.command()(cli_status.doctor)

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Data folder (else MULTICODER_HOME, else the system's place).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
YesOption = Annotated[
    bool, typer.Option("--yes", help="Approve green and yellow, take the defaults; never red, no search, no download.")
]
BudgetOption = Annotated[
    float | None, typer.Option("--budget", min=0, help="Money cap in USD; unknown prices count high.")
]
TeamOption = Annotated[str, typer.Option("--team", help="demo, or empty for your own providers.")]


@app.callback()
def root(context: typer.Context, home: HomeOption = None) -> None:
    """One sentence in, a finished and tested program file out. Without a command the window opens."""
    context.obj = home


@app.command(epilog=EXIT_CODES)
def run(
    context: typer.Context,
    task: Annotated[str, typer.Argument(help='What to make, e.g. "Make a calculator with a GUI"; - reads stdin.')],
    out: Annotated[Path, typer.Option("--out", help="Folder for the finished file.")] = _DEFAULT_OUT,
    target: Annotated[str | None, typer.Option("--target", help="exe, zip or source; else the plan decides.")] = None,
    attach: Annotated[list[Path] | None, typer.Option("--attach", help="A text file that belongs to the task.")] = None,
    project: Annotated[
        str,
        typer.Option(
            "--project",
            help="Go on in this project (id or `last`); `new` begins one. Else: the project delivered to --out.",
        ),
    ] = "",
    memory: Annotated[
        str,
        typer.Option("--memory", help="How far to remember: session, project (the usual), person or archive."),
    ] = "",
    web: Annotated[
        str, typer.Option("--web", help="Look things up on the internet: off, ask or on; else as the settings say.")
    ] = "",
    allow_download: Annotated[
        list[str] | None,
        typer.Option("--allow-download", help="Repository that may be downloaded, HOST/OWNER/REPO; --yes allows none."),
    ] = None,
    team: TeamOption = "",
    yes: YesOption = False,
    budget: BudgetOption = None,
    json: JsonOption = False,
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Judge a task, have it approved, make it, test it, build it, start it, deliver it."""
    order = RunOrder(
        task=task,
        out=out,
        target=target,
        attachments=tuple(attach or ()),
        project=project,
        team=team,
        yes=yes,
        budget=budget,
        json=json,
        passphrase_env=passphrase_env,
        memory=memory,
        web=web,
        allow_download=tuple(allow_download or ()),
    )
    _exit(commands.run(_home(context, home, json=json), order))


@app.command(epilog=EXIT_CODES)
def resume(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Run id; without one the newest unfinished run.")] = "",
    yes: YesOption = False,
    budget: Annotated[
        float | None, typer.Option("--budget", min=0, help="New money cap in USD for a run that stopped at its cap.")
    ] = None,
    json: JsonOption = False,
    passphrase_env: PassphraseOption = "",
    home: HomeOption = None,
) -> None:
    """Go on with an unfinished run exactly where it stopped."""
    place = _home(context, home, json=json)
    _exit(commands.resume(place, run, yes=yes, budget=budget, json=json, passphrase_env=passphrase_env))


@app.command()
def runs(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """List all runs."""
    _exit(commands.list_runs(_home(context, home, json=json), json=json))


@app.command()
def show(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Run id.")],
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show a run: what happened, its steps, versions, changes and costs."""
    _exit(commands.show(_home(context, home, json=json), run, json=json))


@app.command()
def cancel(
    context: typer.Context, run: Annotated[str, typer.Argument(help="Run id.")], home: HomeOption = None
) -> None:
    """End a run for good, wherever it is being worked on."""
    _exit(commands.cancel(_home(context, home), run))


@app.command()
def rewind(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Run id.")],
    step: Annotated[int, typer.Argument(help="Step number, see `show`.")],
    home: HomeOption = None,
) -> None:
    """Go back to a step of a run, state and files together; `resume` does what follows anew."""
    _exit(commands.rewind(_home(context, home), run, step))


@app.command()
def acp(context: typer.Context, home: HomeOption = None) -> None:
    """Serve an editor over standard input and output (Agent Client Protocol)."""
    # `engine.cli` takes this word before anything else is imported; here it only stands in the list of commands.
    from engine.relay import relay

    relay(_home(context, home))


def _home(context: typer.Context, option: Path | None, *, json: bool = False) -> Home:
    try:
        return find_home(option or context.obj)
    except MultiCoderError as error:
        raise typer.Exit(told(error, system_locale(), json=json)) from error


def _exit(code: int) -> None:
    raise typer.Exit(code)
