"""disk-full, read-only: a disk that takes nothing more, and one that takes nothing at all."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from core.errors import DeliveryFailed, MultiCoderError
from core.events import Event
from core.files import write_atomic
from core.i18n import load_catalogues
from core.paths import install_folder
from engine.paranoid.drills.drill import in_words
from engine.paranoid.drills.filling import bytes_below, effect, fill, is_whole, open_stores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.paranoid.drills.drill import Fact, Stage
    from engine.paranoid.drills.filling import Stores

ROOM: Final = 1 << 20
"""Bytes any single file may have while the disk is full."""
ROW: Final = 16 << 10
MOST_ROWS: Final = 400
TOLD_SECONDS: Final = 2.0
NOBODY: Final = 65534
EVENT: Final = "drill.disk_full"


# ------------------------------------------------------------------------------------------------ full


async def full(stage: Stage) -> list[Fact]:
    """Let every file end at a megabyte, write until nothing goes any more, then make room again."""
    if sys.platform == "win32":
        return [stage.unchecked("cannot")]
    load_catalogues()
    stage.shadow.prepare()
    async with open_stores(stage.shadow) as stores:
        project = await fill(stores)
        with _full_disk():
            acked, archive_error, waited = await _until_refused(lambda _: _message(stores, project, stage))
            recorded, ledger_error, _ = await _until_refused(lambda number: _effect(stores, number))
            told, emitted = await asyncio.to_thread(_journal_until_refused, stores)
            settings_kept = await asyncio.to_thread(_settings, stage)
            delivery = await _deliver(stage)
        again = await _message(stores, project, stage)
        await stores.ledger.record(effect("after"), {"ok": True})
        flushed = await asyncio.to_thread(stores.journal.flush)
        events = [row.data["number"] for row in stores.journal.read() if row.name == EVENT]
        worded = [error for error in (archive_error, ledger_error) if error is None or not in_words(error)]
    return [
        stage.fact("told", not worded and waited < TOLD_SECONDS, f"{worded} {waited:.1f} s", seconds=TOLD_SECONDS),
        stage.fact(
            "waits", not told and flushed and events == list(range(emitted)), f"{told} {flushed} {events} of {emitted}"
        ),
        stage.fact("settings", settings_kept, "the old content is gone"),
        stage.fact("delivery", delivery == "", delivery),
        stage.fact("goes-on", bool(again)),
        await _still_there(stage, project, [*acked, again], recorded),
    ]


@contextmanager
def _full_disk() -> Iterator[None]:
    """No file of this process can be written beyond `ROOM`; only the soft limit moves, so it can be lifted."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def _until_refused(write: Callable[[int], Any]) -> tuple[list[Any], Exception | None, float]:
    """Write until an error; return what was acknowledged, the error and how long it took to come."""
    done = []
    for number in range(MOST_ROWS):
        started = time.monotonic()
        try:
            done.append(await write(number))
        except (MultiCoderError, OSError, ValueError) as error:
            return done, error, time.monotonic() - started
    return done, None, 0.0


async def _message(stores: Stores, project: str, stage: Stage) -> str:
    return await stores.archive.add_message(project, "r-drill", "person", stage.drill.ljust(ROW, "x"))


async def _effect(stores: Stores, number: int) -> int:
    await stores.ledger.record(effect("full", number), {"text": "x" * ROW})
    return number


def _journal_until_refused(stores: Stores) -> tuple[bool, int]:
    """Emit until the disk refuses; return whether it never did, and how many events were taken."""
    for number in range(MOST_ROWS):
        stores.journal.emit(Event("FILE", EVENT, data={"number": number, "text": "x" * ROW}))
        if not stores.journal.flush():
            return False, number + 1
    return True, MOST_ROWS


def _settings(stage: Stage) -> bool:
    file = stage.scratch / "settings.toml"
    file.write_bytes(b"old")
    try:
        write_atomic(file, b"new" * ROOM)
    except OSError:
        return file.read_bytes() == b"old" and [path.name for path in stage.scratch.iterdir()] == ["settings.toml"]
    return False


