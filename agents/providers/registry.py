"""The providers a person set up: rows of `providers.toml` in the data folder, without keys."""

from __future__ import annotations

import ipaddress
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args
from urllib.parse import urlsplit

import tomli_w

from agents.providers.catalogue import Price, Wire, found_preset, wire_of
from core.errors import InputError, StorageError
from core.files import write_atomic
from core.ports import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENV_PROVIDER: Final = "env"
BASE_URL_VARIABLE: Final = "MULTICODER_BASE_URL"
KEY_VARIABLE: Final = "MULTICODER_API_KEY"
MODEL_VARIABLE: Final = "MULTICODER_MODEL"
ANY_MODEL: Final = "*"
ROLES: Final[tuple[Role, ...]] = get_args(Role)

MOST_KEYS: Final = 100

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LABEL: Final = re.compile(r"[\w][\w .()-]{0,39}")
_ACCOUNT: Final = re.compile(r"[\w.:-]{0,100}")
_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_HEADING: Final = "# Providers of MultiCoder. Keys are not kept here but in the system's keyring or the key vault.\n\n"
_MOST_CALLS: Final = 100_000
_SECRET_HEADERS: Final = re.compile(r"authorization|api-?key|token|cookie", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key of a provider, as far as it may stand in a file; the key itself is in the key storage."""

    label: str = ""
    """Empty for the only or first one."""
    enabled: bool = True
    per_minute: int = 0
    """Requests it may send in a minute; 0 = any number."""
    parallel: int = 0
    """Requests it may have under way; 0 = as many as the setting `concurrency` says."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One endpoint. `models` is a preference list; empty = whatever the endpoint offers."""

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
    preset: str = ""
    """Id in the catalogue of what is known of this endpoint; empty = plain OpenAI-compatible."""
    group: str = ""
    """Heading under which a person keeps the row."""
    proxy: str = ""
    """Address of the proxy this endpoint is reached through; empty = as the system is set up."""
    account: str = ""
    """What some providers want beside the key: a folder (Yandex), a scope (GigaChat)."""
    certificate: str = ""
    """File with the root certificate of this endpoint alone, where systems do not know it."""
    keys: tuple[KeyRow, ...] = (KeyRow(),)
    listed: Mapping[str, Price] = field(default_factory=dict, compare=False, repr=False)
    """Its prices in the list a person imported; no part of the row."""

    @property
    def local(self) -> bool:
        """On this machine, where no key is needed."""
        return _is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def wire(self) -> Wire:
        """In what this endpoint differs from a plain one."""
        return wire_of(self.preset)

    @property
    def keyless(self) -> bool:
        """Used without a key: on this machine, or a web chat, where the person is signed in."""
        return self.local or self.wire.protocol == "web"

    @property
    def root(self) -> str:
        """File of the root certificate that this endpoint needs and systems do not know; none at foreign addresses."""
        known = found_preset(self.preset)
        return known.wire.root if known and known.owns(self.base_url) else ""

    def price(self, model: str) -> Price | None:
        """Return what `model` costs: as the row says, the imported list, or the catalogue; None when none does."""
        own = self.prices.get(model) or self.prices.get(ANY_MODEL)
        if self.wire.protocol == "web":
            return own or Price(0, 0)
        known = found_preset(self.preset)
        return own or self.listed.get(model) or (known.prices.get(model) if known else None)

    def address(self, place: str) -> str:
        """Return where `place` of the wire is: a path here, or an address of the maker elsewhere.

        A key is only sent elsewhere while the row stands at an address of the maker's own; at any other the same path
        is asked there.
        """
        known = found_preset(self.preset)
        if not place.startswith("https://"):
            return self.base_url.rstrip("/") + place
        if known and known.owns(self.base_url):
            return place
        here, there = urlsplit(self.base_url), urlsplit(place)
        return f"{here.scheme}://{here.netloc}{there.path}" + (f"?{there.query}" if there.query else "")

    def stored_as(self, key: KeyRow) -> str:
        """Return the name of a key in the key storage."""
        return f"{self.id}/{key.label}" if key.label else self.id

    def named(self, model: str) -> str:
        """Return `model` as a request has to name it."""
        return model if "://" in model else self.wire.model_form.format(model=model, folder=self.account)


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
        """Drop the row; its keys stay in the key storage until `KeyStore.remove`."""
        self.get(provider_id)
        self._write([row for row in self.list() if row.id != provider_id], self.team())

    def enable(self, provider_id: str, *, enabled: bool = True) -> None:
        """Switch a row on or off."""
        self.add(replace(self.get(provider_id), enabled=enabled))

    def replace(self, providers: Sequence[Provider], team: Team) -> None:
        """Write the whole list anew."""
        self._write([checked(provider) for provider in providers], team)

    def order(self, provider_ids: Sequence[str]) -> None:
        """Put the named rows first, in this order; the others follow as they stood."""
        rows = {row.id: row for row in self.list()}
        first = [self.get(name) for name in dict.fromkeys(provider_ids)]
        self._write([*first, *(row for row in rows.values() if row not in first)], self.team())

    def set_team(self, team: Team) -> None:
        """Keep who is preferred for which role; a role without anybody takes every provider in order."""
        self._write(self.list(), {role: names for role in ROLES if (names := tuple(team.get(role, ())))})

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
        table: dict[str, Any] = {"team": {role: list(names) for role, names in team.items()}} if team else {}
        table["provider"] = [_row(provider) for provider in providers]
        _replace(self._file, _HEADING + tomli_w.dumps(table))


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
    if provider.proxy:
        _check_proxy(provider.proxy)
    if not _ACCOUNT.fullmatch(provider.account):
        raise InputError("bad-account", account=provider.account[:100])
    if provider.certificate and not Path(provider.certificate).is_file():
        raise InputError("bad-certificate", path=provider.certificate[:300])
    labels = [key.label for key in provider.keys]
    wrong = [label for label in labels if label and not _LABEL.fullmatch(label)]
    if wrong or len(set(labels)) < len(labels) or len(labels) > MOST_KEYS:
        raise InputError("bad-key-label", label=(wrong or sorted(labels))[0][:40], most=MOST_KEYS)
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


def _check_proxy(url: str) -> None:
    """Refuse what is no plain address of a proxy; a password would stand in a file."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https", "socks5"} and bool(parts.hostname) and parts.port is not None
    except ValueError:
        raise InputError("bad-proxy", url=_shown(url)) from None
    if not fine or parts.username is not None or not url.isprintable() or parts.path.strip("/") or parts.query:
        raise InputError("bad-proxy", url=_shown(url))


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
                preset=str(row.get("preset", "")),
                group=str(row.get("group", "")),
                proxy=str(row.get("proxy", "")),
                account=str(row.get("account", "")),
                certificate=str(row.get("certificate", "")),
                keys=tuple(map(_key_row, _listed(row.get("keys", [{}])))),
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


def _key_row(row: Any) -> KeyRow:
    return KeyRow(
        label=str(row.get("label", "")),
        enabled=_switch(row.get("enabled", True)),
        per_minute=_number(row.get("per_minute", 0)),
        parallel=_number(row.get("parallel", 0)),
    )


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_CALLS:
        raise TypeError(f"keys: a number from 0 to {_MOST_CALLS} is needed")
    return value


def _row(provider: Provider) -> dict[str, Any]:
    """Return the row as it is kept: what is as it would be anyway is left out."""
    row: dict[str, Any] = {
        "id": provider.id,
        "name": provider.name,
        "base_url": provider.base_url,
        "models": list(provider.models),
        "enabled": provider.enabled,
    }
    texts = ("preset", "group", "family", "proxy", "account", "certificate")
    row |= {name: getattr(provider, name) for name in texts if getattr(provider, name)}
    if provider.prices:
        row["prices"] = {model: list(price) for model, price in provider.prices.items()}
    if provider.headers:
        row["headers"] = dict(provider.headers)
    if provider.keys != (KeyRow(),):
        row["keys"] = [
            {name: value for name, value in asdict(key).items() if value != getattr(KeyRow(), name)}
            for key in provider.keys
        ]
    return row


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
    "KeyRow",
    "Price",
    "Provider",
    "Registry",
    "Team",
    "check_url",
    "checked",
    "from_environment",
]
