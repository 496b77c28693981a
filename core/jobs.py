"""What the runner is asked and answers: a job, its limits, how it ended, what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may use. MiB and seconds."""

    seconds: float = 60.0
    cpu_seconds: int = 60
    memory_mb: int = 1024
    processes: int = 64
    file_mb: int = 256
    """Largest single file."""
    disk_mb: int = 512
    """Everything written to the scratch space (/tmp) of the job."""
    output_kb: int = 1024
    """stdout and stderr each; the rest is dropped and `truncated` set."""


@dataclass(frozen=True, slots=True)
class Job:
    """One program to run in the sandbox: no network, no home, clean environment, argv only.

    `workdir` is the only writable folder that survives; it is also the current directory. `reads` are folders or
    files visible read-only at their own paths. A `display` job gets a private virtual screen.
    """

    argv: tuple[str, ...]
    workdir: Path
    reads: tuple[Path, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    limits: Limits = field(default_factory=Limits)
    display: bool = False


Ending = Literal["exit", "signal", "timeout", "output", "closed"]


@dataclass(frozen=True, slots=True)
class JobResult:
    """How a job ended; `exit_code` is None unless it ended by itself."""

    ending: Ending
    exit_code: int | None
    stdout: str
    stderr: str
    seconds: float
    truncated: bool = False

    @property
    def ok(self) -> bool:
        """Ended by itself with exit code 0."""
        return self.ending == "exit" and self.exit_code == 0


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of a started program: a mapped window with its title and picture, an answering port, or an end."""

    window: bool
    title: str
    size: tuple[int, int]
    screenshot: Path | None
    port: int | None
    alive: bool
    """Still running when it was closed."""
    result: JobResult


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of starting a finished program for somebody who wants to see it."""

    look: Literal["pages", "window", "server", "console"]
    result: JobResult | None
    """None when there was nothing to start: pages on a machine without a browser."""
    limit: float
    """Seconds it might have taken at most."""
    picture: Path | None = None
    title: str = ""
    """Of its window, or how a server answered."""
    alive: bool = False
    """Still running when it was closed."""


@dataclass(frozen=True, slots=True)
class RunnerStatus:
    """What protection this machine really gives, found by running it."""

    available: bool
    network_blocked: bool
    mechanism: str
    detail: str
