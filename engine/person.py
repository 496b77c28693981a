"""The person at the cards: someone at the terminal, `--yes`, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from graph.approvals import Reply

if TYPE_CHECKING:
    from graph.cards import Card


class Person(Protocol):
    """Who decides. `via` is kept with each decision."""

    via: str

    async def decide(self, card: Card) -> Reply | None:
        """A decision, or None when nobody can give one now: the run then waits."""


class Nobody:
    """Nobody is there: every card waits, only what cannot be approved at all is closed."""

    via = "nobody"

    async def decide(self, card: Card) -> Reply | None:
        """Close what is red; leave everything else to a person."""
        return Reply("reject") if _refused(card) else None


class Absent:
    """Nobody answers here: every card waits until its answer is kept, also one that can only be rejected."""

    via = "nobody"

    async def decide(self, card: Card) -> Reply | None:
        """Leave the card open."""
        del card
        return None


class Consenting:
    """`--yes`: approves what may be approved, takes the defaults of questions, and never more than that.

    Nothing is searched for or downloaded because of it: that takes `--web on` and `--allow-download`.
    """

    via = "--yes"

    async def decide(self, card: Card) -> Reply | None:
        """Approve green and yellow; reject red; leave purposes and holds to a person."""
        if _refused(card):
            return Reply("reject")
        if card["kind"] == "questions":
            return Reply("answer")
        if card["kind"] in {"web", "consent"}:  # looking things up has an option of its own, each download a flag
            return Reply("refuse")
        if _of_two_faces(card):
            return None
        return Reply("approve") if "approve" in card["options"] else None


def _refused(card: Card) -> bool:
    verdict = card.get("verdict")
    return verdict is not None and verdict["level"] == "red" and "reject" in card["options"]


def _of_two_faces(card: Card) -> bool:
    """Nobody has said yet what a dual-use program is for."""
    verdict = card.get("verdict")
    return verdict is not None and verdict["level"] == "yellow" and verdict["needs_purpose"]
