"""Messages that were not sent yet, one per chat; they outlive the window.

Short ones stand in the preferences; a long text has a file of its own, so that it neither makes every change of a
preference slow nor is dropped for being long.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.files import write_atomic
from core.logs import LOGGER_NAME
from gui.composer.limits import MOST_ATTACHED

if TYPE_CHECKING:
    from pathlib import Path

    from gui.composer.attachments import Attachment
    from gui.preferences import Preferences

KEY: Final = "drafts"
_LONG: Final = 2_000
_MOST: Final = 40
_LEFT_FOR_SECONDS: Final = 7 * 24 * 3600.0
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window")


@dataclass(slots=True)
class Draft:
    """What was written in one chat; `target` is a wish for a chat that has not begun."""

    text: str = ""
    rows: list[Attachment] = field(default_factory=list)
    target: str = ""


class Drafts:
    """The saved form of drafts. `folder` holds what is too long for the preferences, and pasted files."""

    def __init__(self, preferences: Preferences, folder: Path) -> None:
        self._preferences = preferences
        self._folder = folder

    def read(self, chat: str) -> dict[str, Any]:
        """Return what was saved for a chat: {text, files, target}."""
        saved = self._preferences.value(KEY).get(chat)
        if isinstance(saved, str):
            saved = {"text": saved}
        if not isinstance(saved, dict):
            saved = {}
        text = saved.get("text")
        if not isinstance(text, str):
            text = self._long_text(chat)
        files = saved.get("files")
        return {
            "text": text,
            "files": [str(file) for file in files if isinstance(file, str)] if isinstance(files, list) else [],
            "target": str(saved.get("target") or ""),
        }

    def keep(self, chat: str, draft: Draft) -> None:
        """Save a draft; an empty one is forgotten. Of too many, the oldest texts move into files, none is dropped."""
        saved = {name: kept for name, kept in self._preferences.value(KEY).items() if name != chat}
        entry = _entry(draft)
        file = self._file(chat)
        if len(draft.text) > _LONG:
            self._write(file, draft.text)
            entry["text"] = None
        else:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        if entry:
            saved[chat] = entry
        self._move_oldest(saved)
        self._preferences.put(KEY, saved)

    def sweep(self) -> None:
        """Take away files pasted long ago that no draft names; the engine has kept the content of what was sent."""
        saved = self._preferences.value(KEY)
        named = {name for chat in saved for name in [str(self._file(chat)), *self.read(chat)["files"]]}
        old = time.time() - _LEFT_FOR_SECONDS
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir():
                if str(file) not in named and file.is_file() and file.stat().st_mtime < old:
                    file.unlink()

    def _move_oldest(self, saved: dict[str, Any]) -> None:
        for chat in list(saved)[: max(0, len(saved) - _MOST)]:
            text = saved[chat].get("text") if isinstance(saved[chat], dict) else None
            if text:
                self._write(self._file(chat), text)
                saved[chat] = {**saved[chat], "text": None}

    def _file(self, chat: str) -> Path:
        return self._folder / f"draft-{hashlib.sha256(chat.encode()).hexdigest()[:16]}.txt"

    def _long_text(self, chat: str) -> str:
        try:
            return self._file(chat).read_text(encoding="utf-8")
        except (OSError, ValueError):  # there is none, or somebody else wrote to it
            return ""

    def _write(self, file: Path, text: str) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(file, text.encode("utf-8", "replace"))
        except OSError as error:
            _LOG.warning("a draft was not saved: %s", error)


def _entry(draft: Draft) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "text": draft.text,
        "files": [str(row.path) for row in draft.rows[:MOST_ATTACHED]],
        "target": draft.target,
    }
    return {name: value for name, value in entry.items() if value}
