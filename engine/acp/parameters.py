"""Parameters of our own methods: read by name and kind; anything else is refused in words, by its name only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MISSING: Final = object()
LONGEST: Final = 200_000


class Parameters:
    """What a client sent with one of our own methods."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def text(self, name: str, default: Any = _MISSING, *, longest: int = LONGEST) -> str:
        """A text; without `default` it must be there and not be empty."""
        value = self._values.get(name, default)
        if value is _MISSING or not isinstance(value, str) or (default is _MISSING and not value):
            raise self._bad(name, "text")
        if len(value) > longest:
            raise self._bad(name, f"text <= {longest}")
        return value

    def whole(self, name: str, default: int | None = None, *, least: int = 0, most: int = 1_000_000_000) -> int:
        """A whole number within bounds."""
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._bad(name, f"{least} ... {most}")
        return value

    def number(self, name: str) -> float | None:
        """A number, None when it is not given."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._bad(name, "number")
        return float(value)

    def switch(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise self._bad(name, "true, false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when it is not given."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._bad(name, "[text, ...]")
        return tuple(value)

    def mapping(self, name: str) -> dict[str, Any]:
        """An object, empty when it is not given."""
        value = self._values.get(name, {})
        if not isinstance(value, dict):
            raise self._bad(name, "{...}")
        return value

    def has(self, name: str) -> bool:
        """Whether it was given at all."""
        return name in self._values

    def raw(self, name: str) -> Any:
        """Whatever was given; its reader checks it."""
        if name not in self._values:
            raise self._bad(name, "value")
        return self._values[name]

    @staticmethod
    def _bad(name: str, wanted: str) -> InputError:
        return InputError("bad-parameter", name=name, wanted=wanted)
