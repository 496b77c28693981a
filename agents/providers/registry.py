"""The providers a person set up: rows of `providers.toml` in the data folder, without keys."""

from __future__ import annotations

import ipaddress
import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

from core.errors import InputError, StorageError
from core.files import write_atomic
from core.ports import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ENV_PROVIDER: Final = "env"
BASE_URL_VARIABLE: Final = "MULTICODER_BASE_URL"
KEY_VARIABLE: Final = "MULTICODER_API_KEY"
MODEL_VARIABLE: Final = "MULTICODER_MODEL"
ANY_MODEL: Final = "*"
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_SECRET_HEADERS: Final = re.compile(r"authorization|api-?key|token|cookie", re.IGNORECASE)


class Price(NamedTuple):
    """USD per million tokens."""

    input: float
    output: float


@dataclass(frozen=True, slots=True)
class Provider:
    """One OpenAI-compatible endpoint. `models` is a preference list; empty = whatever the endpoint offers."""

    id: str
    name: str
    base_url: str
    models: tuple[str, ...] = ()
    enabled: bool = True
    family: str = ""
    """Family of models whose id does not tell it."""
    prices: Mapping[str, Price] = field(default_factory=dict)
    """By model id; `*` stands for all others."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def local(self) -> bool:
        """On this machine, where no key is needed."""
        return _is_loopback(urlsplit(self.base_url).hostname or "")

    def price(self, model: str) -> Price | None:
        """Return what `model` costs, None when the row does not say."""
        return self.prices.get(model) or self.prices.get(ANY_MODEL)


Team = Mapping[Role, tuple[str, ...]]
"""Preference list per role of `provider:model`, `provider` or `model`; a missing role takes every provider in order."""


class Registry:
    """The rows, in fallback order, and the team; each change is on disk when its method returns."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def list(self) -> tuple[Provider, ...]:
        """Return all rows, disabled ones too."""
        return tuple(_provider_of(self._file, row) for row in _rows(self._file, self._read()))

    def get(self, provider_id: str) -> Provider:
        """Return the row `provider_id`."""
        for provider in self.list():
            if provider.id == provider_id:
                return provider
        raise InputError("unknown-provider", provider=provider_id)

    def add(self, provider: Provider) -> None:
        """Add a row at the end, or replace the row of that id in its place."""
        checked(provider)
        rows = list(self.list())
        places = [index for index, row in enumerate(rows) if row.id == provider.id]
        if places:
            rows[places[0]] = provider
        else:
            rows.append(provider)
        self._write(rows, self.team())

    def remove(self, provider_id: str) -> None:
        """Drop the row; its key stays in the keyring until `KeyStore.remove`."""
        self.get(provider_id)
        self._write([row for row in self.list() if row.id != provider_id], self.team())

    def enable(self, provider_id: str, *, enabled: bool = True) -> None:
        """Switch a row on or off."""
        self.add(replace(self.get(provider_id), enabled=enabled))

    def team(self) -> Team:
        """Who is preferred for which role."""
        table = self._read().get("team", {})
        if not isinstance(table, dict):
            raise StorageError("providers-unreadable", path=str(self._file), detail="[team]")
        return {role: tuple(map(str, table[role])) for role in ROLES if isinstance(table.get(role), list)}

    def _read(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._file.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StorageError("providers-unreadable", path=str(self._file), detail=str(error)) from error

    def _write(self, providers: Sequence[Provider], team: Team) -> None:
        _replace(self._file, "\n".join(_toml(providers, team)) + "\n")


def from_environment(environ: Mapping[str, str]) -> Provider | None:
    """Read the provider `env`; None when MULTICODER_BASE_URL is not set."""
    base_url = environ.get(BASE_URL_VARIABLE, "").strip()
    if not base_url:
        return None
    models = tuple(name.strip() for name in environ.get(MODEL_VARIABLE, "").split(",") if name.strip())
    return checked(Provider(ENV_PROVIDER, "Environment", base_url, models))


def checked(provider: Provider) -> Provider:
    """Return `provider` when its row can be used, else raise InputError."""
    if not _ID.fullmatch(provider.id):
        raise InputError("bad-provider-id", provider=provider.id)
    check_url(provider.base_url)
    for name, value in provider.headers.items():
        if not _HEADER.fullmatch(name) or not value.isprintable() or _SECRET_HEADERS.search(name):
            raise InputError("bad-header", header=name)
    return provider


def check_url(url: str) -> None:
    """Refuse what a key must not be sent to: plain http beyond this machine, credentials or a query in the address."""
    reason: Literal["", "form", "credentials", "query", "plain-http"] = ""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise InputError("bad-url", url=_shown(url), reason="form") from None
    if parts.scheme not in {"http", "https"} or not host or not url.isprintable() or " " in url:
        reason = "form"
    elif parts.username is not None or parts.password is not None:
        reason = "credentials"
    elif parts.query or parts.fragment:
        reason = "query"
    elif parts.scheme == "http" and not _is_loopback(host):
        reason = "plain-http"
    if reason:
        raise InputError("bad-url", url=_shown(url), reason=reason)


def _shown(url: str) -> str:
    """Cut everything from an address that could be a secret."""
    # Up to the last @ first: a password may hold every sign that would end an address.
    named = re.sub(r"\A([a-z][a-z0-9+.-]*://)?.*@", r"\1", url, flags=re.IGNORECASE | re.DOTALL)
    return named.partition("?")[0].partition("#")[0][:200]


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _rows(file: Path, table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    rows = table.get("provider", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise StorageError("providers-unreadable", path=str(file), detail="[[provider]]")
    yield from rows


def _provider_of(file: Path, row: dict[str, Any]) -> Provider:
    try:
        return checked(
            Provider(
                id=str(row["id"]),
                name=str(row.get("name", row["id"])),
                base_url=str(row["base_url"]),
                models=tuple(map(str, _listed(row.get("models", [])))),
                enabled=_switch(row.get("enabled", True)),
                family=str(row.get("family", "")),
                prices={str(model): _price(price) for model, price in row.get("prices", {}).items()},
                headers={str(name): str(value) for name, value in row.get("headers", {}).items()},
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StorageError("providers-unreadable", path=str(file), detail=repr(error)) from error


def _listed(names: object) -> Sequence[object]:
    if not isinstance(names, list):  # one name in quotes would be taken for a list of its letters
        raise TypeError("models: a list is needed")
    return names


def _switch(value: object) -> bool:
    if not isinstance(value, bool):  # the text "false" would be taken for true
        raise TypeError("enabled: true or false is needed")
    return value


def _price(value: list[float]) -> Price:
    price = Price(*map(float, value))
    if not all(0 <= amount < math.inf for amount in (price.input, price.output)):  # no limit would stop at NaN
        raise ValueError("prices: amounts of 0 or more are needed")
    return price


def _toml(providers: Sequence[Provider], team: Team) -> Iterator[str]:
    """Render the rows as TOML: strings, lists and two small tables are all there is."""
    yield "# Providers of MultiCoder. Keys are not kept here but in the system's keyring."
    if team:
        yield "\n[team]"
        yield from (f"{role} = {_list(names)}" for role, names in team.items())
    for row in providers:
        yield "\n[[provider]]"
        yield f"id = {_text(row.id)}"
        yield f"name = {_text(row.name)}"
        yield f"base_url = {_text(row.base_url)}"
        yield f"models = {_list(row.models)}"
        yield f"enabled = {'true' if row.enabled else 'false'}"
        yield f"family = {_text(row.family)}"
        if row.prices:
            yield "[provider.prices]"
            yield from (f"{_text(model)} = [{float(p.input)}, {float(p.output)}]" for model, p in row.prices.items())
        if row.headers:
            yield "[provider.headers]"
            yield from (f"{_text(name)} = {_text(value)}" for name, value in row.headers.items())


def _list(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(_text, names)) + "]"


def _text(value: str) -> str:
    """Quote a TOML basic string: JSON's escapes are TOML's, only DEL has to be escaped as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, text.encode())
    except (OSError, UnicodeEncodeError) as error:
        raise StorageError("providers-unwritable", path=str(file), detail=str(error)) from error


__all__ = [
    "BASE_URL_VARIABLE",
    "ENV_PROVIDER",
    "KEY_VARIABLE",
    "MODEL_VARIABLE",
    "ROLES",
    "Price",
    "Provider",
    "Registry",
    "Team",
    "check_url",
    "checked",
    "from_environment",
]
