"""The key vault: an encrypted file that takes the place of the system's key storage where that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.systems import Board
    from gui.link.engine_link import EngineLink

_KEYRING: Final = "keyring"
"""The system of the board that tries the key storage."""
_UNUSABLE: Final = frozenset({"degraded", "down"})


class KeyVault(QObject):
    """`state` is empty while nobody knows, `absent`, `locked` or `unlocked`. Passphrases go to the engine alone."""

    changed = Signal()
    done = Signal()
    """What the person wanted was done."""

    def __init__(self, link: EngineLink, board: Board, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._asking = Asking(link, self)
        self._state = ""
        self._held = 0
        self._needed = False
        for signal in (board.rows.dataChanged, board.rows.countChanged):
            signal.connect(bordered(self._judge))

    def load(self) -> None:
        """Ask how it stands."""
        self._asking.look("_multicoder/vault/status", {}, self._take)

    @slot(str, str)
    def create(self, passphrase: str, again: str) -> None:
        """Make one; the passphrase is typed twice, because nothing opens the vault without it."""
        if self._same(passphrase, again):
            self._act("create", passphrase=passphrase)

    @slot(str)
    def unlock(self, passphrase: str) -> None:
        """Unlock it until the engine ends."""
        self._act("unlock", passphrase=passphrase)

    @slot()
    def lock(self) -> None:
        """Lock it."""
        self._act("lock")

    @slot(str, str, str)
    def change(self, passphrase: str, new: str, again: str) -> None:
        """Seal it with another passphrase."""
        if self._same(new, again):
            self._act("change", passphrase=passphrase, new=new)

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state

    def _act(self, what: str, **phrases: str) -> None:
        def ended(result: dict[str, Any]) -> None:
            self._take(result)
            self.done.emit()

        self._asking.act(f"_multicoder/vault/{what}", phrases, ended)

    def _same(self, one: str, other: str) -> bool:
        if one != other:
            self._asking.fail(self.tr("The two passphrases are not the same."))
        return one == other

    def _take(self, result: dict[str, Any]) -> None:
        self._state, self._held = str(result.get("state", "")), len(result.get("accounts", []))
        self.changed.emit()

    def _judge(self, *_: Any) -> None:
        seen = self._board.rows.find(_KEYRING) or {}
        needed = seen.get("state") in _UNUSABLE
        if needed != self._needed:
            self._needed = needed
            self.changed.emit()

    asking = Property(QObject, lambda self: self._asking, constant=True)
    standing = Property(str, lambda self: self._state, notify=changed)
    held = Property(int, lambda self: self._held, notify=changed)
    needed = Property(bool, lambda self: self._needed, notify=changed)
    """Whether the system's own key storage cannot be used."""
