"""Who answers for a role: the team's preferences, narrowed to what the endpoints offer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agents.providers.families import family_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agents.providers.registry import Provider, Team
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
    avoid_family: str = "",
    escalate: int = 0,
) -> list[Candidate]:
    """List the models to ask for `role`, best first.

    `offered` holds the known model lists by provider id; where it says nothing, the preferences are used as given.
    The avoided family goes to the end; `escalate` turns the list, so that each step begins with another model.
    """
    found: dict[str, Candidate] = {}
    for preference in team.get(role, ()):
        for candidate in _named(preference, providers, offered):
            found.setdefault(candidate.id, candidate)
    if not found:
        for provider in providers:
            for candidate in _all_of(provider, offered):
                found.setdefault(candidate.id, candidate)
    ordered = sorted(found.values(), key=lambda candidate: bool(avoid_family) and candidate.family == avoid_family)
    turn = escalate % len(ordered) if ordered else 0
    return ordered[turn:] + ordered[:turn]


def _named(preference: str, providers: Sequence[Provider], offered: Mapping[str, Sequence[str]]) -> Iterator[Candidate]:
    """Read `provider:model`, `provider` or `model` (model ids may contain colons themselves)."""
    for provider in providers:
        if preference == provider.id:
            yield from _all_of(provider, offered)
            return
    head, _, tail = preference.partition(":")
    owners = [provider for provider in providers if provider.id == head and tail]
    model = tail if owners else preference
    for provider in owners or providers:
        known = offered.get(provider.id)
        if model in known if known is not None else (owners or model in provider.models):
            yield Candidate(provider, model)


def _all_of(provider: Provider, offered: Mapping[str, Sequence[str]]) -> Iterator[Candidate]:
    known = offered.get(provider.id)
    if known is None:
        names: Sequence[str] = provider.models
    elif provider.models:
        # A list that has none of them is likelier incomplete (aliases, deployments) than the person wrong.
        names = [name for name in provider.models if name in known] or provider.models
    else:
        names = [name for name in known if not _NO_CHAT.search(name)][:MOST_UNNAMED]
    for name in names:
        yield Candidate(provider, name)


__all__ = ["Candidate", "candidates"]
