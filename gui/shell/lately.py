"""What stands last in the open conversation, for keys and buttons that mean "the last one"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QAbstractItemModel

_NAMES: Final = ("rowKey", "kind", "turn", "content")


class Lately(QObject):
    """Reads `conversation` from its end; `copying` puts a text on the clipboard."""

    def __init__(
        self, conversation: QAbstractItemModel, copying: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._conversation = conversation
        self._copying = copying

    @slot(result=int)
    def request(self) -> int:
        """Return the turn of the person's newest message that can be edited; -1 when there is none."""
        buttons = (row for row in self._rows() if row["kind"] == "actions")
        return next((int(row["turn"]) for row in buttons if row["content"].get("canEdit")), -1)

    @slot(str, result="QVariantMap")
    def contentOf(self, key: str) -> dict[str, Any]:
        """Return the content of a row; empty when it is gone."""
        return next((dict(row["content"]) for row in self._rows() if row["rowKey"] == key), {})

    @slot(result=int)
    def answer(self) -> int:
        """Return the turn of the newest answer; -1 when there is none."""
        return next((int(row["turn"]) for row in self._rows() if row["kind"] == "block"), -1)

    @slot(result=bool)
    def copyCode(self) -> bool:
        """Copy the newest block of code; False when there is none."""
        for row in self._rows():
            block = row["content"].get("block", {}) if row["kind"] == "block" else {}
            if block.get("type") == "code":
                self._copying(str(block.get("text", "")))
                return True
        return False

    def _rows(self) -> Iterator[dict[str, Any]]:
        model = self._conversation
        roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
        for number in range(model.rowCount() - 1, -1, -1):
            index = model.index(number, 0)
            yield {name: model.data(index, roles[name]) for name in _NAMES}
