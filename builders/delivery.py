"""Placing finished files: complete or absent, never over something that is already there.

Everything is prepared in a hidden staging folder beside the destination, so that only renames within one file
system remain. The evidence folder is placed first: where the artifact exists, its delivery is complete.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from core.errors import Cancelled, DeliveryFailed, InputError
from core.ports import Delivered
from core.safe_path import clean_name, safe_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EVIDENCE_SUFFIX: Final = "-evidence"
CHECKSUMS: Final = "SHA256SUMS"
NEEDED_MB: Final = 200
"""Free space asked for before a run starts: a one-file program with its evidence fits several times."""

OUTPUT_FOLDER: Final = "out"
"""The one place inside a source checkout that is meant for finished programs; no update touches it."""

_STAGE_PREFIX: Final = ".multicoder-"
_STAGE_SUFFIX: Final = ".part"
_LOCK_NAME: Final = "lock"
_UNLOCKED_GRACE: Final = 60.0
"""A staging folder without a lock file may be a moment old rather than left over."""

_CHUNK: Final = 1 << 20
_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class FileDelivery:
    """The `Delivery` port on local folders. Nothing is delivered into the program's own folder."""

    def __init__(self, install_folder: Path, *, needed_mb: int = NEEDED_MB) -> None:
        self._install = install_folder.resolve()
        self._needed = needed_mb << 20

    def check(self, folder: Path) -> None:
        """Raise InputError when nothing could be delivered to `folder`; create it when missing."""
        real = Path(os.path.realpath(folder))
        if real.is_relative_to(self._install) and not real.is_relative_to(self._install / OUTPUT_FOLDER):
            raise InputError("out-inside-install", folder=str(folder))
        try:
            if any(place.exists() and not place.is_dir() for place in (real, *real.parents)):
                raise InputError("out-not-folder", folder=str(folder))
            real.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(real).free
            if free < self._needed:
                raise InputError("out-full", folder=str(folder), free=max(free >> 20, 0), needed=self._needed >> 20)
            with tempfile.TemporaryFile(dir=real, prefix=_STAGE_PREFIX) as probe:
                probe.write(b"\0")
        except OSError as error:
            raise InputError("out-unwritable", folder=str(folder), reason=_reason(error)) from error

    def reserve(self, folder: Path, name: str, version: int) -> Path:
        """Choose a free name: `calculator`, `calculator-v2` for version 2, `calculator-2` when that is taken."""
        wanted = Path(clean_name(name))
        stem = wanted.stem if version <= 1 else f"{wanted.stem}-v{version}"
        taken = {entry.name.casefold() for entry in folder.iterdir()} if folder.is_dir() else set()
        number = 1
        while True:
            base = stem if number == 1 else f"{stem}-{number}"
            full = base + wanted.suffix
            if not {full.casefold(), (full + EVIDENCE_SUFFIX).casefold()} & taken:
                return folder / full
            number += 1

    async def deliver(self, artifact: Path, destination: Path, evidence: Mapping[str, bytes], sha256: str) -> Delivered:
        """Place `artifact` and the evidence folder; repeating a finished delivery changes nothing."""
        stop = threading.Event()
        work = asyncio.ensure_future(asyncio.to_thread(_deliver, artifact, destination, dict(evidence), sha256, stop))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            with contextlib.suppress(DeliveryFailed, Cancelled):
                await work
            raise


def evidence_folder(destination: Path) -> Path:
    """Where the evidence of the artifact at `destination` lies."""
    return destination.with_name(destination.name + EVIDENCE_SUFFIX)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _deliver(
    artifact: Path, destination: Path, evidence: dict[str, bytes], sha256: str, stop: threading.Event
) -> Delivered:
    done = Delivered(destination, evidence_folder(destination), sha256)
    try:
        _remove_leftovers(destination.parent)
        have_artifact = _same_file(destination, sha256)
        have_evidence = _same_evidence(done.evidence, evidence, sha256)
        if have_artifact and have_evidence:
            return done
        with _staging(destination.parent) as stage:
            prepared_evidence = None if have_evidence else _prepare_evidence(stage, evidence, stop)
            prepared_artifact = None if have_artifact else _prepare_artifact(stage, artifact, sha256, stop)
            _go_on(stop)
            _place(prepared_evidence, done.evidence, prepared_artifact, destination)
        _sync_folder(destination.parent)
    except OSError as error:
        raise _failure(error, destination) from error
    return done


def _failure(error: OSError, destination: Path) -> DeliveryFailed:
    folder = str(destination.parent)
    if isinstance(error, FileExistsError):
        return DeliveryFailed("delivery-name-taken", path=str(destination))
    if error.errno in _FULL:
        return DeliveryFailed("delivery-full", folder=folder)
    if error.errno in _DENIED:
        return DeliveryFailed("delivery-denied", folder=folder, reason=_reason(error))
    return DeliveryFailed("delivery-io", folder=folder, reason=_reason(error))


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


# ------------------------------------------------------------------------------------------------ what is there


def _same_file(destination: Path, sha256: str) -> bool:
    """Whether the artifact is already in place; a foreign file under its name is an error."""
    if not os.path.lexists(destination):
        return False
    if destination.is_symlink() or not destination.is_file() or file_sha256(destination) != sha256:
        raise DeliveryFailed("delivery-name-taken", path=str(destination))
    return True


