"""What goes wrong with a web chat, in the faults every provider has, with texts of their own for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.providers.errors_map import RejectedError, shorten
from core.errors import ConfigurationError, ProviderError, ProviderFault

if TYPE_CHECKING:
    from agents.providers.webchat.recipe import Recipe


class WebChatError(ProviderError):
    """A web chat could not answer.

    bad_key: a person has to act on the page. rate_limited: the site, or the pace of a person, says not now.
    too_long: the message or the answer did not fit. transient: no answer in time, the window was closed.
    """

    def __init__(
        self, fault: ProviderFault, /, *, model: str, detail: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(fault, model=model, detail=shorten(detail), retry_after=retry_after)
        self.code = f"web-{fault.replace('_', '-')}"


class UnfitError(WebChatError, RejectedError):
    """The recipe does not fit the page, or there is nothing to open it with: trying again would not help."""


def useless(error: ConfigurationError, model: str) -> UnfitError:
    """Say of a model what kept its page from being opened at all, in the words for that."""
    facts = {"model": model, **error.facts}
    told = UnfitError("malformed", model=model, detail=" ".join(str(fact) for fact in error.facts.values()))
    told.code, told.facts = error.code, {"detail": str(told.facts["detail"]), **facts}
    return told


def unfit(recipe: Recipe, name: str, detail: str, *, model: str) -> UnfitError:
    """Say which line of the recipe does not fit the page."""
    key = f"selectors.{name}"
    value = getattr(recipe.selectors, name)
    return UnfitError("malformed", model=model, detail=f"{recipe.place(key)} {key} = '{value}': {detail}")


__all__ = ["UnfitError", "WebChatError", "unfit", "useless"]
