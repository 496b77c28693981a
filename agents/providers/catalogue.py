"""What is known of providers before a person adds one: `catalogue.toml`, read once.

A *preset* fills in a row of the registry; its *wire* tells in what an endpoint differs from plain OpenAI. A row keeps
the id of its preset, so that corrected facts reach rows that exist already.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from agents.providers.webchat.recipe import PRESET, load, shipped
from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from agents.providers.webchat.recipe import Recipe

Capability = Literal["architect", "coder", "reviewer", "tester", "cheap", "embedding"]
Auth = Literal["bearer", "x-api-key", "api-key", "gigachat"]
Protocol = Literal["openai", "anthropic", "web"]
"""`web`: no endpoint but a page, used in a browser as its recipe says."""
Group = Literal["router", "maker", "russia", "more", "own", "web"]

CAPABILITIES: Final[tuple[Capability, ...]] = get_args(Capability)
CHECK_BY_CHAT: Final = "chat"
"""Value of `Wire.check`: only an answer of one token proves the key."""


class Price(NamedTuple):
    """USD per million tokens."""

    input: float
    output: float


@dataclass(frozen=True, slots=True)
class Wire:
    """In what an endpoint differs from a plain OpenAI-compatible one."""

    protocol: Protocol = "openai"
    auth: Auth = "bearer"
    headers: Mapping[str, str] = field(default_factory=dict)
    check: str = "/models"
    """What proves a key: a path, an address of the maker elsewhere, or CHECK_BY_CHAT."""
    folder_header: str = ""
    """Header that carries the row's account."""
    model_form: str = "{model}"
    """How a model is named in a request; may hold {folder}, the row's account."""
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    rung: Literal["json_schema", "function", "json_mode", "plain"] = "json_schema"
    """Highest way of asking for a structured answer that is worth trying."""
    body: Mapping[str, Any] = field(default_factory=dict)
    """Fields of every chat request."""
    token_url: str = ""
    """Where a key is changed into a token for some minutes."""
    root: str = ""
    """File in `roots` with the root of its certificates, where systems do not know it. It is trusted for this endpoint
    alone."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One known provider."""

    id: str
    name: str
    group: Group
    base_url: str
    """Empty where only the person knows it."""
    keys_at: str = ""
    """Page on which keys are made."""
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Base URLs by region or plan; a key belongs to one of them."""
    wire: Wire = field(default_factory=Wire)
    models: Mapping[Capability, tuple[str, ...]] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)
    retires: Mapping[str, date] = field(default_factory=dict)
    """Last days of models that are announced to end."""
    models_dev: str = ""
    """Its id at models.dev, where that is another one."""
    sign_in: str = ""
    """Sign-in in a browser that gives a key: `openrouter`."""
    accounts: tuple[str, ...] = ()
    """What a row's account may be, where there is a choice; the first one is taken for none."""
    off_at_first: bool = False

    def owns(self, base_url: str) -> bool:
        """Whether this address is one of the maker's own."""
        return base_url.rstrip("/") in {url.rstrip("/") for url in (self.base_url, *self.hosts.values()) if url}


@dataclass(frozen=True, slots=True)
class Gone:
    """A name people ask for that is no service (any more)."""

    id: str
    name: str
    since: date | None
    """None when there never was one."""
    instead: tuple[str, ...]
    """Presets that do its job."""


WEB_WIRE: Final = Wire(protocol="web", check="", rung="plain")
_WIRE: Final = tuple(Wire.__dataclass_fields__)


@cache
def presets() -> tuple[Preset, ...]:
    """Return every preset in the order a person should see."""
    return (*map(_preset, _read()["preset"]), *map(web_preset, shipped()))


@cache
def gone() -> tuple[Gone, ...]:
    """Return what is not there any more."""
    return tuple(
        Gone(str(row["id"]), str(row["name"]), row.get("since"), tuple(row["instead"])) for row in _read()["gone"]
    )


def preset(preset_id: str, home: Path | None = None) -> Preset:
    """Find a preset; raises InputError, for a name that is gone with what does its job.

    In the data folder `home` there may be recipes that make a web chat a preset, or another one of it; raises
    ConfigurationError when one cannot be used.
    """
    if home is not None and preset_id.startswith(PRESET):
        return web_preset(load(preset_id.removeprefix(PRESET), home))
    for known in presets():
        if known.id == preset_id:
            return known
    for lost in gone():
        if lost.id == preset_id:
            instead = ", ".join(lost.instead)
            since = lost.since.isoformat() if lost.since else ""
            raise InputError("preset-gone", preset=lost.name, since=since or "none", instead=instead or "none")
    raise InputError("unknown-preset", preset=preset_id)


def found_preset(preset_id: str) -> Preset | None:
    """Find a preset by an id that may come from another version; None when this one does not know it."""
    return next((known for known in presets() if known.id == preset_id), None)


def web_preset(recipe: Recipe) -> Preset:
    """Return the preset of a web chat: fragile, so off until the person wants it."""
    return Preset(
        id=PRESET + recipe.id,
        name=recipe.name,
        group="web",
        base_url=recipe.address,
        wire=WEB_WIRE,
        models={name: (recipe.model,) for name in CAPABILITIES if name != "embedding"},
        off_at_first=True,
    )


def wire_of(preset_id: str) -> Wire:
    """Return how the endpoint of a row is spoken to; a web chat may have a recipe only the person has."""
    known = found_preset(preset_id)
    if known is None:
        return WEB_WIRE if preset_id.startswith(PRESET) else Wire()
    return known.wire


def _read() -> dict[str, Any]:
    return tomllib.loads((files("agents.providers") / "catalogue.toml").read_text(encoding="utf-8"))


def _preset(row: dict[str, Any]) -> Preset:
    return Preset(
        id=row["id"],
        name=row["name"],
        group=row["group"],
        base_url=row["base_url"],
        keys_at=row.get("keys_at", ""),
        hosts=row.get("hosts", {}),
        wire=Wire(**{name: row[name] for name in _WIRE if name in row}),
        models={name: tuple(ids) for name, ids in row.get("models", {}).items()},
        prices={model: Price(*map(float, price)) for model, price in row.get("prices", {}).items()},
        retires=row.get("retires", {}),
        models_dev=row.get("models_dev", ""),
        sign_in=row.get("sign_in", ""),
        accounts=tuple(row.get("accounts", ())),
        off_at_first=row.get("off_at_first", False),
    )


__all__ = [
    "CAPABILITIES",
    "CHECK_BY_CHAT",
    "Capability",
    "Gone",
    "Preset",
    "Price",
    "Wire",
    "found_preset",
    "gone",
    "preset",
    "presets",
    "web_preset",
    "wire_of",
]