def _same_evidence(folder: Path, evidence: Mapping[str, bytes], sha256: str) -> bool:
    """Whether the evidence of this artifact is already in place.

    A repeated delivery may bring evidence with other times in it: what names this artifact's digest stays.
    """
    if not os.path.lexists(folder):
        return False
    if folder.is_dir() and not folder.is_symlink():
        sums = folder / CHECKSUMS
        if sums.is_file() and sha256 in sums.read_text(encoding="utf-8", errors="replace"):
            return True
        if all(_holds(safe_path(folder, name), data) for name, data in evidence.items()):
            return True
    raise DeliveryFailed("delivery-name-taken", path=str(folder))


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


# ------------------------------------------------------------------------------------------------ staging


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Make a hidden folder and hold its lock, so that others can tell it from a leftover."""
    stage = Path(tempfile.mkdtemp(prefix=_STAGE_PREFIX, suffix=_STAGE_SUFFIX, dir=folder))
    try:
        with _held_lock(stage):
            yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _held_lock(stage: Path) -> IO[bytes]:
    """Lock first, then give the file its name: one that can be seen unlocked belongs to nobody any more."""
    if sys.platform == "win32":
        return (stage / _LOCK_NAME).open("wb")  # an open file cannot be renamed there, nor deleted by others
    unseen = stage / "locking"
    lock = unseen.open("wb")
    _try_lock(lock)
    unseen.rename(stage / _LOCK_NAME)
    return lock


def _try_lock(lock: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return True  # an open file cannot be deleted there, which is lock enough
    import fcntl  # noqa: PLC0415 - POSIX only

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove_leftovers(folder: Path) -> None:
    """Delete staging folders of deliveries that were killed; those in use are left alone."""
    for stage in folder.glob(f"{_STAGE_PREFIX}*{_STAGE_SUFFIX}"):
        if stage.is_dir() and not stage.is_symlink() and _abandoned(stage):
            shutil.rmtree(stage, ignore_errors=True)


def _abandoned(stage: Path) -> bool:
    lock_path = stage / _LOCK_NAME
    try:
        with lock_path.open("r+b") as lock:
            free = _try_lock(lock)
        if free and sys.platform == "win32":
            lock_path.unlink()
    except FileNotFoundError:
        with contextlib.suppress(FileNotFoundError):
            return time.time() - stage.stat().st_mtime > _UNLOCKED_GRACE
        return False
    except OSError:
        return False
    return free


# ------------------------------------------------------------------------------------------------ placing


def _prepare_evidence(stage: Path, evidence: Mapping[str, bytes], stop: threading.Event) -> Path:
    prepared = stage / "evidence"
    prepared.mkdir()
    for name, data in evidence.items():
        _go_on(stop)
        path = safe_path(prepared, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _sync_folder(prepared)
    return prepared


def _prepare_artifact(stage: Path, artifact: Path, sha256: str, stop: threading.Event) -> Path:
    prepared = stage / "artifact"
    with artifact.open("rb") as source, prepared.open("xb") as copy:
        while chunk := source.read(_CHUNK):
            _go_on(stop)
            copy.write(chunk)
        if os.fstat(source.fileno()).st_mode & 0o100:
            prepared.chmod(prepared.stat().st_mode | 0o111)
        copy.flush()
        os.fsync(copy.fileno())
    if file_sha256(prepared) != sha256:
        raise DeliveryFailed("delivery-damaged", path=artifact.name)
    return prepared


def _place(evidence: Path | None, folder: Path, artifact: Path | None, destination: Path) -> None:
    """Move what is prepared to its name; when the artifact's name is lost at the last moment, take back the rest."""
    if evidence:
        if os.path.lexists(folder):
            raise FileExistsError(folder)
        _patiently_rename(evidence, folder)
    if artifact:
        try:
            _rename_to_free_name(artifact, destination)
        except OSError:
            if evidence:
                _patiently_rename(folder, evidence)
            raise


def _rename_to_free_name(prepared: Path, destination: Path) -> None:
    """Move atomically; FileExistsError when the name is taken, even by a file that appeared a moment ago."""
    if sys.platform == "win32":
        _patiently_rename(prepared, destination)
        return
    try:
        os.link(prepared, destination, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # FAT, exFAT and some network shares have no hard links: the check and the rename stand a moment apart.
        if os.path.lexists(destination):
            raise FileExistsError(destination) from error
        prepared.rename(destination)


def _patiently_rename(prepared: Path, destination: Path) -> None:
    """Rename; on Windows virus scanners hold new files open for a moment, so wait for them."""
    attempts = 10 if sys.platform == "win32" else 1
    for attempt in range(attempts):
        try:
            prepared.rename(destination)
        except PermissionError:
            if attempt == attempts - 1:
                raise
            time.sleep(0.2)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # folders cannot be opened for syncing there
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse; the data itself is synced
            os.fsync(handle)
    finally:
        os.close(handle)


def _go_on(stop: threading.Event) -> None:
    if stop.is_set():
        raise Cancelled
