"""`App.desktop`: what the window asks of the computer around it."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QStandardPaths, QThreadPool, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.errors import Cancelled, InputError, MultiCoderError
from core.i18n import at_window, explain
from gui.desktop import honest, opening
from gui.desktop.artifacts import all_facts, is_started, quick_facts
from gui.desktop.differences import difference
from gui.desktop.editors import Editor, arguments, find_editors
from gui.desktop.notices import Notices
from gui.desktop.saving import StoppedError, check_name, copy_file
from gui.desktop.tray import Tray
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.board.tasks import Tasks
    from gui.preferences import Preferences

_WORKERS: Final = 2
_PATIENCE_MS: Final = 3_000
_STEP: Final = 0.02
"""Progress is told in steps of two percent: a card is not painted for every megabyte."""


class Desktop(QObject):
    """Slow work is done beside the GUI thread; its results come back as signals."""

    told = Signal(str, str)
    """Words for the person: text, kind (info, success, error)."""
    saving = Signal(str, float)
    """A copy goes on: source path, share 0 to 1."""
    saved = Signal(str, str)
    """A copy ended: source path, where it is now; empty when it failed."""
    inspected = Signal(str, dict)
    """Path, all facts of it, see `inspect`."""
    editorsChanged = Signal()
    _found = Signal(list)

    def __init__(self, preferences: Preferences, tell: Callable[[str, str], None], parent: QObject) -> None:
        super().__init__(parent)
        self.told.connect(tell)
        self._tray = Tray(preferences, self)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_WORKERS)
        self._closing = threading.Event()
        self._editors: list[Editor] = []
        self._looked = False
        self._dialog: QFileDialog | None = None
        self._found.connect(bordered(self._keep_editors))

    def close(self) -> None:
        """Give up copies that go on and take the icon away."""
        self._closing.set()
        self._tray.hide()
        self._pool.waitForDone(_PATIENCE_MS)

    def follow(self, tasks: Tasks) -> None:
        """Tell through the system of runs that end and of questions that wait."""
        Notices(tasks, self._tray, self)

    @Property(QObject, constant=True)
    def tray(self) -> Tray:
        """The icon beside the clock."""
        return self._tray

    # ------------------------------------------------------------------------------------------ files

    @slot(str, result="QVariantMap")
    def facts(self, path: str) -> dict[str, Any]:
        """What is known of a file at once: `exists`, `size`, `folder`, `runs`."""
        return quick_facts(local_path(path))

    @slot(str, str, str)
    def inspect(self, path: str, evidence: str = "", sha256: str = "") -> None:
        """Read a file and its evidence; `inspected` then tells all of it."""

        def work() -> None:
            found = all_facts(local_path(path), evidence, sha256, lambda: not self._closing.is_set())
            self.inspected.emit(path, found)

        self._beside(work)

    @slot(str)
    def openFolder(self, path: str) -> None:
        """Show where a file lies."""
        if not opening.reveal(local_path(path)):
            self.told.emit(self.tr("The folder cannot be shown: it is no longer there."), "error")

    @slot(str)
    def openFile(self, path: str) -> None:
        """Open a document; a program is only shown in its folder, because it would run unprotected."""
        file = local_path(path)
        if is_started(file):
            self.told.emit(self.tr("Programs are not started from here. This is where it lies."), "info")
            opening.reveal(file)
        elif not file.exists() or not opening.open_path(file):
            self.told.emit(self.tr("“%1” cannot be opened.").replace("%1", honest.one_line(file.name)), "error")

    @slot(str, str)
    def saveAs(self, path: str, target: str = "") -> None:
        """Copy a file to `target`; without one the person is asked. What is already there is never replaced unasked."""
        if target:
            self._copy(path, local_path(target), replaces=False)
        else:
            self._ask(path)

    @slot(str)
    def openLink(self, url: str) -> None:
        """Show a page of the web in the browser; nothing else is an address here."""
        address = opening.web_address(url)
        if address is None:
            self.told.emit(self.tr("This address is not opened: only plain http and https pages are."), "error")
        elif not opening.open_page(address):
            self.told.emit(self.tr("No browser could be started."), "error")

    @slot(str)
    def copyText(self, text: str) -> None:
        """Put text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    # ------------------------------------------------------------------------------------------ honest text

    @slot(str, result=str)
    def plain(self, text: str) -> str:
        """Foreign text with everything invisible spelled out."""
        return honest.plain(text)

    @slot(str, result=str)
    def oneLine(self, text: str) -> str:
        """A foreign name on one line, with everything invisible spelled out."""
        return honest.one_line(text)

    @slot(str, result=list)
    def disguised(self, text: str) -> list[str]:
        """Words that mix alphabets, each letter beyond ASCII with its number."""
        return [honest.spelled_out(word) for word in honest.disguised(text)]

    @slot(str, result=str)
    def oneLineCode(self, text: str) -> str:
        """A line of code with its indentation, tabs as four blanks, and everything invisible spelled out."""
        return honest.plain(text.expandtabs(4)).replace("\n", " ")

    @slot(str, str, result=list)
    def difference(self, old: str, new: str) -> list[dict[str, Any]]:
        """What changed between two texts, see `gui.desktop.differences`."""
        return difference(old, new)

    @slot("QVariantMap", str, result="QVariantMap")
    def explained(self, hold: dict[str, Any], locale: str) -> dict[str, str]:
        """Why a run stopped, in words: `what`, `did`, `next`."""
        facts = {str(key): value for key, value in dict(hold.get("facts") or {}).items()}
        told = explain(MultiCoderError(str(hold.get("code", "internal")), **facts), at_window(locale))
        return {"what": told.what, "did": told.did, "next": told.next}

    # ------------------------------------------------------------------------------------------ editors

    @Property(list, notify=editorsChanged)
    def editors(self) -> list[dict[str, str]]:
        """Editors of this computer: `id`, `name`. They are looked for when somebody first asks."""
        if not self._looked:
            self._looked = True
            environ = dict(os.environ)
            self._beside(lambda: self._found.emit(find_editors(environ)))
        return [{"id": editor.id, "name": editor.name} for editor in self._editors]

    @slot(str, str)
    @slot(str, str, str, int)
    def openIn(self, editor_id: str, path: str, file: str = "", line: int = 0) -> None:
        """Open a folder in an editor, or a file of it at a line; a lone file opens by itself."""
        editor = next((found for found in self._editors if found.id == editor_id), None)
        place, inside = local_path(path), local_path(file) if file else None
        if editor is None or not place.exists():
            self.told.emit(self.tr("This cannot be opened: the editor or the file is no longer there."), "error")
            return
        named = (place.parent if place.is_file() else place) / inside if inside else place
        folder = "" if place.is_file() else str(place)
        told = arguments(editor.manner, folder, "" if named == place and folder else str(named), line)
        if not opening.start([*editor.command, *told]):
            self.told.emit(self.tr("%1 could not be started.").replace("%1", editor.name), "error")

    def _keep_editors(self, found: list[Editor]) -> None:
        self._editors = found
        self.editorsChanged.emit()

    # ------------------------------------------------------------------------------------------ copies

    def _ask(self, path: str) -> None:
        """Show the system's own dialog; it asks itself before something would be replaced."""
        source = local_path(path)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(None, self.tr("Save a copy"), documents)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(source.name)
        dialog.fileSelected.connect(bordered(lambda chosen: self._copy(path, Path(chosen), replaces=True)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.winId()  # makes the window, so that it can be told which one it belongs to
        handle, window = dialog.windowHandle(), QGuiApplication.focusWindow()
        if handle is not None and window is not None:
            handle.setTransientParent(window)
        self._dialog = dialog
        dialog.open()

    def _copy(self, path: str, target: Path, *, replaces: bool) -> None:
        source = local_path(path)
        check_name(target)
        if source.resolve() == target.resolve():
            self.told.emit(self.tr("It already lies there."), "info")
            self.saved.emit(path, str(target))
            return

        def work() -> None:
            try:
                copy_file(source, target, replaces=replaces, told=self._teller(path))
            except FileExistsError:
                self._failed(path, self.tr("There is already a file of this name. Nothing was replaced."))
            except (OSError, StoppedError) as error:
                reason = getattr(error, "strerror", "") or ""
                self._failed(path, self.tr("The copy was not made: %1").replace("%1", reason))
            else:
                self.told.emit(self.tr("Saved as %1").replace("%1", honest.one_line(target.name)), "success")
                self.saved.emit(path, str(target))

        self._beside(work)

    def _teller(self, path: str) -> Callable[[float], bool]:
        said = 0.0

        def tell(share: float) -> bool:
            nonlocal said
            if share - said >= _STEP or share >= 1:
                said = share
                self.saving.emit(path, share)
            return not self._closing.is_set()

        return tell

    def _failed(self, path: str, words: str) -> None:
        self.told.emit(words, "error")
        self.saved.emit(path, "")

    def _beside(self, work: Callable[[], None]) -> None:
        def quietly() -> None:
            try:
                work()
            except (Cancelled, RuntimeError):  # the window went away meanwhile
                return

        self._pool.start(bordered(quietly))


def local_path(text: str) -> Path:
    """The file of a path or `file:` address; InputError for anything else that looks like an address."""
    if text.startswith("file:"):
        local = QUrl(text).toLocalFile()
        if not local:
            raise InputError("unsafe-path", name=text[:80], reason="empty")
        return Path(local)
    return Path(text)
