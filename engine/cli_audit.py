"""`multicoder audit`: is everything as it must be, and would it stay so if something broke."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from core import settings as settings_file
from core.errors import DataFolderBusy, MultiCoderError
from core.i18n import LOCALES, system_locale, tr
from core.paths import home as find_home
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from core.events import Event
    from core.i18n import Words
    from core.paths import Home
    from engine.paranoid.drills.drill import Drill, DrillReport, Fact
    from engine.paranoid.drills.runner import Audit

ALL: Final = "all"
SAFE: Final = "safe"
_INSPECT_SECONDS: Final = 120.0
_SEVERITIES: Final = {"critical": "!", "warning": "?", "note": "-"}
_MARKS: Final = {"held": "+", "broken": "!", "unchecked": "?"}

DrillOption = Annotated[
    str, typer.Option("--drill", help="Name of a what-if drill, `safe` for the harmless ones, `all` for every one.")
]
ListOption = Annotated[bool, typer.Option("--list", help="List the drills.")]
SeedOption = Annotated[int | None, typer.Option("--seed", min=0, help="Repeat the chances of an earlier drill.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
InsideOption = Annotated[str, typer.Option("--inside", hidden=True, help="How a drill starts its own processes.")]


def audit(
    context: typer.Context,
    drill: DrillOption = "",
    list_: ListOption = False,
    seed: SeedOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
    inside: InsideOption = "",
) -> None:
    """Look whether everything is as it must be; with --drill try on copies what happens when things break.

    Exit code 0: nothing critical was found, every promise was kept.
    """
    if inside:
        raise typer.Exit(_inside(inside))
    locale = system_locale()

    async def work() -> int:
        place = find_home(home or context.obj)
        spoken = _locale(place)
        if list_:
            _list(spoken, json=json)
            return 0
        if not drill:
            return _print_verdict(await _verdict(place, spoken), spoken, json=json)
        return await _drill(place, _chosen(drill), seed, spoken, json=json)

    raise typer.Exit(reported(work, locale, json=json))


def _inside(what: str) -> int:
    from engine.paranoid.drills.inside import take_part

    async def work() -> int:
        await take_part(what)
        return 0

    return reported(work, LOCALES[0])


async def _verdict(home: Home, locale: str) -> dict[str, Any]:
    """The verdict of the engine that works here, else of one opened for this look."""
    from engine.door import ask
    from engine.doorbell import EngineAbsent

    try:
        found: dict[str, Any] = await ask(home, "_multicoder/audit/inspect", {"locale": locale}, _INSPECT_SECONDS)
    except EngineAbsent:
        from engine.reactor import open_reactor

        async with open_reactor(home, working=False) as reactor:
            return (await reactor.paranoid.inspect()).as_dict(locale)
    return found


def _print_verdict(verdict: dict[str, Any], locale: str, *, json: bool) -> int:
    findings = verdict["findings"]
    if json:
        print_json(verdict)
    else:
        for finding in findings:
            _say(f"{_SEVERITIES[finding['severity']]} {finding['what']}")
            if finding["action"]:
                _say(f"  -> {finding['action']}")
        _say(tr("audit-score", locale, score=verdict["score"], findings=len(findings)))
    return 1 if any(finding["severity"] == "critical" for finding in findings) else 0


def _chosen(name: str) -> tuple[Drill, ...]:
    from engine.paranoid.drills.catalogue import drills, find

    if name == ALL:
        return drills()
    if name == SAFE:
        return tuple(drill for drill in drills() if drill.safe)
    return (find(name),)


async def _drill(home: Home, chosen: tuple[Drill, ...], seed: int | None, locale: str, *, json: bool) -> int:
    from engine.paranoid.drills.runner import run_drills

    def told(report: DrillReport) -> None:
        if json:
            print_json(_row(report, locale))
        else:
            _print_report(report, locale)

    kept = _Kept()
    if not json:
        _say(tr("audit-begins", locale, drills=len(chosen), seconds=round(sum(drill.seconds for drill in chosen))))
    audited = await run_drills(home, chosen, sink=kept, seed=seed, told=told)
    journaled = await asyncio.to_thread(_journal, home, kept.events)
    _print_end(audited, locale, journaled=journaled, json=json)
    return 0 if audited.held else 1


class _Kept:
    """Events on their way to the journal: written while drills run, they would change the folder that must not."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def emit(self, event: Event, /) -> None:
        """Keep one event."""
        self.events.append(event)


