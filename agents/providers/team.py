"""Who answers for a role: the team's preferences, narrowed to what the endpoints offer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agents.providers.catalogue import found_preset
from agents.providers.families import family_of
from agents.providers.styles import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agents.providers.catalogue import Capability
    from agents.providers.registry import Provider, Team
    from agents.providers.styles import Style
    from core.ports import Role

MOST_UNNAMED: Final = 4
"""How many models are tried of a provider for which the person named none."""

_NO_CHAT: Final = re.compile(
    r"embed|whisper|tts|transcri|moderation|image|dall-e|audio|speech|realtime|rerank|video|vision-preview|ocr|guard"
    r"|davinci|babbage|sora|veo|imagen|lyria|bge-|flux|stable-diffusion",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model of one provider."""

    provider: Provider
    model: str

    @property
    def id(self) -> str:
        """`provider:model`."""
        return f"{self.provider.id}:{self.model}"

    @property
    def family(self) -> str:
        """The family it belongs to."""
        return family_of(self.model, self.provider.id, self.provider.family)


def candidates(
    role: Role,
    team: Team,
    providers: Sequence[Provider],
    offered: Mapping[str, Sequence[str]],
    *,
    style: Style = OWN,
    avoid_family: str = "",
    escalate: int = 0,
) -> list[Candidate]:
    """List the models to ask for `role`, best first.

    `offered` holds the known model lists by provider id; where it says nothing, the preferences are used as given.
    What the person wished for a role counts in the person's own team, not in a preset. The avoided family goes to the
    end; `escalate` turns the list, so that each step begins with another model.
    """
    found: dict[str, Candidate] = {}
    wished = team.get(role, ()) if style is OWN else ()
    chosen, capability = style.chosen(providers), style.capability(role)
    for preference in wished:
        for candidate in _named(preference, providers, offered, capability):
            found.setdefault(candidate.id, candidate)
    if not found:
        for provider in chosen:
            for candidate in _all_of(provider, offered, capability):
                found.setdefault(candidate.id, candidate)
    ordered = sorted(found.values(), key=lambda candidate: bool(avoid_family) and candidate.family == avoid_family)
    turn = escalate % len(ordered) if ordered else 0
    return ordered[turn:] + ordered[:turn]


def _named(
    preference: str, providers: Sequence[Provider], offered: Mapping[str, Sequence[str]], capability: Capability
) -> Iterator[Candidate]:
    """Read `provider:model`, `provider` or `model` (model ids may contain colons themselves)."""
    for provider in providers:
        if preference == provider.id:
            yield from _all_of(provider, offered, capability)
            return
    head, _, tail = preference.partition(":")
    owners = [provider for provider in providers if provider.id == head and tail]
    model = tail if owners else preference
    for provider in owners or providers:
        known = offered.get(provider.id)
        if model in known if known is not None else (owners or model in provider.models):
            yield Candidate(provider, model)


def _all_of(provider: Provider, offered: Mapping[str, Sequence[str]], capability: Capability) -> Iterator[Candidate]:
    known = offered.get(provider.id)
    preferred = provider.models or _of_preset(provider, capability)
    names: Sequence[str] = preferred
    if known is not None:
        names = [name for name in preferred if name in known]
        if not names and provider.models:
            # A list that has none of them is likelier incomplete (aliases, deployments) than the person wrong.
            names = provider.models
        elif not names:
            names = [name for name in known if not _NO_CHAT.search(name)][:MOST_UNNAMED]
    for name in names:
        yield Candidate(provider, name)


def _of_preset(provider: Provider, capability: Capability) -> tuple[str, ...]:
    """Return what the catalogue prefers: for this capability, or where it has no such list, for any."""
    known = found_preset(provider.preset)
    if known is None:
        return ()
    every = (names for name, names in known.models.items() if name != "embedding")
    return known.models.get(capability) or tuple(dict.fromkeys(model for names in every for model in names))


__all__ = ["Candidate", "candidates"]
