"""The two lanes of recall, as they see each other: passages are made by lane 1, lane 2 embeds them when it has time.

A passage is a few consecutive lines of one source that are indexed together; what is found are single lines of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Passage:
    """A few lines of one source."""

    passage: int
    """Its number; grows, is never used again."""
    space: str
    """`<project or person>.<kind>`: what is searched apart is kept apart."""
    text: str


class Passages(Protocol):
    """What lane 1 has cut; the text is read from the archive."""

    async def after(self, passage: int, limit: int) -> list[Passage]:
        """Return the next passages by number that are neither quarantined nor forgotten."""

    async def count(self) -> int:
        """How many there are."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What lane 2 is able to do, as measured."""

    state: Literal["ready", "building", "degraded", "off"]
    embedded: int
    """Passages it holds."""
    trouble: str = ""


class VectorLane(Protocol):
    """Lane 2: passages by closeness of meaning. A cache: every failure leaves recall to lane 1 and mends itself."""

    async def search(self, spaces: Sequence[str], texts: Sequence[str], limit: int) -> Mapping[int, float]:
        """Return the closest passages with their similarity (0 to 1); empty while degraded, never an error."""

    async def catch_up(self, passages: Passages, progress: Callable[[int, int], None] | None = None) -> int:
        """Embed what is new; return how many. After damage it begins anew by itself."""

    async def remove(self, passages: Sequence[int]) -> None:
        """Forget passages for good."""

    async def rebuild(self, passages: Passages, progress: Callable[[int, int], None] | None = None) -> None:
        """Throw everything away and embed anew."""

    async def condition(self) -> Condition:
        """What works, found by embedding and finding a canary."""

    async def close(self) -> None:
        """Give the folder back; closing twice is no error."""


class Embedding(Protocol):
    """Makes vectors of texts. Its name, dimension and version name the collection: another one begins anew."""

    name: str
    dimension: int
    version: int

    async def embed(self, texts: Sequence[str]) -> bytes:
        """Return float32 vectors, row after row, each of length 1; ProviderError when a remote one cannot."""
