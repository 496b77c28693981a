"""What the commands do: open what they need, do it, put the result or the error into words."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from locale import getencoding
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from core import settings as settings_file
from core.errors import Cancelled, DataFolderBusy, InputError, MultiCoderError
from core.events import Event
from core.i18n import detect_locale, system_locale, tr
from core.memory import Reach
from core.research import WEB_USES
from engine.cli_secrets import with_vault
from engine.intact import check_nothing_lost
from engine.lock import FolderLock
from engine.reporting import EXIT_PAUSED, print_json, reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.memory import DocumentNote
    from core.paths import Home
    from core.ports import RunRecord
    from engine.bootstrap import Engine
    from engine.driver import End, RunDriver
    from engine.speaking import Voice
    from graph.cards import Card
    from graph.state import Caps, Options

TASK_CHARACTERS: Final = 200_000
ATTACHMENT_BYTES: Final = 1_000_000
STANDARD_INPUT: Final = "-"
STANDARD_INPUT_BYTES: Final = 64_000_000
TARGETS: Final = ("exe", "zip", "source")
REACHES: Final[tuple[Reach, ...]] = get_args(Reach)
_REPOSITORY: Final = re.compile(r"[\w.-]+(?::\d{1,5})?/[\w.-]+/[\w.-]+")
EXIT_WAITING: Final = 3
EXIT_CODES: Final = {
    "delivered": 0,
    "answered": 10,
    "refused": 11,
    "rejected": 12,
    "stopped": 13,
    "cancelled": Cancelled.exit_code,
}
_NOT_TEXT: Final = "\0"
"""Never part of a text a person wrote; stands for bytes that are none."""
FRESH_PROJECT: Final = "new"
NEWEST_PROJECT: Final = "last"
_CANCEL_WAIT_SECONDS: Final = 10.0
_NO_MODELS: Final = "demo"
"""The scripted team asks nobody: ending or rewinding a run must not depend on a provider that still works."""


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
    passphrase_env: str = ""
    memory: str = ""
    """How far the memory is looked through; empty: as usual."""
    web: str = ""
    """How things are looked up on the internet; empty: as the settings say."""
    allow_download: tuple[str, ...] = ()
    """Repositories, `host/owner/name`, that may be downloaded."""


# ------------------------------------------------------------------------------------------------ run, resume


def run(home: Home, order: RunOrder) -> int:
    """Start a run and drive it; return the exit code."""
    if order.task == STANDARD_INPUT:
        order = replace(order, task=_decoded(sys.stdin.buffer.read(STANDARD_INPUT_BYTES)))
    locale = _locale(home, order.task)

    async def work() -> int:
        from engine.speaking import speaking

        checked = _checked(order)
        settings = settings_file.load(home.settings, os.environ)
        team = checked.team or settings.team
        with speaking(locale, yes=order.yes, json=order.json) as voice:
            async with _engine(home, team, voice, order.passphrase_env) as engine:
                from engine.driver import RunDriver

                driver = RunDriver(engine)
                run_id = await _create(engine, driver, checked, team, locale)
                return await _drive(engine, driver, run_id, voice)

    return reported(work, locale, json=order.json)


def resume(home: Home, run_id: str, *, yes: bool, budget: float | None, json: bool, passphrase_env: str = "") -> int:
    """Go on with a run; return the exit code."""
    locale = _locale(home, "")

    async def work() -> int:
        from engine.speaking import speaking

        record = await _find(home, run_id, unfinished=True)
        spoken = str(record.options["locale"])
        with speaking(spoken, yes=yes, json=json, budget=budget) as voice:
            voice.progress.recall(_told_before(home, record.run))
            async with _engine(home, str(record.options["team"]), voice, passphrase_env) as engine:
                from engine.driver import RunDriver

                return await _drive(engine, RunDriver(engine), record.run, voice)

    return reported(work, locale, json=json)


def _checked(order: RunOrder) -> RunOrder:
    """Refuse what cannot be worked on before anything is opened."""
    if not order.task.strip():
        raise InputError("empty-task")
    if len(order.task) > TASK_CHARACTERS:
        raise InputError("task-too-long", length=len(order.task), limit=TASK_CHARACTERS)
    if _NOT_TEXT in order.task:
        raise InputError("task-not-text")
    if order.target is not None and order.target not in TARGETS:
        raise InputError("unknown-target", target=order.target, targets=", ".join(TARGETS))
    if order.memory not in ("", *REACHES):
        raise InputError("memory-choice", value=order.memory[:80], choices=", ".join(REACHES))
    if order.web not in ("", *WEB_USES):
        raise InputError("web-choice", value=order.web[:80], choices=", ".join(WEB_USES))
    for address in order.allow_download:
        if not _REPOSITORY.fullmatch(address):
            raise InputError("download-address", value=address[:200])
    for path in order.attachments:
        _attachment(path)
    from builders.delivery import FileDelivery
    from core.paths import install_folder

    FileDelivery(install_folder()).check(order.out.absolute())
    return order


def _decoded(data: bytes) -> str:
    """Text from a pipe: UTF-8, else the system's own encoding (Windows pipes)."""
    for encoding in ("utf-8-sig", getencoding()):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return _NOT_TEXT


