"""Whether Qt can open a window here, found out before Qt tries: where it cannot, it ends the process at once."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import PySide6

from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

_PLATFORM: Final = "QT_QPA_PLATFORM"
_PLUGINS: Final = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"


def need_screen(environ: MutableMapping[str, str] = os.environ) -> None:
    """See that there is a screen and what Qt needs to draw on it. Raises ConfigurationError.

    With Wayland alone, Qt is told so: by itself it would look for X.
    """
    if sys.platform.startswith("linux") and not _elsewhere(environ.get(_PLATFORM, "")):
        _need_either(environ)


def _need_either(environ: MutableMapping[str, str]) -> None:
    if _wayland_answers(environ) and _plugin_problem("libqwayland.so") == "":
        if not environ.get("DISPLAY"):
            environ.setdefault(_PLATFORM, "wayland")
        return
    if not environ.get("DISPLAY"):
        raise ConfigurationError("window-no-screen")
    problem = _plugin_problem("libqxcb.so")
    if problem:
        raise ConfigurationError("window-libraries", detail=problem)
    if not _x_answers():
        raise ConfigurationError("window-screen-silent", screen=environ["DISPLAY"])


def _elsewhere(platform: str) -> bool:
    """Whether the person wants another way to draw than these two."""
    return bool(platform) and not platform.startswith(("xcb", "wayland"))


def _wayland_answers(environ: MutableMapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and (Path(environ.get("XDG_RUNTIME_DIR", "")) / name).is_socket()


def _plugin_problem(name: str) -> str:
    """Why a part of Qt cannot be loaded, in the words of the system; empty when it can."""
    file = _PLUGINS / name
    if not file.is_file():  # a Qt of the distribution keeps it elsewhere and brings what it needs
        return ""
    try:
        ctypes.CDLL(str(file))
    except OSError as error:
        return str(error)
    return ""


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # Qt brings its own
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    broken = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not broken
