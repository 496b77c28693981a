"""What a person attaches to a message: files up to 50 MB and folders, kept byte for byte, read by the roles as text.

The bytes go into the archive under their digest. What the roles are shown is a text of bounded size: a whole small
file, the beginning of a large one, the list of a folder with its small texts. Links are never followed.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import mimetypes
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.events import Json
    from core.ports import Archive

FILE_BYTES: Final = 50 * 1024 * 1024
FOLDER_BYTES: Final = 200_000_000
FOLDER_FILES: Final = 5_000
SHOWN_CHARACTERS: Final = 200_000
"""What the roles see of one attachment; the rest is kept and named."""
_SHOWN_FILE_BYTES: Final = 100_000
"""Larger files of a folder are listed but not shown."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What was attached, before it is kept: what lies at `path`, or without one `data`."""

    name: str
    uri: str = ""
    path: Path | None = None
    data: bytes = b""
    mime: str = ""


def from_uri(uri: str, name: str = "") -> Attachment:
    """An attachment named by a file URI or a plain path; InputError when it is neither."""
    try:
        parts = urlsplit(uri)
        if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
            path = Path(url2pathname(parts.path))
        elif len(parts.scheme) <= 1:  # a drive letter looks like a scheme
            path = Path(uri)
        else:
            raise InputError("attachment-not-local", uri=uri[:200])
        return Attachment(name or path.name or unquote(uri), path.as_uri(), path)
    except ValueError as error:  # no address at all, a relative path, a name that is no text
        raise InputError("attachment-not-local", uri=uri[:200]) from error


def from_base64(name: str, data: str, mime: str) -> Attachment:
    """An attachment that came inside the message; InputError when it is no base64 or too large."""
    if len(data) > FILE_BYTES * 4 // 3 + 4:
        raise InputError("attachment-beyond-limit", path=name, limit=FILE_BYTES // (1024 * 1024))
    try:
        return Attachment(name, data=base64.b64decode(data, validate=True), mime=mime)
    except (binascii.Error, ValueError) as error:
        raise InputError("attachment-not-text", path=name, limit=FILE_BYTES // (1024 * 1024)) from error


def read(attachment: Attachment) -> Iterator[tuple[str, bytes]]:
    """Every file of an attachment as (name, bytes); blocks, so not on the event loop.

    Raises:
        InputError: it cannot be read, is no regular file, too large, or a folder of too many files.
    """
    path = attachment.path
    if path is None:
        yield attachment.name, attachment.data
        return
    try:
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise InputError("attachment-no-file", path=str(path))
        if path.is_file():
            yield attachment.name, _bytes(path)
            return
        total = 0
        for number, file in enumerate(_walk(path)):
            total += file.stat(follow_symlinks=False).st_size
            if number >= FOLDER_FILES or total > FOLDER_BYTES:
                raise InputError(
                    "attached-folder-too-large", path=str(path), files=FOLDER_FILES, limit=FOLDER_BYTES // 1_000_000
                )
            yield file.relative_to(path).as_posix(), _bytes(file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("attachment-unreadable", path=str(path), reason=reason) from error


def read_all(attachment: Attachment) -> list[tuple[str, bytes]]:
    """Every file of an attachment at once; raises as `read` does."""
    return list(read(attachment))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in {".git", "node_modules", "__pycache__", ".venv"})
        for name in sorted(files):
            file = Path(parent) / name
            if stat.S_ISREG(file.lstat().st_mode):
                yield file


def _bytes(file: Path) -> bytes:
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise InputError("attachment-no-file", path=str(file))
        data = stream.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise InputError("attachment-beyond-limit", path=str(file), limit=FILE_BYTES // (1024 * 1024))
    return data


async def keep(archive: Archive, attachment: Attachment, files: list[tuple[str, bytes]]) -> dict[str, Json]:
    """Keep the files and return what the prompt remembers of them; `shown` refers to the text for the roles."""
    kept: list[tuple[str, int, str]] = []
    for name, data in files:
        kept.append((name, len(data), await archive.put_blob(data)))
    folder = attachment.path is not None and (len(files) != 1 or files[0][0] != attachment.name)
    shown = await asyncio.to_thread(lambda: _folder_text(files) if folder else _file_text(files[0][1]))
    digest = hashlib.sha256("".join(sha256 for _, _, sha256 in kept).encode()).hexdigest() if folder else kept[0][2]
    return {
        "name": attachment.name,
        "uri": attachment.uri,
        "mime": attachment.mime or mimetypes.guess_type(attachment.name)[0] or "",
        "size": sum(size for _, size, _ in kept),
        "sha256": digest,
        "files": [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in kept] if folder else [],
        "shown": await archive.put_blob(shown.encode("utf-8", "surrogatepass")),
    }


def _file_text(data: bytes) -> str:
    text = _text(data)
    if text is None:
        return f"[{len(data)} bytes that are no text; kept under sha256 {hashlib.sha256(data).hexdigest()}]"
    if len(text) > SHOWN_CHARACTERS:
        return f"{text[:SHOWN_CHARACTERS]}\n[... {len(text) - SHOWN_CHARACTERS} more characters are kept, not shown]"
    return text


def _folder_text(files: list[tuple[str, bytes]]) -> str:
    listed = "\n".join(f"{name} ({len(data)} bytes)" for name, data in files)[:SHOWN_CHARACTERS]
    parts, left = [f"A folder of {len(files)} files:\n{listed}"], SHOWN_CHARACTERS - len(listed)
    for name, data in files:
        text = _text(data) if len(data) <= _SHOWN_FILE_BYTES else None
        if text is not None and len(text) <= left:
            parts.append(f"=== {name}\n{text}")
            left -= len(text)
    return "\n\n".join(parts)


def _text(data: bytes) -> str | None:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data and not marked:
        return None
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1251"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
