"""What a drill is, what it works on and what it brings back.

A drill runs in a process of its own, started by `runner`: it may set limits on itself, drop rights or die, and nobody
else is touched. All it knows is a folder made for it; the person's data folder is not even told to it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003 - as above
from typing import Any, Final, Literal

from core.errors import MultiCoderError
from core.i18n import DEFAULT_LOCALE, Words, explain, tr
from core.paths import Home

PREFIX: Final = "multicoder-drill-"
"""How the folder of an audit is called, below the system's folder for temporary files."""
SEEN_CHARACTERS: Final = 600

State = Literal["held", "broken", "unchecked"]
"""`unchecked`: this machine does not allow to try it; nothing is known then."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One promise of the product and whether it was kept."""

    ok: bool
    what: Words
    """The promise, with the figures of this drill."""
    seen: str = ""
    """What was seen where it was not kept, as it came: no sentence, no language."""
    checked: bool = True
    """Whether this machine allowed to try it at all."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a drill plays."""

    drill: str
    folder: Path
    """Everything a drill may touch; removed afterwards."""
    seed: int
    """Chance is drawn from it, so that a failure can be repeated."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """For processes a drill starts: nothing in it leads to the person's data, keys or providers."""
    found: list[Fact] = field(default_factory=list)
    """Every fact so far: what a drill saw is told even when it then fails itself."""

    @property
    def shadow(self) -> Home:
        """The copy of the data folder; empty for a drill that asked for none."""
        return Home(self.folder / "shadow")

    @property
    def scratch(self) -> Path:
        """An empty folder."""
        return self.folder / "scratch"

    def dice(self) -> random.Random:
        """Chance, the same for the same seed."""
        return random.Random(self.seed)  # noqa: S311 - chooses moments and places of faults, protects nothing

    def fact(self, promise: str, ok: bool, seen: object = "", /, **figures: str | float) -> Fact:
        """Tell whether the promise `promise` of this drill's texts was kept; `seen` is kept for a broken one only."""
        text = "" if ok else str(seen)[:SEEN_CHARACTERS]
        return self._noted(Fact(ok, Words(f"drill-{self.drill}.{promise}", figures), text))

    def broken(self, promise: str, seen: object, /, **figures: str | float) -> Fact:
        """Tell that a promise could not even be looked at, because what comes before it failed."""
        ok = False
        return self.fact(promise, ok, seen, **figures)

    def unchecked(self, promise: str, /, **figures: str | float) -> Fact:
        """Tell what could not be tried on this machine, and why."""
        return self._noted(Fact(ok=True, what=Words(f"drill-{self.drill}.{promise}", figures), checked=False))

    def _noted(self, fact: Fact) -> Fact:
        self.found.append(fact)
        return fact


def in_words(error: BaseException) -> bool:
    """Whether a person is told what happened, in texts of its own rather than the general ones."""
    if not isinstance(error, MultiCoderError):
        return False
    return explain(error, DEFAULT_LOCALE).what != tr("error-internal", DEFAULT_LOCALE)


Part = Callable[[Stage, Mapping[str, Any]], Awaitable[Any]]
"""What another process of a drill does with its order; returns JSON."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A fault and how MultiCoder is expected to take it."""

    id: str
    fault: str
    """Rows of the fault matrix and the threat model it stands for."""
    seconds: float
    """About how long it takes on two cores."""
    run: Callable[[Stage], Awaitable[list[Fact]]]
    shadow: bool = False
    """Whether it needs a copy of the data folder."""
    safe: bool = True
    """Whether it is harmless even where the guard it tests is missing; only these are run without being asked for."""
    parts: Mapping[str, Part] = field(default_factory=dict)
    """What processes it starts do."""

    @property
    def name(self) -> Words:
        """A few words."""
        return Words(f"drill-{self.id}")

    @property
    def story(self) -> Words:
        """What is broken, in one sentence."""
        return Words(f"drill-{self.id}.story")


@dataclass(frozen=True, slots=True)
class DrillReport:
    """How a drill ended."""

    drill: Drill
    seed: int
    facts: tuple[Fact, ...]
    seconds: float

    @property
    def state(self) -> State:
        """Broken as soon as one promise was, held when at least one could be tried."""
        if any(not fact.ok for fact in self.facts):
            return "broken"
        return "held" if any(fact.checked for fact in self.facts) else "unchecked"


def say(answer: Any) -> None:
    """Print one line of JSON for the process that listens to a drill's own one."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
