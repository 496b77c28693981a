"""Trusted tools of ours (uv and the like): no sandbox, but a clean environment, limits and a certain end.

Never for generated code: that is what the sandbox is for.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess  # the launch path of tools
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from builders.runner.orphans import forget_child, record_child
from builders.runner.processes import running
from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ports import JobResult

CREATE_NO_WINDOW: Final = 0x0800_0000
"""`subprocess.CREATE_NO_WINDOW`, which exists on Windows only."""

PASSED_ON: Final = frozenset(
    {
        "APPDATA",
        "COMSPEC",
        "HOME",
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "LANG",
        "LC_ALL",
        "LOCALAPPDATA",
        "NO_PROXY",
        "NUMBER_OF_PROCESSORS",
        "PATH",
        "PATHEXT",
        "PROCESSOR_ARCHITECTURE",
        "PROGRAMDATA",
        "PROGRAMFILES",
        "REQUESTS_CA_BUNDLE",
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "SYSTEMDRIVE",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "USERPROFILE",
        "WINDIR",
    }
)
"""What a tool may know of our environment; keys and tokens are not among it."""


def tool_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Make the clean environment of a tool, with `extra` on top."""
    return {name: value for name, value in os.environ.items() if name.upper() in PASSED_ON} | dict(extra)


async def run_tool(
    argv: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    seconds: float = 600.0,
    output_kb: int = 1024,
) -> JobResult:
    """Run a tool of ours; its process tree is gone when this returns or is cancelled.

    Raises ConfigurationError `tool-missing` when the program cannot be started at all.
    """
    environment = tool_environment(env or {})
    try:
        async with running(lambda: ToolProcess(argv, cwd, environment), output_kb=output_kb) as process:
            return await process.finish(seconds)
    except OSError as error:
        name = Path(argv[0]).name
        raise ConfigurationError("tool-missing", tool=name, detail=error.strerror or "") from error


class ToolProcess:
    """A process in a group (POSIX) or job object (Windows) of its own."""

    def __init__(
        self,
        argv: Sequence[str],
        cwd: Path | None,
        env: Mapping[str, str],
        *,
        stdin: bool = False,
        pass_fds: Sequence[int] = (),
        what: str = "",
    ) -> None:
        self._gone = False
        self._process = subprocess.Popen(  # noqa: S603 - argv only, the program is ours
            list(argv),
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=sys.platform != "win32",
            creationflags=CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            pass_fds=pass_fds,
        )
        self._record = record_child(self._process.pid, what or Path(argv[0]).name)
        if self._process.stdout is None or self._process.stderr is None:
            raise OSError("pipes were asked for")
        self.stdin: IO[bytes] | None = self._process.stdin
        self.stdout: IO[bytes] = self._process.stdout
        self.stderr: IO[bytes] = self._process.stderr
        if sys.platform == "win32":
            from builders.runner.windows_job import JobObject  # noqa: PLC0415 - exists on Windows only

            self._job = JobObject()
            self._job.assign(self._process.pid)

    @property
    def pid(self) -> int:
        """The process id of the root of the tree."""
        return self._process.pid

    def wait(self, seconds: float) -> int | None:
        """See `Child.wait`."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """See `Child.kill`."""
        ended = self._process.returncode is not None
        if sys.platform == "win32":
            self._job.terminate()
        else:
            self._kill_group()
        if ended:
            forget_child(self._record)

    def _kill_group(self) -> None:
        if sys.platform != "win32" and not self._gone:  # once gone, the number may belong to somebody else
            self._gone = self._process.returncode is not None
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)  # reaches members that outlive the leader
