"""A process in an AppContainer without capabilities: Windows' only network denial that needs no administrator.

Each job gets a container of its own, so that jobs cannot read each other, and is put into its job object while it is
created, so that it never runs outside. Written against the documented API and type-checked for Windows; not yet
proven on a Windows machine.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import subprocess  # for its quoting rules and, on Windows, nothing else
import sys
from typing import IO, TYPE_CHECKING, Final

from core.errors import RunnerUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ports import Job

CREATION_FLAGS: Final = 0x0008_0000 | 0x0000_0400 | 0x0800_0000
"""EXTENDED_STARTUPINFO_PRESENT, CREATE_UNICODE_ENVIRONMENT, CREATE_NO_WINDOW."""
STARTF_USESTDHANDLES: Final = 0x0100
ATTRIBUTE_HANDLE_LIST: Final = 0x0002_0002
ATTRIBUTE_SECURITY_CAPABILITIES: Final = 0x0002_0009
ATTRIBUTE_JOB_LIST: Final = 0x0002_000D
ALL_PACKAGES: Final = "*S-1-15-2-1"
WAIT_TIMEOUT: Final = 0x0102
FIRST_CRASH_CODE: Final = 0x8000_0000
"""Exit codes from here on are exceptions, such as an access violation."""
PASSED_ON: Final = ("SYSTEMDRIVE", "SYSTEMROOT", "WINDIR", "PATHEXT", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE")


class SecurityCapabilities(ctypes.Structure):
    """SECURITY_CAPABILITIES; with no capabilities there is no network."""

    _fields_ = (
        ("AppContainerSid", ctypes.c_void_p),
        ("Capabilities", ctypes.c_void_p),
        ("CapabilityCount", ctypes.c_uint32),
        ("Reserved", ctypes.c_uint32),
    )


class StartupInfo(ctypes.Structure):
    """STARTUPINFOEXW."""

    _fields_ = (
        ("cb", ctypes.c_uint32),
        ("lpReserved", ctypes.c_wchar_p),
        ("lpDesktop", ctypes.c_wchar_p),
        ("lpTitle", ctypes.c_wchar_p),
        ("dwX", ctypes.c_uint32),
        ("dwY", ctypes.c_uint32),
        ("dwXSize", ctypes.c_uint32),
        ("dwYSize", ctypes.c_uint32),
        ("dwXCountChars", ctypes.c_uint32),
        ("dwYCountChars", ctypes.c_uint32),
        ("dwFillAttribute", ctypes.c_uint32),
        ("dwFlags", ctypes.c_uint32),
        ("wShowWindow", ctypes.c_uint16),
        ("cbReserved2", ctypes.c_uint16),
        ("lpReserved2", ctypes.c_void_p),
        ("hStdInput", ctypes.c_void_p),
        ("hStdOutput", ctypes.c_void_p),
        ("hStdError", ctypes.c_void_p),
        ("lpAttributeList", ctypes.c_void_p),
    )


class ProcessInformation(ctypes.Structure):
    """PROCESS_INFORMATION."""

    _fields_ = (
        ("hProcess", ctypes.c_void_p),
        ("hThread", ctypes.c_void_p),
        ("dwProcessId", ctypes.c_uint32),
        ("dwThreadId", ctypes.c_uint32),
    )


def command_line(argv: Sequence[str]) -> str:
    """Quote `argv` the way the Microsoft C runtime takes it apart again."""
    if any("\0" in item for item in argv):
        raise ValueError("a command line holds no NUL")
    return subprocess.list2cmdline(argv)


def environment_block(variables: Mapping[str, str]) -> str:
    """Make the block CreateProcess takes: sorted without regard to case, each entry and the whole ended by NUL."""
    for name, value in variables.items():
        if not name or "=" in name or "\0" in name + value:
            raise ValueError(f"not an environment variable: {name!r}")
    ordered = sorted(variables.items(), key=lambda item: item[0].upper())
    return "".join(f"{name}={value}\0" for name, value in ordered) + "\0"


def clean_environment(job: Job, outer: Mapping[str, str]) -> dict[str, str]:
    """Make the job's environment: what Windows needs, its own folders, and what the job asked for."""
    folder = str(job.workdir)
    system = {name: value for name, value in outer.items() if name.upper() in PASSED_ON}
    root = next((value for name, value in system.items() if name.upper() == "SYSTEMROOT"), "C:\\Windows")
    own = {"PATH": f"{root}\\System32;{root}", "TEMP": folder, "TMP": folder, "USERPROFILE": folder, "APPDATA": folder}
    return {**system, **own, "LOCALAPPDATA": folder, "PYTHONUTF8": "1", **job.env}


def exit_code(code: int) -> int:
    """Turn an unsigned exit code into ours: negative for an end by an exception."""
    return code - (1 << 32) if code >= FIRST_CRASH_CODE else code