def _attachment(path: Path) -> str:
    limit = ATTACHMENT_BYTES // 1000
    try:
        if path.exists() and not path.is_file():
            raise InputError("attachment-not-text", path=str(path), limit=limit)
        if path.stat().st_size > ATTACHMENT_BYTES:
            raise InputError("attachment-too-large", path=str(path), limit=limit)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("attachment", path=str(path), reason=str(error.strerror), limit=limit) from error
    except UnicodeDecodeError as error:
        raise InputError("attachment-not-text", path=str(path), limit=limit) from error
    if _NOT_TEXT in text:
        raise InputError("attachment-not-text", path=str(path), limit=limit)
    return text


async def _create(engine: Engine, driver: RunDriver, order: RunOrder, team: str, locale: str) -> str:
    settings = engine.settings
    out = str(order.out.absolute())
    texts = [f"{path.name}\n{_attachment(path)}" for path in order.attachments]
    project = await _project(engine, order, out, locale)
    attachments = [await engine.archive.add_message(project, "", "person", text, kind="attachment") for text in texts]
    for path in order.attachments:
        await _remember(engine, path, project)
    options: Options = {"out": out, "target": cast("Any", order.target), "attachments": attachments}
    options["web"] = cast("Any", order.web or settings.web_search)
    if order.allow_download:
        options["allow_download"] = list(order.allow_download)
    if order.memory:
        options["reach"] = cast("Any", order.memory)
    caps: Caps = {
        "usd": settings.budget_usd if order.budget is None else order.budget,
        "assume_prices": order.budget is not None,
        "tokens": settings.budget_tokens,
        "calls": settings.budget_calls,
        "minutes": settings.budget_minutes,
    }
    return await driver.create(project, order.task, options, caps, locale=locale, team=team)


async def _remember(engine: Engine, path: Path, project: str) -> None:
    """Keep what belongs to a task in the project's memory."""
    from memory.ingest.noting import note_for

    def read() -> tuple[bytes, DocumentNote]:
        data = path.read_bytes()
        return data, note_for(path.name, data, origin=path.absolute().as_uri(), project=project)

    await engine.memory.documents.add(*await asyncio.to_thread(read))


async def _project(engine: Engine, order: RunOrder, out: str, locale: str) -> str:
    """The project the message belongs to: the one named, the one delivered to this folder, or a new one."""
    found = await _delivered_project(engine, order.project, out)
    if found:
        for record in await engine.archive.runs():
            if record.project == found and not record.outcome:
                raise InputError("project-at-work", run=record.run)
        return found
    return (await engine.archive.add_project(order.task.strip()[:60], out=out, locale=locale)).project


async def _delivered_project(engine: Engine, wanted: str, out: str) -> str:
    if wanted == FRESH_PROJECT:
        return ""
    if wanted not in {"", NEWEST_PROJECT}:
        return (await engine.archive.project(wanted)).project
    for record in reversed(await engine.archive.projects()):
        if await engine.archive.versions(record.project) and (wanted == NEWEST_PROJECT or record.out == out):
            return record.project
    if wanted:
        raise InputError("unknown-project", project=wanted)
    return ""


def _told_before(home: Home, run_id: str) -> Iterator[Event]:
    from engine.journal import read_journal

    for row in read_journal(home.journal, run_id):
        yield Event(row.type, row.name, run=row.run, module=row.module, data=row.data, at=row.at)


async def _drive(engine: Engine, driver: RunDriver, run_id: str, voice: Voice) -> int:
    from engine.speaking import interruptible

    with interruptible(driver, voice):
        end = await driver.drive(run_id, voice.person)
    voice.progress.close()
    return await _told(engine, run_id, end, voice)


