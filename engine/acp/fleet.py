"""Our own methods of providers, keys and teams. A key comes in once and never goes out again; a hint of it does."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agents.providers.accounts import Accounts, from_preset
from agents.providers.catalogue import gone, preset, presets
from agents.providers.opening import team_of
from agents.providers.price_list import import_prices, imported_prices
from agents.providers.registry import ROLES, KeyRow, Price, Provider, Registry
from agents.providers.secret import Secret
from agents.providers.styles import STYLES
from agents.providers.webchat.chats import web_chats_of
from core.errors import InputError, MultiCoderError
from core.events import Event
from core.i18n import explain, tr
from engine.acp.parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.accounts import KeyFacts
    from agents.providers.catalogue import Preset
    from agents.providers.discovery import CheckResult
    from engine.acp.server import Client

_LONGEST_SECRET: Final = 20_000
_HIGHEST_PRICE: Final = 1_000_000
_TEXTS: Final = ("name", "family", "group", "proxy", "account", "certificate")


# ---------------------------------------------------------------------------------------------------- looking


async def _rows(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    accounts = Accounts(client.reactor.home)
    rows = await asyncio.to_thread(accounts.rows)
    return {"providers": [await _row(client, accounts, row) for row in rows]}


async def _presets(_client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    lost = [
        {"id": row.id, "name": row.name, "since": row.since.isoformat() if row.since else "", "instead": row.instead}
        for row in gone()
    ]
    return {"presets": [_preset(known) for known in presets()], "gone": lost}


async def _check(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Try the keys of a row; whatever else is given than its id is tried in its place, and nothing of it is kept."""
    given, accounts = Parameters(params), Accounts(client.reactor.home)
    begun = time.monotonic()
    if set(params) <= {"id"}:
        row = await asyncio.to_thread(accounts.get, given.text("id"))
        found = await accounts.check(row.id)
    else:
        row, key = await _meant(accounts, given)
        found = {"": await accounts.try_out(row, key)}
    keys = [{"label": label, **_checked(client, row, result)} for label, result in found.items()]
    return {"keys": keys, "milliseconds": round((time.monotonic() - begun) * 1_000)}