async def _deliver(stage: Stage) -> str:
    """Deliver more than there is room for; say what went wrong beyond that."""
    from builders.delivery import FileDelivery  # noqa: PLC0415 - loads the builders

    out, artifact = stage.folder / "out", stage.folder / "artifact"
    out.mkdir()
    artifact.write_bytes(b"program")
    evidence = {"large.bin": bytes(ROOM + 1)}
    digest = hashlib.sha256(b"program").hexdigest()
    try:
        await FileDelivery(install_folder()).deliver(artifact, out / "program.zip", evidence, digest)
    except DeliveryFailed as error:
        left = sorted(path.name for path in out.iterdir())
        return "" if error.code == "delivery-full" and not left else f"{error.code} {left}"
    return "delivered"


async def _still_there(stage: Stage, project: str, acked: list[str], recorded: list[int]) -> Fact:
    async with open_stores(stage.shadow) as stores:
        kept = {message.message for message in await stores.archive.messages(project)}
        lost: list[Any] = [message for message in acked if message not in kept]
        lost += [number for number in recorded if await stores.ledger.lookup(effect("full", number)) is None]
        whole = await is_whole(stores.ledger)
    return stage.fact("kept", not lost and whole, f"{lost} {whole}", rows=len(acked) + len(recorded))


# ------------------------------------------------------------------------------------------------ read-only


async def read_only(stage: Stage) -> list[Fact]:
    """Take away every right to write to the copy, try to work there all the same."""
    if sys.platform == "win32":
        return [stage.unchecked("cannot")]
    load_catalogues()
    stage.shadow.prepare()
    async with open_stores(stage.shadow) as stores:
        await fill(stores)
    return await asyncio.to_thread(_without_rights, stage)


def _without_rights(stage: Stage) -> list[Fact]:
    from agents.providers.registry import Provider, Registry  # noqa: PLC0415 - all before the rights are given up
    from builders.delivery import FileDelivery  # noqa: PLC0415
    from engine.journal import Journal  # noqa: PLC0415
    from engine.lock import FolderLock  # noqa: PLC0415
    from engine.paranoid.drills.filling import Unheard, quiet_log  # noqa: PLC0415
    from graph.ledger import Ledger  # noqa: PLC0415
    from memory.archive import SqliteArchive  # noqa: PLC0415

    home = stage.shadow
    provider = Provider("drill", "Drill", "https://drill.invalid/v1")
    before = bytes_below(home.root)
    _give_up_rights(stage)
    tried = {
        "folder": home.prepare,
        "lock": FolderLock(home.lock.with_name("fresh.lock")).acquire,
        "archive": lambda: SqliteArchive(home.database),
        "ledger": lambda: Ledger(home.ledger, Unheard()),
        "journal": lambda: Journal(home.journal, quiet_log()),
        "providers": lambda: Registry(home.providers).add(provider),
        "delivery": lambda: FileDelivery(install_folder()).check(home.root / "out"),
    }
    outcomes = {name: _refusal(attempt) for name, attempt in tried.items()}
    wrong = {name: outcome for name, outcome in outcomes.items() if outcome}
    return [
        stage.fact("told", not wrong, wrong, parts=len(tried)),
        stage.fact("unchanged", bytes_below(home.root) == before, "the copy has changed"),
    ]


def _refusal(attempt: Callable[[], Any]) -> str:
    """Say what was wrong with how something was refused; empty when a person was told in words."""
    try:
        attempt()
    except (MultiCoderError, OSError, ValueError) as error:
        return "" if in_words(error) else repr(error)
    return "it went through"


def _give_up_rights(stage: Stage) -> None:
    """Make the copy read-only; root, whom no mode stops, becomes nobody as well. There is no way back."""
    if sys.platform != "win32":
        root = os.geteuid() == 0
        for path in (stage.shadow.root, *stage.shadow.root.rglob("*")):
            path.chmod(0o500 if path.is_dir() else 0o400)
            if root:
                os.chown(path, NOBODY, NOBODY)
        if root:
            for folder in (stage.folder, stage.folder.parent):
                folder.chmod(0o711)  # nobody gets through, and others see nothing of what is the person's
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
