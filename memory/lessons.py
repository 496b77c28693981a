"""Lessons: an error that was seen, and the change after which it was gone, kept for all later projects."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from core.memory import DocumentNote, Lines, Link
from memory.context import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.memory import Document, Documents, Lesson, RecalledLine

ORIGIN: Final = "lesson:"
_MOST: Final = 8
_LATEST: Final = 3
"""So many of the newest are told even when none of their words occurs in the task."""
_RIGHT: Final = "what put it right:"
_ERROR_TOLD: Final = 350
_FIX_TOLD: Final = 500
"""Characters of the two parts that a role is told; the document holds more."""
_ERROR_LINES: Final = 12
_FIX_LINES: Final = 40
_LONGEST: Final = 300
"""Characters of a line."""


class Lessons:
    """Lessons among the documents; only what MultiCoder itself kept is one, whatever a foreign text calls itself."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def keep(self, lesson: Lesson) -> str:
        """Keep a lesson once and return its document."""
        text = _text(lesson)
        mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        note = DocumentNote(name=f"lesson: {lesson.module}", kind="errors", trust="own", origin=ORIGIN + mark)
        kept = await self._documents.add(text.encode("utf-8", "surrogatepass"), note)
        if lesson.commit:
            await self._documents.link(Link(kept.document, "committed_as", lesson.commit))
        return kept.document

    async def fitting(self, found: Iterable[RecalledLine]) -> Sequence[Note]:
        """The lessons that lines were found of, best first, and the newest ones behind them."""
        known = {
            item.document: item for item in await self._documents.documents(project="", kind="errors") if _is(item)
        }
        named = [line.source for line in found if line.source in known]
        chosen = list(dict.fromkeys([*named[:_MOST], *list(known)[: -_LATEST - 1 : -1]]))
        return [await self._note(known[document]) for document in chosen]

    async def _note(self, document: Document) -> Note:
        lines = await self._documents.lines(document.document, 1, document.lines)
        return Note(Lines(document.document, 1, max(1, document.lines)), _told(lines), "lesson")


def _is(document: Document) -> bool:
    note = document.note
    return document.standing == "kept" and note.trust == "own" and note.origin.startswith(ORIGIN)


def _text(lesson: Lesson) -> str:
    error, fix = _head(lesson.error, _ERROR_LINES), _head(lesson.fix, _FIX_LINES)
    return f"module {lesson.module} failed:\n{error}\n{_RIGHT}\n{fix}\n"


def _told(lines: list[str]) -> str:
    """The lesson as a role reads it: of the change only the lines that differ, both parts short."""
    half = lines.index(_RIGHT) if _RIGHT in lines else len(lines)
    changed = [line for line in lines[half + 1 :] if line.startswith(("+", "-"))]
    return "\n".join([*_within(lines[:half], _ERROR_TOLD), _RIGHT, *_within(changed, _FIX_TOLD)])


def _within(lines: list[str], characters: int) -> list[str]:
    shown: list[str] = []
    for line in lines:
        characters -= len(line) + 1
        if characters < 0:
            break
        shown.append(line)
    return shown


def _head(text: str, lines: int) -> str:
    found = [line.rstrip()[:_LONGEST] for line in text.splitlines() if line.strip()]
    return "\n".join(found[:lines])
