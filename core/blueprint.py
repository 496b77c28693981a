"""What a model adds to a blueprint. It is a claim with a quotation; who takes it checks the quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Addition:
    """One claim of a model about the lines it was shown."""

    kind: Literal["phrase", "need"]
    """`phrase`: requirement `about` said in one sentence. `need`: `about` builds on `target`."""
    about: str
    """Id of a requirement."""
    target: str
    text: str
    first: int
    last: int
    quote: str
    """Words that stand in those lines and support it."""
