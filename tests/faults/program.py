"""The command line as a person uses it: a process, its lines with the moment each arrived, its exit code."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from tests.faults.stand import REPOSITORY, child_environment, wait_for

if TYPE_CHECKING:
    from pathlib import Path


class Program:
    """One `multicoder` command; ended at the latest when its block is left."""

    def __init__(self, home: Path, *arguments: str, **environ: str) -> None:
        self.lines: list[tuple[float, str]] = []
        self._errors: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "engine.cli", *arguments],
            cwd=REPOSITORY,
            env=child_environment(MULTICODER_HOME=str(home), **environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append((time.monotonic(), line.rstrip("\n")))

    def _read_errors(self) -> None:
        self._errors.extend(self.process.stderr or ())

    @property
    def errors(self) -> str:
        """What was said on standard error."""
        return "".join(self._errors)

    def events(self, name: str) -> list[tuple[float, dict[str, Any]]]:
        """Events of that name so far, each with the moment its line arrived."""
        parsed = [(at, json.loads(line)) for at, line in list(self.lines) if line.startswith("{")]
        return [(at, event) for at, event in parsed if event["name"] == name]

    def await_event(self, name: str, *, seconds: float = 30, **data: str) -> tuple[float, dict[str, Any]]:
        """Wait for an event whose data has these values."""

        def found() -> list[tuple[float, dict[str, Any]]]:
            return [(at, one) for at, one in self.events(name) if data.items() <= one.get("data", {}).items()]

        def come_or_over() -> bool:
            return bool(found()) or self.process.poll() is not None

        wait_for(come_or_over, seconds)
        time.sleep(0.05 if self.process.poll() is not None else 0)
        assert found(), f"ended without {name} {data}: {self.errors}"
        return found()[0]

    def interrupt(self) -> float:
        """Press Ctrl+C and return when."""
        at = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        return at

    def end(self, seconds: float = 60) -> int:
        """Wait for the exit code."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(10)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.end(10)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
