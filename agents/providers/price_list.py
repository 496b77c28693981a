"""Prices of models that a person imported: a file in the form of the `api.json` of models.dev, in the data folder.

Nothing is fetched: prices change when the person brings a newer file. Only what is needed of it is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from agents.providers.catalogue import Price, found_preset
from core.errors import InputError, StorageError
from core.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from agents.providers.registry import Provider
    from core.paths import Home

FILE_NAME: Final = "prices.json"
"""In the data folder."""
LARGEST_FILE: Final = 30_000_000
_MOST_PRICES: Final = 100_000
_HIGHEST: Final = 1_000_000
_LONGEST_NAME: Final = 300


@dataclass(frozen=True, slots=True)
class PriceList:
    """What one file says."""

    day: str = ""
    """When it was imported; empty without one."""
    by_maker: Mapping[str, Mapping[str, Price]] = field(default_factory=dict)
    """By id of the provider at models.dev, then by model."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Those ids by base URL, where the file names one."""
    left_out: int = 0
    """Models without a usable price."""

    @property
    def count(self) -> int:
        """How many prices it has."""
        return sum(map(len, self.by_maker.values()))

    def of(self, row: Provider) -> Mapping[str, Price]:
        """Return the prices of a row's models: by its preset, or by its address; another region has other prices."""
        address, known = row.base_url.rstrip("/"), found_preset(row.preset)
        maker = (known.models_dev or known.id) if known else ""
        if maker not in self.by_maker or (known and known.owns(address) and address != known.base_url.rstrip("/")):
            maker = self.addresses.get(address, "")
        return self.by_maker.get(maker, {})

    def onto(self, row: Provider) -> Provider:
        """Return the row with its prices."""
        return replace(row, listed=self.of(row))


def imported_prices(home: Home) -> PriceList:
    """Return what was imported last, an empty list without any. Blocks; raises StorageError `prices-damaged`."""
    file = home.root / FILE_NAME
    try:
        kept = json.loads(file.read_bytes())
        return _read(kept["providers"], str(kept["imported"]))
    except FileNotFoundError:
        return PriceList()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StorageError("prices-damaged", path=str(file), detail=type(error).__name__) from error


def import_prices(home: Home, file: Path) -> PriceList:
    """Take the prices of a file over, in the place of those imported before. Blocks.

    Raises InputError `prices-unreadable`, StorageError `prices-unwritable`; then the old ones stay.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise InputError("prices-unreadable", path=str(file), detail="> 30 MB")
        given = json.loads(file.read_bytes())
        found = _read(given, datetime.now(tz=UTC).date().isoformat())
    except OSError as error:
        raise InputError("prices-unreadable", path=str(file), detail=error.strerror or "") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError("prices-unreadable", path=str(file), detail="not in the form of api.json") from error
    if not found.count:
        raise InputError("prices-unreadable", path=str(file), detail="no prices in it")
    try:
        write_atomic(home.root / FILE_NAME, json.dumps(_kept(found), ensure_ascii=False, indent=1).encode())
    except (OSError, UnicodeEncodeError) as error:
        raise StorageError("prices-unwritable", path=str(home.root / FILE_NAME), detail=str(error)) from error
    return found


def _read(providers: Any, day: str) -> PriceList:
    """Take what has a usable price; raises TypeError, ValueError for another form."""
    by_maker: dict[str, dict[str, Price]] = {}
    addresses: dict[str, str] = {}
    left_out = count = 0
    for maker, row in providers.items() if isinstance(providers, dict) else _refused():
        models = row.get("models") if isinstance(row, dict) and len(maker) <= _LONGEST_NAME else None
        if not isinstance(models, dict):
            continue
        prices = {model: price for model, about in models.items() if (price := _price(model, about)) is not None}
        left_out, count = left_out + len(models) - len(prices), count + len(prices)
        if count > _MOST_PRICES:
            raise ValueError(f"more than {_MOST_PRICES} prices")
        if prices:
            by_maker[maker] = prices
            if isinstance(address := row.get("api"), str):
                addresses.setdefault(address.rstrip("/"), maker)
    return PriceList(day, by_maker, addresses, left_out)


def _refused() -> Any:
    raise TypeError("providers by id are expected")


def _price(model: str, about: Any) -> Price | None:
    cost = about.get("cost") if isinstance(about, dict) and len(model) <= _LONGEST_NAME else None
    if not isinstance(cost, dict) or not all(_is_amount(cost.get(name)) for name in Price._fields):
        return None
    return Price(float(cost["input"]), float(cost["output"]))


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _HIGHEST


def _kept(found: PriceList) -> dict[str, Any]:
    """Return the file as it is kept: in the form it came in, without what is of no use here."""
    address_of = {maker: address for address, maker in found.addresses.items()}
    return {
        "imported": found.day,
        "providers": {
            maker: {
                **({"api": address_of[maker]} if maker in address_of else {}),
                "models": {model: {"cost": price._asdict()} for model, price in prices.items()},
            }
            for maker, prices in found.by_maker.items()
        },
    }


__all__ = ["FILE_NAME", "PriceList", "import_prices", "imported_prices"]
