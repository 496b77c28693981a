"""Looks at what is not ours: the providers of models, the way to them, and the system's key storage."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from agents.providers.accounts import Accounts
from agents.providers.discovery import SECONDS, check
from agents.providers.keys import Keyring, Secret
from agents.providers.registry import ENV_PROVIDER, KEY_VARIABLE, ROLES, Registry, from_environment
from agents.providers.team import candidates
from agents.providers.vault import vault_of
from core.errors import ConfigurationError, StorageError
from core.i18n import Words
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.telling import broken, not_well, poor, well
from engine.recovery.databases import CANARY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.providers.discovery import CheckResult
    from agents.providers.registry import Provider
    from agents.providers.vault import VaultState
    from core.paths import Home
    from engine.health.telling import Fact

_CONNECT_SECONDS: Final = 5.0
_NOTICE: Final = timedelta(days=30)
_TROUBLES: Final = ("bad_key", "no_money", "limited", "region", "unreachable", "elsewhere")
_CANARIES: Final = ("multicoder-canary-one", "multicoder-canary-two")
"""Two values in turn: what is read back was really written, and the redactor learns no more than these."""
VAULT_OPEN: Final = "health-vault-unlocked"
VAULT_LOCKED: Final = "health-vault-locked"


@dataclass(frozen=True, slots=True)
class Fleet:
    """The providers a person set up, read anew at each look."""

    home: Home
    environ: Mapping[str, str]

    def enabled(self) -> list[Provider]:
        """Return every provider that is switched on, that of the environment first. Blocks; raises StorageError."""
        named = from_environment(self.environ)
        rows = [row for row in Registry(self.home.providers).list() if row.enabled]
        return [*([named] if named else []), *rows]

    def get(self, provider_id: str) -> Provider | None:
        """Return one that is switched on, None when it is no more. Blocks."""
        return next((row for row in self.enabled() if row.id == provider_id), None)

    def needs_keys(self) -> bool:
        """Whether keys have to be kept; a list that cannot be read may name who needs one. Blocks."""
        try:
            return any(not row.keyless and row.id != ENV_PROVIDER for row in self.enabled())
        except StorageError:
            return True

    def used(self, provider: Provider, offered: Sequence[str]) -> set[str]:
        """Return the models of a provider that answer for any role. Blocks."""
        team = Registry(self.home.providers).team()
        by_role = (candidates(role, team, [provider], {provider.id: offered}) for role in ROLES)
        return {candidate.model for found in by_role for candidate in found}

    async def tried(self, provider: Provider) -> dict[str, CheckResult]:
        """Try each enabled key of a provider, by label. Raises ConfigurationError when one cannot be fetched."""
        if provider.id != ENV_PROVIDER:
            return await Accounts(self.home).check(provider.id)
        value = self.environ.get(KEY_VARIABLE, "").strip()
        return {"": await check(provider, Secret(value) if value else None)}


def provider(fleet: Fleet, provider_id: str) -> Probe:
    """The provider is asked for its models with each of the person's keys."""

    async def read() -> Reading:
        row = await aside(lambda: fleet.get(provider_id))
        if row is None:
            return not_well("unknown", "health-provider-gone", provider=provider_id)
        if row.wire.protocol == "web":  # a look would open a window, and nobody asked for one
            return not_well("unknown", "health-provider-web")
        began = time.monotonic()
        try:
            found = await fleet.tried(row)
        except ConfigurationError as error:
            if error.code == "vault-locked":
                return broken("health-provider-vault-locked")
            return broken("health-provider-no-keyring", detail=str(error.facts.get("detail") or error.code))
        return await _judged(fleet, row, found, round((time.monotonic() - began) * 1000))

    # A look at an endpoint whose list of models is public costs an answer of one token, so it is not taken often.
    name = Words("health-system-provider", {"provider": provider_id})
    limits = Words("health-limits-provider", {"seconds": SECONDS})
    return Probe(f"provider:{provider_id}", name, read, 900, 2 * SECONDS + 15, limits=limits)


async def _judged(fleet: Fleet, row: Provider, found: Mapping[str, CheckResult], spent: int) -> Reading:
    working = [result for result in found.values() if _works(result)]
    if not working:
        return _none_works(row, list(found.values()))
    if len(working) < len(found):
        return poor("health-provider-some-keys", **_by_trouble(found))
    models = {name for result in working for name in result.models}
    ending = {model: day for result in working for model, day in result.retiring.items() if _soon(day)}
    used = await aside(lambda: fleet.used(row, sorted(models))) if ending else set()
    if days := sorted((day, model) for model, day in ending.items() if model in used):
        return poor("health-provider-retiring", models=", ".join(f"{model} ({day})" for day, model in days))
    return well("health-provider-ok", keys=len(found), models=len(models), milliseconds=spent)


