"""The only way from a name given by a model, an archive or a repository to a file.

One rule for every system: a name that Windows could not open, or would open as something else, is refused on Linux
too, because projects travel. Names are never repaired: a repaired name is one the rest of the project does not know.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_NAME: Final = 240
"""UTF-16 units of a whole name, leaving room for the folder below Windows' 260."""
MAX_PART: Final = 255
"""UTF-8 bytes of one part, the limit of Linux file systems."""
SHOWN: Final = 80
RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
FORBIDDEN: Final = frozenset('<>:"|?*\\')
ABSOLUTE: Final = re.compile(r"[/\\~]|[A-Za-z]:")


def clean_name(name: str) -> str:
    """Return `name` as a relative POSIX path in NFC without empty and `.` parts.

    Raises InputError `unsafe-path` with the fact `reason` for everything that is not plainly a file below a folder.
    """
    normal = unicodedata.normalize("NFC", name)
    parts = [part for part in normal.split("/") if part not in {"", "."}]
    if ABSOLUTE.match(normal) or (parts and ABSOLUTE.match(parts[0])):
        raise _unsafe(name, "absolute")
    if not parts:
        raise _unsafe(name, "empty")
    for part in parts:
        if reason := _fault(part):
            raise _unsafe(name, reason)
    clean = "/".join(parts)
    if len(clean.encode("utf-16-le")) > 2 * MAX_NAME:
        raise _unsafe(name, "long")
    return clean


def safe_path(root: Path, name: str) -> Path:
    """Return the file `name` below `root`; links on the way must not lead out of it."""
    path = root / clean_name(name)
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a loop of links
        inside = False
    if not inside:
        raise _unsafe(name, "link")
    return path


def unsafe_reason(name: str) -> str:
    """Return why a name can be no file of a project, empty when it can."""
    try:
        clean_name(name)
    except InputError as error:
        return str(error.facts["reason"])
    return ""


class Spellings:
    """Names that were taken, and whether another one would be the same as one of them where case does not count."""

    def __init__(self) -> None:
        self._spelling: dict[str, str] = {}
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def take(self, name: str) -> str:
        """Take a file's name and return it clean; InputError `unsafe-path` when it is unsafe or collides."""
        clean = clean_name(name)
        parts = clean.split("/")
        prefixes = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        keys = [_case_key(prefix) for prefix in prefixes]
        spelled = all(self._spelling.get(key, prefix) == prefix for key, prefix in zip(keys, prefixes, strict=True))
        if not spelled or keys[-1] in self._folders or not self._files.isdisjoint(keys):
            raise _unsafe(name, "collision")
        self._spelling.update(zip(keys, prefixes, strict=True))
        self._files.add(keys[-1])
        self._folders.update(keys[:-1])
        return clean


def check_collisions(names: Iterable[str]) -> None:
    """Raise InputError when two names, or a file and a folder, would be the same on a system that ignores case."""
    taken = Spellings()
    for name in names:
        taken.take(name)


def _fault(part: str) -> str:
    if part == "..":
        return "parent"
    if any(unicodedata.category(char) in UNPRINTABLE for char in part):
        return "invisible"
    if FORBIDDEN.intersection(part):
        return "character"
    if part[-1] in ". ":
        return "ending"
    if part.split(".", 1)[0].strip(" ").casefold() in RESERVED:  # some programs drop spaces before a name as well
        return "reserved"
    return "long" if len(part.encode()) > MAX_PART else ""


def _case_key(name: str) -> str:
    # upper() first: it folds a few letters (dotless i, long s) that Windows folds and casefold() alone keeps apart.
    return unicodedata.normalize("NFC", name.upper().casefold())


def _unsafe(name: str, reason: str) -> InputError:
    shown = name.encode("ascii", "backslashreplace").decode() if not name.isprintable() else name
    return InputError("unsafe-path", name=shown[:SHOWN], reason=reason)