if sys.platform == "win32":
    import msvcrt

    from builders.runner.windows_job import JobObject

    class Container:
        """An AppContainer profile that is removed again by `close`."""

        def __init__(self) -> None:
            self._userenv = ctypes.WinDLL("userenv")
            self._advapi = ctypes.WinDLL("advapi32", use_last_error=True)
            self.name = f"MultiCoder.{secrets.token_hex(8)}"
            self.sid = ctypes.c_void_p()
            name = ctypes.c_wchar_p(self.name)
            failed = self._userenv.CreateAppContainerProfile(name, name, name, None, 0, ctypes.byref(self.sid))
            if failed:
                raise RunnerUnavailable("sandbox-refused", detail=f"AppContainer {failed & 0xFFFFFFFF:#x}")

        def sid_text(self) -> str:
            """Return the container's identity the way icacls takes it."""
            text = ctypes.c_wchar_p()
            if not self._advapi.ConvertSidToStringSidW(self.sid, ctypes.byref(text)):
                raise ctypes.WinError(ctypes.get_last_error())
            value = str(text.value)
            ctypes.WinDLL("kernel32").LocalFree(text)
            return f"*{value}"

        def close(self) -> None:
            """Remove the profile."""
            self._userenv.DeleteAppContainerProfile(ctypes.c_wchar_p(self.name))
            self._advapi.FreeSid(self.sid)

    class ContainedProcess:
        """A job inside its container and job object; see `builders.runner.processes.Child`."""

        def __init__(self, job: Job, container: Container) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._job = JobObject(job.limits)
            self.stdin: IO[bytes] | None
            inner_in, self.stdin = _pipe(writing=True)
            inner_out, self.stdout = _pipe(writing=False)
            inner_err, self.stderr = _pipe(writing=False)
            inner = (inner_in, inner_out, inner_err)
            try:
                self._process = self._create(job, container, [msvcrt.get_osfhandle(end) for end in inner])
            finally:
                for end in inner:
                    os.close(end)

        def pids(self) -> frozenset[int]:
            """Return the processes of the job."""
            return self._job.pids()

        def wait(self, seconds: float) -> int | None:
            """See `Child.wait`."""
            if self._kernel.WaitForSingleObject(ctypes.c_void_p(self._process), int(seconds * 1000)) == WAIT_TIMEOUT:
                return None
            code = ctypes.c_uint32()
            self._kernel.GetExitCodeProcess(ctypes.c_void_p(self._process), ctypes.byref(code))
            return exit_code(code.value)

        def kill(self) -> None:
            """See `Child.kill`."""
            self._job.terminate()

        def __del__(self) -> None:
            if getattr(self, "_process", None):
                self._kernel.CloseHandle(ctypes.c_void_p(self._process))

        def _create(self, job: Job, container: Container, handles: list[int]) -> int:
            capabilities = SecurityCapabilities(container.sid, None, 0, 0)
            inherited = (ctypes.c_void_p * len(handles))(*handles)
            job_list = (ctypes.c_void_p * 1)(self._job.handle)
            attributes = self._attributes(
                {
                    ATTRIBUTE_SECURITY_CAPABILITIES: capabilities,
                    ATTRIBUTE_HANDLE_LIST: inherited,
                    ATTRIBUTE_JOB_LIST: job_list,
                }
            )
            startup = StartupInfo(cb=ctypes.sizeof(StartupInfo), dwFlags=STARTF_USESTDHANDLES)
            startup.hStdInput, startup.hStdOutput, startup.hStdError = handles
            startup.lpAttributeList = ctypes.addressof(attributes)
            information = ProcessInformation()
            created = self._kernel.CreateProcessW(
                None,
                ctypes.create_unicode_buffer(command_line(job.argv)),
                None,
                None,
                1,
                CREATION_FLAGS,
                ctypes.create_unicode_buffer(environment_block(clean_environment(job, os.environ))),
                ctypes.c_wchar_p(str(job.workdir)),
                ctypes.byref(startup),
                ctypes.byref(information),
            )
            error = ctypes.get_last_error()
            self._kernel.DeleteProcThreadAttributeList(ctypes.byref(attributes))
            if not created:
                raise ctypes.WinError(error)
            self._kernel.CloseHandle(ctypes.c_void_p(information.hThread))
            return int(information.hProcess)

        def _attributes(
            self, values: Mapping[int, ctypes.Structure | ctypes.Array[ctypes.c_void_p]]
        ) -> ctypes.Array[ctypes.c_char]:
            size = ctypes.c_size_t()
            self._kernel.InitializeProcThreadAttributeList(None, len(values), 0, ctypes.byref(size))
            attributes = ctypes.create_string_buffer(size.value)
            if not self._kernel.InitializeProcThreadAttributeList(attributes, len(values), 0, ctypes.byref(size)):
                raise ctypes.WinError(ctypes.get_last_error())
            for attribute, value in values.items():
                if not self._kernel.UpdateProcThreadAttribute(
                    attributes,
                    0,
                    ctypes.c_size_t(attribute),
                    ctypes.byref(value),
                    ctypes.c_size_t(ctypes.sizeof(value)),
                    None,
                    None,
                ):
                    raise ctypes.WinError(ctypes.get_last_error())
            return attributes

    def _pipe(*, writing: bool) -> tuple[int, IO[bytes]]:
        """Make a pipe: the job's end as an inheritable descriptor, and ours as a stream."""
        reader, writer = os.pipe()
        inner, outer = (reader, writer) if writing else (writer, reader)
        os.set_handle_inheritable(msvcrt.get_osfhandle(inner), True)  # noqa: FBT003 - positional-only
        return inner, os.fdopen(outer, "wb" if writing else "rb", buffering=0)
