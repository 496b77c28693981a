"""Our own methods of the key vault. Passphrases are secrets from the moment they come in, and are never said back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from agents.providers.secret import Secret
from engine.acp.parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from engine.acp.server import Client

_LONGEST_PASSPHRASE: Final = 1_000


async def _status(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    return await client.reactor.key_vault.status()


async def _create(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    await client.reactor.key_vault.create(_passphrase(params, "passphrase"), by=client.via)
    return await _status(client, {})


async def _unlock(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    await client.reactor.key_vault.unlock(_passphrase(params, "passphrase"), by=client.via)
    return await _status(client, {})


async def _lock(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    await client.reactor.key_vault.lock(by=client.via)
    return await _status(client, {})


async def _change(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    old, new = _passphrase(params, "passphrase"), _passphrase(params, "new")
    await client.reactor.key_vault.change(old, new, by=client.via)
    return await _status(client, {})


def _passphrase(params: dict[str, Any], name: str) -> Secret:
    return Secret(Parameters(params).text(name, longest=_LONGEST_PASSPHRASE))


VAULT: Final[dict[str, Callable[[Client, dict[str, Any]], Awaitable[dict[str, Any]]]]] = {
    "vault/status": _status,
    "vault/create": _create,
    "vault/unlock": _unlock,
    "vault/lock": _lock,
    "vault/change": _change,
}
