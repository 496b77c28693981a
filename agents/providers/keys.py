"""API keys, kept in the operating system's keyring and nowhere else.

A keyring can be missing, locked behind a dialog or slow, so each call runs in its own daemon thread with a time limit:
a thread that never returns then holds up neither the engine nor its end. There is no plain-text fallback.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final, TypeVar

from core.errors import ConfigurationError
from core.redaction import redact, register_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

SERVICE: Final = "MultiCoder"
SECONDS: Final = 5.0
_NONE: Final = "none"
"""Detail where this computer has no keyring at all; the texts have words of their own for it."""

_Value = TypeVar("_Value")


class Secret:
    """A key that shows itself to nobody by accident; made only from values the redactor knows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        register_secret(value)
        self._value = value

    def reveal(self) -> str:
        """Return the key itself, for the request that needs it."""
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


class KeyStore:
    """The keys of the providers, by provider id. Raises ConfigurationError `keyring-unavailable`."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    async def get(self, provider_id: str) -> Secret | None:
        """Fetch the key; None when there is none."""
        value = await self._call(lambda ring: ring.get_password(SERVICE, provider_id))
        return Secret(value) if value else None

    async def set(self, provider_id: str, key: Secret) -> None:
        """Keep a key, and read it back: some keyrings accept everything and keep nothing."""

        def keep(ring: KeyringBackend) -> str | None:
            ring.set_password(SERVICE, provider_id, key.reveal())
            return ring.get_password(SERVICE, provider_id)

        if await self._call(keep) != key.reveal():
            raise ConfigurationError("keyring-unavailable", detail="the keyring did not keep the key")

    async def remove(self, provider_id: str) -> None:
        """Forget a key; one that is not there is no error."""

        def forget(ring: KeyringBackend) -> None:
            if ring.get_password(SERVICE, provider_id) is not None:
                ring.delete_password(SERVICE, provider_id)

        await self._call(forget)

    async def _call(self, action: Callable[[KeyringBackend], _Value]) -> _Value:
        """Run `action` on the keyring, for a bounded time."""
        done: Future[_Value] = Future()
        threading.Thread(target=_run, args=(action, done), name="keyring", daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(done), self._seconds)
        except ConfigurationError:
            raise
        except TimeoutError:
            detail = f"no answer within {self._seconds:g} s"
        except Exception as error:  # noqa: BLE001 - backends raise anything: D-Bus, ctypes and library errors
            detail = _NONE if _is_missing(error) else redact(f"{type(error).__name__}: {error}")[:300]
        raise ConfigurationError("keyring-unavailable", detail=detail)


def _is_missing(error: Exception) -> bool:
    from keyring.errors import NoKeyringError  # noqa: PLC0415 - as `keyring` itself

    return isinstance(error, NoKeyringError)


def _run(action: Callable[[KeyringBackend], _Value], done: Future[_Value]) -> None:
    if not done.set_running_or_notify_cancel():
        return  # given up before the thread had begun
    try:
        done.set_result(action(_usable_backend()))
    except BaseException as error:  # noqa: BLE001 - a thread's border: whatever happened is handed to the caller
        done.set_exception(error)


def _usable_backend() -> KeyringBackend:
    import keyring  # noqa: PLC0415 - looks for backends when imported, which can be slow

    backend = keyring.get_keyring()
    first = next(iter(getattr(backend, "backends", ())), backend)
    if "plaintext" in type(first).__name__.lower():
        raise ConfigurationError("keyring-unavailable", detail="it would keep keys unencrypted")
    return backend


__all__ = ["SERVICE", "KeyStore", "Secret"]
