"""A value nobody shall see: a key, a passphrase."""

from __future__ import annotations

from core.redaction import register_secret


class Secret:
    """Shows itself to nobody by accident; the redactor knows it from the moment it is made."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        register_secret(value)
        self._value = value

    def reveal(self) -> str:
        """Return the value itself, for what needs it."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a Secret is never serialised")
