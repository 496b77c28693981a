"""Windows job objects: one handle that limits a process tree and ends all of it when it is closed.

Written against the documented API and type-checked for Windows; not yet proven on a Windows machine.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from core.ports import Limits

MIB: Final = 1024 * 1024
LIMIT_PROCESS_TIME: Final = 0x0002
LIMIT_ACTIVE_PROCESS: Final = 0x0008
LIMIT_JOB_MEMORY: Final = 0x0200
LIMIT_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x0400
LIMIT_KILL_ON_JOB_CLOSE: Final = 0x2000
EXTENDED_LIMIT_INFORMATION: Final = 9
BASIC_PROCESS_ID_LIST: Final = 3
MOST_PROCESSES: Final = 1024
PROCESS_SET_QUOTA_AND_TERMINATE: Final = 0x0101
TICKS_PER_SECOND: Final = 10_000_000
"""Windows counts processor time in 100 ns."""


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class ProcessList(ctypes.Structure):
    """JOBOBJECT_BASIC_PROCESS_ID_LIST."""

    _fields_ = (
        ("NumberOfAssignedProcesses", ctypes.c_uint32),
        ("NumberOfProcessIdsInList", ctypes.c_uint32),
        ("ProcessIdList", ctypes.c_size_t * MOST_PROCESSES),
    )


def limit_structure(limits: Limits | None) -> ExtendedLimits:
    """Fill in the limits; without any the job still ends with its handle."""
    structure = ExtendedLimits()
    basic = structure.BasicLimitInformation
    basic.LimitFlags = LIMIT_KILL_ON_JOB_CLOSE | LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    if limits is not None:
        basic.LimitFlags |= LIMIT_PROCESS_TIME | LIMIT_ACTIVE_PROCESS | LIMIT_JOB_MEMORY
        basic.PerProcessUserTimeLimit = limits.cpu_seconds * TICKS_PER_SECOND
        basic.ActiveProcessLimit = limits.processes
        structure.JobMemoryLimit = limits.memory_mb * MIB
    return structure


if sys.platform == "win32":

    class JobObject:
        """A job object; dropping it ends every process in it, also when our own process is killed."""

        def __init__(self, limits: Limits | None = None) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._kernel.OpenProcess.restype = ctypes.c_void_p
            self._handle: int | None = self._kernel.CreateJobObjectW(None, None)
            structure = limit_structure(limits)
            self._check(self._handle)
            self._check(
                self._kernel.SetInformationJobObject(
                    ctypes.c_void_p(self._handle),
                    EXTENDED_LIMIT_INFORMATION,
                    ctypes.byref(structure),
                    ctypes.sizeof(structure),
                )
            )

        @property
        def handle(self) -> int | None:
            """The handle, for putting a process into the job while it is created."""
            return self._handle

        def pids(self) -> frozenset[int]:
            """Return the processes now in the job."""
            processes = ProcessList()
            self._check(
                self._kernel.QueryInformationJobObject(
                    ctypes.c_void_p(self._handle),
                    BASIC_PROCESS_ID_LIST,
                    ctypes.byref(processes),
                    ctypes.sizeof(processes),
                    None,
                )
            )
            return frozenset(processes.ProcessIdList[: processes.NumberOfProcessIdsInList])

        def assign(self, pid: int) -> None:
            """Put a process, and so all its later children, into the job."""
            process = self._kernel.OpenProcess(PROCESS_SET_QUOTA_AND_TERMINATE, 0, pid)
            self._check(process)
            try:
                self._check(
                    self._kernel.AssignProcessToJobObject(ctypes.c_void_p(self._handle), ctypes.c_void_p(process))
                )
            finally:
                self._kernel.CloseHandle(ctypes.c_void_p(process))

        def terminate(self) -> None:
            """End every process of the job."""
            if self._handle is not None:
                self._kernel.TerminateJobObject(ctypes.c_void_p(self._handle), 1)

        def __del__(self) -> None:
            if getattr(self, "_handle", None) is not None:
                self._kernel.CloseHandle(ctypes.c_void_p(self._handle))
                self._handle = None

        @staticmethod
        def _check(result: int | None) -> None:
            if not result:
                raise ctypes.WinError(ctypes.get_last_error())
