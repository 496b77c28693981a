"""Providers to a file and back; keys go along only sealed by a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.desktop.desktop import local_path
from gui.slots import slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_NEEDS_PASSPHRASE: Final = frozenset({"import-passphrase", "import-wrong-passphrase"})


class Transfer(QObject):
    """`told` says what was done; `passphraseWanted` asks for what opens the file that is read."""

    changed = Signal()
    passphraseWanted = Signal()
    exported = Signal()
    imported = Signal(dict)
    """The engine's answer, with all providers."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(link, self)
        self._told = ""
        self._file = ""
        self._replacing = False

    @slot(str, str, str)
    def export(self, file: str, passphrase: str, again: str) -> None:
        """Write a file, with the keys when there is a passphrase; the system's dialog has asked before replacing."""
        if passphrase != again:
            self._asking.fail(self.tr("The two passphrases are not the same."))
            return
        params: dict[str, Any] = {"path": str(local_path(file)), "overwrite": True}
        params |= {"passphrase": passphrase} if passphrase else {}
        self._asking.act("_multicoder/providers/export", params, self._exported)

    @slot(str, bool)
    def read(self, file: str, replacing: bool) -> None:
        """Take providers from a file; those that are here already are replaced only when that is wanted."""
        self._file, self._replacing = str(local_path(file)), replacing
        self.open("")

    @slot(str)
    def open(self, passphrase: str) -> None:
        """Read the file that was chosen, with what opens its keys."""
        params: dict[str, Any] = {"path": self._file, "replace": self._replacing}
        params |= {"passphrase": passphrase} if passphrase else {}
        self._asking.act("_multicoder/providers/import", params, self._imported, self._refused)

    @slot()
    def forget(self) -> None:
        """What was told was read."""
        self._tell("")

    def _refused(self, words: dict[str, Any]) -> None:
        if words.get("kind") in _NEEDS_PASSPHRASE:
            if words["kind"] == "import-passphrase":
                self._asking.forget()  # it is no fault that a file holds keys
            self.passphraseWanted.emit()

    def _exported(self, result: dict[str, Any]) -> None:
        keys = int(result.get("keys", 0))
        self._tell(self.tr("Written, with %n key(s).", "", keys) if keys else self.tr("Written, without keys."))
        self.exported.emit()

    def _imported(self, result: dict[str, Any]) -> None:
        lines = [
            (result.get("added", []), self.tr("Added: %1.")),
            (result.get("replaced", []), self.tr("Replaced: %1.")),
            (result.get("kept", []), self.tr("Already here and kept as they are: %1.")),
        ]
        told = [words.replace("%1", ", ".join(names)) for names, words in lines if names]
        if keys := int(result.get("keys", 0)):
            told.append(self.tr("%n key(s) came along.", "", keys))
        self._tell(" ".join(told) or self.tr("There was no provider in the file."))
        self.imported.emit(result)

    def _tell(self, words: str) -> None:
        self._told = words
        self.changed.emit()

    asking = Property(QObject, lambda self: self._asking, constant=True)
    told = Property(str, lambda self: self._told, notify=changed)