async def _told(engine: Engine, run_id: str, end: End, voice: Voice) -> int:
    from engine.driver import Finished, Paused, Waiting

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
    if isinstance(end, Waiting) and voice.keyboard is None:
        text = tr("waiting-for-person", voice.locale, run=run_id)
        _result(run_id, {"outcome": "waiting", "card": cast("Any", end.card), "text": text}, voice)
        return EXIT_WAITING
    text = "paused-run" if isinstance(end, Paused) else "waiting-for-person"
    _result(run_id, {"outcome": "paused", "text": tr(text, voice.locale, run=run_id)}, voice)
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
    from engine.visible import visible

    print(visible(result["text"]))


# ------------------------------------------------------------------------------------------------ looking, ending


def list_runs(home: Home, *, json: bool) -> int:
    """Print all runs, oldest first."""
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


def show(home: Home, run_id: str, *, json: bool) -> int:
    """Print everything known of a run."""
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


def cancel(home: Home, run_id: str) -> int:
    """Cancel a run, whoever drives it."""
    locale = _locale(home, "")

    async def work() -> int:
        record = await _find(home, run_id, unfinished=True)
        if record.outcome:
            raise _ended(record, locale)
        try:
            with FolderLock(home.lock):
                pass  # who drives the run elsewhere is asked at once, not after seconds of imports
            async with _engine(home, _NO_MODELS, None) as engine:
                from engine.driver import RunDriver

                await RunDriver(engine).cancel(record.run)
                return _cancelled(await engine.archive.run(record.run), locale)
        except DataFolderBusy:
            return await _cancel_elsewhere(home, record.run, locale)

    return reported(work, locale)


async def _cancel_elsewhere(home: Home, run_id: str, locale: str) -> int:
    """Ask the process that drives the run and wait until it says so."""
    from engine.mailbox import Mailbox

    mailbox = Mailbox(home.runs, run_id)
    mailbox.post("cancel")
    print(tr("cancel-asked", locale, run=run_id))
    with _archive(home) as archive:
        for _ in range(int(_CANCEL_WAIT_SECONDS / 0.1)):
            record = await archive.run(run_id)
            if record.outcome:
                mailbox.clear()  # a run that came to its end before did not hear it
                return _cancelled(record, locale)
            await asyncio.sleep(0.1)
    if mailbox.pending():
        mailbox.clear()
        raise DataFolderBusy("cancel-not-heard", run=run_id)
    return EXIT_WAITING


def _cancelled(record: RunRecord, locale: str) -> int:
    """Say that the run is cancelled, unless it came to another end first."""
    if record.outcome != "cancelled":
        raise _ended(record, locale)
    print(tr("cancel-done", locale, run=record.run))
    return 0


def _ended(record: RunRecord, locale: str) -> InputError:
    return InputError("run-ended", run=record.run, outcome=tr(f"outcome-{record.outcome}", locale))


def rewind(home: Home, run_id: str, step: int) -> int:
    """Go back to a step of a run."""
    locale = _locale(home, "")

    async def work() -> int:
        record = await _find(home, run_id)
        async with _engine(home, _NO_MODELS, None) as engine:
            from engine.driver import RunDriver

            await RunDriver(engine).rewind(record.run, step)
        print(tr("rewind-done", locale, run=record.run, step=step))
        return 0

    return reported(work, locale)


# ------------------------------------------------------------------------------------------------ around them


@contextlib.asynccontextmanager
async def _engine(home: Home, team: str, voice: Voice | None, passphrase_env: str = "") -> Any:
    """The engine; its heavy imports happen in a thread so that Ctrl+C and progress stay alive.

    When its keys are in a locked vault, the person at the terminal is asked for the passphrase.
    """

    def load() -> Any:
        from engine import bootstrap

        return bootstrap

    bootstrap = await asyncio.to_thread(load)
    subscribers = [voice.progress] if voice else []
    async with contextlib.AsyncExitStack() as opened:

        async def open_it() -> Any:
            return await opened.enter_async_context(bootstrap.open_engine(home, team=team, subscribers=subscribers))

        yield await with_vault(home, passphrase_env, open_it)


@contextmanager
def _archive(home: Home) -> Iterator[Any]:
    from memory.archive import SqliteArchive

    home.prepare()
    check_nothing_lost(home)
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


def _locale(home: Home, text: str) -> str:
    """The language of the task, else of the settings, else of the system."""
    language = "auto"
    with contextlib.suppress(MultiCoderError):  # a damaged settings file is told by the command itself
        language = settings_file.load(home.settings, os.environ).language
    fallback = system_locale() if language == "auto" else language
    return detect_locale(text, fallback) if text else fallback
