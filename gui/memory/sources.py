"""The lines an answer cites, opened: those of a message in their chat, those of a document in a viewer of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.desktop.honest import one_line
from gui.memory.lines import PAGE, SourceLines
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble

_PLACE: Final = re.compile(r"([dm]-[0-9a-z]{1,40}):L(\d{1,9})(?:-L?(\d{1,9}))?")
_MOST_MARKED: Final = 1_000
_MOST_LINKED: Final = 6


class Sources(QObject):
    """`App.sources`: opens a place like `d-…:L12-L15`. A model can cite what is not there: each is looked up first."""

    changed = Signal()
    opened = Signal()
    """A document is to be shown."""
    sought = Signal(dict)
    """A line of a chat is to be shown: `sessionId`, `messageId`, `run`, `author`, `text`."""
    told = Signal(str, str)
    """Words about a place that cannot be opened, and their kind."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._asked = 0
        self._source = ""
        self._name = ""
        self._marked = (0, 0)
        self._linked: list[dict[str, str]] = []
        self._lines = SourceLines(self)
        self._lines.wanted.connect(bordered(self._page))

    lines = Property(QObject, lambda self: self._lines, constant=True)
    source = Property(str, lambda self: self._source, notify=changed)
    name = Property(str, lambda self: self._name, notify=changed)
    first = Property(int, lambda self: self._marked[0], notify=changed)
    last = Property(int, lambda self: self._marked[1], notify=changed)
    linked = Property(list, lambda self: self._linked, notify=changed)
    """What the document has to do with: `words`, and the `document` they lead to, empty for a commit."""

    @slot(str)
    def open(self, place: str) -> None:
        """Open a place; what cannot be opened is told in words."""
        found = _PLACE.fullmatch(place)
        if found is None:
            self.told.emit(self.tr("%1 names no line.").replace("%1", one_line(place)[:80]), "error")
            return
        source, first = found[1], max(1, int(found[2]))
        last = min(max(first, int(found[3] or first)), first + _MOST_MARKED - 1)
        self._asked += 1
        asked = self._asked

        def answered(result: dict[str, Any]) -> None:
            if asked == self._asked:
                self._answered(result, source, first, last)

        def failed(trouble: Trouble) -> None:
            if asked == self._asked:
                words = self.tr("The source %1 cannot be opened.").replace("%1", source)
                self.told.emit(f"{words} {trouble.get('what', '')}".strip(), "error")

        self._link.request("_multicoder/memory/lines", _page_of(source, _page_number(first)), answered, failed)

    @slot(str)
    def openAll(self, document: str) -> None:
        """Open a document at its beginning, with nothing marked."""
        self.open(f"{document}:L1")

    def _answered(self, result: dict[str, Any], source: str, first: int, last: int) -> None:
        total = int(result.get("total") or 0)
        name = one_line(str(result.get("name") or source))
        if result.get("standing") == "forgotten":
            words = self.tr("%1 was forgotten: %2").replace("%1", name)
            self.told.emit(words.replace("%2", one_line(str(result.get("reason", "")))), "error")
        elif first > total:
            words = self.tr("%1 has no line %2; it has %3.").replace("%1", name).replace("%2", str(first))
            self.told.emit(words.replace("%3", str(total)), "error")
        elif result.get("sessionId"):
            texts = [str(text) for text in result.get("lines", [])]
            number = first - int(result.get("first") or 1)
            text = texts[number] if 0 <= number < len(texts) else ""
            spot = {key: str(result.get(key) or "") for key in ("sessionId", "messageId", "run", "author")}
            self.sought.emit({**spot, "text": text})
        else:
            self._source, self._name, self._marked = source, name, (first, min(last, total))
            self._linked = [self._words(item) for item in (result.get("linked") or [])[:_MOST_LINKED]]
            self._lines.begin(total, self._marked)
            self._lines.take(result)
            self.changed.emit()
            self.opened.emit()

    def _words(self, linked: dict[str, Any]) -> dict[str, str]:
        name = one_line(str(linked.get("name") or str(linked.get("commit", ""))[:12]))
        forms = {
            ("fixed_by", False): self.tr("Put right by %1"),
            ("fixed_by", True): self.tr("Puts right %1"),
            ("committed_as", False): self.tr("Commit %1"),
            ("extracted_from", False): self.tr("Text of %1"),
            ("extracted_from", True): self.tr("Its text: %1"),
            ("member_of", False): self.tr("Out of %1"),
            ("member_of", True): self.tr("Holds %1"),
            ("replaces", False): self.tr("Newer than %1"),
            ("replaces", True): self.tr("Older than %1"),
        }
        form = forms.get((str(linked.get("relation", "")), bool(linked.get("toIt"))), "%1")
        return {"words": form.replace("%1", name), "document": str(linked.get("document") or "")}

    def _page(self, number: int) -> None:
        source = self._source

        def answered(result: dict[str, Any]) -> None:
            if source == self._source:
                self._lines.take(result)

        def failed(_trouble: object) -> None:
            if source == self._source:
                self._lines.missed(number)

        self._link.request("_multicoder/memory/lines", _page_of(source, number), answered, failed)


def _page_number(line: int) -> int:
    return (line - 1) // PAGE


def _page_of(source: str, number: int) -> dict[str, Any]:
    return {"source": source, "first": number * PAGE + 1, "last": (number + 1) * PAGE}
