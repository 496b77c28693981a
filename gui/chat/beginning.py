"""A new chat becomes a session of the engine with its first message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from gui.slots import bordered

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble

    Done = Callable[[str], None]
    Failed = Callable[[Trouble], None]

_FOLDER: Final = "MultiCoder"


class Beginning(QObject):
    """Several who ask for the session of the same new chat get the same one."""

    begun = Signal(int, str, object)
    """Which new chat, its session, what the engine answered; sent before the callbacks."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._waiting: dict[int, list[tuple[Done, Failed]]] = {}

    def begin(self, chat: int, folder: Path, wishes: dict[str, Any], done: Done, failed: Failed) -> None:
        """Make the session of a new chat, in a folder that is made if need be; `wishes` that are empty are none."""
        waiting = self._waiting.setdefault(chat, [])
        waiting.append((done, failed))
        if len(waiting) > 1:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            trouble = self._no_folder(folder, error)
            QTimer.singleShot(0, self, bordered(lambda: self._failed(chat, trouble)))
            return
        own = {"out": str(folder), **{name: value for name, value in wishes.items() if value}}
        params = {"cwd": str(folder), "mcpServers": [], "_meta": {"multicoder": own}}
        self._link.request(
            "session/new",
            params,
            lambda answer: self._done(chat, answer),
            lambda trouble: self._failed(chat, trouble),
        )

    def _done(self, chat: int, answer: dict[str, Any]) -> None:
        session = answer.get("sessionId")
        if not isinstance(session, str) or not session:
            what = self.tr("The chat could not be begun.")
            self._failed(chat, {"kind": "protocol", "what": what, "did": "", "next": self.tr("Send it again.")})
            return
        self.begun.emit(chat, session, answer)
        for done, _ in self._waiting.pop(chat, ()):
            done(session)

    def _failed(self, chat: int, trouble: Trouble) -> None:
        for _, failed in self._waiting.pop(chat, ()):
            failed(trouble)

    def _no_folder(self, folder: Path, error: OSError) -> Trouble:
        reason = error.strerror or type(error).__name__
        return {
            "kind": "folder",
            "what": self.tr("The folder %1 cannot be used: %2.").replace("%1", str(folder)).replace("%2", reason),
            "did": self.tr("Nothing was sent."),
            "next": self.tr("Choose another folder for finished programs in the settings."),
        }


def usual_folder() -> Path:
    """Return where finished programs are put unless the person says otherwise."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return (Path(documents) if documents else Path.home()) / _FOLDER
