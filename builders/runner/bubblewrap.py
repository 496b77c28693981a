"""The bubblewrap command line: what a job sees, and what it may use.

Everything the job can write is bounded: its work folder by the guard, /tmp and /dev/shm by their size, and nothing
else, for the root, /proc and /dev are made read-only after they are set up. Limits are set inside, by prlimit, because
Linux counts processes per user *and user namespace*: outside, the person's other programs would be counted too.

The end of the engine, even by SIGKILL, ends every sandbox. bubblewrap's own binding to its parent is not enough: while
it sets up, the end of its outer process leaves the inner one behind, waiting for ever or running the job (bubblewrap
issue 633). So that nothing ends too early, a launching shell stands between us and bubblewrap, and a gate stands before
the job. The gate opens only at our word; when we are gone it ends, and the sandbox with it. Before that word a lifeline
is armed: from then on the kernel kills the launching shell when our side closes, and the end passes down, parent to
child.
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.guard import OWN_PROCESSES
from builders.runner.interpreters import SANDBOX_PATH
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
READY_SECONDS: Final = 20.0
"""How long the set-up of a sandbox may take, on a busy machine or with slow disks."""
_LAUNCHER: Final = ("/bin/sh", "-c", '"$@"; exit $?', "launcher")
_GATE: Final = ("sh", "-c", 'echo && read -r word && exec "$@"', "gate")
"""Says that it is there, then awaits a line: the shell reads no byte beyond it, the rest is the job's input."""
Shared = tuple[tuple[Path, str], ...]
"""Folders of ours that appear read-write under another path."""
ENVIRONMENT: Final = {
    "HOME": "/tmp/home",  # noqa: S108 - the job's own /tmp
    "LANG": "C.UTF-8",
    "LOGNAME": "user",
    "PATH": SANDBOX_PATH,
    "TMPDIR": "/tmp",  # noqa: S108 - as above
    "USER": "user",
}


class SandboxProcess(ToolProcess):
    """A job inside bubblewrap."""

    def __init__(self, bwrap: str, job: Job, shared: Shared) -> None:
        self.ran = False
        """Whether the job's own program was started and ended; known after the end."""
        # Not a pipe: writing to one that nobody reads any more would end bubblewrap's outer process too early.
        self._report = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed after the child's end
        self._lifeline, far_end = socket.socketpair()
        self._opened = False
        made = {path: _readable(text) for path, text in MADE_FILES.items()}
        own = (self._report.fileno(), far_end.fileno())
        try:
            super().__init__(
                [*_LAUNCHER, bwrap, *_own_arguments(*own), *_arguments(job, made, shared)],
                cwd=None,
                env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
                stdin=True,
                pass_fds=(*own, *(descriptor.fileno() for descriptor in made.values())),
                what=Path(job.argv[0]).name,
            )
            self._open_gate(far_end, has_input=bool(job.stdin))
        except (OSError, ValueError):
            self._close()
            raise
        finally:
            far_end.close()
            for descriptor in made.values():
                descriptor.close()

    def wait(self, seconds: float) -> int | None:
        """See `Child.wait`."""
        code = super().wait(seconds)
        if code is not None and not self._report.closed:
            self.ran = self._opened and _ENDED in self._news()
            self._close()
        return code

    def _open_gate(self, far_end: socket.socket, *, has_input: bool) -> None:
        """Let the job start as soon as it cannot outlive us; a sandbox that fails before is ended."""
        until = time.monotonic() + READY_SECONDS
        try:
            if self.stdin is not None and self._is_at_the_gate() and self._is_bound(until):
                _arm(far_end, self.pid)
                self.stdin.write(b"\n")
                self._opened = True
                if not has_input:
                    self.stdin.close()
                    self.stdin = None
        finally:
            if not self._opened:
                self._kill_setting_up()

    def _is_at_the_gate(self) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self.stdout, selectors.EVENT_READ)
            return bool(selector.select(READY_SECONDS)) and bool(self.stdout.read(1))

    def _is_bound(self, until: float) -> bool:
        # Only after it has started the gate does the sandbox's first process bind itself to the end of its parent;
        # right after that it sleeps until a child ends.
        first = _FIRST_PROCESS.search(self._news())
        while first and time.monotonic() < until:
            if Path(f"/proc/{int(first[1])}/stat").read_bytes().rpartition(b") ")[2].startswith(b"S"):
                return True
            time.sleep(0.0005)
        return False

    def _kill_setting_up(self) -> None:
        self.kill()
        first = _FIRST_PROCESS.search(self._news())
        if sys.platform != "win32" and first and _ENDED not in self._news():  # perhaps not yet bound to its parent
            with contextlib.suppress(OSError):
                os.kill(int(first[1]), signal.SIGKILL)

    def _close(self) -> None:
        self._lifeline.close()
        self._report.close()

    def _news(self) -> bytes:
        """Return all that bubblewrap reported so far."""
        if sys.platform != "win32":
            return os.pread(self._report.fileno(), 4096, 0)  # seeking would move bubblewrap's place too
        else:  # noqa: RET505 - the type checker skips the branch of the other platform
            return b""


def _arm(far_end: socket.socket, pid: int) -> None:
    """Let the kernel kill the process when the near end of the lifeline is closed, if only by our own end."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - exists on POSIX only

        fcntl.fcntl(far_end, fcntl.F_SETOWN, pid)
        fcntl.fcntl(far_end, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(far_end, fcntl.F_SETFL, fcntl.fcntl(far_end, fcntl.F_GETFL) | os.O_ASYNC)


def _readable(data: bytes) -> IO[bytes]:
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as stream:
        stream.write(data)
    return os.fdopen(reader, "rb")


def _own_arguments(report: int, lifeline: int) -> list[str]:
    # Of what is handed over, only these two stay open; the lifeline in the sandbox's first process, not in the job.
    return ["--json-status-fd", str(report), "--sync-fd", str(lifeline)]


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
        *_GATE,
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
