"""The protocols models are spoken to with: what a client library needs, and nothing that is decided by others."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langchain_core.language_models import BaseChatModel

    from agents.providers.authorising import Authorisation
    from agents.providers.catalogue import Protocol as Name
    from agents.providers.registry import Provider

_TRACING: Final = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")


class Speaker(Protocol):
    """A module of this package: it makes a client and puts the parts of a request where its protocol has them."""

    def build(
        self, provider: Provider, shown: Authorisation, model: str, *, gap: float, connect: float
    ) -> BaseChatModel:
        """Import the library and make its client; slow, for a thread. Seconds: between two pieces, to connect."""

    def arguments(self, body: Mapping[str, Any], *, usage: bool) -> dict[str, Any]:
        """Turn OpenAI-shaped body fields into what the client's `astream` takes."""

    async def close(self, chat: Any) -> None:
        """Close the connections of a client."""


def speaker(protocol: Name) -> Speaker:
    """Load the module of a protocol."""
    # Left-over switches of LangChain's first tracer make every call fail; the present one is off per call.
    for name in _TRACING:
        os.environ.pop(name, None)
    return cast("Speaker", import_module(f"agents.providers.protocols.{protocol}"))


__all__ = ["Speaker", "speaker"]
