"""Why a file cannot be attached: one code with its facts, put into words where they are shown."""

from __future__ import annotations

import errno
import os
from typing import Final

from PySide6.QtCore import QCoreApplication

from gui.composer.limits import FILE_MB, FOLDER_FILES, FOLDER_MB

_SHARING_VIOLATION: Final = 32
_LOCK_VIOLATION: Final = 33
_CANNOT_RESOLVE_LINK: Final = 1921
_NO_SPACE: Final = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_LOCKED: Final = {errno.EBUSY, errno.EAGAIN, getattr(errno, "ETXTBSY", errno.EBUSY)}


class AttachmentError(Exception):
    """A file that cannot be attached: `code` is one of those `words_of` knows, `detail` the name or reason in it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail.encode("utf-8", "replace").decode()


class CancelledError(AttachmentError):
    """Nobody wants the file any more."""

    def __init__(self) -> None:
        super().__init__("cancelled")


def trouble_of(error: Exception) -> AttachmentError:
    """Return what an error of the system means for the person."""
    if isinstance(error, AttachmentError):
        return error
    if isinstance(error, OSError):
        return AttachmentError(*_of_system(error))
    # Besides memory: a loop of links, a name with a zero byte.
    codes = {MemoryError: "memory", RuntimeError: "loop"}
    return AttachmentError(next((code for kind, code in codes.items() if isinstance(error, kind)), "name"))


def _of_system(error: OSError) -> tuple[str, str]:
    windows = getattr(error, "winerror", None)
    known = (
        (isinstance(error, FileNotFoundError | NotADirectoryError), "vanished"),
        (error.errno == errno.ELOOP or windows == _CANNOT_RESOLVE_LINK, "loop"),
        (windows in {_SHARING_VIOLATION, _LOCK_VIOLATION} or error.errno in _LOCKED, "locked"),
        (isinstance(error, PermissionError), "forbidden"),
        (error.errno in _NO_SPACE, "full"),
    )
    code = next((code for holds, code in known if holds), "unreadable")
    return code, _file_of(error) if code == "forbidden" else error.strerror or type(error).__name__


def _file_of(error: OSError) -> str:
    return os.path.basename(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else ""  # noqa: PTH119 - a name with undecodable bytes is no Path on every system


def words_of(error: AttachmentError, name: str) -> str:
    """Return what is wrong with the attachment `name`, and what to do about it."""
    translate = QCoreApplication.translate
    # Each text stands in a call of its own, its context beside it: the tool that collects texts reads literals only.
    texts = {
        "empty": translate("Attachments", "%1 is empty (0 bytes). There is nothing in it to attach."),
        "empty-folder": translate("Attachments", "%1 holds no files. There is nothing in it to attach."),
        "too-large": translate("Attachments", "%1 is larger than %L MB. It was not read; attach a smaller file."),
        "file-in-folder-too-large": translate(
            "Attachments", "%1 holds %2, which is larger than %L MB. Attach a part of the folder."
        ),
        "folder-too-large": translate("Attachments", "%1 holds more than %F MB. Attach a part of it."),
        "too-many-files": translate("Attachments", "%1 holds more than %N files. Attach a part of it, or a zip file."),
        "vanished": translate("Attachments", "%1 is no longer there. Put it back and try again, or remove it."),
        "locked": translate("Attachments", "%1 is locked by another program. Close it there and try again."),
        "forbidden": translate(
            "Attachments", "%1 may not be read by you: permission is missing. Change that and try again."
        ),
        "forbidden-inside": translate(
            "Attachments", "%1 holds %2, which may not be read by you. Change that and try again."
        ),
        "loop": translate("Attachments", "%1 is a link that leads back to itself. Attach the file it should lead to."),
        "no-file": translate("Attachments", "%1 is neither a file nor a folder. Attach a file."),
        "changed-while-read": translate(
            "Attachments", "%1 was changed while it was read. Try again when it is finished."
        ),
        "full": translate("Attachments", "%1 could not be saved: the disk is full. Make room and try again."),
        "name": translate("Attachments", "%1 has a name that cannot be used. Rename it and attach it again."),
        "memory": translate(
            "Attachments", "There is not enough memory to read %1. Close other programs and try again."
        ),
    }
    code = "forbidden-inside" if error.code == "forbidden" and error.detail not in {"", name} else error.code
    text = texts.get(code) or translate("Attachments", "%1 cannot be read (%2). Try again, or attach another file.")
    text = text.replace("%L", str(FILE_MB)).replace("%F", str(FOLDER_MB)).replace("%N", f"{FOLDER_FILES:,}")
    # The names last: they may hold a percent sign themselves.
    before, _, after = text.partition("%1")
    return before.replace("%2", error.detail) + name + after.replace("%2", error.detail)
