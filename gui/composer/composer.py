"""The message that is being written: one draft per chat, and how it is sent."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QTextBlockFormat, QTextCursor

from gui.composer.attachments import ERROR, READING, Attachments
from gui.composer.drafts import Draft, Drafts
from gui.composer.limits import LONG_PASTE, LONGEST_MESSAGE
from gui.composer.pasting import clean, files_of, piece_of
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtQuick import QQuickTextDocument

    from gui.preferences import Preferences
    from gui.thumbs import Thumbs

TARGETS: Final = ("", "exe", "zip", "source")
"""Empty: MultiCoder chooses."""
_SAVE_AFTER_MS: Final = 500
_REMEMBERED: Final = 50
"""Messages whose files are still known when they are taken back from the queue."""


class Composer(QObject):
    """What the box under the conversation writes into. `folder` holds what was pasted and has no file yet."""

    textChanged = Signal()
    textReplaced = Signal(str)
    """Another text stands here than the person typed: of another chat, taken back, or sent."""
    insertWanted = Signal(str)
    """A text that was pasted or dropped belongs where the cursor is."""
    stateChanged = Signal()
    wishesChanged = Signal()
    noticeChanged = Signal()
    queueChanged = Signal()
    lastMessageWanted = Signal()
    """The arrow up in an empty composer: the last message is to be edited."""

    def __init__(
        self,
        conversation: Any,
        chats: Any,
        preferences: Preferences,
        link: Any,
        folder: Path,
        thumbs: Thumbs,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._conversation = conversation
        self._chats = chats
        self._link = link
        self._saved = Drafts(preferences, folder)
        self._drafts: dict[str, Draft] = {}
        self._notice = ""
        self._check = 0
        self._just_begun = ""
        self._attachments = Attachments(folder, thumbs, self)
        self._attachments.changed.connect(self._changed)
        self._attachments.leftOut.connect(self._tell)
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._later.timeout.connect(bordered(self.save))
        self._chat = str(chats.current)
        self._draft = self._draft_of(self._chat)
        wished = self._draft_of("").target
        chats.target = wished if wished in TARGETS else ""
        self._attachments.show(self._draft.rows)
        self._saved.sweep()
        thumbs.sweep()
        self._working: tuple[bool, list[str]] = (False, [])
        self._sent: deque[tuple[str, list[Path]]] = deque(maxlen=_REMEMBERED)
        self._taken_back: tuple[str, int] | None = None
        """The text of a queued message that shall come back, and how often it stood in the queue."""
        follow(conversation, "queued", self._conversation_changed)
        conversation.told.connect(self._not_taken_back)
        self._conversation_changed()
        follow(link, "state", self.stateChanged)
        follow(chats, "current", self._switch)
        follow(chats, "target", self._wished)
        chats.begun.connect(self._begun)
        chats.removed.connect(self._removed)

    # ------------------------------------------------------------------------------------------ what is written
    def _text(self) -> str:
        return self._draft.text

    def _write(self, text: str) -> None:
        if text != self._draft.text:
            self._draft.text = text
            self.textChanged.emit()
            self.stateChanged.emit()
            self._later.start()

    text = Property(str, _text, _write, notify=textChanged)

    @slot(str)
    def replace(self, text: str) -> None:
        """Put another text into the box, as an idea of the empty state does."""
        self._write(clean(text))
        self.textReplaced.emit(self._draft.text)

    @slot(QObject, str, float)
    def lay(self, document: QQuickTextDocument, text: str, line: float) -> None:
        """Put a text into the box in lines of a height, which what is typed later takes from the line before.

        It cannot be undone: that would bring back the draft of another chat.
        """
        inside = document.textDocument()
        block = QTextBlockFormat()
        block.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        inside.setUndoRedoEnabled(False)
        cursor = QTextCursor(inside)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        # The control sees changes of text only, not of the height of lines: something must be written.
        cursor.insertText(text or " ")
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(block)
        cursor.endEditBlock()
        if not text:
            cursor.removeSelectedText()
        inside.setUndoRedoEnabled(True)

    @Property(QObject, constant=True)
    def attachments(self) -> Attachments:
        """The chips."""
        return self._attachments

    @slot("QVariantList", str, result=bool)
    def take(self, addresses: Sequence[Any], text: str) -> bool:
        """Attach what was chosen or dropped, take its text when there is no file; False when it is neither."""
        files = files_of(addresses)
        self._clear_notice()
        if files:
            self._attachments.add(files)
        else:
            self._take_text(clean(text))
        return bool(files or text)

    @slot(bool)
    def paste(self, selection: bool = False) -> None:
        """Take what the clipboard holds, or what is selected with the mouse where systems know that."""
        mode = QClipboard.Mode.Selection if selection else QClipboard.Mode.Clipboard
        piece = piece_of(QGuiApplication.clipboard().mimeData(mode))
        self._clear_notice()
        if piece.files:
            self._attachments.add(piece.files)
        elif piece.image is not None:
            self._attachments.add_content(piece.image.copy())
        else:
            self._take_text(piece.text)

    def _take_text(self, text: str) -> None:
        # Without room for one more file a long text stays a text: nothing that was pasted is lost.
        if len(text) <= LONG_PASTE or not self._attachments.add_content(text):
            self.insertWanted.emit(text)

    # ------------------------------------------------------------------------------------------ what may be sent
    def _hint(self) -> str:
        """Why it cannot be sent, in words; empty when it can, or when there is nothing to send."""
        states = {row.state for row in self._draft.rows}
        if self._link.state == "failed":
            return str(self._link.problem) or self.tr("The engine does not run.")
        if ERROR in states:
            return self.tr("A file cannot be attached. Try it again or remove it, then send.")
        if READING in states:
            return self.tr("A file is still being read.")
        if len(self._draft.text) > LONGEST_MESSAGE:
            words = self.tr("The message has %1 characters; %2 can be sent. Put the long part into a file.")
            return words.replace("%1", f"{len(self._draft.text):,}").replace("%2", f"{LONGEST_MESSAGE:,}")
        return ""

    def _anything(self) -> bool:
        return bool(self._draft.text.strip() or self._draft.rows)

    sendHint = Property(str, _hint, notify=stateChanged)
    empty = Property(bool, lambda self: not self._anything(), notify=stateChanged)
    canSend = Property(
        bool, lambda self: self._anything() and not self._check and not self._hint(), notify=stateChanged
    )
    sending = Property(bool, lambda self: bool(self._check), notify=stateChanged)
    busy = Property(bool, lambda self: self._working[0], notify=stateChanged)
    queued = Property(list, lambda self: self._working[1], notify=queueChanged)
    notice = Property(str, lambda self: self._notice, notify=noticeChanged)

    @slot()
    def send(self) -> None:
        """Send what is written; before, every attachment is looked at again. Nothing is lost when one has changed."""
        hint = self._hint()
        if self._check or not self._anything():
            return
        if hint:
            self._tell(hint)
            return
        self._clear_notice()
        if not self._draft.rows:
            self._hand_over()
            return
        self._check = self._attachments.check(self._checked)
        self.stateChanged.emit()

    def _checked(self, right: bool) -> None:
        self._check = 0
        self.stateChanged.emit()
        if right:
            self._hand_over()

    def _hand_over(self) -> None:
        text, draft = self._draft.text, self._draft
        links = [row.link() for row in draft.rows]
        self._conversation.send(text, links)
        self._sent.append((text, [row.path for row in draft.rows]))
        # Only now: had sending failed, everything would still stand here.
        self._attachments.take()
        draft.text = ""
        self.textReplaced.emit("")
        self.textChanged.emit()
        self.stateChanged.emit()
        self.save()

    @slot()
    def stop(self) -> None:
        """End the look at the attachments before sending, else the run."""
        if self._check:
            self._attachments.stop_checking(self._check)
            self._check = 0
            self.stateChanged.emit()
        elif self.busy:
            self._conversation.stop()

    @slot(int)
    def withdraw(self, index: int) -> None:
        """Take a queued message back; it comes into the box, with its files, when nothing else stands there."""
        queued = self._working[1]
        if 0 <= index < len(queued):
            self._taken_back = queued[index], queued.count(queued[index])
            self._conversation.withdraw(index)

    @slot()
    def _conversation_changed(self) -> None:
        # The conversation says so many times a second while an answer streams; the box is told of what concerns it.
        busy, queued = bool(self._conversation.busy), [str(text) for text in self._conversation.queued]
        if queued != self._working[1]:
            self._working = (self._working[0], queued)
            self.queueChanged.emit()
            self._put_back()
        if busy != self._working[0]:
            self._working = (busy, queued)
            self.stateChanged.emit()

    def _put_back(self) -> None:
        if self._taken_back is None or self._working[1].count(self._taken_back[0]) >= self._taken_back[1]:
            return
        text = self._taken_back[0]
        self._taken_back = None
        if not self._anything():
            self.replace(text)
            self._attachments.add(next((files for sent, files in reversed(self._sent) if sent == text), []))

    @slot(str, str)
    def _not_taken_back(self, _words: str, _kind: str) -> None:
        self._taken_back = None

    @slot()
    def editLast(self) -> None:
        """Ask for the last message to be edited."""
        self.lastMessageWanted.emit()

    # ------------------------------------------------------------------------------------------ wishes for a new chat
    def _target(self) -> str:
        return "" if self._chat else str(self._chats.target)

    def _set_target(self, target: str) -> None:
        if target in TARGETS and not self._chat:
            self._chats.target = target

    target = Property(str, _target, _set_target, notify=wishesChanged)
    begun = Property(bool, lambda self: bool(self._chat), notify=wishesChanged)

    # ------------------------------------------------------------------------------------------ drafts
    def save(self) -> None:
        """Keep the draft that is shown."""
        self._later.stop()
        self._draft.target = self._target()
        self._saved.keep(self._chat, self._draft)

    def close(self) -> None:
        """Keep the draft and end all reading."""
        self.save()
        self._attachments.close()

    @slot()
    def dismissNotice(self) -> None:
        """Take the notice away."""
        self._clear_notice()

    def _draft_of(self, chat: str) -> Draft:
        if chat not in self._drafts:
            saved = self._saved.read(chat)
            rows = self._attachments.restored(saved["files"])
            self._drafts[chat] = Draft(saved["text"], rows, saved["target"])
        return self._drafts[chat]

    @slot()
    def _switch(self) -> None:
        chat = str(self._chats.current)
        if chat == self._chat:
            return
        if self._check:
            self.stop()
        if not self._chat and chat == self._just_begun:
            # What was written on while the new chat was being made belongs to it.
            self._drafts[chat] = self._drafts.pop("")
            self._saved.keep("", Draft())
        else:
            self.save()
        self._chat, self._draft = chat, self._draft_of(chat)
        self._attachments.show(self._draft.rows)
        self._clear_notice()
        self.textReplaced.emit(self._draft.text)
        self.textChanged.emit()
        self.wishesChanged.emit()
        self.stateChanged.emit()

    @slot(str, object)
    def _begun(self, chat: str, _answer: object) -> None:
        # The switch to it follows at once, or never: the person may have gone elsewhere meanwhile.
        self._just_begun = chat
        QTimer.singleShot(0, self, bordered(self._settled))

    @slot(str)
    def _removed(self, chat: str) -> None:
        """Forget what was written in a chat that is gone."""
        gone = self._drafts.pop(chat, None)
        if gone is not None:
            self._attachments.forget(gone.rows)
        self._saved.keep(chat, Draft())

    def _settled(self) -> None:
        self._just_begun = ""

    @slot()
    def _wished(self) -> None:
        self.wishesChanged.emit()
        self._later.start()

    @slot()
    def _changed(self) -> None:
        self.stateChanged.emit()
        self._later.start()

    @slot(str)
    def _tell(self, words: str) -> None:
        self._notice = words
        self.noticeChanged.emit()

    def _clear_notice(self) -> None:
        if self._notice:
            self._tell("")


def follow(watched: QObject, name: str, told: Any) -> None:
    """Call `told` (a slot or signal) whenever the property `name` of another view model changes."""
    meta = watched.metaObject()
    signal = meta.property(meta.indexOfProperty(name)).notifySignal()
    getattr(watched, bytes(signal.name().data()).decode()).connect(told)
