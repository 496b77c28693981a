"""The page of the memory: what is kept, how it is found, and what a person does with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QLocale, QObject, QStandardPaths, QTimer, QUrl, Signal

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.chat.dates import day_words
from gui.composer.pasting import files_of
from gui.desktop.desktop import local_path
from gui.desktop.honest import one_line
from gui.memory.marking import plain, snippet
from gui.memory.sealed import SealedCopies
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.board.tasks import Tasks
    from gui.link.engine_link import EngineLink

INGEST: Final = "ingest"
REBUILD: Final = "memory-rebuild"
KINDS: Final = ("dialogue", "docs", "code", "errors")
STANDINGS: Final = ("kept", "quarantined", "forgotten")
_DOCUMENTS: Final = ("document", "name", "kind", "trust", "size", "lines", "when", "standing", "reason", "origin")
_FOUND: Final = ("place", "name", "kind", "trust", "pieces", "snippet", "date")
_PINNED: Final = ("key", "text", "state", "why", "places")
_PAGE: Final = 200
_MOST_FOUND: Final = 60
_PAUSE_MS: Final = 200
_NO_NAME: Final = re.compile(r'[<>:"|?*\x00-\x1f]')
_LONGEST_NAME: Final = 120
_STANDING_OF: Final = {"forget": "forgotten", "quarantine": "quarantined", "release": "kept"}


class MemoryPage(QObject):
    """`App.memory`. Documents come page by page; `found` are lines for what stands in the search field."""

    changed = Signal()
    factsChanged = Signal()
    told = Signal(str, str)
    """Words about something that was done, and their kind."""

    def __init__(self, link: EngineLink, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(link, self)
        self._link = link
        self._sealed = SealedCopies(link, tasks, self)
        self._sealed.told.connect(self.told)
        self._facts: dict[str, Any] = {}
        self._documents = Rows(_DOCUMENTS, "document", self)
        self._found = Rows(_FOUND, "place", self)
        self._pinned = Rows(_PINNED, "key", self)
        self._filter = {"kind": "", "standing": ""}
        self._next = ""
        self._question = ""
        self._looks = 0
        self._chat = ""
        self._watched = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(bordered(self._search))
        tasks.finished.connect(bordered(self._ended))
        link.ready.connect(bordered(self._again))

    asking = Property(QObject, lambda self: self._asking, constant=True)
    sealed = Property(QObject, lambda self: self._sealed, constant=True)
    facts = Property(dict, lambda self: self._facts, notify=factsChanged)
    """Counts, sizes and the state of the vectors; empty while the engine has not said them."""
    documents = Property(QObject, lambda self: self._documents, constant=True)
    found = Property(QObject, lambda self: self._found, constant=True)
    pinned = Property(QObject, lambda self: self._pinned, constant=True)
    question = Property(str, lambda self: self._question, notify=changed)
    kind = Property(str, lambda self: self._filter["kind"], notify=changed)
    standing = Property(str, lambda self: self._filter["standing"], notify=changed)
    more = Property(bool, lambda self: bool(self._next), notify=changed)
    """Whether there are documents behind those that are listed."""

    # ------------------------------------------------------------------------------------------ looking

    @slot(str)
    def load(self, session: str) -> None:
        """Fetch everything the page shows, with the rules of a chat."""
        self._watched = True
        self._chat = session
        self._asking.look("_multicoder/memory/state", {}, self._state)
        self._list()
        self._pin()

    @slot(str, str)
    def choose(self, kind: str, standing: str) -> None:
        """List only documents of a kind and a standing; empty for all."""
        self._filter = {"kind": kind, "standing": standing}
        self.changed.emit()
        self._list()

    @slot()
    def further(self) -> None:
        """Fetch the next documents."""
        if self._next:
            after, self._next = self._next, ""
            self._looks += 1
            looks = self._looks
            self._link.request(
                "_multicoder/memory/documents",
                {**self._wanted(), "after": after},
                bordered(lambda result: self._listed(result, looks, goes_on=True)),
                bordered(lambda _trouble: self._not_listed(after)),
            )

    @slot(str)
    def ask(self, question: str) -> None:
        """Look for lines; an empty question shows the documents again."""
        self._question = " ".join(question.split())
        self.changed.emit()
        if self._question:
            self._pause.start()
        else:
            self._pause.stop()
            self._found.renew([])

    @slot(str)
    def showPinned(self, session: str) -> None:
        """Show the rules of another chat."""
        self._chat = session
        if self._watched:
            self._pin()

    def _again(self) -> None:
        if self._watched:
            self.load(self._chat)

    def _search(self) -> None:
        question = self._question

        def take(result: dict[str, Any]) -> None:
            if question == self._question:
                self._found.renew([_line(item, question) for item in result.get("lines", [])])
                self.changed.emit()

        wanted = {"query": question, "reach": "archive", "limit": _MOST_FOUND}
        self._asking.look("_multicoder/memory/recall", wanted, take, name="search")

    def _wanted(self) -> dict[str, Any]:
        return {"limit": _PAGE, **{name: value for name, value in self._filter.items() if value}}

    def _list(self) -> None:
        self._looks += 1
        looks = self._looks
        self._asking.look("_multicoder/memory/documents", self._wanted(), lambda result: self._listed(result, looks))

    def _listed(self, result: dict[str, Any], looks: int, *, goes_on: bool = False) -> None:
        if looks != self._looks:
            return
        rows = [_document(item) for item in result.get("documents", [])]
        known = {row["document"] for row in self._documents.all()} if goes_on else set()
        if goes_on:
            self._documents.insert(len(self._documents.all()), [row for row in rows if row["document"] not in known])
            self._documents.countChanged.emit()
        else:
            self._documents.renew(rows)
        self._next = str(result.get("next") or "")
        self.changed.emit()

    def _not_listed(self, after: str) -> None:
        self._next = after
        self.changed.emit()

    def _pin(self) -> None:
        if self._chat:
            wanted = {"sessionId": self._chat}
            self._asking.look("_multicoder/memory/pinned", wanted, self._show_pinned, name="pinned")
        else:
            self._pinned.renew([])

    def _show_pinned(self, result: dict[str, Any]) -> None:
        self._pinned.renew([_pin(item, number) for number, item in enumerate(result.get("pinned", []))])

    def _state(self, result: dict[str, Any]) -> None:
        self._facts = result
        self.factsChanged.emit()

    # ------------------------------------------------------------------------------------------ doing

    @slot("QVariantList", result=bool)
    def take(self, addresses: Sequence[Any]) -> bool:
        """Take files and folders into the memory, as a task; False when there is none among the addresses."""
        paths = [str(path) for path in files_of(addresses)]
        if paths:
            self._asking.act("_multicoder/memory/import", {"paths": paths})
        return bool(paths)

    @slot(str, result=str)
    def suggested(self, name: str) -> str:
        """Return a good address for a document that is exported: its own name, in the folder of documents."""
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(places[0]) if places and Path(places[0]).is_dir() else Path.home()
        fitting = _NO_NAME.sub("_", name.replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:].strip(" .")
        return QUrl.fromLocalFile(str(folder / (fitting or "document"))).toString()

    @slot(str, str)
    def export(self, document: str, file: str) -> None:
        """Write a document byte for byte to a file."""

        def done(result: dict[str, Any]) -> None:
            words = self.tr("Exported to %1").replace("%1", one_line(str(result.get("path", ""))))
            self.told.emit(words, "success")

        params = {"document": document, "path": str(local_path(file)), "overwrite": True}
        self._asking.act("_multicoder/memory/export", params, done)

    @slot(str, str, str)
    def decide(self, document: str, what: str, reason: str) -> None:
        """`forget`, `quarantine` or `release` a document, with a reason."""
        if what in _STANDING_OF:
            params = {"document": document, "reason": reason}
            self._asking.act(f"_multicoder/memory/{what}", params, self._decided)

    @slot()
    def rebuild(self) -> None:
        """Have the index made anew, as a task."""
        self._asking.act("_multicoder/memory/rebuild", {})

    def _decided(self, result: dict[str, Any]) -> None:
        row = _document(result.get("document") or {})
        wanted = self._filter["standing"]
        if not wanted or row["standing"] == wanted:
            self._documents.change(row["document"], **row)
        else:
            self._list()
        self._asking.look("_multicoder/memory/state", {}, self._state)
        if self._question:
            self._search()

    def _ended(self, task: Row) -> None:
        if task["kind"] not in {INGEST, REBUILD}:
            return
        if task["state"] == "failed":
            what = self.tr("The import has failed.") if task["kind"] == INGEST else self.tr("The rebuild has failed.")
            problem = task["problem"] or {"what": what, "next": task["note"] or ""}
            self._asking.fail(*(str(problem.get(part, "")) for part in ("what", "next")))
        if self._watched:
            self.load(self._chat)


def _document(item: dict[str, Any]) -> Row:
    return {
        "document": str(item.get("document", "")),
        "name": one_line(str(item.get("name", ""))),
        "kind": str(item.get("kind", "")),
        "trust": str(item.get("trust", "")),
        "size": QLocale().formattedDataSize(int(item.get("bytes") or 0)),
        "lines": int(item.get("lines") or 0),
        "when": moment(float(item.get("at") or 0)),
        "standing": str(item.get("standing", "kept")),
        "reason": one_line(str(item.get("reason", ""))),
        "origin": one_line(str(item.get("origin", ""))),
    }


def _line(item: dict[str, Any], question: str) -> Row:
    pieces, at = snippet(str(item.get("text", "")), question), item.get("at")
    return {
        "place": str(item.get("place", "")),
        "name": one_line(str(item.get("name", ""))),
        "kind": str(item.get("kind", "")),
        "trust": str(item.get("trust", "")),
        "pieces": pieces,
        "snippet": plain(pieces),
        "date": day_words(float(at), QLocale()) if isinstance(at, int | float) and at > 0 else "",
    }


def _pin(item: dict[str, Any], number: int) -> Row:
    places = [str(place) for place in item.get("places") or []]
    text, why = one_line(str(item.get("text", ""))), one_line(str(item.get("why", "")))
    state = str(item.get("state", "active"))
    return {"key": f"{number}/{text[:60]}", "text": text, "state": state, "why": why, "places": places}
