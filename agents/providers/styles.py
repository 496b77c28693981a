"""Team presets: which capability a role asks for, and whose models may give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agents.providers.catalogue import found_preset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.providers.catalogue import Capability
    from agents.providers.registry import Provider
    from core.ports import Role

_USUAL: Final[Mapping[Role, Capability]] = {
    "router": "cheap",
    "judge": "reviewer",
    "architect": "architect",
    "coder": "coder",
    "reviewer": "reviewer",
    "tester": "tester",
    "packager": "cheap",
    "converse": "cheap",
    "researcher": "cheap",
}
_RUSSIA: Final = "russia"


@dataclass(frozen=True, slots=True)
class Style:
    """One way to fill the roles from the providers that are set up."""

    name: str
    asks: Mapping[Role, Capability]
    first: tuple[str, ...] = ()
    """Presets whose models go first."""
    group: str = ""
    """Only providers of this group of the catalogue, when set."""
    best_of: int = 1
    """How many coders write the same module, of which the tests choose one."""

    def capability(self, role: Role) -> Capability:
        """Return what a role asks for."""
        return self.asks[role]

    def chosen(self, providers: Sequence[Provider]) -> list[Provider]:
        """Return the providers that may answer, best first."""
        allowed = [provider for provider in providers if not self.group or _group(provider) == self.group]
        return sorted(allowed, key=lambda provider: provider.preset not in self.first)


OWN: Final = Style("", _USUAL)
"""The person's providers as they stand, with what the person wished for each role."""

STYLES: Final[Mapping[str, Style]] = {
    style.name: style
    for style in (
        # The strongest models everywhere, and two of them write each module.
        Style(
            "thorough",
            {**_USUAL, "judge": "architect", "coder": "architect", "tester": "coder", "packager": "coder"},
            best_of=2,
        ),
        # Quick models, on machines built for speed where there are any.
        Style(
            "fast",
            {**_USUAL, "architect": "coder", "coder": "tester", "reviewer": "tester"},
            first=("groq", "cerebras"),
        ),
        Style("cheap", dict.fromkeys(_USUAL, "cheap")),
        # Providers that work and bill in Russia.
        Style("russian", _USUAL, group=_RUSSIA),
    )
}


def _group(provider: Provider) -> str:
    known = found_preset(provider.preset)
    return known.group if known else ""


__all__ = ["OWN", "STYLES", "Style"]
