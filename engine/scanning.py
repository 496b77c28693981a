"""What of a foreign repository is not kept, and what a person should know of the rest: rules by name and by content.

The rules are data, `repositories.toml`. They replace no antivirus: they keep out what a tool could obey or start, and
what they warn of has honest uses. Nothing that is looked at is executed or unpacked outside the scratch folder.
"""

from __future__ import annotations

import codecs
import fnmatch
import re
import tomllib
import unicodedata
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from memory.ingest.archives import MEMBER_BYTES, ArchiveRefusedError, MemberRefusedError, ZipMembers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RULES: Final = Path(__file__).with_name("repositories.toml")
DEEPEST: Final = 3
"""Archives inside archives that are looked into; a deeper one keeps the whole one out."""
_CHUNK: Final = 1 << 20
_HEAD: Final = 65_536
_READ_FOR_WARNINGS: Final = 512_000
"""Characters of a text: what hides behind more than that hides from its readers too."""
_POINTER_BYTES: Final = 1_024
_TAR: Final = slice(257, 262)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_SCRIPT: Final = b"#!"
_ZIP: Final = b"PK"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules say of one file."""

    refused: str = ""
    """Why it is left out, a code of `core.left_out`; empty when it may be kept."""
    warnings: tuple[str, ...] = ()
    """What a person is told of it: kinds of `[[warn]]`."""


@dataclass
class Allowance:
    """What may still be unpacked to look into archives inside an archive."""

    left: int = MEMBER_BYTES


@dataclass(frozen=True, slots=True)
class _Leave:
    reason: str
    folders: re.Pattern[str] | None
    files: re.Pattern[str] | None
    paths: re.Pattern[str] | None

    def fits(self, folders: Sequence[str], file: str, path: str) -> bool:
        return bool(
            (self.folders and any(self.folders.match(folder) for folder in folders))
            or (self.files and self.files.match(file))
            or (self.paths and self.paths.match(path))
        )


@dataclass(frozen=True, slots=True)
class _Warn:
    kind: str
    files: re.Pattern[str] | None
    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def fits(self, file: str, text: str, small: str) -> bool:
        if self.files and not self.files.match(file):
            return False
        return (not self.words or any(word in small for word in self.words)) and bool(self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class _Rules:
    leave: tuple[_Leave, ...]
    magic: tuple[tuple[str, tuple[bytes, ...]], ...]
    endings: dict[str, str]
    eicar: bytes
    pointer: bytes
    warn: tuple[_Warn, ...]


def left_out_by_name(path: str) -> str:
    """Return why a file of this path (clean, with slashes) is not kept, empty when its name is no reason."""
    *folders, file = _plain(path).split("/")
    for rule in _rules().leave:
        if rule.fits(folders, file, _plain(path)):
            return rule.reason
    return ""


def look_at(
    path: Path, name: str, scratch: Path, allowance: Allowance, *, wanted: Callable[[], None] = lambda: None
) -> Seen:
    """Look at the bytes of one file that a repository calls `name`. Blocks.

    `scratch` is a folder for what is unpacked on the way; `wanted` is called often and raises when nobody waits any
    more.

    Raises:
        OSError: the file cannot be read.
    """
    if refused := _Look(scratch, allowance, wanted).refused(path, name):
        return Seen(refused=refused)
    return _warned(path, name)


@dataclass
class _Look:
    """One look, into archives too."""

    scratch: Path
    allowance: Allowance
    wanted: Callable[[], None]
    _deep: int = field(default=0)

    def refused(self, path: Path, name: str) -> str:
        head = self._signatures(path)
        if head is None:
            return "malware"
        return _refused_head(head, name, path.stat().st_size) or self._archive(path, head)

    def _signatures(self, path: Path) -> bytes | None:
        """Return the beginning of a file, None when what must not be kept stands anywhere in it."""
        eicar, head, rest = _rules().eicar, b"", b""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                self.wanted()
                if eicar in rest + chunk:
                    return None
                head = head or chunk[:_HEAD]
                rest = chunk[-len(eicar) :]
        return head

    def _archive(self, path: Path, head: bytes) -> str:
        """Why an archive is left out; empty also for what is none."""
        if not zipfile.is_zipfile(path):
            return "nested archive-damaged" if head.startswith(b"PK\x03\x04") else ""
        if self._deep >= DEEPEST:
            return "nested depth"
        try:
            archive = ZipMembers(path)
        except ArchiveRefusedError as error:
            certain = head.startswith(_ZIP) or error.reason != "archive-damaged"
            return f"nested {error.reason}" if certain else ""
        with archive:
            if archive.refused:
                return f"nested {archive.refused[0].reason}"
            return self._members(archive)

    def _members(self, archive: ZipMembers) -> str:
        self._deep += 1
        for number, member in enumerate(archive.members):
            self.wanted()
            self.allowance.left -= member.size
            if self.allowance.left < 0:
                return "nested archive-bytes"
            target = self.scratch / f"inside-{self._deep}-{number}"
            try:
                archive.unpack(member, target, lambda _written: self.wanted())
                refused = self.refused(target, member.name)
            except MemberRefusedError as error:
                refused = f"nested {error.reason}"
            finally:
                target.unlink(missing_ok=True)
            if refused:
                return refused
        self._deep -= 1
        return ""


def _refused_head(head: bytes, name: str, size: int) -> str:
    """Why a file is left out that begins like this."""
    if size <= _POINTER_BYTES and head.startswith(_rules().pointer):
        return "lfs"
    if head.startswith(_WIDE) or not _is_binary(head):
        return ""
    if head.startswith(_SCRIPT) and b"\x00" in head:
        return "executable"
    for reason, starts in _rules().magic:
        if head.startswith(starts):
            return reason
    if head[_TAR] == b"ustar":
        return "sealed"
    return _rules().endings.get(_plain(name).rpartition(".")[2], "")


def _is_binary(head: bytes) -> bool:
    """Whether it is certainly no text that everybody reads alike."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return True
    return b"\x00" in head


