"""How busy this computer is: processor and memory, read from the system itself."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import NamedTuple

_STAT = Path("/proc/stat")
_MEMORY = Path("/proc/meminfo")
_KIB = 1_024


class Ticks(NamedTuple):
    """Time of all processors together since the start of the computer, in units of the system."""

    idle: int
    total: int


class Memory(NamedTuple):
    """Bytes."""

    total: int
    available: int


def load_between(before: Ticks | None, now: Ticks | None) -> float:
    """Return the share of the processors' time that was used, 0 to 1; -1 when nobody can say."""
    if before is None or now is None or now.total <= before.total:
        return -1.0
    return min(1.0, max(0.0, 1 - (now.idle - before.idle) / (now.total - before.total)))


if sys.platform == "win32":

    class _Status(ctypes.Structure):
        """MEMORYSTATUSEX."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("others", ctypes.c_ulonglong * 5),
        )

    def ticks() -> Ticks | None:
        """Read the processors' time."""
        idle, kernel, user = (ctypes.c_ulonglong() for _ in range(3))
        if not ctypes.windll.kernel32.GetSystemTimes(ctypes.byref(idle), ctypes.byref(kernel), ctypes.byref(user)):
            return None
        return Ticks(idle.value, kernel.value + user.value)  # the kernel's time holds the idle time

    def memory() -> Memory | None:
        """Read the memory."""
        status = _Status()
        status.length = ctypes.sizeof(status)
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return None
        return Memory(status.total, status.available)

else:

    def ticks() -> Ticks | None:
        """Read the processors' time; None where the system does not tell it."""
        try:
            first = _STAT.read_text(encoding="ascii").splitlines()[0].split()[1:9]
            times = [int(part) for part in first]
            return Ticks(times[3] + times[4], sum(times))
        except (OSError, ValueError, IndexError):
            return None

    def memory() -> Memory | None:
        """Read the memory; the available part counts what caches would give back."""
        try:
            lines = (line.split() for line in _MEMORY.read_text(encoding="ascii").splitlines())
            sizes = {parts[0]: int(parts[1]) * _KIB for parts in lines if len(parts) > 1}
            return Memory(sizes["MemTotal:"], sizes["MemAvailable:"])
        except (OSError, ValueError, KeyError):
            return _memory_of_others()

    def _memory_of_others() -> Memory | None:
        try:
            page = os.sysconf("SC_PAGE_SIZE")
            return Memory(os.sysconf("SC_PHYS_PAGES") * page, os.sysconf("SC_AVPHYS_PAGES") * page)
        except (OSError, ValueError):
            return None
