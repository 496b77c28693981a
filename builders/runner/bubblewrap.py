"""The bubblewrap command line: what a job sees, and what it may use.

Everything the job can write is bounded: its work folder by the guard, /tmp and /dev/shm by their size, and nothing
else, for the root, /proc and /dev are made read-only after they are set up. Limits are set inside, by prlimit, because
Linux counts processes per user *and user namespace*: outside, the person's other programs would be counted too.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.guard import OWN_PROCESSES
from builders.runner.tools import ToolProcess

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from core.ports import Job

MIB: Final = 1024 * 1024
SHARED_MEMORY_MB: Final = 64
SYSTEM_FOLDERS: Final = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES: Final = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/var/cache/fontconfig",
)
MADE_FILES: Final = {
    "/etc/passwd": b"user:x:1000:1000:user:/tmp/home:/bin/sh\n",
    "/etc/group": b"user:x:1000:\n",
    "/etc/hosts": b"127.0.0.1 localhost\n::1 localhost\n",
    "/etc/nsswitch.conf": b"passwd: files\ngroup: files\nhosts: files\n",
}
_FIRST_PROCESS: Final = re.compile(rb'"child-pid": (\d+)')
_ENDED: Final = b'"exit-code"'
Shared = tuple[tuple[Path, str], ...]
"""Folders of ours that appear read-write under another path."""
ENVIRONMENT: Final = {
    "HOME": "/tmp/home",  # noqa: S108 - the job's own /tmp
    "LANG": "C.UTF-8",
    "LOGNAME": "user",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "TMPDIR": "/tmp",  # noqa: S108 - as above
    "USER": "user",
}


class SandboxProcess(ToolProcess):
    """A job inside bubblewrap."""

    def __init__(self, bwrap: str, job: Job, shared: Shared) -> None:
        self.ran = False
        """Whether the job's own program was started and ended; known after the end."""
        report, report_in = os.pipe()
        self._report = os.fdopen(report, "rb", buffering=0)
        os.set_blocking(report, False)
        self._reported = b""
        self._reporting = threading.Lock()
        self._killed = False
        made = {path: _readable(text) for path, text in MADE_FILES.items()}
        try:
            super().__init__(
                [bwrap, "--json-status-fd", str(report_in), *_arguments(job, made, shared)],
                cwd=None,
                env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
                stdin=bool(job.stdin),
                pass_fds=(report_in, *(descriptor.fileno() for descriptor in made.values())),
            )
        except OSError:
            self._report.close()
            raise
        finally:
            os.close(report_in)
            for descriptor in made.values():
                descriptor.close()

    def wait(self, seconds: float) -> int | None:
        """See `Child.wait`."""
        code = super().wait(seconds)
        if code is not None:
            self.ran = _ENDED in self._news()
            with self._reporting:
                self._report.close()
        return code

    def kill(self) -> None:
        """See `Child.kill`."""
        super().kill()
        # Shortly before it starts the job, the sandbox's first process is in no group of ours any more and not yet
        # bound to the end of its parent (bubblewrap issue 633). Its number is reported long before that moment.
        news = self._news()
        first = _FIRST_PROCESS.search(news)
        if sys.platform != "win32" and first and not self._killed and _ENDED not in news:
            self._killed = True  # later its number may belong to somebody else
            with contextlib.suppress(OSError):  # it died with its parent
                os.kill(int(first[1]), signal.SIGKILL)

    def _news(self) -> bytes:
        """Return all that bubblewrap reported so far."""
        with self._reporting:
            while not self._report.closed and (data := self._report.read(4096)):
                self._reported += data
            return self._reported


def _readable(data: bytes) -> IO[bytes]:
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as stream:
        stream.write(data)
    return os.fdopen(reader, "rb")


def _arguments(job: Job, made: dict[str, IO[bytes]], shared: Shared) -> list[str]:
    # A later bind covers an earlier one: what is read-only inside the work folder comes after it.
    protected = [path for path in job.reads if path.is_relative_to(job.workdir)]
    return [
        *("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"),
        *("--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--hostname", "sandbox", "--clearenv"),
        *_environment(job),
        *_system(),
        *("--size", str(job.limits.disk_mb * MIB), "--tmpfs", "/tmp"),  # noqa: S108 - the job's own
        *("--dir", ENVIRONMENT["HOME"]),
        *(part for path, stream in made.items() for part in ("--file", str(stream.fileno()), path)),
        *_read_only(path for path in job.reads if path not in protected),
        *(part for source, path in shared for part in ("--bind", str(source), path)),
        *("--bind", str(job.workdir), str(job.workdir), "--chdir", str(job.workdir)),
        *_read_only(protected),
        # /proc too: for a job started by root, kernel settings would be writable, even without any capability.
        *("--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"),
        "--",
        *_limited(job),
    ]


def _read_only(paths: Iterable[Path]) -> list[str]:
    return [part for path in paths for part in ("--ro-bind", str(path), str(path))]


def _environment(job: Job) -> list[str]:
    return [part for name, value in {**ENVIRONMENT, **job.env}.items() for part in ("--setenv", name, value)]


def _system() -> list[str]:
    arguments = ["--ro-bind", "/usr", "/usr", "--dir", "/var"]
    for folder in SYSTEM_FOLDERS:
        path = Path(folder)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), folder]
        elif path.is_dir():
            arguments += ["--ro-bind", folder, folder]
    for file in SYSTEM_FILES:
        arguments += ["--ro-bind-try", file, file]
    shared_memory = ["--size", str(SHARED_MEMORY_MB * MIB), "--tmpfs", "/dev/shm"]  # noqa: S108 - the job's own
    return [*arguments, "--proc", "/proc", "--dev", "/dev", *shared_memory]


def _limited(job: Job) -> list[str]:
    limits = job.limits
    return [
        "prlimit",
        f"--cpu={limits.cpu_seconds}:{limits.cpu_seconds + 1}",
        # Private writable memory: address space would also count what Go, Java or Node only reserve.
        f"--data={limits.memory_mb * MIB}",
        f"--nproc={limits.processes + OWN_PROCESSES}",
        f"--fsize={limits.file_mb * MIB}",
        "--core=0",
        "--",
        *job.argv,
    ]
