"""Handing a file, folder, address or program over to the system; nothing passes through a command interpreter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QProcess, QProcessEnvironment, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SCHEMES: Final = frozenset({"http", "https"})
_OURS: Final = ("QT_QUICK_", "QT_SCALE_FACTOR_ROUNDING_POLICY", "QT_QPA_", "MULTICODER_", "PYTHON", "VIRTUAL_ENV")
"""Variables of this program that would change how another one looks or starts."""


def web_address(text: str) -> QUrl | None:
    """The address of a page, None for everything that is not plainly one."""
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    # A name before the host makes an address look like another one's.
    if not url.isValid() or url.scheme().casefold() not in _SCHEMES or not url.host() or url.userInfo():
        return None
    return url


def open_page(url: QUrl) -> bool:
    """Show a page in the browser."""
    return QDesktopServices.openUrl(url)


def open_path(path: Path) -> bool:
    """Open a folder, or a file with the program the person chose for its kind."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def reveal(path: Path) -> bool:
    """Show the folder of a file, with the file selected where the system can."""
    if not path.exists():
        return path.parent.is_dir() and open_path(path.parent)
    if _select_on_windows(path):
        return True
    return open_path(path if path.is_dir() else path.parent)


def start(command: Sequence[str]) -> bool:
    """Start a program that outlives the window."""
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    environment = QProcessEnvironment.systemEnvironment()
    for name in environment.keys():  # noqa: SIM118 - not a dict
        if name.upper().startswith(_OURS):
            environment.remove(name)
    process.setProcessEnvironment(environment)
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)


def _select_on_windows(path: Path) -> bool:
    """Ask the shell itself: a command line for Explorer would have to quote names it reads by rules of its own."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        shell = ctypes.windll.shell32
        shell.ILCreateFromPathW.restype = ctypes.c_void_p
        shell.ILCreateFromPathW.argtypes = [ctypes.c_wchar_p]
        shell.ILFree.argtypes = [ctypes.c_void_p]
        shell.SHOpenFolderAndSelectItems.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p, ctypes.c_ulong]
        item = shell.ILCreateFromPathW(str(path))
        if item:
            try:
                return bool(shell.SHOpenFolderAndSelectItems(item, 0, None, 0) == 0)
            finally:
                shell.ILFree(item)
    return False
