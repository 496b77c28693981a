"""The evidence beside a delivered file, read as data nobody vouches for: known names, limited sizes, no way out."""

from __future__ import annotations

import base64
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader, QImageWriter

from core.errors import InputError
from core.safe_path import safe_path

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = "-evidence"
REPORT: Final = "report.json"
READABLE: Final = "report.md"
SCREENSHOT: Final = "screenshot.png"
_LARGEST: Final = {REPORT: 4 << 20, SCREENSHOT: 16 << 20}
"""Bytes that are read of a member; nothing else of the bundle is opened."""
_WIDEST_PICTURE: Final = 8_192
"""Pixels a side; a picture that claims more is not decoded."""
_SHOWN: Final = QSize(1_280, 720)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a card shows of a bundle; fields of a report that are not what they should be are left empty."""

    passed: int = 0
    total: int = 0
    machine: str = ""
    version: int = 0
    request: str = ""
    screenshot: str = ""
    """A `data:` address of the picture, scaled down; empty when there is none."""
    report: str = ""
    """Path of the readable report."""
    unchecked: tuple[str, ...] = ()


def read_evidence(place: Path) -> Evidence:
    """Read a folder or zip file of evidence; a missing or broken one is empty."""
    report = _json(_member(place, REPORT))
    tests = _mapping(report.get("tests"))
    counts = [_count(tests.get(name)) for name in ("passed", "failed", "errors")]
    unchecked = _mapping(report.get("smoke")).get("unchecked")
    return Evidence(
        passed=counts[0],
        total=sum(counts),
        machine=_text(report.get("machine")),
        version=_count(report.get("version")),
        request=_text(report.get("request")),
        screenshot=_picture(_member(place, SCREENSHOT)),
        report=str(place / READABLE) if (place / READABLE).is_file() else "",
        unchecked=tuple(_text(item) for item in unchecked[:20]) if isinstance(unchecked, list) else (),
    )


def picture_of(place: Path) -> str:
    """The picture of a folder as a `data:` address; empty when there is none."""
    return _picture(_member(place, SCREENSHOT))


def evidence_of(artifact: Path) -> Path:
    """Where the evidence of a delivered file lies: a folder, or a zip file of the same name."""
    folder = artifact.with_name(artifact.name + SUFFIX)
    packed = folder.with_name(folder.name + ".zip")
    return packed if packed.is_file() and not folder.is_dir() else folder


def _member(place: Path, name: str) -> bytes:
    """The bytes of one of the known members; empty when it is missing, too large or leads elsewhere."""
    try:
        if place.is_file():
            return _packed(place, name)
        file = safe_path(place, name)
        if not file.is_file() or file.stat().st_size > _LARGEST[name]:
            return b""
        return file.read_bytes()
    except (OSError, InputError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        return b""


def _packed(place: Path, name: str) -> bytes:
    with zipfile.ZipFile(place) as bundle:
        wanted = [item for item in bundle.infolist() if item.filename in {name, f"{place.stem}/{name}"}]
        if len(wanted) != 1 or wanted[0].file_size > _LARGEST[name]:
            return b""
        with bundle.open(wanted[0]) as member:
            # What the directory says of the size is a claim: one byte more than allowed is too much.
            data = member.read(_LARGEST[name] + 1)
    return data if len(data) <= _LARGEST[name] else b""


def _picture(data: bytes) -> str:
    """Decode, scale down and encode anew: nothing but pixels of a foreign file reaches the screen."""
    if not data:
        return ""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _WIDEST_PICTURE:
        return ""
    image = reader.read()
    if image.isNull():
        return ""
    if size.width() > _SHOWN.width() or size.height() > _SHOWN.height():
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(_SHOWN, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(made, QByteArray(b"png")).write(image)
    return "data:image/png;base64," + base64.b64encode(made.data().data()).decode()


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data) if data else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _text(value: object) -> str:
    return value[:500] if isinstance(value, str) else ""
