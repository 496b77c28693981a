"""Where things lie, progress on the terminal, and commands whose output goes to the log."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".setup"
VENV = ROOT / ".venv"
TOOLCHAIN = ROOT / ".toolchain"
SYSTEM = TOOLCHAIN / "system"
LOG = STATE / "setup.log"
WINDOWS = os.name == "nt"
HEARTBEAT_SECONDS = 10


class SetupFailed(Exception):  # noqa: N818 - reads as what happened, like the error tree of core
    """A step that could not be done: what happened, what was tried, what the person can do."""

    def __init__(self, happened: str, tried: str, next_step: str) -> None:
        super().__init__(f"{happened}\n  What was tried: {tried}\n  What to do: {next_step}")


def say(text: str) -> None:
    """Report to stderr: stdout belongs to the command that is started afterwards."""
    print(f"[setup] {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Announce a step and tell how long it took."""
    say(f"{what} ...")
    started = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - started:.1f} s")


def call(argv: Sequence[str | Path], env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> tuple[int, str]:
    """Run a command with its output in the log; return its exit code (127: not found) and the output."""
    STATE.mkdir(exist_ok=True)
    LOG.touch(mode=0o600)  # pip's configuration is listed into it, and an index address may hold a password
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(map(str, argv))}\n".encode())
        log.flush()
        start = log.tell()
        try:
            child = subprocess.Popen(
                [str(part) for part in argv], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, cwd=cwd
            )
        except OSError as error:
            return 127, str(error)
        began = time.monotonic()
        while True:
            try:
                code = child.wait(HEARTBEAT_SECONDS)
                break
            except subprocess.TimeoutExpired:
                say(f"  still working, {time.monotonic() - began:.0f} s")
            except BaseException:
                child.kill()
                child.wait()
                raise
    with LOG.open("rb") as log:
        log.seek(start)
        return code, log.read().decode("utf-8", "replace").strip()


def works(argv: Sequence[str | Path], env: Mapping[str, str] | None = None) -> bool:
    """Whether the command ends with exit code 0."""
    return call(argv, env)[0] == 0


def must(argv: Sequence[str | Path], next_step: str, env: Mapping[str, str] | None = None) -> str:
    """Run a command that has to succeed and return its output."""
    code, output = call(argv, env)
    if code != 0:
        tail = "\n    ".join(output.splitlines()[-12:])
        command = textwrap.shorten(" ".join(map(str, argv)), 300)
        raise SetupFailed(f"A command ended with code {code}:\n    {tail}", f"{command} (all output: {LOG})", next_step)
    return output


def in_env(folder: Path, name: str) -> Path:
    """Return the path of an executable of an environment."""
    return folder / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name)


def child_environment() -> dict[str, str]:
    """Give children no foreign Python paths, let them keep what they compile, put unpacked system tools last on PATH.

    Where Python may keep nothing, each start compiles all packages again: 4 of the 6 seconds the engine then takes.
    """
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    env = {name: value for name, value in os.environ.items() if name not in foreign}
    if SYSTEM.is_dir():
        env["PATH"] = os.pathsep.join([env.get("PATH", os.defpath), str(SYSTEM)])
    env.setdefault("MULTICODER_TOOLCHAIN", str(TOOLCHAIN))
    env.setdefault("MULTICODER_COMMAND", "py mc.py" if WINDOWS else "python3 mc.py")
    return env


def private_apt() -> list[str]:
    """Options that let apt-get fetch lists and packages without root, touching nothing of the system's."""
    folder = STATE / "apt"
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    options = {
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder,
        "Dir::Cache::archives": folder / "archives",
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
    }
    return [word for name, value in options.items() for word in ("-o", f"{name}={value}")]


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up work at a time; the lock goes with its process."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            file.seek(0)
            lock_once = functools.partial(msvcrt.locking, file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            lock_once = functools.partial(fcntl.flock, file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        told = False
        while True:
            try:
                lock_once()
                break
            except OSError:
                if not told:
                    say("Another set-up is working here; waiting for it")
                told = True
                time.sleep(0.3)
        yield