def _works(result: CheckResult) -> bool:
    """Whether requests with this key get through, which are sent to where the row stands."""
    return result.state == "valid" and not result.base_url


def _none_works(row: Provider, found: Sequence[CheckResult]) -> Reading:
    """Say why, by the key with the best prospects."""
    if not found:
        return broken("health-provider-no-key", provider=row.id)
    result = min(found, key=lambda result: (result.state != "limited", not result.base_url))
    if result.base_url:
        return broken("health-provider-elsewhere", provider=row.id, address=result.base_url)
    message = f"health-provider-{result.state.replace('_', '-')}"
    return (poor if result.state == "limited" else broken)(message, provider=row.id, detail=result.detail)


def _by_trouble(found: Mapping[str, CheckResult]) -> dict[str, Fact]:
    """Name the keys by what is wrong with them; one without a name goes by its place."""
    named: dict[str, list[str]] = {trouble: [] for trouble in _TROUBLES}
    for place, (label, result) in enumerate(found.items(), start=1):
        if not _works(result):
            named["elsewhere" if result.base_url else result.state].append(label or f"#{place}")
    facts = {trouble.replace("_", "-"): ", ".join(labels) or "none" for trouble, labels in named.items()}
    return {**facts, "keys": len(found), "working": sum(map(_works, found.values()))}


def _soon(day: str) -> bool:
    """Whether a model ends within a month, or has ended; what a maker writes need not be a day."""
    try:
        return date.fromisoformat(day[:10]) <= datetime.now(tz=UTC).date() + _NOTICE
    except ValueError:
        return False


def keyring(fleet: Fleet) -> Probe:
    """A canary entry is kept, read back and removed; where that cannot be, there may be a vault instead."""
    looks = 0

    async def read() -> Reading:
        nonlocal looks
        looks += 1
        said = Secret(_CANARIES[looks % 2])
        store = Keyring()
        began = time.monotonic()
        try:
            await store.set(CANARY, said)
            found = await store.get(CANARY)
            await store.remove(CANARY)
        except ConfigurationError as error:
            state = await aside(lambda: _vault_state(fleet.home))
            if state == "unlocked":
                return well(VAULT_OPEN)
            worse = broken if await aside(fleet.needs_keys) else poor
            if state == "locked":
                return worse(VAULT_LOCKED)
            return worse("health-keyring-refused", detail=str(error.facts.get("detail", "")))
        if found != said:
            return broken("health-keyring-forgets")
        return well("health-keyring-ok", milliseconds=round((time.monotonic() - began) * 1000))

    return Probe("keyring", Words("health-system-keyring"), read, 600, 25, limits=Words("health-limits-keyring"))


def _vault_state(home: Home) -> VaultState:
    """A vault that cannot be used is none; what is wrong with it is told where a key of it is needed. Blocks."""
    try:
        return vault_of(home).state
    except ConfigurationError:
        return "absent"


def network(fleet: Fleet) -> Probe:
    """A connection is opened to the host of a provider, or to the proxy that leads there, and closed again."""

    async def read() -> Reading:
        rows = await aside(fleet.enabled)
        if not rows:
            return not_well("unknown", "health-network-nowhere")
        refused = ""
        for row in sorted(rows, key=lambda row: row.local):
            host, port = _way_to(row)
            began = time.monotonic()
            try:
                async with asyncio.timeout(_CONNECT_SECONDS):
                    _, writer = await asyncio.open_connection(host, port)
            except (OSError, TimeoutError) as error:
                refused = refused or f"{host}:{port}: {_reason(error)}"
                continue
            writer.close()
            return well("health-network-ok", host=host, milliseconds=round((time.monotonic() - began) * 1000))
        return broken("health-network-down", detail=refused)

    limits = Words("health-limits-network", {"seconds": _CONNECT_SECONDS})
    return Probe("network", Words("health-system-network"), read, 60, 30, limits=limits)


def _way_to(row: Provider) -> tuple[str, int]:
    """Return whom a request to the provider connects to first."""
    address = urlsplit(row.base_url)
    host = address.hostname or ""
    if not row.local:
        proxies = getproxies()
        proxy = proxies.get(address.scheme) or proxies.get("all")
        if proxy and not proxy_bypass(host):
            there = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
            return there.hostname or "", there.port or 80
    return host, address.port or (443 if address.scheme == "https" else 80)


def _reason(error: OSError | TimeoutError) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or type(error).__name__


__all__ = ["VAULT_LOCKED", "VAULT_OPEN", "Fleet", "keyring", "network", "provider"]
