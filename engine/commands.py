"""What the commands do: open what they need, do it, put the result or the error into words."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from core import settings as settings_file
from core.errors import Cancelled, DataFolderBusy, InputError, MultiCoderError
from core.i18n import detect_locale, system_locale, tr
from core.paths import home as find_home
from engine.reporting import EXIT_PAUSED, print_json, reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.paths import Home
    from core.ports import RunRecord
    from core.settings import Settings
    from engine.bootstrap import Engine
    from engine.driver import End, RunDriver
    from engine.person import Person
    from engine.progress import Progress
    from graph.approvals import Reply
    from graph.cards import Card
    from graph.state import Caps, Options

TASK_CHARACTERS: Final = 200_000
ATTACHMENT_BYTES: Final = 1_000_000
TARGETS: Final = ("exe", "zip", "source")
EXIT_WAITING: Final = 3
EXIT_CODES: Final = {
    "delivered": 0,
    "answered": 10,
    "refused": 11,
    "rejected": 12,
    "stopped": 13,
    "cancelled": Cancelled.exit_code,
}
_CANCEL_WAIT_SECONDS: Final = 10.0


@dataclass(frozen=True)
class RunOrder:
    """What `multicoder run` was asked for."""

    task: str
    out: Path
    target: str | None = None
    attachments: tuple[Path, ...] = ()
    project: str = ""
    team: str = ""
    yes: bool = False
    budget: float | None = None
    json: bool = False


@dataclass(frozen=True)
class Voice:
    """How a command speaks: language, progress and the person at the cards."""

    locale: str
    progress: Progress
    person: Person
    json: bool


# ------------------------------------------------------------------------------------------------ run, resume


def run(home_option: Path | None, order: RunOrder) -> int:
    """Start a run and drive it; return the exit code."""
    home = find_home(home_option)
    locale = _locale(home, order.task)

    async def work() -> int:
        checked = _checked(order)
        settings = settings_file.load(home.settings, os.environ)
        team = checked.team or settings.team
        with _speaking(locale, yes=order.yes, json=order.json) as voice:
            async with _engine(home, team, voice) as engine:
                from engine.driver import RunDriver

                driver = RunDriver(engine)
                run_id = await _create(engine, driver, checked, settings, team, locale)
                return await _drive(engine, driver, run_id, voice)

    return reported(work, locale, json=order.json)


def resume(home_option: Path | None, run_id: str, *, yes: bool, budget: float | None, json: bool) -> int:
    """Go on with a run; return the exit code."""
    home = find_home(home_option)
    locale = _locale(home, "")

    async def work() -> int:
        record = await _find(home, run_id, unfinished=True)
        spoken = str(record.options["locale"])
        with _speaking(spoken, yes=yes, json=json, budget=budget) as voice:
            async with _engine(home, str(record.options["team"]), voice) as engine:
                from engine.driver import RunDriver

                return await _drive(engine, RunDriver(engine), record.run, voice)

    return reported(work, locale, json=json)


def _checked(order: RunOrder) -> RunOrder:
    """Refuse what cannot be worked on before anything is opened."""
    if not order.task.strip():
        raise InputError("empty-task")
    if len(order.task) > TASK_CHARACTERS:
        raise InputError("task-too-long", length=len(order.task), limit=TASK_CHARACTERS)
    if order.target is not None and order.target not in TARGETS:
        raise InputError("unknown-target", target=order.target, targets=", ".join(TARGETS))
    for path in order.attachments:
        _attachment(path)
    from builders.delivery import FileDelivery
    from core.paths import install_folder

    FileDelivery(install_folder()).check(order.out.absolute())
    return order


def _attachment(path: Path) -> str:
    try:
        if path.stat().st_size > ATTACHMENT_BYTES:
            raise InputError("attachment", path=str(path), reason="too large", limit=ATTACHMENT_BYTES // 1000)
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError("attachment", path=str(path), reason=str(reason), limit=ATTACHMENT_BYTES // 1000) from error


async def _create(
    engine: Engine, driver: RunDriver, order: RunOrder, settings: Settings, team: str, locale: str
) -> str:
    out = str(order.out.absolute())
    project = await _project(engine, order, out, locale)
    attachments = []
    for path in order.attachments:
        text = f"{path.name}\n{_attachment(path)}"
        attachments.append(await engine.archive.add_message(project, "", "person", text, kind="attachment"))
    options: Options = {"out": out, "target": cast("Any", order.target), "attachments": attachments}
    caps: Caps = {
        "usd": settings.budget_usd if order.budget is None else order.budget,
        "assume_prices": order.budget is not None,
        "tokens": settings.budget_tokens,
        "calls": settings.budget_calls,
        "minutes": settings.budget_minutes,
    }
    return await driver.create(project, order.task, options, caps, locale=locale, team=team)


async def _project(engine: Engine, order: RunOrder, out: str, locale: str) -> str:
    """The project the message belongs to: the one named, the one delivered to this folder, or a new one."""
    if order.project and order.project != "last":
        return (await engine.archive.project(order.project)).project
    for record in reversed(await engine.archive.projects()):
        if await engine.archive.versions(record.project) and (order.project == "last" or record.out == out):
            return record.project
    if order.project:
        raise InputError("unknown-project", project=order.project)
    return (await engine.archive.add_project(order.task.strip()[:60], out=out, locale=locale)).project


async def _drive(engine: Engine, driver: RunDriver, run_id: str, voice: Voice) -> int:
    with _signals(driver, voice):
        end = await driver.drive(run_id, voice.person)
    voice.progress.close()
    return await _told(engine, run_id, end, voice)


async def _told(engine: Engine, run_id: str, end: End, voice: Voice) -> int:
    from engine.driver import Finished, Waiting

    if isinstance(end, Finished):
        record = await engine.archive.run(run_id)
        messages = await engine.archive.messages(record.project)
        text = next((item.text for item in reversed(messages) if item.run == run_id and item.author != "person"), "")
        delivered = [item for item in await engine.archive.versions(record.project) if item.run == run_id]
        result: dict[str, Any] = {"outcome": end.outcome, "text": text or tr(f"outcome-{end.outcome}", voice.locale)}
        if delivered:
            result |= {
                "artifact": delivered[-1].artifact,
                "sha256": delivered[-1].sha256,
                "version": delivered[-1].number,
                "project": record.project,
            }
        _result(run_id, result, voice)
        return EXIT_CODES[end.outcome]
    if isinstance(end, Waiting):
        text = tr("waiting-for-person", voice.locale, run=run_id)
        _result(run_id, {"outcome": "waiting", "card": cast("Any", end.card), "text": text}, voice)
        return EXIT_WAITING
    _result(run_id, {"outcome": "paused", "text": tr("paused-run", voice.locale, run=run_id)}, voice)
    return EXIT_PAUSED


def _result(run_id: str, result: dict[str, Any], voice: Voice) -> None:
    if voice.json:
        print_json({"type": "INFO", "name": "run.result", "run": run_id, **result})
        return
    card = result.get("card")
    if card is not None:
        from rich.console import Console

        from engine.terminal import card_text

        Console(stderr=True, highlight=False).print(card_text(cast("Card", card), voice.locale))
    print(result["text"])


# ------------------------------------------------------------------------------------------------ looking, ending


def list_runs(home_option: Path | None, *, json: bool) -> int:
    """Print all runs, oldest first."""
    home = find_home(home_option)
    locale = _locale(home, "")

    async def work() -> int:
        with _archive(home) as archive:
            rows = [
                {
                    "run": record.run,
                    "project": record.project,
                    "outcome": record.outcome,
                    "created": record.created,
                    "task": (await archive.message(record.request)).text,
                }
                for record in await archive.runs()
            ]
        from engine.listing import print_runs

        if json:
            for row in rows:
                print_json(row)
        else:
            print_runs(rows, locale)
        return 0

    return reported(work, locale, json=json)


def show(home_option: Path | None, run_id: str, *, json: bool) -> int:
    """Print everything known of a run."""
    home = find_home(home_option)
    locale = _locale(home, "")

    async def work() -> int:
        from engine.listing import gather, print_run

        record = await _find(home, run_id)
        facts = await gather(home, record)
        if json:
            print_json(facts)
        else:
            print_run(facts, str(record.options["locale"]))
        return 0

    return reported(work, locale, json=json)


def cancel(home_option: Path | None, run_id: str) -> int:
    """Cancel a run, whoever drives it."""
    home = find_home(home_option)
    locale = _locale(home, "")

    async def work() -> int:
        record = await _find(home, run_id, unfinished=True)
        try:
            async with _engine(home, str(record.options["team"]), None) as engine:
                from engine.driver import RunDriver

                await RunDriver(engine).cancel(record.run)
        except DataFolderBusy:
            return await _cancel_elsewhere(home, record.run, locale)
        print(tr("cancel-done", locale, run=record.run))
        return 0

    return reported(work, locale)


async def _cancel_elsewhere(home: Home, run_id: str, locale: str) -> int:
    """Ask the process that drives the run and wait until it says so."""
    from engine.mailbox import Mailbox

    Mailbox(home.runs, run_id).post("cancel")
    print(tr("cancel-asked", locale, run=run_id))
    with _archive(home) as archive:
        for _ in range(int(_CANCEL_WAIT_SECONDS / 0.1)):
            if (await archive.run(run_id)).outcome:
                print(tr("cancel-done", locale, run=run_id))
                return 0
            await asyncio.sleep(0.1)
    return EXIT_WAITING


def rewind(home_option: Path | None, run_id: str, step: int) -> int:
    """Go back to a step of a run."""
    home = find_home(home_option)
    locale = _locale(home, "")

    async def work() -> int:
        record = await _find(home, run_id)
        async with _engine(home, str(record.options["team"]), None) as engine:
            from engine.driver import RunDriver

            await RunDriver(engine).rewind(record.run, step)
        print(tr("rewind-done", locale, run=record.run, step=step))
        return 0

    return reported(work, locale)


# ------------------------------------------------------------------------------------------------ around them


@contextlib.asynccontextmanager
async def _engine(home: Home, team: str, voice: Voice | None) -> Any:
    """The engine; its heavy imports happen in a thread so that Ctrl+C and progress stay alive."""

    def load() -> Any:
        from engine import bootstrap

        return bootstrap

    bootstrap = await asyncio.to_thread(load)
    subscribers = [voice.progress] if voice else []
    async with bootstrap.open_engine(home, team=team, subscribers=subscribers) as engine:
        yield engine


@contextmanager
def _archive(home: Home) -> Iterator[Any]:
    from memory.archive import SqliteArchive

    home.prepare()
    archive = SqliteArchive(home.database)
    try:
        yield archive
    finally:
        archive.close()


async def _find(home: Home, run_id: str, *, unfinished: bool = False) -> RunRecord:
    """The run named, or the newest unfinished one."""
    with _archive(home) as archive:
        if run_id:
            return cast("RunRecord", await archive.run(run_id))
        for record in reversed(await archive.runs()):
            if not record.outcome:
                return cast("RunRecord", record)
    raise InputError("nothing-to-resume" if unfinished else "unknown-run", run=run_id)


@contextmanager
def _speaking(locale: str, *, yes: bool, json: bool, budget: float | None = None) -> Iterator[Voice]:
    from rich.console import Console

    from engine import person as persons
    from engine.progress import JsonProgress, LiveProgress, PlainProgress
    from engine.terminal import Terminal

    console = Console(highlight=False)
    progress: Progress
    if json:
        progress = JsonProgress(sys.stdout)
    elif console.is_terminal:
        progress = LiveProgress(console, locale)
    else:
        progress = PlainProgress(sys.stdout, locale)
    person: Person = persons.Nobody()
    if yes:
        person = persons.Consenting()
    elif sys.stdin.isatty() and not json:
        person = Terminal(console, progress, locale)
    if budget is not None:
        person = _Raising(person, budget)
    try:
        yield Voice(locale, progress, person, json)
    finally:
        if isinstance(progress, LiveProgress):
            progress.pause()


class _Raising:
    """`resume --budget`: answers a budget hold with the new limit, leaves the rest to the person behind."""

    def __init__(self, person: Person, budget: float) -> None:
        self._person = person
        self._budget = budget
        self.via = "--budget"

    async def decide(self, card: Card) -> Reply | None:
        from graph.approvals import Reply

        if card["kind"] == "hold" and card["hold"]["kind"] == "budget":
            return Reply("retry", caps={"usd": self._budget})
        return await self._person.decide(card)


@contextmanager
def _signals(driver: RunDriver, voice: Voice) -> Iterator[None]:
    """Ctrl+C pauses safely; a second one ends at once."""
    loop = asyncio.get_running_loop()
    asked = threading.Event()

    def pause(*_: object) -> None:
        if asked.is_set():
            os._exit(EXIT_PAUSED)
        asked.set()
        if not voice.json:
            print(tr("pausing", voice.locale), file=sys.stderr, flush=True)
        loop.call_soon_threadsafe(driver.request, "pause")

    before = {number: signal.signal(number, pause) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _locale(home: Home, text: str) -> str:
    """The language of the task, else of the settings, else of the system."""
    language = "auto"
    with contextlib.suppress(MultiCoderError):  # a damaged settings file is told by the command itself
        language = settings_file.load(home.settings, os.environ).language
    fallback = system_locale() if language == "auto" else language
    return detect_locale(text, fallback) if text else fallback
