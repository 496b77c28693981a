"""The real command line as a process: in a pipe, or at a terminal where answers are typed."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from builders.toolchains.python import toolchain_folder
from core.paths import Home

ROOT = Path(__file__).resolve().parents[2]
TOOLCHAIN = toolchain_folder(Home(ROOT), os.environ)
"""Read before the fixtures clean the environment."""

_PERSONAL = ("MULTICODER_", "LC_", "LANG")
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self):
        """Standard output as JSON objects, one per line; anything else there fails."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class CommandLine:
    """A person's shell: one data folder, one environment."""

    home: Path
    language: str = "en"
    environ: dict[str, str] = field(default_factory=dict)

    def environment(self):
        """What the process sees; nothing of the developer's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_PERSONAL)}
        return {
            **kept,
            "MULTICODER_TOOLCHAIN": str(TOOLCHAIN),
            "PYTHONPATH": str(ROOT),
            "LANG": {"ru": "ru_RU.UTF-8", "en": "en_US.UTF-8"}[self.language],
            "MULTICODER_HOME": str(self.home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            **self.environ,
        }

    def start(self, *arguments, **options):
        """Start a command without waiting for it."""
        command = [sys.executable, "-m", "engine.cli", *map(str, arguments)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=ROOT, env=self.environment(), **{**pipes, **options})

    def __call__(self, *arguments, stdin=b"", timeout=120):
        """Run a command to its end in a pipe."""
        process = self.start(*arguments, stdin=subprocess.PIPE)
        try:
            out, err = process.communicate(stdin, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return Result(process.returncode, out.decode("utf-8"), err.decode("utf-8"))

    @contextmanager
    def at_terminal(self, *arguments, columns=80):
        """A command at a terminal of its own."""
        import pty  # noqa: PLC0415 - terminals of this kind exist on POSIX only
        import termios  # noqa: PLC0415

        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, columns))
        environ = {**self.environment(), "TERM": "xterm-256color", "COLUMNS": str(columns)}
        command = [sys.executable, "-c", _TAKE_TERMINAL, sys.executable, "-m", "engine.cli", *map(str, arguments)]
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        process = subprocess.Popen(command, cwd=ROOT, env=environ, start_new_session=True, **streams)
        os.close(theirs)
        try:
            yield TerminalSession(ours, process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)
            os.close(ours)


class TerminalSession:
    """What a person sees and types; `seen` is the text without colours."""

    def __init__(self, descriptor, process):
        self._descriptor = descriptor
        self.process = process
        self.raw = ""
        self._told = 0

    @property
    def seen(self):
        """Everything shown so far, without colours and cursor movements."""
        return _ESCAPES.sub("", self.raw).replace("\r", "")

    def wait_for(self, text, timeout=60):
        """Read until `text` appears after what was waited for before."""
        until = time.monotonic() + timeout
        while text not in self.seen[self._told :]:
            assert time.monotonic() < until, f"{text!r} did not appear in:\n{self.seen}"
            assert self._read(0.2), f"ended before {text!r} appeared:\n{self.seen}"
        self._told = self.seen.index(text, self._told) + len(text)

    def type(self, text):
        """Type a line."""
        os.write(self._descriptor, f"{text}\n".encode())

    def press_ctrl(self, letter):
        """Press Ctrl and a letter."""
        os.write(self._descriptor, bytes([ord(letter.upper()) - 64]))

    def end(self, timeout=90):
        """Wait for the end and return the exit code."""
        until = time.monotonic() + timeout
        while self._read(0.2):
            assert time.monotonic() < until, f"still running:\n{self.seen}"
        return self.process.wait(10)

    def _read(self, seconds):
        """Take what is there; False once the other side is closed."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._descriptor, 65_536)
        except OSError:
            return False
        self.raw += data.decode("utf-8", "replace")
        return bool(data)


def interrupt(process):
    """Ctrl+C for a process in a pipe."""
    process.send_signal(signal.SIGINT)
