"""Receipts: what the ledger keeps of each delivery, enough to deliver the same version once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from core.ports import Version
    from graph.ledger import Ledger
    from graph.state import BuildState


class Receipt(TypedDict):
    """The result of the effect `deliver`; `tests`, `packaging` and `verdicts` are archive references."""

    artifact: str
    evidence: str
    sha256: str
    version: int
    built: BuildState
    packaging: str
    tests: str
    verdicts: str
    restored: int
    """The version this one is a copy of; 0 when it was made anew."""


async def receipt_of(ledger: Ledger, version: Version) -> Receipt | None:
    """The receipt of a version; None for one delivered by a program that wrote none."""
    for found in reversed(await ledger.results(version.run, "deliver")):
        receipt = cast("Receipt", found)
        if receipt["sha256"] == version.sha256 and receipt.get("version") == version.number:
            return receipt
    return None
