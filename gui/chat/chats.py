"""The chats of the sidebar: what the engine lists, kept up to date by what it tells, and what is done with it.

A new chat is nothing but an empty screen until its first message: only `begin` makes a session of it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QDateTime, QLocale, QObject, QTime, QTimer, Signal

from gui.chat.arranging import Wishes, arranged
from gui.chat.beginning import Beginning, usual_folder
from gui.chat.chat import ROLES, Chat, newest, one_line
from gui.chat.dates import day_of, day_words
from gui.chat.heard import HeardWords
from gui.chat.listing import Listing
from gui.chat.meta import own
from gui.chat.ordered import OrderedRows
from gui.chat.shelves import Shelves
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble
    from gui.preferences import Preferences

_MOST_FOUND: Final = 100
_MOST_OFFERED: Final = 3


class Chats(OrderedRows):
    """See the module. Shelves stand before the chats; archived ones are rows only while `showArchived` is set."""

    currentChanged = Signal()
    currentTitleChanged = Signal()
    currentShelfChanged = Signal()
    loadingChanged = Signal()
    unfinishedChanged = Signal()
    wishesChanged = Signal()
    """`folder`, `target` or `showArchived`."""
    opened = Signal(str)
    """A chat was chosen; empty: a new one. Not sent for one that has just begun: its screen is already there."""
    begun = Signal(str, object)
    """A new chat became a session: its id, and what the engine answered."""
    removed = Signal(str)
    """A chat is gone for good, and another one is on screen."""
    told = Signal(str, str)
    """Words about something that did not succeed, and their kind."""

    def __init__(self, link: EngineLink, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(ROLES, "key", parent)
        self.wishes: Callable[[], dict[str, Any]] = dict
        """More for `_meta.multicoder` of a new session."""
        self._link = link
        self._preferences = preferences
        self._locale = QLocale(link.locale)
        self._chats: dict[str, Chat] = {}
        self._of_run: dict[str, str] = {}
        self._heard = HeardWords()
        self._current = ""
        self._shown_title = ""
        self._fresh_shelf = ""
        """Where the new chat on screen is to stand."""
        self._shown_shelf = ("", "")
        self._shelves = Shelves(link, preferences, self)
        self._shelves.changed.connect(bordered(self._arrange))
        self._shelves.told.connect(self.told)
        self._unfinished: list[dict[str, Any]] = []
        self._loading = True
        self._complete = False
        self._archived_too = False
        self._target = ""
        self._fresh = 0
        """Counts what was chosen: a session that was asked for by one new chat must not come to the next."""
        self._beginning = Beginning(link, self)
        self._beginning.begun.connect(bordered(self._begun))
        self._listing = Listing(link, self)
        self._listing.page.connect(bordered(self._listed))
        self._listing.complete.connect(bordered(self._list_ended))
        self._listing.failed.connect(bordered(self._loaded))
        self._midnight = QTimer(self, singleShot=True)
        self._midnight.timeout.connect(bordered(self._arrange))
        link.ready.connect(bordered(self._listing.read))
        link.changed.connect(bordered(self._link_changed))
        link.updated.connect(bordered(self._updated))
        link.told.connect(bordered(self._live))

    current = Property(str, lambda self: self._current, notify=currentChanged)
    currentTitle = Property(str, lambda self: self._shown_title, notify=currentTitleChanged)
    currentShelf = Property(str, lambda self: self._shown_shelf[0], notify=currentShelfChanged)
    """The shelf that the chat on screen stands on, or will when it has begun; empty for none."""
    currentShelfName = Property(str, lambda self: self._shown_shelf[1], notify=currentShelfChanged)
    shelves = Property(QObject, lambda self: self._shelves, constant=True)
    loading = Property(bool, lambda self: self._loading, notify=loadingChanged)
    unfinished = Property(list, lambda self: self._unfinished, notify=unfinishedChanged)
    """The newest chats whose run has not ended: {sessionId, title, running, waits, doing}."""

    def _folder(self) -> str:
        return str(self._preferences.value("folder") or usual_folder())

    def _put_folder(self, folder: str) -> None:
        self._preferences.put("folder", "" if Path(folder) == usual_folder() else folder)
        self.wishesChanged.emit()

    folder = Property(str, _folder, _put_folder, notify=wishesChanged)
    """Where finished programs of new chats are put."""

    def _put_target(self, target: str) -> None:
        if target != self._target:
            self._target = target
            self.wishesChanged.emit()

    target = Property(str, lambda self: self._target, _put_target, notify=wishesChanged)
    """What the next new chat shall build: `exe`, `zip`, `source`; empty: the plan decides."""

    def _put_archived(self, wanted: bool) -> None:
        if wanted != self._archived_too:
            self._archived_too = wanted
            self.wishesChanged.emit()
            self._arrange()

    showArchived = Property(bool, lambda self: self._archived_too, _put_archived, notify=wishesChanged)

    # ------------------------------------------------------------------------------------------ what a person does

    @slot(str)
    def open(self, session: str) -> None:
        """Show a chat; one that is not listed yet - a fork that was just made - is asked about."""
        if not session:
            self.start()
            return
        self._fresh += 1
        self._fresh_shelf = ""
        if session not in self._chats:
            self._chats[session] = Chat(session, updated=time.time(), place=-self._fresh)
            self._listing.read_soon()
        self._chats[session].unread = False
        self._choose(session)
        self.opened.emit(session)

    @slot()
    def start(self) -> None:
        """Show a new chat, which is nothing yet."""
        self.startOn("")

    @slot(str)
    def startOn(self, shelf: str) -> None:
        """Show a new chat that will stand on a shelf; an empty one is none."""
        self._fresh += 1
        self._fresh_shelf = shelf
        self._choose("")
        self.opened.emit("")

    @slot(str, str)
    def rename(self, session: str, title: str) -> None:
        """Give a chat another title; an empty one is no title."""
        wanted = one_line(title)
        chat = self._chats.get(session)
        if chat is None or not wanted or wanted == chat.title:
            return
        former, chat.title = chat.title, wanted
        self._arrange()

        def failed(trouble: Trouble) -> None:
            if chat.title == wanted:
                chat.title = former
                self._arrange()
            self._tell(trouble)

        params = {"sessionId": session, "title": wanted}
        self._link.request("_multicoder/session/rename", params, lambda _: None, failed)

    @slot(str)
    def remove(self, session: str) -> None:
        """Take a chat out of the list for good; its run ends, its programs stay."""
        self._link.request("session/delete", {"sessionId": session}, lambda _: self._removed(session), self._tell)

    @slot(str, bool)
    def pin(self, session: str, wanted: bool) -> None:
        """Keep a chat at the top of the list, or let it go back to its date."""
        self._mark("pinned", session, wanted=wanted)

    @slot(str, bool)
    def archive(self, session: str, wanted: bool) -> None:
        """Put a chat away, or bring it back; the search finds it all the same."""
        self._mark("archived", session, wanted=wanted)

    @slot(str, result="QVariantList")
    def find(self, text: str) -> list[dict[str, Any]]:
        """Return chats whose title, shelf or, where it was loaded, text holds `text`, newest first; all for no text."""
        wanted = " ".join(text.lower().split())
        found: list[dict[str, Any]] = []
        for chat in sorted(self._chats.values(), key=newest):
            snippet = self._heard.find(chat.session, wanted) if wanted else ""
            shelf = self.shelf_name(chat.session)
            if wanted in chat.title.lower() or wanted in shelf.lower() or snippet:
                day = day_words(chat.updated, self._locale)
                facts = {
                    "sessionId": chat.session,
                    "title": chat.title,
                    "snippet": snippet,
                    "shelf": shelf,
                    "date": day,
                }
                found.append(facts)
            if len(found) == _MOST_FOUND:
                break
        return found

    def shelf_name(self, session: str) -> str:
        """Return the name of the shelf a chat stands on; empty for none."""
        return str(self._shelves.name_of(self._shelves.of(session)))

    def begin(self, done: Callable[[str], None], failed: Callable[[Trouble], None] | None = None) -> None:
        """Make a session of the new chat on screen and hand its id over; asked twice, it is still one session.

        `current` is the session by then, unless the person went to another chat meanwhile.
        """
        wishes = {"target": self._target, "shelf": self._shelf_here(), **self.wishes()}
        self._beginning.begin(self._fresh, Path(self._folder()), wishes, done, failed or self._tell)

    def speak(self, locale: str) -> None:
        """Name the groups in another language."""
        self._locale = QLocale(locale)
        self._arrange()

    # ------------------------------------------------------------------------------------------ one chat

    def _choose(self, session: str) -> None:
        if session != self._current:
            self._current = session
            self.currentChanged.emit()
        self._arrange()

    def _mark(self, key: str, session: str, *, wanted: bool) -> None:
        kept = [item for item in self._preferences.value(key) if item != session]
        self._preferences.put(key, [*kept, session] if wanted else kept)
        self._arrange()

    def _removed(self, session: str) -> None:
        self._chats.pop(session, None)
        self._heard.forget(session)
        for key in ("pinned", "archived"):
            if session in self._preferences.value(key):
                self._mark(key, session, wanted=False)
        if session == self._current:
            self.start()
        else:
            self._arrange()
        self.removed.emit(session)

    def _begun(self, fresh: int, session: str, answer: object) -> None:
        self._chats.setdefault(session, Chat(session, cwd=self._folder(), updated=time.time(), place=-1 - fresh))
        self.begun.emit(session, answer)
        if fresh == self._fresh:
            self._put_target("")
            self._choose(session)
        else:
            self._arrange()

    def _tell(self, trouble: Trouble) -> None:
        self.told.emit(f"{trouble['what']} {trouble['next']}".strip(), "error")

    # ------------------------------------------------------------------------------------------ from the engine

    def _listed(self, rows: list[dict[str, Any]], start: int) -> None:
        watched = self._preferences.value("watched")
        for place, row in enumerate(rows, start):
            session = row["sessionId"]
            if session not in self._chats:
                # What worked when this window was last open, and works no more, has not been seen.
                self._chats[session] = Chat(session, running=session in watched)
            chat = self._chats[session]
            self._note(chat, news=chat.learn(row, place))
            if chat.run:
                self._of_run[chat.run] = session
        self._arrange()
        self._loaded()

    def _list_ended(self, listed: set[str]) -> None:
        for session, chat in list(self._chats.items()):
            if session not in listed and session != self._current and chat.place >= 0:
                del self._chats[session]
        self._complete = True
        self._loaded()
        self._arrange()
        self._link.request(
            "_multicoder/tasks/list", {"kind": "run", "states": ["paused"]}, self._tasks, lambda _trouble: None
        )

    def _loaded(self) -> None:
        if self._loading:
            self._loading = False
            self.loadingChanged.emit()

    def _link_changed(self) -> None:
        if self._link.hopeless:
            self._loaded()
            for chat in self._chats.values():
                chat.halt()
            self._arrange()

    def _updated(self, session: str, update: dict[str, Any]) -> None:
        self._heard.hear(session, update)
        kind, run = update.get("sessionUpdate"), own(update).get("run")
        if kind == "user_message_chunk" and isinstance(run, str):
            self._of_run.setdefault(run, session)
        chat = self._chats.get(session)
        if chat is not None and kind == "session_info_update" and isinstance(update.get("title"), str):
            chat.title = one_line(update["title"])
            self._arrange()

    def _live(self, method: str, params: dict[str, Any]) -> None:
        if method == "_multicoder/tasks":
            self._tasks(params)

    def _tasks(self, params: dict[str, Any]) -> None:
        told = params.get("tasks")
        rows = [row for row in told if isinstance(row, dict)] if isinstance(told, list) else []
        runs = [row for row in rows if row.get("kind") == "run"]
        changed = False
        for row in runs:
            chat = self._chats.get(self._of_run.get(str(row.get("subject")), ""))
            if chat is None:
                self._listing.read_soon()  # begun by another client
            else:
                before = replace(chat)
                self._note(chat, news=chat.follow(row))
                changed |= chat != before
        if changed:  # a run that works tells of itself every second
            self._arrange()

    def _note(self, chat: Chat, *, news: bool) -> None:
        if news and chat.session != self._current:
            chat.unread = True

    # ------------------------------------------------------------------------------------------ the list on screen

    def _arrange(self) -> None:
        """Sort the chats into their groups and show what changed."""
        pinned, archived = (frozenset(self._preferences.value(key)) for key in ("pinned", "archived"))
        wishes = Wishes(pinned, archived, self._archived_too, self._shelves.standing(), self._shelves.of)
        newest_first = sorted(self._chats.values(), key=newest)
        self.show_rows(arranged(newest_first, wishes, day_of(time.time()), self._locale))
        self._retitle()
        self._offer()
        if self._complete:  # before that, an empty list would wipe out what is to be compared with it
            watched = [chat.session for chat in self._chats.values() if chat.running or chat.unread]
            self._preferences.put("watched", watched)
        self._midnight.start(_until_midnight())

    def _offer(self) -> None:
        works = (chat for chat in sorted(self._chats.values(), key=newest) if chat.running or chat.waits or chat.paused)
        offered = [
            {"sessionId": chat.session, "title": chat.title, "running": chat.running, "waits": chat.waits}
            | {"doing": chat.doing}
            for chat in islice(works, _MOST_OFFERED)
        ]
        if offered != self._unfinished:
            self._unfinished = offered
            self.unfinishedChanged.emit()

    def _retitle(self) -> None:
        chat = self._chats.get(self._current)
        title = chat.title if chat is not None else ""
        if title != self._shown_title:
            self._shown_title = title
            self.currentTitleChanged.emit()
        shelf = self._shelf_here()
        shown = (shelf, self._shelves.name_of(shelf))
        if shown != self._shown_shelf:
            self._shown_shelf = shown
            self.currentShelfChanged.emit()

    def _shelf_here(self) -> str:
        shelf = self._shelves.of(self._current) if self._current else self._fresh_shelf
        return shelf if self._shelves.name_of(shelf) else ""  # another window may have taken it down meanwhile


def _until_midnight() -> int:
    now = QDateTime.currentDateTime()
    return int(now.msecsTo(QDateTime(now.date().addDays(1), QTime(0, 0, 1))))
