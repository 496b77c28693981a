"""The provider methods of the protocol, for one endpoint per row; keys go to the key storage and never come back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from agents.providers.keys import KeyStore, Secret
from agents.providers.registry import Provider, Registry, checked
from core.errors import InputError

if TYPE_CHECKING:
    from acp import schema

    from engine.acp.server import Client

_API: Final = "openai"
_AUTHORISATION: Final = "authorization"
_BEARER: Final = "bearer "
_LONGEST_KEY: Final = 20_000


async def list_(client: Client, _params: schema.ListProvidersRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`providers/list`."""
    rows = await asyncio.to_thread(Registry(client.reactor.home.providers).list)
    return {"providers": [_info(row) for row in rows]}


async def set_(client: Client, params: schema.SetProviderRequest, meta: dict[str, Any]) -> dict[str, Any]:
    """`providers/set`: add an endpoint or change it; a bearer key among the headers goes to the key storage."""
    if params.api_type != _API:
        raise InputError("provider-protocol", protocol=str(params.api_type))
    headers = {name.lower(): value for name, value in (params.headers or {}).items()}
    key = headers.pop(_AUTHORISATION, "")
    if headers:
        raise InputError("provider-headers", headers=", ".join(sorted(headers))[:200])
    models = tuple(str(model) for model in meta.get("models") or ())
    provider = checked(
        Provider(id=params.provider_id, name=params.provider_id, base_url=params.base_url, models=models)
    )
    if len(key) > _LONGEST_KEY:
        raise InputError("provider-headers", headers=_AUTHORISATION)
    if key:
        secret = key[len(_BEARER) :] if key.lower().startswith(_BEARER) else key
        await KeyStore(client.reactor.home).set(provider.id, Secret(secret.strip()))
    await asyncio.to_thread(Registry(client.reactor.home.providers).add, provider)
    await client.reactor.providers_changed()
    return {}


async def disable(client: Client, params: schema.DisableProviderRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`providers/disable`."""
    registry = Registry(client.reactor.home.providers)
    await asyncio.to_thread(lambda: registry.enable(params.provider_id, enabled=False))
    await client.reactor.providers_changed()
    return {}


def _info(row: Provider) -> dict[str, Any]:
    info: dict[str, Any] = {
        "providerId": row.id,
        "supported": [_API],
        "required": False,
        "_meta": {"multicoder": {"name": row.name, "models": list(row.models), "enabled": row.enabled}},
    }
    if row.enabled:
        info["current"] = {"apiType": _API, "baseUrl": row.base_url}
    return info
