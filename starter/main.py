"""What `mc.py` does: set up when something changed, then start MultiCoder or its tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from starter.commands import LOG, ROOT, TOOLCHAIN, VENV, WINDOWS, SetupFailed, alone, child_environment, in_env, step
from starter.environments import STAMP, make_environment, site_packages, stamp_of, stamped, toolchain_python
from starter.packages import SETTINGS, Installer, compile_locks
from starter.system import display, provide_system

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FIRST_RUN = ("run", "Make a calculator with a GUI", "--team", "demo", "--yes", "--out", "./out")


def ready(*, tests: bool) -> bool:
    """Whether both environments are finished; the test lock holds everything of the run lock."""
    locks = ("test.lock",) if tests else ("test.lock", "run.lock")
    engine = any(stamped(VENV) == stamp_of(ROOT / "locks" / name) for name in locks)
    return engine and stamped(TOOLCHAIN) == stamp_of(ROOT / "locks/toolchain.lock")


def set_up(*, tests: bool, again: bool = False) -> None:
    """Bring the environments in line with the locks; does nothing when they are."""
    if ready(tests=tests) and not again:
        return
    with alone():
        if ready(tests=tests) and not again:
            return
        with step("Setting MultiCoder up"):
            LOG.unlink(missing_ok=True)
            installer = Installer()
            tests = tests or stamped(VENV) == stamp_of(ROOT / "locks/test.lock")
            lock = ROOT / "locks" / ("test.lock" if tests else "run.lock")
            make_environment(VENV, sys.executable, lock, installer)
            # Makes `-m engine.cli` work in every folder; after site-packages, so nothing of a package is shadowed.
            (site_packages(VENV) / "multicoder.pth").write_text(f"{ROOT}\n", encoding="utf-8")
            (VENV / STAMP).write_text(stamp_of(lock), encoding="utf-8")
            toolchain = ROOT / "locks/toolchain.lock"
            make_environment(TOOLCHAIN, toolchain_python(), toolchain, installer)
            provide_system(tests=tests)
            (TOOLCHAIN / STAMP).write_text(stamp_of(toolchain), encoding="utf-8")


def start_environment() -> dict[str, str]:
    """Return what MultiCoder and its tests are started with: where packages and unpacked libraries come from."""
    kept = json.loads(SETTINGS.read_text(encoding="utf-8")) if SETTINGS.exists() else {}
    return {**kept, **display(), **child_environment()}


def hand_over(argv: Sequence[str | Path]) -> int:
    """Become the command (Windows cannot: wait for it there, leaving Ctrl+C to it)."""
    words = [str(part) for part in argv]
    if not WINDOWS:
        os.execve(words[0], words, start_environment())  # noqa: S606 - replacing this process is the point
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(words, env=start_environment())


def run_tests(arguments: Sequence[str]) -> int:
    """Run every check, then the tests; all of them even when one fails."""
    own = {"--slow", "--lint-only"}
    python = [str(in_env(VENV, "python")), "-m"]
    checks = {
        "ruff check": [*python, "ruff", "check", "."],
        "ruff format": [*python, "ruff", "format", "--check", "."],
        "mypy": [*python, "mypy"],
        "mypy mc.py": [*python, "mypy", "mc.py"],
        "import contracts": [str(in_env(VENV, "lint-imports"))],
    }
    if "--lint-only" not in arguments:
        marker = [] if "--slow" in arguments else ["-m", "not slow"]
        # Tests wait for processes most of the time: one more worker than two cores keeps those busy.
        workers = ["-n", "3", "--dist", "loadgroup"]
        checks["pytest"] = [*python, "pytest", *workers, *marker, *(word for word in arguments if word not in own)]
    codes = {}
    for name, argv in checks.items():
        print(f"==> {name}", flush=True)
        started = time.monotonic()
        codes[name] = subprocess.call(argv, cwd=ROOT, env=start_environment())
        print(f"<== {name}: {'ok' if codes[name] == 0 else 'FAILED'}, {time.monotonic() - started:.1f} s", flush=True)
    return next((code for code in reversed(codes.values()) if code), 0)


def main(arguments: Sequence[str]) -> int:
    """Set up what the command needs, then do it."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", ())
    if command == "lock":
        return compile_locks(rest)
    set_up(tests=command in {"test", "freeze"}, again=command == "setup")
    if command == "setup":
        return 0
    if command == "test":
        return run_tests(rest)
    if command == "freeze":
        return hand_over([in_env(VENV, "python"), ROOT / "packaging" / "freeze.py", *rest])
    words = arguments or (() if has_screen(os.environ) else FIRST_RUN)
    # -P: the current folder may hold packages named like ours.
    return hand_over([in_env(VENV, "python"), "-P", "-m", "engine.cli", *words])


def has_screen(environ: Mapping[str, str]) -> bool:
    """Whether the window, which MultiCoder is without arguments, could be seen."""
    return not sys.platform.startswith("linux") or any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def start(arguments: Sequence[str]) -> int:
    """Do what was asked; failures of set-up are told, not traced."""
    try:
        return main(arguments)
    except SetupFailed as failure:
        print(f"[setup] {failure}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"[setup] A file could not be used: {error}\n"
            f"  What was tried: working in {ROOT}\n"
            "  What to do: see that the folder is complete (git status), writable and not full, then start again",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return 130
