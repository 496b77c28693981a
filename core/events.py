"""Events: what happened, in past tense. They feed the journal, the terminal, `--json` and every client."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

EventType = Literal["INFO", "ERROR", "SECURITY", "FILE", "MESSAGE", "BUILD", "TASK", "PROVIDER", "AUDIT", "HEALTH"]
EVENT_TYPES: Final[tuple[EventType, ...]] = get_args(EventType)

Risk = Literal["none", "low", "medium", "high"]
RISKS: Final[tuple[Risk, ...]] = get_args(Risk)

_RISK_BY_TYPE: Final[dict[str, Risk]] = {"SECURITY": "high", "ERROR": "medium", "AUDIT": "low"}

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `name` is stable and dotted (`module.accepted`, `call.finished`); `data` holds JSON only and no secrets.
    `at` is seconds since the epoch; order is given by the journal's sequence number, never by the clock.
    """

    type: EventType
    name: str
    run: str = ""
    module: str = ""
    data: Mapping[str, Json] = field(default_factory=dict)
    at: float = field(default_factory=time.time)

    def as_dict(self) -> dict[str, Json]:
        """Return the event as one JSON object."""
        return {**asdict(self), "data": dict(self.data)}


def risk_of(event_type: str, data: Mapping[str, Json]) -> Risk:
    """How much an event deserves a person's eye; an event may say it itself under `risk`."""
    said = data.get("risk")
    for risk in RISKS:
        if said == risk:
            return risk
    return _RISK_BY_TYPE.get(event_type, "none")


@dataclass(frozen=True, slots=True)
class Streamed:
    """A piece of an answer while it is being written; never kept: the whole answer is."""

    run: str
    call: str
    module: str
    text: str


class EventSink(Protocol):
    """Where events go. Never blocks and never raises into the caller."""

    def emit(self, event: Event, /) -> None:
        """Take one event."""
