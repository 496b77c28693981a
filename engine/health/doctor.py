"""The first-run check: what this computer and this data folder lack, what that means, and one step that helps.

It works without an engine and beside a running one: nothing is locked, and nothing is changed before `repair`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil

from core import settings as settings_file
from core.errors import InputError, MultiCoderError, StorageError
from core.i18n import DEFAULT_LOCALE, Words, explain, system_locale
from core.paths import frozen, install_folder
from engine.health.aside import aside
from engine.health.probe import State  # noqa: TC001 - the dataclass machinery reads the annotations
from engine.health.status import read_snapshot
from engine.health.telling import clean, refused, said

if TYPE_CHECKING:
    from core.paths import Home

NEEDED_PYTHON: Final = (3, 11)
_ROOM_MB: Final = 2_048
_MIB: Final = 1 << 20
_TOMORROW: Final = 86_400.0
_MOMENT: Final = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined. `degraded` is something the person should know, `down` a problem."""

    id: str
    name: Words
    state: State
    finding: Words
    meaning: Words | None = None
    """What the problem means for the person."""
    command: Words | None = None
    """The one step that helps."""
    repair: Callable[[], Awaitable[None]] | None = None
    """Does that step; asked for by the person only."""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to tell."""
        return self.state == "ok"

    def as_dict(self, locale: str) -> dict[str, Any]:
        """Return the check as one JSON object with its texts in `locale`."""
        return {
            "id": self.id,
            "name": said(self.name, locale),
            "state": self.state,
            "finding": said(self.finding, locale),
            "means": said(self.meaning, locale) if self.meaning else None,
            "command": said(self.command, locale) if self.command else None,
            "repairable": self.repair is not None,
        }


async def examine(home: Home, environ: Mapping[str, str]) -> list[Check]:
    """Examine computer and data folder; takes some seconds and writes only what it takes away again."""
    quick = [
        aside(_python),
        aside(partial(_home, home)),
        aside(partial(_disk, home)),
        aside(partial(_settings, home)),
        aside(partial(_databases, home)),
        aside(partial(_engine, home)),
        aside(partial(_clock, home)),
        aside(partial(_locale, environ)),
        aside(partial(_providers, home, environ)),
    ]
    found = list(await asyncio.gather(*quick))
    found.append(await _keyring(home, environ))
    found.append(await _sandbox())
    if sys.platform == "linux" and found[-1].ok:
        found.append(await _screen())
        found.append(await aside(partial(_binutils, home, environ)))
    return [*found, await _toolchain(home, environ)]


async def repair(check: Check) -> None:
    """Do the one step that helps. InputError `no-repair` when the person has to do it; raises what the step raises."""
    if check.repair is None:
        raise InputError("no-repair", check=check.id)
    await check.repair()


def _fine(check: str, message: str, /, **facts: str | float) -> Check:
    return Check(check, Words(f"doctor-{check}"), "ok", Words(f"doctor-{message}", clean(facts)))


def _bad(
    check: str,
    message: str,
    /,
    *,
    state: State = "down",
    repair: Callable[[], Awaitable[None]] | None = None,
    **facts: str | float,
) -> Check:
    text, shown = f"doctor-{message}", clean(facts)
    means, do = Words(f"{text}.means", shown), Words(f"{text}.do", shown)
    return Check(check, Words(f"doctor-{check}"), state, Words(text, shown), means, do, repair)


# ------------------------------------------------------------------------------------------------ the data folder


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < NEEDED_PYTHON:
        return _bad("python", "python-old", version=version)
    return _fine("python", "python-ok", version=version)


def _home(home: Home) -> Check:
    folder = str(home.root)
    try:
        if home.root.resolve().is_relative_to(install_folder()):
            return _bad("home", "home-install", folder=folder)
        standing = home.root
        while not standing.exists() and standing != standing.parent:
            standing = standing.parent
        with tempfile.TemporaryFile(dir=standing) as file:
            file.write(b"doctor")
            file.flush()
    except (OSError, RuntimeError) as error:  # the latter: a loop of links
        detail = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
        again = partial(_open_folder, home) if _is_there(home.root) and home.root.is_dir() else None
        return _bad("home", "home-refused", folder=folder, detail=detail, repair=again)
    return _fine("home", "home-ok" if standing == home.root else "home-new", folder=folder)


async def _open_folder(home: Home) -> None:
    """Give the owner of the data folder the right to use it."""

    def work() -> None:
        home.root.chmod(home.root.stat().st_mode | 0o700)
        home.prepare()

    try:
        await aside(work)
    except OSError as error:
        raise StorageError("home-unwritable", path=str(home.root), detail=error.strerror or "") from error


def _disk(home: Home) -> Check:
    standing = next((place for place in (home.root, *home.root.parents) if _is_there(place)), home.root)
    free = shutil.disk_usage(standing).free // _MIB
    if free < _ROOM_MB:
        return _bad("disk", "disk-low", state="degraded", free=free, needed=_ROOM_MB, folder=str(standing))
    return _fine("disk", "disk-ok", free=free)


def _settings(home: Home) -> Check:
    try:
        settings_file.load(home.settings, {})
    except MultiCoderError as error:
        detail, file = explain(error, DEFAULT_LOCALE).what, str(home.settings)
        return _bad("settings", "settings-bad", detail=detail, file=file, repair=partial(_set_aside, home.settings))
    return _fine("settings", "settings-ok")


async def _set_aside(file: Path) -> None:
    def work() -> None:
        file.replace(file.with_name(f"{file.name}.{time.strftime('%Y%m%d-%H%M%S')}.bad"))

    await aside(work)


def _databases(home: Home) -> Check:
    from engine.health.probes.kept import KeptFile  # noqa: PLC0415 - SQLite, only when there is something to look at
    from engine.recovery.databases import databases  # noqa: PLC0415 - as above

    whole = 0
    for path in databases(home):
        if not _is_there(path):
            continue
        try:
            trouble = KeptFile(path).trouble()
        except StorageError as error:
            return _bad("databases", "databases-damaged", file=path.name, detail=str(error.facts["detail"]))
        if trouble is not None:
            detail = str(trouble.evidence.facts.get("detail", "0 bytes"))
            return _bad("databases", "databases-damaged", file=path.name, detail=detail)
        whole += 1
    return _fine("databases", "databases-ok", files=whole)


def _engine(home: Home) -> Check:
    try:
        digits = home.lock.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        digits = ""
    pid = int(digits) if digits.isdigit() else 0
    if not pid or pid == os.getpid() or not psutil.pid_exists(pid):
        return _fine("engine", "engine-none")
    rows = read_snapshot(home.health, DEFAULT_LOCALE)
    if any(row["id"] == "loop" and row["state"] in {"down", "unknown"} for row in rows):
        return _bad("engine", "engine-hangs", pid=str(pid))
    return _fine("engine", "engine-works", pid=str(pid))


def _clock(home: Home) -> Check:
    now = time.time()
    shown = time.strftime(_MOMENT, time.localtime(now))
    files = [Path(__file__), home.journal, home.database, home.checkpoints, home.ledger]
    newest = max((file.stat().st_mtime for file in files if _is_there(file)), default=0.0)
    if newest > now + _TOMORROW:
        return _bad("clock", "clock-wrong", moment=shown, newest=time.strftime(_MOMENT, time.localtime(newest)))
    return _fine("clock", "clock-ok", moment=shown)


def _locale(environ: Mapping[str, str]) -> Check:
    language, encoding = system_locale(environ), sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") != "utf8":
        return _bad("locale", "locale-encoding", state="degraded", language=language, encoding=encoding)
    return _fine("locale", "locale-ok", language=language)


def _is_there(path: Path) -> bool:
    """Whether something is there that may be looked at: a closed folder has a check of its own."""
    try:
        return path.exists()
    except OSError:
        return False


# ------------------------------------------------------------------------------------------------ what it works with


def _providers(home: Home, environ: Mapping[str, str]) -> Check:
    from engine.health.probes.outside import Fleet  # noqa: PLC0415 - the providers' libraries

    try:
        names = [row.id for row in Fleet(home, environ).enabled()]
    except MultiCoderError as error:
        detail = str(error.facts.get("detail", error.code))
        return _bad("provider", "provider-bad", detail=detail, file=str(home.providers))
    if not names:
        return _bad("provider", "provider-none", state="degraded")
    return _fine("provider", "provider-ok", count=len(names), names=", ".join(names))


async def _keyring(home: Home, environ: Mapping[str, str]) -> Check:
    from engine.health.probes.outside import VAULT_LOCKED, VAULT_OPEN, Fleet, keyring  # noqa: PLC0415 - as above

    reading = await keyring(Fleet(home, environ)).read()
    if reading.evidence.message in {VAULT_OPEN, VAULT_LOCKED}:  # locked is what it is wherever nobody works
        return _fine("keyring", "keyring-vault")
    if reading.state == "ok":
        return _fine("keyring", "keyring-ok")
    detail = str(reading.evidence.facts.get("detail") or said(reading.evidence, DEFAULT_LOCALE))
    return _bad("keyring", "keyring-refused", state=reading.state, detail=detail)


async def _sandbox() -> Check:
    from builders.runner import make_runner  # noqa: PLC0415 - only here

    status = await make_runner().status()
    if status.available:
        return _fine("sandbox", "sandbox-ok", mechanism=status.mechanism)
    if sys.platform == "win32":
        return _bad("sandbox", "sandbox-closed", detail=status.detail)
    return _bad("sandbox", "sandbox-refused", detail=status.detail)


async def _screen() -> Check:
    from builders.runner import make_runner  # noqa: PLC0415 - only here
    from builders.scratch import scratch_folder  # noqa: PLC0415 - as above
    from core.ports import Job, Limits  # noqa: PLC0415 - as above

    try:
        async with scratch_folder("multicoder-doctor-") as folder:
            limits = Limits(seconds=20, cpu_seconds=10)
            result = await make_runner().run(Job(argv=("true",), workdir=folder, limits=limits, display=True))
        detail = "" if result.ok else result.stderr.strip()[-200:] or result.ending
    except MultiCoderError as error:
        detail = str(error.facts.get("detail") or error.facts.get("tool") or error.code)
    if detail:
        return _bad("screen", "screen-refused", state="degraded", detail=detail)
    return _fine("screen", "screen-ok")


def _binutils(home: Home, environ: Mapping[str, str]) -> Check:
    from builders.toolchains.python import own_toolchain  # noqa: PLC0415 - only here

    if missing := own_toolchain(home, environ).missing_tools():
        return _bad("binutils", "binutils-missing", state="degraded", names=", ".join(missing))
    return _fine("binutils", "binutils-ok")


async def _toolchain(home: Home, environ: Mapping[str, str]) -> Check:
    from builders.toolchains.python import own_toolchain, toolchain_folder  # noqa: PLC0415 - only here
    from engine.health.probes.working import toolchain  # noqa: PLC0415 - as above

    folder, own = toolchain_folder(home, environ), own_toolchain(home, environ)
    try:
        reading = await toolchain(folder, own.supplied).read()
    except (MultiCoderError, OSError) as error:
        reading = refused(error)
    facts = dict(reading.evidence.facts)
    if reading.state == "ok":
        return _fine("toolchain", "toolchain-ok" if facts else "toolchain-supplied", **facts)
    if "detail" not in facts and frozen() and not own.available():
        return _bad("toolchain", "toolchain-incomplete")
    message = "toolchain-missing" if "detail" not in facts else "toolchain-broken"
    return _bad("toolchain", message, repair=own.remake, folder=str(folder), detail=str(facts.get("detail", "")))


__all__ = ["Check", "examine", "repair"]
