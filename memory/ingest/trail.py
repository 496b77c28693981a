"""What an import has done so far, one line per file in a file of its own: after a crash it goes on behind the last one.

Losing the trail loses nothing: documents know themselves again, the files are only read once more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from memory.ingest.outcome import Kept, Refused, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from core.events import Json

FOLDER: Final = "imports"
"""In the data folder."""
_TRAILS_KEPT: Final = 50
_ENDED: Final = {"ended": True}

T = TypeVar("T", Kept, Refused)


def import_name(paths: Sequence[Path], project: str) -> str:
    """Name an import by what is imported and where to: the same order again is the same import."""
    told = json.dumps([project, *(str(path) for path in paths)])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Trail:
    """The trail of one import; blocks."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / f"{name}.jsonl"
        self._done: dict[tuple[str, int, int], list[Kept]] = {}

    def begin(self) -> None:
        """Read what an interrupted import had done; one that came to its end is begun anew."""
        rows = list(_rows(self._file))
        ended = _ENDED in rows
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_old(self._file.parent, self._file)
        if ended:
            self._file.unlink()
        elif rows:
            _cut_torn_line(self._file)
        for row in [] if ended else rows:
            if "kept" in row and isinstance(mark := row.get("mark"), list) and len(mark) == 3:  # noqa: PLR2004 - a key
                self._done.setdefault((mark[0], mark[1], mark[2]), []).append(_made(Kept, row["kept"]))

    def done(self, origin: str, size: int, stamp: int) -> Sequence[Kept]:
        """What a file, as it is now, became before the interruption; empty when it is still to do."""
        return self._done.get((origin, size, stamp), ())

    def kept(self, origin: str, size: int, stamp: int, items: Sequence[Kept]) -> None:
        """Note what a finished file became."""
        self._append(*({"mark": [origin, size, stamp], "kept": item.as_dict()} for item in items))

    def end(self, summary: Summary) -> None:
        """Note that the import came to its end, with all its parts in their order."""
        rows: list[Json] = [{"kept": item.as_dict()} for item in summary.kept]
        rows += [{"refused": item.as_dict()} for item in summary.refused]
        text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in [*rows, _ENDED])
        fresh = self._file.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8", errors="surrogatepass")
        fresh.replace(self._file)

    def _append(self, *rows: dict[str, Any]) -> None:
        with self._file.open("a", encoding="utf-8", errors="surrogatepass") as file:
            file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def read_import(folder: Path, name: str) -> Summary:
    """Return what an import did, as far as it is noted. Blocks."""
    kept: list[Kept] = []
    refused: list[Refused] = []
    for row in _rows(folder / f"{name}.jsonl"):
        if "kept" in row:
            kept.append(_made(Kept, row["kept"]))
        elif "refused" in row:
            refused.append(_made(Refused, row["refused"]))
    return Summary(tuple(kept), tuple(refused))


def _made(what: type[T], row: dict[str, Any]) -> T:
    known = {field.name for field in fields(what)}
    return what(**{name: value for name, value in row.items() if name in known})


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with contextlib.suppress(FileNotFoundError), file.open("rb") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:  # torn by the crash
                continue
            if isinstance(row, dict):
                yield row


def _cut_torn_line(file: Path) -> None:
    """Take away what the crash left of a line, so that the next one does not continue it."""
    with file.open("r+b") as trail:
        data = trail.read()
        trail.truncate(data.rfind(b"\n") + 1)


def _forget_old(folder: Path, current: Path) -> None:
    trails = sorted((file for file in folder.glob("*.jsonl") if file != current), key=os.path.getmtime)
    for old in trails[: max(len(trails) - _TRAILS_KEPT + 1, 0)]:
        old.unlink(missing_ok=True)
