"""Watches this process while it works: what it opens, changes and starts, and whom it connects to.

It hears Python's audit events, so nothing in the product has to cooperate. Databases and child processes write
unheard; for them the folders are compared and the command lines are kept.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES: Final = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
)
_STARTS: Final = frozenset({"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.spawn", "os.startfile"})
_watching: list[Watch] = []


@dataclass
class Watch:
    """What was heard."""

    opened: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    started: list[str] = field(default_factory=list)
    met: set[tuple[str, int]] = field(default_factory=set)

    def hear(self, event: str, facts: tuple[Any, ...]) -> None:
        """Keep one event."""
        if event == "open":
            path, _, flags = facts
            if isinstance(path, (str, bytes, os.PathLike)):
                (self.changed if flags & _WRITING else self.opened).add(os.fsdecode(path))
        elif event in _CHANGES:
            self.changed |= {os.fsdecode(one) for one in facts[:2] if isinstance(one, (str, bytes, os.PathLike))}
        elif event in _STARTS:
            self.started.append(str(facts[:2]))
        elif event == "socket.connect":
            talk, address = facts
            if talk.family in {socket.AF_INET, socket.AF_INET6}:
                self.met.add(tuple(address[:2]))

    @contextmanager
    def looking_away(self) -> Iterator[None]:
        """Hear nothing of what a test itself looks at."""
        _watching.remove(self)
        try:
            yield
        finally:
            _watching.append(self)

    def changed_outside(self, *folders: Path) -> set[str]:
        """Paths that were changed and lie in none of these folders."""
        inside = tuple(os.path.realpath(folder) + os.sep for folder in folders)
        whole = {os.path.realpath(path) for path in self.changed if path.startswith(os.sep) or path[1:2] == ":"}
        return {path for path in whole if not f"{path}{os.sep}".startswith(inside) and "__pycache__" not in path}


def _hook(event: str, facts: tuple[Any, ...]) -> None:
    for watch in tuple(_watching):
        watch.hear(event, facts)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch as long as the block lasts; the hook itself stays, it cannot be taken off."""
    if not getattr(_hook, "placed", False):
        sys.addaudithook(_hook)
        _hook.placed = True  # type: ignore[attr-defined]
    watch = Watch()
    _watching.append(watch)
    try:
        yield watch
    finally:
        _watching.remove(watch)


def everything_in(folder: Path) -> dict[str, bytes]:
    """Each file below a folder with what it holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
