"""The desk of one coder: everything that is known while a module is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plan import Finding, ModuleContract, Plan
    from graph.state import RunState
    from graph.workshop import LedgeredCalls, Workshop


@dataclass
class Desk:
    """What one coder has on the desk while working on a module."""

    shop: Workshop
    state: RunState
    plan: Plan
    contract: ModuleContract
    ask: LedgeredCalls
    request: str
    known: Mapping[str, str]
    """Sections of the memory a coder is given."""
    before: dict[str, str]
    """The module's files in the version this turn starts from."""
    around: dict[str, str]
    """Files of the modules it needs, read-only."""
    files: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    model: str = ""
    family: str = ""
    tried: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The module's name."""
        return self.contract["name"]


__all__ = ["Desk"]
