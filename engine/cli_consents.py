"""`multicoder consents`: what was allowed to be downloaded and what was refused; a permission can be taken back."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.paths import Home
    from core.research import Consents

app = typer.Typer(help="Downloads you allowed or refused: list them, take one back.", no_args_is_help=True)

_SECONDS: Final = 30.0
_MOST: Final = 1_000

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
IdArgument = Annotated[str, typer.Argument(help="Id of the decision, “consents list” shows it.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it goes to the journal.")]


@app.command("list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """List every decision about a download, newest first."""
    locale = system_locale()

    async def work() -> int:
        found = await _asked(find_home(home or context.obj), "list", {"limit": _MOST}, _rows)
        for row in found["consents"]:
            if json:
                print_json(row)
            else:
                print(visible(_line(row, locale)))
        if not found["consents"] and not json:
            print(tr("consents-none", locale))
        return 0

    raise typer.Exit(reported(work, locale, json=json))


@app.command()
def revoke(
    context: typer.Context,
    consent: IdArgument,
    reason: ReasonOption = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take a permission back: nothing more is downloaded under it, what came stays."""
    locale = system_locale()

    async def taken_back(consents: Consents) -> dict[str, Any]:
        from engine.consenting import revoke_consent

        return {"consent": await revoke_consent(consents, consent, reason)}

    async def work() -> int:
        wanted = {"consent": consent, "reason": reason}
        row = (await _asked(find_home(home or context.obj), "revoke", wanted, taken_back))["consent"]
        if json:
            print_json(row)
        else:
            kind = "taken" if row["taken"] else "untaken"
            print(visible(tr(f"consents-revoked-{kind}", locale, target=row["address"], commit=row["commit"][:12])))
        return 0

    raise typer.Exit(reported(work, locale, json=json))


async def _asked(
    home: Home, method: str, params: dict[str, Any], here: Callable[[Consents], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    """Ask the engine that works on the folder, else open it for this moment."""
    from engine.door import ask
    from engine.doorbell import EngineAbsent

    home.prepare()
    try:
        answer: dict[str, Any] = await ask(home, f"_multicoder/consents/{method}", params, _SECONDS)
    except EngineAbsent:
        from engine.consenting import opened_consents

        async with opened_consents(home) as consents:
            return await here(consents)
    return answer


async def _rows(consents: Consents) -> dict[str, Any]:
    from engine.consenting import consent_rows

    return {"consents": (await consent_rows(consents))[:_MOST]}


def _line(row: dict[str, Any], locale: str) -> str:
    state = "revoked" if row["revoked"] else "taken" if row["taken"] else row["decision"]
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(row["at"]))
    facts = {"target": row["address"], "commit": row["commit"][:12], "reason": row["reason"] or "-", "via": row["via"]}
    return f"{row['consent']}  {when}  {tr(f'consents-{state}', locale, **facts)}"