def _warned(path: Path, name: str) -> Seen:
    with path.open("rb") as file:
        data = file.read(_READ_FOR_WARNINGS)
    if data.startswith(_WIDE):
        text = data.decode("utf-16", "replace")
    elif b"\x00" in data[:_HEAD]:
        return Seen()
    else:
        text = data.decode("utf-8", "replace")
    small, file_name = text.lower(), _plain(name).rpartition("/")[2]
    found = [rule.kind for rule in _rules().warn if rule.fits(file_name, text, small)]
    return Seen(warnings=tuple(dict.fromkeys(found)))


def _plain(name: str) -> str:
    """A name as tools that do not care for case, width or composition compare it."""
    return unicodedata.normalize("NFKC", name.upper().casefold()).casefold()


@cache
def _rules() -> _Rules:
    table: dict[str, Any] = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return _Rules(
        leave=tuple(
            _Leave(row["reason"], _any_of(row, "folders"), _any_of(row, "files"), _any_of(row, "paths"))
            for row in table["leave"]
        ),
        magic=tuple((row["reason"], tuple(map(bytes.fromhex, row["starts"]))) for row in table["magic"]),
        endings={ending: reason for reason, endings in table["endings"].items() for ending in endings},
        eicar="".join(table["signature"]["eicar"]).encode("ascii"),
        pointer="".join(table["signature"]["lfs"]).encode("ascii"),
        warn=tuple(
            _Warn(row["kind"], _any_of(row, "files"), tuple(row.get("words", ())), re.compile(row["pattern"]))
            for row in table["warn"]
        ),
    )


def _any_of(row: dict[str, Any], key: str) -> re.Pattern[str] | None:
    """One pattern for all names of a rule."""
    names: list[str] = row.get(key, [])
    return re.compile("|".join(fnmatch.translate(name) for name in names)) if names else None
