"""The browser a person has: Edge, Chrome or Chromium. None is downloaded."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINUX: Final = (
    "microsoft-edge-stable",
    "microsoft-edge",
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
)
_WINDOWS_FOLDERS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_WINDOWS: Final = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
_OURS: Final = "MULTICODER_"


@dataclass(frozen=True, slots=True)
class Start:
    """How the browser is started."""

    executable: Path
    visible: bool = True
    """With a window; without a screen there is none."""
    sandboxed: bool = True
    """The browser's own sandbox. It refuses to start as root with it, and so does MultiCoder."""


def installed(environ: Mapping[str, str] | None = None) -> Start:
    """Find the browser. Raises ConfigurationError `web-no-browser`."""
    environ = os.environ if environ is None else environ
    for executable in _places(environ):
        return Start(executable, visible=_has_screen(environ))
    raise ConfigurationError("web-no-browser")


def browser_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what the browser may see of our environment: not our own variables, a key may be among them."""
    environ = os.environ if environ is None else environ
    return {name: value for name, value in environ.items() if not name.upper().startswith(_OURS)}


def _places(environ: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "win32":
        folders = [environ[name] for name in _WINDOWS_FOLDERS if environ.get(name)]
        found = (Path(folder) / program for program in _WINDOWS for folder in folders)
        yield from (program for program in found if program.is_file())
    else:
        path = environ.get("PATH")
        yield from (Path(found) for name in _LINUX if (found := shutil.which(name, path=path)))


def _has_screen(environ: Mapping[str, str]) -> bool:
    return sys.platform == "win32" or any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


__all__ = ["Start", "browser_environment", "installed"]
