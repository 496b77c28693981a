"""One request on its way to an answer: who is left, who is ready when, what was tried.

    bad_key, no_money                  the next key of the provider at once; without one the provider is out
    region                             the provider is out for this request, the next candidate at once
    model_gone, refused, too_long      this model is out, the next candidate at once
    malformed                          the next candidate; a rejected request or a second time puts the model out
    rate_limited                       the next key that is in order at once; without one as the next line
    transient                          the next candidate that is ready; the failed one is ready again after its pause

It ends when no candidate is left, the attempts are used up or the next pause would pass the deadline. The deadline ends
trying, not an answer that is coming: that one has the time-outs of its call.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from agents.providers.errors_map import RejectedError
from core.ports import Usage

if TYPE_CHECKING:
    import random

    from agents.providers.team import Candidate
    from core.errors import ProviderError

PROVIDER_FAULTS: Final = frozenset({"bad_key", "no_money", "region"})
"""What is wrong with the account, so with all its models."""
_MODEL_FAULTS: Final = frozenset({"model_gone", "refused", "too_long"})


class Clock(Protocol):
    """Time, so that a test need not wait."""

    def now(self) -> float:
        """Seconds, never going back."""

    async def sleep(self, seconds: float) -> None:
        """Let others work for `seconds`."""


class SystemClock:
    """The real time."""

    def now(self) -> float:
        """Read the monotonic clock."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Policy:
    """How long and how often a request is tried; seconds."""

    deadline: float = 300.0
    attempts: int = 8
    first_pause: float = 0.5
    longest_pause: float = 30.0
    parallel: int = 8
    """Calls at one time per provider."""
    memory: float = 60.0
    """How long a provider with a bad key, or a model that is gone, goes to the end of the line."""
    list_seconds: float = 5.0
    """How long a provider may take to list its models."""


@dataclass(slots=True)
class Pursuit:
    """The state of one request."""

    left: list[Candidate]
    policy: Policy
    clock: Clock
    dice: random.Random
    notes: list[str] = field(default_factory=list)
    spent: Usage = field(default_factory=Usage)
    """What unusable answers have cost."""
    attempts: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    ready: dict[str, float] = field(default_factory=dict)
    """When a candidate that failed may be asked again."""
    refused: dict[str, set[str]] = field(default_factory=dict)
    """Labels of the keys that were refused, by provider."""
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = self.clock.now() + self.policy.deadline

    @property
    def remaining(self) -> float:
        """Seconds to the deadline."""
        return self.deadline - self.clock.now()

    @property
    def over(self) -> bool:
        """Whether there is nobody or no time left to ask."""
        if not self.left or self.attempts >= self.policy.attempts:
            return True
        return max(self.ready.get(self.next().id, 0.0), self.clock.now()) >= self.deadline

    def next(self) -> Candidate:
        """Return who is ready first; the order of preference decides among equals."""
        return min(self.left, key=lambda candidate: self.ready.get(candidate.id, 0.0))

    async def begin(self) -> Candidate:
        """Wait until the next candidate is ready and count the attempt."""
        candidate = self.next()
        pause = self.ready.get(candidate.id, 0.0) - self.clock.now()
        if pause > 0:
            await self.clock.sleep(pause)
        self.attempts += 1
        return candidate

    def bar(self, candidate: Candidate, key: str) -> None:
        """Do not use this key of the candidate's provider again."""
        self.refused.setdefault(candidate.provider.id, set()).add(key)

    def barred(self, candidate: Candidate) -> frozenset[str]:
        """Return the keys of the candidate's provider that are not to be used again."""
        return frozenset(self.refused.get(candidate.provider.id, ()))

    def failed(self, candidate: Candidate, error: ProviderError, *, another_key: bool = False) -> None:
        """Put the candidate out, or say when it is ready again: at once with another key."""
        if another_key:
            return
        failures = self.failures[candidate.id] = self.failures.get(candidate.id, 0) + 1
        if error.fault in PROVIDER_FAULTS:
            self.left = [other for other in self.left if other.provider.id != candidate.provider.id]
        elif (
            error.fault in _MODEL_FAULTS
            or isinstance(error, RejectedError)
            or (error.fault == "malformed" and failures > 1)
        ):
            self.left.remove(candidate)
        else:
            self.ready[candidate.id] = self.clock.now() + self._pause(failures, error.retry_after or 0.0)

    def _pause(self, failures: int, asked_for: float) -> float:
        pause = max(self.policy.first_pause * 2.0 ** (failures - 1), asked_for)
        return min(pause * self.dice.uniform(1.0, 1.25), self.policy.longest_pause)


__all__ = ["PROVIDER_FAULTS", "Clock", "Policy", "Pursuit", "SystemClock"]
