"""How well a model does in a role: counts, latency, and one score from 0 to 100.

Every part of the score is a share of good tries, mixed with `PRIOR_TRIES` imagined ones of which half were good: a
model nobody has tried scores 50, and a few lucky answers do not put it above one that has proved itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.events import Json

PRIOR: Final = 0.5
PRIOR_TRIES: Final = 5
_FULL_MARKS: Final = 100

NOT_THE_MODELS: Final = frozenset({"bad_key", "no_money", "region", "model_gone"})
"""Faults of the account or the set-up: told, but no fault of the model."""

WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "coder": {"quality": 0.5, "first_run": 0.3, "reliability": 0.2},
    "tester": {"quality": 0.5, "reliability": 0.5},
    "architect": {"quality": 0.5, "reliability": 0.5},
}
"""Role -> part of the score -> weight; the other roles are measured by reliability alone."""
_RELIABILITY_ALONE: Final[Mapping[str, float]] = {"reliability": 1.0}


@dataclass(slots=True)
class Tries:
    """How many tries there were and how many were good."""

    good: int = 0
    of: int = 0

    def note(self, good: bool) -> None:
        """Count one try."""
        self.good += good
        self.of += 1

    def share(self) -> float:
        """The share of good ones, drawn towards the prior while there are few."""
        return (self.good + PRIOR * PRIOR_TRIES) / (self.of + PRIOR_TRIES)


@dataclass(slots=True)
class Record:
    """What one model did in one role, while it is being counted."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    unpriced_calls: int = 0
    seconds: list[float] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    findings: int = 0
    review_findings: int = 0
    modules: int = 0
    module_drafts: int = 0
    repairs: int = 0
    quality: Tries = field(default_factory=Tries)
    """Drafts accepted (coder), test suites that noticed every seeded fault (tester), plans delivered (architect)."""
    first_run: Tries = field(default_factory=Tries)
    """Runs whose tests passed at the first try with a module of this model in them."""
    liked: int = 0
    disliked: int = 0

    def failed(self, fault: str) -> None:
        """Count a question this model did not answer."""
        self.failures[fault] = self.failures.get(fault, 0) + 1

    def scored(self, model: str, role: str) -> ModelScore:
        """The finished figures."""
        failures = sum(self.failures.values())
        asked = self.calls + failures
        times = sorted(self.seconds)
        return ModelScore(
            model=model,
            role=role,
            calls=self.calls,
            failures=dict(sorted(self.failures.items())),
            substitution_rate=failures / asked if asked else 0.0,
            latency_median=_quantile(times, 0.5),
            latency_p90=_quantile(times, 0.9),
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            cost_usd=self.cost_usd,
            unpriced_calls=self.unpriced_calls,
            drafts=self.quality.of if role == "coder" else 0,
            drafts_accepted=self.quality.good if role == "coder" else 0,
            findings=self.findings,
            review_findings=self.review_findings,
            modules=self.modules,
            drafts_per_module=self.module_drafts / self.modules if self.modules else 0.0,
            repairs=self.repairs,
            first_runs=self.first_run.of,
            first_runs_ok=self.first_run.good,
            quality_tries=self.quality.of,
            quality_good=self.quality.good,
            liked=self.liked,
            disliked=self.disliked,
            score=self._score(role),
            samples=asked,
        )

    def _score(self, role: str) -> float:
        counted = sum(count for fault, count in self.failures.items() if fault not in NOT_THE_MODELS)
        parts = {
            "quality": self.quality.share(),
            "first_run": self.first_run.share(),
            "reliability": Tries(self.calls, self.calls + counted).share(),
        }
        weights = WEIGHTS.get(role, _RELIABILITY_ALONE)
        return round(_FULL_MARKS * sum(weight * parts[part] for part, weight in weights.items()), 1)


@dataclass(frozen=True, slots=True)
class ModelScore:
    """How one model did in one role. Times are seconds, money is USD of the calls whose price is known."""

    model: str
    role: str
    calls: int
    failures: Mapping[str, int]
    """Fault -> how often it kept this model from answering."""
    substitution_rate: float
    """Share of the questions that went on to another model or key."""
    latency_median: float
    latency_p90: float
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float
    unpriced_calls: int
    drafts: int
    drafts_accepted: int
    findings: int
    """Blocking findings against its drafts."""
    review_findings: int
    """Those of them that a reviewer found."""
    modules: int
    drafts_per_module: float
    repairs: int
    """Repair rounds its accepted modules needed later."""
    first_runs: int
    first_runs_ok: int
    quality_tries: int
    quality_good: int
    liked: int
    """Answers and programs a person called good; what people like is told, it is not part of the score."""
    disliked: int
    score: float
    samples: int

    def as_dict(self) -> dict[str, Json]:
        """Return it as one JSON object."""
        values: dict[str, Json] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**values, "failures": dict(self.failures)}


def _quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile of sorted values; 0.0 when there are none."""
    return round(values[max(0, math.ceil(share * len(values)) - 1)], 3) if values else 0.0