async def _team(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    wished = await asyncio.to_thread(Registry(client.reactor.home.providers).team)
    return {
        "roles": [{"role": role, "wished": list(wished.get(role, ()))} for role in ROLES],
        "presets": list(STYLES),
    }


# ---------------------------------------------------------------------------------------------------- changing


async def _save(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Add a row or change one: what is not given stays as it is, for a new row as its preset has it."""
    given, accounts = Parameters(params), Accounts(client.reactor.home)
    row, key = await _meant(accounts, given)
    await accounts.save(row, key)
    await _told(client, "provider.saved", row.id)
    return await _rows(client, {})


async def _remove(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    name = Parameters(params).text("id")
    await Accounts(client.reactor.home).remove(name)
    await _told(client, "provider.removed", name)
    return await _rows(client, {})


async def _enable(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    name, enabled = given.text("id"), given.switch("enabled", default=True)
    await asyncio.to_thread(lambda: Accounts(client.reactor.home).enable(name, enabled=enabled))
    await _told(client, "provider.enabled" if enabled else "provider.disabled", name)
    return await _rows(client, {})


async def _order(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    names = Parameters(params).texts("ids")
    await asyncio.to_thread(Accounts(client.reactor.home).order, names)
    await _told(client, "providers.ordered", ", ".join(names))
    return await _rows(client, {})


async def _set_key(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    name, value = given.text("id"), given.text("key", "", longest=_LONGEST_SECRET).strip()
    row = KeyRow(
        given.text("label", ""),
        given.switch("enabled", default=True),
        given.whole("perMinute", 0, most=100_000),
        given.whole("parallel", 0, most=100_000),
    )
    await Accounts(client.reactor.home).set_key(name, row, Secret(value) if value else None)
    await _told(client, "provider.key_set", name)
    return await _rows(client, {})


async def _remove_key(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    name = given.text("id")
    await Accounts(client.reactor.home).remove_key(name, given.text("label", ""))
    await _told(client, "provider.key_removed", name)
    return await _rows(client, {})


async def _roster(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Who would answer for each role of a team now, or in words why nobody can."""
    team = team_of(Parameters(params).text("team", ""), client.reactor.settings.team)
    try:
        async with client.reactor.engine.crews.at_work(team) as crew:
            return {"answers": dict(crew.gateway.roster()), "models": list(crew.gateway.models()), "problem": ""}
    except MultiCoderError as error:
        told = explain(error, client.locale)
        return {"answers": {}, "models": [], "problem": f"{told.what} {told.next}".strip()}


async def _set_team(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    wished = Parameters(params).mapping("roles")
    if unknown := sorted(set(wished) - set(ROLES)):
        raise InputError("bad-parameter", name=f"roles.{unknown[0]}"[:80], wanted=", ".join(ROLES))
    team = {role: Parameters(wished).texts(role) for role in ROLES if role in wished}
    await asyncio.to_thread(Registry(client.reactor.home.providers).set_team, team)
    await _told(client, "team.saved", ", ".join(team))
    return await _team(client, {})


# ---------------------------------------------------------------------------------------------------- signing in


async def _sign_in(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Begin a sign-in: the client sends the person's browser to the address and then waits for the key."""
    given = Parameters(params)
    fresh = from_preset(given.text("preset"), given.text("id", ""))
    known = {other.id: other for other in await asyncio.to_thread(Accounts(client.reactor.home).rows)}
    row = known.get(fresh.id, fresh)
    if not preset(fresh.preset).sign_in:
        raise InputError("sign-in-unknown", provider=row.name)
    await client.sign_ins.begin(row, client.tongue())
    return {"id": row.id, "address": client.sign_ins.address}


async def _signed_in(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    """Wait until the person is through, and keep the key with its provider, which is added when it is new."""
    row, key = await client.sign_ins.finish()
    accounts = Accounts(client.reactor.home)
    known = {other.id: other for other in await asyncio.to_thread(accounts.rows)}
    await accounts.save(replace(known.get(row.id, row), enabled=True), key)
    await _told(client, "provider.signed_in", row.id)
    return await _rows(client, {})


async def _sign_in_at_page(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Open the page of a web chat in a window of its own, wait until it is closed, and look whether that worked."""
    accounts = Accounts(client.reactor.home)
    row = await asyncio.to_thread(accounts.get, Parameters(params).text("id"))
    if row.wire.protocol != "web":
        raise InputError("sign-in-unknown", provider=row.name)
    await web_chats_of(client.reactor.home).sign_in(row)
    await _told(client, "provider.signed_in", row.id)
    return await _check(client, {"id": row.id})


async def _sign_in_ended(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    await client.sign_ins.end()
    return {}


# ---------------------------------------------------------------------------------------------------- files


async def _export(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    file, phrase = _file(given), given.text("passphrase", "", longest=_LONGEST_SECRET)
    if file.exists() and not given.switch("overwrite"):
        raise InputError("export-exists", path=str(file)[:300])
    keys = await Accounts(client.reactor.home).export(file, Secret(phrase) if phrase else None)
    client.reactor.engine.journal.emit(
        Event("AUDIT", "providers.exported", data={"path": str(file), "keys": keys, "by": client.via})
    )
    return {"keys": keys}


async def _import(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    file, phrase = _file(given), given.text("passphrase", "", longest=_LONGEST_SECRET)
    done = await Accounts(client.reactor.home).import_(
        file, Secret(phrase) if phrase else None, replacing=given.switch("replace")
    )
    await _told(client, "providers.imported", ", ".join((*done.added, *done.replaced)))
    facts = {"added": list(done.added), "replaced": list(done.replaced), "kept": list(done.kept), "keys": done.keys}
    return {**facts, **await _rows(client, {})}


async def _prices(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Say of when the imported prices are; with a path, import those of that file first."""
    given, home = Parameters(params), client.reactor.home
    if given.has("path"):
        found = await asyncio.to_thread(import_prices, home, _file(given))
        await _told(client, "prices.imported", str(found.count))
    else:
        found = await asyncio.to_thread(imported_prices, home)
    return {
        "imported": found.day,
        "prices": found.count,
        "providers": len(found.by_maker),
        "leftOut": found.left_out,
    }


# ---------------------------------------------------------------------------------------------------- inside


async def _told(client: Client, event: str, what: str) -> None:
    """Journal what a person changed, and let the engine use it from the next run on."""
    client.reactor.engine.journal.emit(Event("AUDIT", event, data={"provider": what[:300], "by": client.via}))
    await client.reactor.providers_changed()


async def _meant(accounts: Accounts, given: Parameters) -> tuple[Provider, Secret | None]:
    """The row a client means, as it would be when it is saved, and the key that comes with it."""
    name = given.text("id", "") or given.text("preset")
    known = {row.id: row for row in await asyncio.to_thread(accounts.rows)}
    row = known.get(name) or _new_row(accounts, given, name)
    key = given.text("key", "", longest=_LONGEST_SECRET).strip()
    return _changed(row, given), Secret(key) if key else None


def _new_row(accounts: Accounts, given: Parameters, name: str) -> Provider:
    known = given.text("preset", "")
    if known:
        return accounts.fresh(known, name, host=given.text("host", ""))
    return Provider(id=name, name=name, base_url=given.text("baseUrl"))


def _changed(row: Provider, given: Parameters) -> Provider:
    texts: dict[str, Any] = {name: given.text(name, getattr(row, name), longest=1_000).strip() for name in _TEXTS}
    url = given.text("baseUrl", row.base_url, longest=2_000).strip().rstrip("/")
    models = given.texts("models") if given.has("models") else row.models
    headers = given.mapping("headers") if given.has("headers") else row.headers
    prices = {model: _price(price) for model, price in given.mapping("prices").items()}
    return replace(
        row,
        **texts,
        base_url=url,
        models=tuple(name for name in models if name.strip()),
        enabled=given.switch("enabled", default=row.enabled),
        headers={str(name): str(value) for name, value in headers.items()},
        prices=prices if given.has("prices") else row.prices,
    )


def _price(value: Any) -> Price:
    amounts = value if isinstance(value, list) else []
    if len(amounts) != len(Price._fields) or not all(_amount(amount) for amount in amounts):
        raise InputError("bad-parameter", name="prices", wanted="{model: [USD, USD]}")
    return Price(*map(float, amounts))


def _amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _HIGHEST_PRICE


def _file(given: Parameters) -> Path:
    path = Path(given.text("path", longest=4_000))
    if not path.is_absolute():
        raise InputError("cwd-not-absolute", path=str(path)[:200])
    return path


async def _row(client: Client, accounts: Accounts, row: Provider) -> dict[str, Any]:
    states = client.reactor.engine.crews.key_states().get(row.id, {})
    facts = {name: getattr(row, name) for name in ("id", *_TEXTS, "preset", "enabled", "local")}
    return facts | {
        "baseUrl": row.base_url,
        "models": list(row.models),
        "headers": dict(row.headers),
        "prices": {model: list(price) for model, price in row.prices.items()},
        "needsAccount": bool(row.wire.folder_header or row.wire.token_url),
        "keys": [
            _key(client, facts) | states.get(facts.row.label, {"fault": "", "seconds": 0.0, "sent": 0})
            for facts in await accounts.keys(row)
        ],
    }


def _key(client: Client, facts: KeyFacts) -> dict[str, Any]:
    return {
        "label": facts.row.label,
        "enabled": facts.row.enabled,
        "perMinute": facts.row.per_minute,
        "parallel": facts.row.parallel,
        "hint": facts.hint,
        "problem": explain(facts.trouble, client.locale).what if facts.trouble else "",
    }


def _preset(known: Preset) -> dict[str, Any]:
    return {
        "id": known.id,
        "name": known.name,
        "group": known.group,
        "baseUrl": known.base_url,
        "keysAt": known.keys_at,
        "hosts": dict(known.hosts),
        "needsAccount": bool(known.wire.folder_header or known.wire.token_url),
        "accounts": list(known.accounts),
        "signIn": known.sign_in,
    }


def _checked(client: Client, row: Provider, result: CheckResult) -> dict[str, Any]:
    words = tr(result.message_id, client.locale, provider=row.name, detail=result.detail).strip()
    facts: dict[str, Any] = {"state": result.state, "words": words, "detail": result.detail}
    facts |= {"models": list(result.models), "retiring": dict(result.retiring), "baseUrl": result.base_url}
    return facts | ({} if result.remaining_usd is None else {"remainingUsd": result.remaining_usd})


FLEET: Final[dict[str, Callable[[Client, dict[str, Any]], Awaitable[dict[str, Any]]]]] = {
    "providers/rows": _rows,
    "providers/presets": _presets,
    "providers/check": _check,
    "providers/save": _save,
    "providers/remove": _remove,
    "providers/enable": _enable,
    "providers/order": _order,
    "providers/key": _set_key,
    "providers/key/remove": _remove_key,
    "providers/export": _export,
    "providers/import": _import,
    "providers/prices": _prices,
    "providers/sign_in": _sign_in,
    "providers/sign_in/wait": _signed_in,
    "providers/sign_in/cancel": _sign_in_ended,
    "providers/sign_in/page": _sign_in_at_page,
    "team/get": _team,
    "team/set": _set_team,
    "team/roster": _roster,
}
