"""Opening the gateway of a person: the providers that are set up, with their keys, as far as a team wants them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from agents.providers.authorising import authorisation
from agents.providers.gateway import Access, FleetGateway
from agents.providers.key_pool import Key
from agents.providers.keys import KeyStore, Secret
from agents.providers.price_list import PriceList, imported_prices
from agents.providers.registry import ENV_PROVIDER, KEY_VARIABLE, Registry, from_environment
from agents.providers.reply_cache import FOLDER, ReplyCache
from agents.providers.styles import OWN
from agents.providers.team import Candidate
from agents.providers.webchat.chats import web_chats_of
from core.errors import ConfigurationError, InputError, StorageError
from core.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.providers.gateway import Policy
    from agents.providers.registry import Provider
    from agents.providers.styles import Style
    from core.events import EventSink, Json
    from core.paths import Home
_LOCKED: Final = "vault-locked"


async def open_gateway(
    home: Home,
    *,
    environ: Mapping[str, str],
    sink: EventSink,
    policy: Policy | None = None,
    style: Style = OWN,
    writer: str = "",
    best_of: int = 1,
) -> FleetGateway:
    """Join the environment's provider and the enabled rows of the registry, as far as the team preset wants them.

    `writer` (`provider:model`) takes the place of whoever else would plan, code, pack and answer.
    Raises InputError `unknown-model`, ConfigurationError `no-provider`, `no-provider-for-team`, or what kept the keys
    away when no row is usable because of that.
    """
    registry = Registry(home.providers)
    prices = await asyncio.to_thread(_prices, home, sink)
    named = from_environment(environ)
    given = environ.get(KEY_VARIABLE, "").strip()
    rows = [row for row in registry.list() if row.enabled and row.id != ENV_PROVIDER]
    if named is None and given and len(rows) == 1:
        named = rows.pop()  # the one row and the one key belong together; with more rows it would be a guess
    rows = [prices.onto(row) for row in rows]
    fleet = [Access.by(prices.onto(named), Secret(given) if given else None)] if named else []
    store = KeyStore(home)
    found = await asyncio.gather(*(_access(row, store, sink) for row in rows))
    fleet += [access for access in found if isinstance(access, Access)]
    if not fleet:
        reasons = [reason for reason in found if isinstance(reason, ConfigurationError)]
        # Unlocking is the one thing that makes a provider usable at once.
        raise min(reasons, key=lambda reason: reason.code != _LOCKED, default=ConfigurationError("no-provider"))
    if not style.chosen([access.provider for access in fleet]):
        raise ConfigurationError("no-provider-for-team", team=style.name)
    chosen = _writer(writer, fleet) if writer else None
    gateway = FleetGateway(
        fleet,
        sink,
        team=registry.team(),
        style=style,
        writer=chosen,
        policy=policy,
        chats=web_chats_of(home),
        cache=ReplyCache(home.root / FOLDER),
        best_of=best_of,
    )
    if any(not access.provider.models for access in fleet):
        await gateway.know_models()
    return gateway


def _prices(home: Home, sink: EventSink) -> PriceList:
    """Read the imported prices; without them work goes on, and what it costs is said to be unknown."""
    try:
        return imported_prices(home)
    except StorageError as error:
        sink.emit(Event("PROVIDER", "prices.unreadable", data={"detail": str(error.facts["detail"])}))
        return PriceList()


def _writer(name: str, fleet: Sequence[Access]) -> Candidate:
    owner, _, model = name.partition(":")
    for access in fleet:
        if access.provider.id == owner and model:
            return Candidate(access.provider, model)
    raise InputError("unknown-model", model=name[:200])


async def _access(provider: Provider, store: KeyStore, sink: EventSink) -> Access | ConfigurationError:
    """Fetch the keys of a row; a key that is not there is left out, and so is a row without any, visibly."""
    if provider.wire.protocol == "web":
        return Access.by(provider)
    rows = [row for row in provider.keys if row.enabled]
    found = await asyncio.gather(*(store.get(provider.stored_as(row)) for row in rows), return_exceptions=True)
    keys, problem = [], ConfigurationError("no-key", provider=provider.id)
    for row, secret in zip(rows, found, strict=True):
        if isinstance(secret, Secret):
            keys.append(Key(authorisation(provider, secret), row))
            continue
        if isinstance(secret, ConfigurationError):
            problem = secret
        elif secret is not None:
            raise secret
        if not provider.local:
            data: dict[str, Json] = {"provider": provider.id, "key": row.label, "code": problem.code}
            sink.emit(Event("PROVIDER", "provider.skipped", data=data))
    if not keys and provider.local and problem.code != _LOCKED:
        return Access.by(provider)
    return Access(provider, tuple(keys)) if keys else problem


__all__ = ["open_gateway"]