def _journal(home: Home, events: list[Event]) -> bool:
    """Write what happened to the journal of an existing data folder; False when somebody else is writing it."""
    from core.logs import set_up_logs
    from engine.journal import Journal
    from engine.lock import FolderLock

    if not home.root.is_dir():
        return True
    with ExitStack() as opened:
        home.prepare()
        try:
            opened.enter_context(FolderLock(home.lock))
        except DataFolderBusy:  # the journal has one writer
            return False
        journal = Journal(home.journal, set_up_logs(home.log))
        opened.callback(journal.close)
        for event in events:
            journal.emit(event)
    return True


def _list(locale: str, *, json: bool) -> None:
    from engine.paranoid.drills.catalogue import drills

    for drill in drills():
        name, story = drill.name.text(locale), drill.story.text(locale)
        if json:
            print_json(
                {
                    "id": drill.id,
                    "name": name,
                    "story": story,
                    "fault": drill.fault,
                    "seconds": drill.seconds,
                    "safe": drill.safe,
                }
            )
        else:
            _say(f"{drill.id}  [{drill.fault}]  ~{drill.seconds:g} s\n    {name}: {story}")


def _print_report(report: DrillReport, locale: str) -> None:
    state = tr("audit-state", locale, state=report.state, seconds=round(report.seconds, 1))
    _say(f"\n{report.drill.id}: {report.drill.name.text(locale)}: {state}")
    _say(f"  {report.drill.story.text(locale)}")
    for fact in report.facts:
        _say(f"  [{_mark(fact)}] {_text(fact.what, locale)}")
        if fact.seen:
            _say(f"      {tr('audit-seen', locale)} {visible(fact.seen)}")


def _print_end(audited: Audit, locale: str, *, journaled: bool, json: bool) -> None:
    states = [report.state for report in audited.reports]
    counts = {state: states.count(state) for state in ("held", "broken", "unchecked")}
    if json:
        print_json({"type": "AUDIT", "name": "audit.finished", **counts, "truth": audited.truth, "held": audited.held})
        return
    _say(f"\n{tr('audit-ends', locale, **counts)}")
    _say(tr("audit-truth", locale, truth=audited.truth))
    if not journaled:
        _say(tr("audit-not-kept", locale))


def _say(text: str) -> None:
    print(text, flush=True)


def _row(report: DrillReport, locale: str) -> dict[str, Any]:
    return {
        "drill": report.drill.id,
        "name": report.drill.name.text(locale),
        "fault": report.drill.fault,
        "state": report.state,
        "seconds": round(report.seconds, 2),
        "seed": report.seed,
        "facts": [
            {
                "promise": fact.what.message,
                "state": _state(fact),
                "text": _text(fact.what, locale),
                "seen": fact.seen,
            }
            for fact in report.facts
        ],
    }


def _state(fact: Fact) -> str:
    return "broken" if not fact.ok else "held" if fact.checked else "unchecked"


def _mark(fact: Fact) -> str:
    return _MARKS[_state(fact)]


def _text(words: Words, locale: str) -> str:
    return visible(words.text(locale))


def _locale(home: Home) -> str:
    try:
        language = settings_file.load(home.settings, os.environ).language
    except MultiCoderError:  # told by whoever needs the settings
        language = "auto"
    return system_locale() if language == "auto" else language


def main(arguments: list[str] | None = None) -> Any:
    """Entry point of the audit alone; also how drills start their own processes."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(audit)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles default to a code page without Cyrillic
            stream.reconfigure(encoding="utf-8", errors="replace")
    return app(args=arguments)


if __name__ == "__main__":
    main()
