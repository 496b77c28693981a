"""One event as it is kept: redacted, in its canonical form, linked to the one before it.

The chain shows every change made to single rows: each `chain` is the BLAKE2b over the chain before it and its own row,
so a changed, removed, inserted or moved row no longer fits. It holds no secret: who rewrites the whole journal, its
segments and the anchor beside it can make all of them fit again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from core import redaction
from core.events import risk_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.events import Event, EventType, Json, Risk

CHAIN_BYTES: Final = 32
GENESIS: Final = bytes(CHAIN_BYTES)
"""The chain before the first row."""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One event as it was kept; `seq` is the order of things, whatever the clock said."""

    seq: int
    at: float
    type: EventType
    name: str
    run: str
    module: str
    data: Mapping[str, Json]
    risk: Risk = "none"
    chain: str = ""
    """Hexadecimal."""

    def as_dict(self) -> dict[str, Json]:
        """Return the row as one JSON object."""
        return {**dataclasses.asdict(self), "data": dict(self.data)}


class Stored(NamedTuple):
    """A row exactly as it stands in the table and in segments; `data` is JSON."""

    seq: int
    at: float
    type: str
    name: str
    run: str
    module: str
    risk: str
    data: str
    chain: bytes

    def follows(self, previous: bytes) -> bool:
        """Tell whether this row is unchanged and stands right behind the one with the chain `previous`."""
        return self.chain == chained(previous, *self[:-1])

    def as_row(self) -> JournalRow:
        """Return it as readers get it."""
        kind, risk = cast("EventType", self.type), cast("Risk", self.risk)
        data = json.loads(self.data)
        return JournalRow(self.seq, self.at, kind, self.name, self.run, self.module, data, risk, self.chain.hex())


COLUMNS: Final = ", ".join(Stored._fields)


class Head(NamedTuple):
    """The newest row; `seq` 0 with the chain `GENESIS` before there is one."""

    seq: int
    chain: bytes


def stored(event: Event, head: Head) -> Stored:
    """Make the row that follows `head` of a redacted event."""
    risk = risk_of(event.type, event.data)
    fields = (head.seq + 1, event.at, event.type, event.name, event.run, event.module, risk, json_text(event.data))
    return Stored(*fields, chained(head.chain, *fields))


def chained(previous: bytes, *fields: str | float | bytes) -> bytes:
    """Return the chain of a row: its fields in order as one JSON list behind the chain before it."""
    canonical = json.dumps(fields, separators=(",", ":"), default=repr)  # whatever somebody put into a column
    return hashlib.blake2b(previous + canonical.encode(), digest_size=CHAIN_BYTES).digest()


def folded(name: str, data: str) -> str:
    """Return what texts are looked for in: name and data in one letter case; `data` is the JSON that is kept."""
    return f"{_quoted(name)}\n{data}".casefold()


def needle(text: str) -> str:
    """Return `text` as it appears in `folded`."""
    return _quoted(text).casefold()


def redacted(event: Event) -> Event:
    """Return the event without secrets, with JSON only in its data and a time that can be kept."""
    data: Any = redaction.DEFAULT.redact_json(json.loads(json_text(event.data)))
    name, run, module = (plain(redaction.redact(text)) for text in (event.name, event.run, event.module))
    return dataclasses.replace(event, name=name, run=run, module=module, data=data, at=_moment(event.at))


def plain(text: str) -> str:
    """Return `text` with characters no database takes (lone surrogates) written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def json_text(data: Mapping[str, Json]) -> str:
    """Write JSON whatever comes: a strange value in an event must not take the caller down.

    Letters stay readable; a lone surrogate becomes the JSON escape it also has in Python.
    """
    try:
        return plain(json.dumps(dict(data), default=str, ensure_ascii=False))
    except (TypeError, ValueError, RecursionError):
        return json.dumps({"unreadable": type(data).__name__})


def _quoted(text: str) -> str:
    return plain(json.dumps(text, ensure_ascii=False))[1:-1]


def _moment(at: float) -> float:
    return float(at) if math.isfinite(at) else time.time()


def listed(column: str, values: Sequence[str]) -> tuple[str, list[str | float]]:
    """Return the condition in SQL that `column` is one of `values`, and the values."""
    return f"{column} IN ({', '.join('?' * len(values))})", [plain(value) for value in values]
