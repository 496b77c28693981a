"""The one place where our own program starts itself: keeper and engine run beside the process that wanted them.

Nothing is inherited by accident: no handles, no terminal, no foreign Python paths, no variables of the boot loader.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.paths import HOME_VARIABLE, frozen, install_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

    from core.paths import Home

OwnProcess = subprocess.Popen[bytes]
"""A started process of our own program. It leads a session (Windows: a process group) of its own."""

NOWHERE: Final = subprocess.DEVNULL
PIPE: Final = subprocess.PIPE
TOGETHER: Final = subprocess.STDOUT
"""What a process says goes where its output goes."""

_BOOT_LOADER: Final = ("_PYI_", "_MEIPASS")
_LIBRARY_PATH: Final = "LD_LIBRARY_PATH"
_ARENAS: Final = "2"
"""glibc gives each thread an arena of its own: with the engine's dozen threads 196 MB after a hundred acts of the soak
against 166 MB with two arenas, and what is freed goes back to the system."""
_CREATE_NO_WINDOW: Final = 0x08000000
_CREATE_NEW_PROCESS_GROUP: Final = 0x00000200
_CREATE_BREAKAWAY_FROM_JOB: Final = 0x01000000


def own_command(*words: str) -> list[str]:
    """Return the command that starts our own program with `words`, from source as well as frozen."""
    if frozen():
        running = Path(sys.executable)
        console = console_program(running)  # the windowed program has no stdio
        return [str(console if console.is_file() else running), *words]
    return [sys.executable, "-P", "-m", "engine.cli", *words]


def console_program(running: Path) -> Path:
    """Return the console program beside a running one of ours.

    On Windows, where `MultiCoder.exe` and `multicoder.exe` are one name, it ends in .com; a console finds that first.
    """
    return running.with_name("multicoder.com" if running.suffix.lower() in {".exe", ".com"} else "multicoder")


def leave_boot_loader(environ: MutableMapping[str, str]) -> None:
    """Take out of a frozen program's environment what its boot loader put in: of use to nobody it starts.

    The loader of the system has read the library path by now; a browser, a sandbox or a screen that inherited it would
    run on our libraries instead of its own.
    """
    for name in [name for name in environ if name.startswith(_BOOT_LOADER)]:
        del environ[name]
    if sys.platform == "linux":
        original = environ.pop(f"{_LIBRARY_PATH}_ORIG", None)
        environ.pop(_LIBRARY_PATH, None)
        if original is not None:
            environ[_LIBRARY_PATH] = original


def own_environment(home: Home, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return `environ` (else this process's) for a process of our own: its data folder, our packages first."""
    given = os.environ if environ is None else environ
    kept = {**given, HOME_VARIABLE: str(home.root)}
    if sys.platform == "linux":
        kept.setdefault("MALLOC_ARENA_MAX", _ARENAS)
    if not frozen() and install_folder().name not in {"site-packages", "dist-packages"}:
        earlier = [path for path in kept.get("PYTHONPATH", "").split(os.pathsep) if path]
        kept["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(install_folder()), *earlier]))
    return kept


def start_own(
    words: Sequence[str],
    *,
    home: Home,
    environ: Mapping[str, str] | None = None,
    detached: bool = False,
    program: Sequence[str] = (),
    stdin: Any = NOWHERE,
    stdout: Any = NOWHERE,
    stderr: Any = NOWHERE,
) -> OwnProcess:
    """Start our own program with `words` and `--home`; `program` is what stands before the words, ours by default.

    The process leads a session of its own: signals of the terminal or the editor do not reach it, and its whole
    group can be ended at once. `detached`: it also outlives the caller and lets go of the caller's folder.
    Raises OSError when it cannot be started.
    """
    command = [*(program or own_command()), *words, "--home", str(home.root)]
    options: dict[str, Any] = {
        "env": own_environment(home, environ),
        "stdin": stdin,
        "stdout": stdout,
        "stderr": stderr,
        "cwd": home.root if detached else None,
        "close_fds": True,
    }
    if sys.platform == "win32":
        return _start_on_windows(command, options, detached=detached)
    else:  # noqa: RET505 - the type checker reads one branch per platform
        return subprocess.Popen(command, start_new_session=True, **options)  # noqa: S603 - our own program


def _start_on_windows(command: list[str], options: dict[str, Any], *, detached: bool) -> OwnProcess:
    # Not DETACHED_PROCESS: each console program a process without console starts would open a window of its own.
    flags = _CREATE_NO_WINDOW | _CREATE_NEW_PROCESS_GROUP
    if detached:
        try:  # editors put their children into jobs that end with the editor
            return subprocess.Popen(command, creationflags=flags | _CREATE_BREAKAWAY_FROM_JOB, **options)  # noqa: S603 - as below
        except PermissionError:  # the job forbids to leave it
            pass
    return subprocess.Popen(command, creationflags=flags, **options)  # noqa: S603 - our own program


def said_by(process: OwnProcess, seconds: float) -> str:
    """Close the input of a process, wait for its end and return what it said; TimeoutError after it was killed."""
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise TimeoutError(f"it did not end within {seconds:.0f} s") from error
    return said.decode("utf-8", "replace").strip() if said else ""
