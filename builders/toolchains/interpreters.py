"""The Python that a frozen program brings along for generated programs: an archive, and the list that names its digest.

The list has the format of uv's `--python-downloads-json-url`. A file beside it is named without a folder, so that the
whole can be copied anywhere; uv wants full addresses, which are put in when it is used.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from builders.scratch import scratch_folder
from core.errors import ConfigurationError
from core.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builders.toolchains.uv import Uv
    from core.paths import Home

LIST_VARIABLE: Final = "MULTICODER_INTERPRETERS"
"""A list to be used instead of the one that came with the program."""

LOCK: Final = "locks/toolchain.lock"
LIST_NAME: Final = "downloads.json"
MINIMUM: Final = ">=3.11"
_ABANDONED_SECONDS: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Supplies:
    """What a frozen program brings to make the toolchain without a network; from source nothing of it is there."""

    folder: Path
    kept: Path
    """Where interpreters are unpacked and packages cached; another version of the program keeps another folder."""

    @classmethod
    def of(cls, home: Home, environ: Mapping[str, str]) -> Supplies:
        """Return those of this program; `kept` is named after what the toolchain is made of."""
        folder = shipped("supplies")
        made_of = hashlib.sha256(shipped(LOCK).read_bytes())
        listed = cls(folder, home.toolchain).interpreters(environ)
        if listed is not None and listed.is_file():
            made_of.update(listed.read_bytes())
        return cls(folder, home.toolchain / made_of.hexdigest()[:12])

    @property
    def cache(self) -> Path | None:
        """Where uv keeps packages; its own place where nothing was brought along."""
        return self.kept / "cache" if self.folder.is_dir() else None

    @property
    def wheels(self) -> Path:
        """The packages of the lock, for the interpreter that is shipped."""
        return self.folder / "wheels"

    @property
    def shipped_list(self) -> Path:
        """The list of the interpreter that is shipped."""
        return self.folder / "interpreters" / LIST_NAME

    def interpreters(self, environ: Mapping[str, str]) -> Path | None:
        """Return the list to take an interpreter from: the one the person named, else the shipped one, if any."""
        if environ.get(LIST_VARIABLE):
            return Path(environ[LIST_VARIABLE]).expanduser().absolute()
        return self.shipped_list if self.shipped_list.is_file() else None

    def forget_earlier(self) -> None:
        """Remove what earlier versions of the program kept, and what set-ups that were killed left behind."""
        for folder in self.kept.parent.glob("*"):
            if folder != self.kept:
                shutil.rmtree(folder, ignore_errors=True)
        for folder in self.kept.glob(".*-*"):
            if time.time() - folder.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


NO_SUPPLIES: Final = Supplies(Path(os.devnull), Path(os.devnull))


def reachable(listed: Path) -> bool:
    """Whether the list can be read and one of its archives is there, as far as that can be told without a network."""
    try:
        addresses = [urlsplit(entry["url"]) for entry in _entries(listed).values()]
    except ConfigurationError:
        return False
    return any(url.scheme != "file" or Path(url2pathname(url.path)).is_file() for url in addresses)


async def install_interpreter(uv: Uv, listed: Path, folder: Path) -> Path:
    """Unpack the newest suitable interpreter of the list into `folder`, once, after its digest was compared.

    uv unpacks beside and renames, and lets one process do so at a time. ConfigurationError `interpreter-failed`.
    """
    entries = await asyncio.to_thread(_entries, listed)
    try:
        async with scratch_folder(".interpreters-", folder.parent) as work:
            here = work / LIST_NAME
            await asyncio.to_thread(here.write_text, json.dumps(entries), encoding="utf-8")
            env = {"UV_PYTHON_INSTALL_DIR": str(folder)}
            # It is ours, not one for the person's terminal, and sandboxes that use it could not keep byte code.
            options = ("--no-bin", "--no-registry", "--compile-bytecode")
            await uv.run(
                *("python", "install", *options, "--python-downloads-json-url", str(here), MINIMUM),
                cwd=work,
                env=env,
            )
            only_ours = ("--managed-python", "--no-python-downloads", "--system", "--no-project")
            return Path(await uv.run("python", "find", *only_ours, MINIMUM, cwd=work, env=env))
    except (ConfigurationError, OSError) as error:
        if isinstance(error, ConfigurationError) and error.code != "toolchain-failed":
            raise
        detail = error.facts["detail"] if isinstance(error, ConfigurationError) else error.strerror
        raise ConfigurationError("interpreter-failed", path=str(listed), detail=str(detail)) from error


def _entries(listed: Path) -> dict[str, dict[str, Any]]:
    """Read the list with full addresses."""
    try:
        entries: dict[str, dict[str, Any]] = json.loads(listed.read_text(encoding="utf-8"))
        for entry in entries.values():
            if "://" not in entry["url"]:
                entry["url"] = (listed.parent / entry["url"]).absolute().as_uri()
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise ConfigurationError("interpreter-failed", path=str(listed), detail=detail) from error
    return entries
