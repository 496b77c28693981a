"""Readings in words: what was seen, and what the person should do when something is wrong.

The text of an evidence carries its advice as the attribute `.action`, with the same facts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.errors import MultiCoderError
from core.i18n import DEFAULT_LOCALE, MissingTextError, Words, tr
from core.redaction import redact
from engine.health.probe import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.health.probe import State

Fact = str | float

_LONGEST_FACT: Final = 300


def well(message: str, /, **facts: Fact) -> Reading:
    """The system works."""
    return Reading("ok", Words(message, clean(facts)))


def not_well(state: State, message: str, /, **facts: Fact) -> Reading:
    """The system is in `state`; the text has advice."""
    shown = clean(facts)
    return Reading(state, Words(message, shown), Words(f"{message}.action", shown))


def poor(message: str, /, **facts: Fact) -> Reading:
    """The system works badly, or soon will not."""
    return not_well("degraded", message, **facts)


def broken(message: str, /, **facts: Fact) -> Reading:
    """The system does not work."""
    return not_well("down", message, **facts)


def refused(error: BaseException) -> Reading:
    """Tell what a look raised: our own errors have their words, of others the class is told."""
    if isinstance(error, MultiCoderError):
        facts = clean(error.facts)
        told = Reading("down", Words(f"error-{error.code}", facts), Words(f"error-{error.code}.next", facts))
        if is_tellable(told.evidence) and told.action is not None and is_tellable(told.action):
            return told
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return broken("health-raised", error=type(error).__name__, detail=detail)


def redacted(reading: Reading) -> Reading:
    """Return the reading without secrets and without endless texts."""
    action = reading.action
    return replace(
        reading,
        evidence=replace(reading.evidence, facts=clean(reading.evidence.facts)),
        action=replace(action, facts=clean(action.facts)) if action else None,
    )


def clean(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return facts that can be shown and kept."""
    return {name: _shown(value) for name, value in facts.items()}


def is_tellable(words: Words) -> bool:
    """Whether the catalogue has the text and the facts are all there."""
    try:
        words.text(DEFAULT_LOCALE)
    except MissingTextError:
        return False
    return True


def said(words: Words, locale: str) -> str:
    """Return the text; a board that was kept by another version may name one that this version does not have."""
    try:
        return words.text(locale)
    except MissingTextError:
        return tr("health-untold", locale, message=words.message)


def _shown(value: Fact) -> Fact:
    return redact(" ".join(value.split()))[:_LONGEST_FACT] if isinstance(value, str) else value


__all__ = ["broken", "clean", "is_tellable", "not_well", "poor", "redacted", "refused", "said", "well"]
