"""`multicoder status` and `multicoder doctor`: the board of the engine, and a look at this computer before anything."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from core.errors import DataFolderBusy
from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.reporting import reported
from engine.visible import visible

if TYPE_CHECKING:
    from core.paths import Home
    from engine.health.doctor import Check

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object.")]
ProbeOption = Annotated[bool, typer.Option("--probe", help="Look at everything now instead of showing the last look.")]
RepairOption = Annotated[bool, typer.Option("--repair", help="Do the one step that helps, after asking.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask before each repair.")]
_ENGINE_SECONDS: Final = 5.0
_PROBE_SECONDS: Final = 90.0


def status(
    context: typer.Context, probe: ProbeOption = False, json: JsonOption = False, home: HomeOption = None
) -> None:
    """Show the state of all systems; exit code 1 when one of them is down."""
    locale = system_locale()

    async def work() -> int:
        from engine.health.showing import print_status

        return print_status(await _rows(find_home(home or context.obj), locale, probe=probe), locale, json=json)

    raise typer.Exit(reported(work, locale, json=json))


async def _rows(home: Home, locale: str, *, probe: bool) -> list[dict[str, Any]]:
    """What the working engine says; of one that hangs its own snapshot; without one an engine opened for this look."""
    from engine.door import ask
    from engine.doorbell import EngineAbsent
    from engine.health.status import read_snapshot

    try:
        seconds = _PROBE_SECONDS if probe else _ENGINE_SECONDS
        answer = await ask(home, "_multicoder/status", {"probe": probe, "locale": locale}, seconds)
        rows: list[dict[str, Any]] = answer["systems"]
    except EngineAbsent:
        try:
            return await _looked_at(home, locale)
        except DataFolderBusy:
            # An engine that holds the folder and does not answer hangs: what its watchdog wrote down is the truth then.
            return read_snapshot(home.health, locale)
    return rows


async def _looked_at(home: Home, locale: str) -> list[dict[str, Any]]:
    from engine.reactor import open_reactor

    async with open_reactor(home, working=False) as reactor:
        await reactor.paranoid.inspect()
        await reactor.board.probe_now()
        for line in reactor.info(locale)["recovered"]:
            print(visible(line), file=sys.stderr)
        return [row.as_dict(locale) for row in reactor.board.snapshot()]


def doctor(
    context: typer.Context,
    repair: RepairOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Look whether this computer has what MultiCoder needs, and what to do where it has not."""
    locale = system_locale()

    async def work() -> int:
        from engine.health.doctor import examine
        from engine.health.showing import print_doctor

        place = find_home(home or context.obj)
        checks = await examine(place, os.environ)
        code = print_doctor(checks, locale, json=json)
        if repair and await _repaired(checks, locale, ask=not yes):
            return print_doctor(await examine(place, os.environ), locale, json=json)
        return code

    raise typer.Exit(reported(work, locale, json=json))


async def _repaired(checks: list[Check], locale: str, *, ask: bool) -> bool:
    """Repair what can be repaired here; whether anything was done."""
    from engine.health.doctor import repair
    from engine.health.telling import said

    done = False
    for check in checks:
        if check.repair is None or (check.state == "ok"):
            continue
        step = said(check.command, locale) if check.command else said(check.name, locale)
        if ask and not (sys.stdin.isatty() and typer.confirm(tr("doctor-repair-ask", locale, step=step))):
            continue
        await repair(check)
        print(tr("doctor-repaired", locale, step=step), file=sys.stderr)
        done = True
    return done
