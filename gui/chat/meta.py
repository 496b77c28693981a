"""What the engine adds of its own to the messages of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def own(thing: Any) -> dict[str, Any]:
    """Our own facts beside a message, `_meta.multicoder`; empty when there are none."""
    meta = thing.get("_meta") if isinstance(thing, dict) else None
    found = meta.get("multicoder") if isinstance(meta, dict) else None
    return found if isinstance(found, dict) else {}


def moment(meta: dict[str, Any]) -> float:
    """When it happened, in seconds since the epoch; 0 when nobody said."""
    at = meta.get("at")
    return float(at) if isinstance(at, int | float) and not isinstance(at, bool) else 0.0


def attached(item: dict[str, Any]) -> dict[str, Any]:
    """A file the person sends along, as its turn shows it."""
    name, uri = str(item.get("name", "")), str(item.get("uri", ""))
    return {"name": name, "uri": uri, "size": int(item.get("size") or 0), "sha256": str(item.get("sha256", ""))}


def do(work: Callable[[], None]) -> None:
    """Do one thing of a line of things."""
    work()


def nothing(_answer: object) -> None:
    """Nothing is done with the answer."""
