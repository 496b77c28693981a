"""What a person attaches to a message: files up to 50 MB and folders, kept byte for byte, read by the roles as text.

The bytes go into the archive under their digest. What the roles are shown is a text of bounded size: a whole small
file, the beginning of a large one, the list of a folder with its small texts; of a PDF or an office file it is the text
inside. Links are never followed. Once the project of a message is known, what was attached to it is remembered there.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import mimetypes
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from core.errors import InputError
from core.memory import Link
from memory.ingest.extraction import UnreadableError
from memory.ingest.forms import EXTRACTED, rule_of
from memory.ingest.noting import note_for, text_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.events import Json
    from core.memory import Documents
    from core.ports import Archive
    from memory.ingest.extraction import Extractor

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


async def keep(
    archive: Archive, attachment: Attachment, files: list[tuple[str, bytes]], extractor: Extractor | None = None
) -> dict[str, Json]:
    """Keep the files and return what the prompt remembers of them; `shown` refers to the text for the roles.

    With an `extractor` the text of PDFs and office files is taken out and kept besides.
    """
    kept: list[dict[str, Json]] = []
    readable: list[tuple[str, bytes]] = []
    for name, data in files:
        text = await _text_inside(name, data, extractor) if extractor is not None else b""
        digests: dict[str, Json] = {"sha256": await archive.put_blob(data)}
        if text:
            digests["text"] = await archive.put_blob(text)
        kept.append({"name": name, "size": len(data), **digests})
        readable.append((name, text or data))
    folder = attachment.path is not None and (len(files) != 1 or files[0][0] != attachment.name)
    shown = await asyncio.to_thread(lambda: _folder_text(readable) if folder else _file_text(readable[0][1]))
    together = hashlib.sha256("".join(str(item["sha256"]) for item in kept).encode()).hexdigest()
    return {
        "name": attachment.name,
        "uri": attachment.uri,
        "mime": attachment.mime or mimetypes.guess_type(attachment.name)[0] or "",
        "size": sum(len(data) for _, data in files),
        "sha256": together if folder else kept[0]["sha256"],
        **({"text": kept[0]["text"]} if not folder and "text" in kept[0] else {}),
        "files": [*kept] if folder else [],
        "shown": await archive.put_blob(shown.encode("utf-8", "surrogatepass")),
    }


async def _text_inside(name: str, data: bytes, extractor: Extractor) -> bytes:
    """The text of a file that hides it; empty for any other, and for one that cannot be read."""
    form = rule_of(name).form
    if form not in EXTRACTED:
        return b""
    with tempfile.TemporaryDirectory(prefix="multicoder-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "file", Path(folder) / "text"
        await asyncio.to_thread(source.write_bytes, data)
        try:
            await extractor.extract(form, source, target)
        except UnreadableError:
            return b""
        return await asyncio.to_thread(target.read_bytes)


async def remember(
    documents: Documents, archive: Archive, facts: Mapping[str, Json], *, project: str, session: str, run: str
) -> list[str]:
    """Make documents of what `keep` kept, now that their project is known, and return them.

    Repeating it makes none anew. What an archive holds is not looked into: import it for that.
    """
    files = cast("list[dict[str, Json]]", facts["files"]) or [dict(facts)]
    folder = f"{facts['name']}/" if facts["files"] else ""
    place = str(facts["uri"] or f"attachment:{facts['sha256']}")
    made = []
    for item in files:
        name, data = f"{folder}{item['name']}", await archive.blob(str(item["sha256"]))
        origin = f"{place}/{item['name']}" if folder else place
        note = note_for(name, data, origin=origin, project=project, session=session, run=run)
        document = await documents.add(data, note)
        made.append(document.document)
        if text := str(item.get("text") or ""):
            extracted = await documents.add(await archive.blob(text), text_note(document))
            await documents.link(Link(extracted.document, "extracted_from", document.document))
    return made


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
