"""What can be seen of a delivered file without starting it: where it runs, whether it is signed, whether it changed."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Any, Final

from core.errors import Cancelled
from gui.desktop.evidence import evidence_of, read_evidence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PIECE: Final = 1 << 20
_HEAD: Final = 4_096
_STARTED: Final = frozenset(
    {".appimage", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi"}
    | {".msix", ".pif", ".ps1", ".py", ".pyw", ".reg", ".scr", ".sh", ".url", ".vb", ".vbs", ".wsf"}
)
"""Endings that some system starts when the file is opened."""
_PE32_PLUS: Final = 0x20B
_SIGNATURE_ENTRY: Final = 4
"""The place of the signature among the data directories of a Windows program."""


def quick_facts(path: Path) -> dict[str, Any]:
    """What is known at once: `exists`, `size` in bytes, `folder`, `runs` (opening it would start it)."""
    try:
        size = path.stat().st_size if path.is_file() else 0
        exists = path.exists()
    except OSError:
        size, exists = 0, False
    return {"exists": exists, "size": size, "folder": exists and path.is_dir(), "runs": is_started(path)}


def all_facts(path: Path, evidence: str, expected: str, going_on: Callable[[], bool]) -> dict[str, Any]:
    """Everything a card shows of a file; reads all of it once. Raises Cancelled when `going_on` says no."""
    found = quick_facts(path)
    bundle = read_evidence(_folder(path, evidence))
    head = _head(path)
    digest = _sha256(path, going_on)
    return found | {
        "sha256": digest,
        "changed": bool(expected and digest and digest != expected),
        "platform": platform_of(path, head),
        "signed": is_signed(head) if head[:2] == b"MZ" else None,
        "passed": bundle.passed,
        "total": bundle.total,
        "screenshot": bundle.screenshot,
        "report": bundle.report,
        "unchecked": list(bundle.unchecked),
    }


def is_started(path: Path) -> bool:
    """Whether opening the file would start it somewhere."""
    try:
        runs = path.is_file() and bool(path.stat().st_mode & 0o111)
    except OSError:
        runs = False
    return runs or path.suffix.casefold() in _STARTED


def platform_of(path: Path, head: bytes) -> str:
    """`windows`, `linux`, `mac`, `web`, `source`, or empty when nobody can tell."""
    if head[:2] == b"MZ":
        return "windows"
    if head[:4] == b"\x7fELF":
        return "linux"
    if head[:4] in {b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"}:
        return "mac"
    if path.suffix.casefold() in {".html", ".htm"}:
        return "web"
    return "source" if path.suffix.casefold() in {".zip", ".py", ".gz"} or path.is_dir() else ""


def is_signed(head: bytes) -> bool:
    """Whether a Windows program carries a signature; who signed it is for Windows to judge."""
    try:
        at = struct.unpack_from("<I", head, 0x3C)[0]
        if head[at : at + 4] != b"PE\0\0":
            return False
        optional = at + 24
        wide = struct.unpack_from("<H", head, optional)[0] == _PE32_PLUS
        entry = optional + (112 if wide else 96) + 8 * _SIGNATURE_ENTRY
        return bool(struct.unpack_from("<I", head, entry + 4)[0])
    except struct.error:
        return False


def _folder(path: Path, evidence: str) -> Path:
    return path.parent / evidence if evidence else evidence_of(path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _sha256(path: Path, going_on: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                if not going_on():
                    raise Cancelled
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
