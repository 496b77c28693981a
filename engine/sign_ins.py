"""The sign-in of one client: one at a time, ended with the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.providers.sign_in import SignIn
from core.errors import InputError

if TYPE_CHECKING:
    from agents.providers.registry import Provider
    from agents.providers.secret import Secret


class SignIns:
    """Begins a sign-in in the place of the one before."""

    def __init__(self) -> None:
        self._open: tuple[Provider, SignIn] | None = None

    @property
    def address(self) -> str:
        """Where the browser has to go; empty when nothing is begun."""
        return self._open[1].address if self._open else ""

    async def begin(self, provider: Provider, locale: str) -> None:
        """Wait for the browser."""
        await self.end()
        self._open = (provider, await SignIn.begin(provider, locale))

    async def finish(self) -> tuple[Provider, Secret]:
        """Wait for the key; raises as `SignIn.key`, and InputError `sign-in-not-begun`."""
        if self._open is None:
            raise InputError("sign-in-not-begun")
        mine = self._open
        provider, signing = mine
        try:
            return provider, await signing.key()
        finally:
            if self._open is mine:
                await self.end()

    async def end(self) -> None:
        """Give up what is begun."""
        if self._open is not None:
            _, signing = self._open
            self._open = None
            await signing.close()


__all__ = ["SignIns"]
