"""API keys: in the operating system's keyring, and where that cannot be used in the key vault. Never unencrypted.

Each key has an account: the id of its provider for the first one, `provider/label` for further ones. It lives in one
place. A new one goes to the keyring, and to the vault only when the keyring refuses; one that is in the vault already
stays there, whatever the keyring says meanwhile, and an outdated copy in the keyring is never taken for it.

A keyring can be missing, locked behind a dialog or slow, so each call runs in its own daemon thread with a time limit:
a thread that never returns then holds up neither the engine nor its end.
"""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from agents.providers.secret import Secret
from agents.providers.vault import vault_of
from core.errors import ConfigurationError
from core.paths import home as find_home
from core.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

    from core.paths import Home

SERVICE: Final = "MultiCoder"
SECONDS: Final = 4.0
"""How long the keyring may take; a person is then told within five."""
NO_KEYRING: Final = "none"
"""Detail where this computer has no keyring at all; the texts have words of their own for it."""
_AGAIN_SECONDS: Final = 30.0
"""A keyring that did not answer in time is left alone this long, unless it answers after all."""

Place = Literal["keyring", "vault"]

_Value = TypeVar("_Value")


class Keyring:
    """The operating system's keyring. Raises ConfigurationError `keyring-unavailable`, never later than `seconds`."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    async def get(self, account: str) -> Secret | None:
        """Fetch a key; None when there is none."""
        value = await self._call(lambda ring: ring.get_password(SERVICE, account))
        return Secret(value) if value else None

    async def set(self, account: str, key: Secret) -> None:
        """Keep a key, and read it back: some keyrings accept everything and keep nothing."""

        def keep(ring: KeyringBackend) -> None:
            ring.set_password(SERVICE, account, key.reveal())
            if ring.get_password(SERVICE, account) != key.reveal():
                raise ConfigurationError("keyring-unavailable", detail="the keyring did not keep the key")

        await self._call(keep)

    async def remove(self, account: str) -> None:
        """Forget a key; one that is not there is no error."""

        def forget(ring: KeyringBackend) -> None:
            from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - as `keyring` itself

            if ring.get_password(SERVICE, account) is None:
                return
            try:
                ring.delete_password(SERVICE, account)
            except PasswordDeleteError:  # somebody else removed it meanwhile, or it cannot be removed
                if ring.get_password(SERVICE, account) is not None:
                    raise

        await self._call(forget)

    async def _call(self, action: Callable[[KeyringBackend], _Value]) -> _Value:
        """Run `action` on the keyring, for a bounded time."""
        call = _Call(action)
        threading.Thread(target=call.run, name="keyring", daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(call.done), self._seconds)
        except ConfigurationError:
            raise
        except TimeoutError:
            call.give_up()
            detail = f"no answer within {self._seconds:g} s"
        except Exception as error:  # noqa: BLE001 - backends raise anything: D-Bus, ctypes and library errors
            detail = NO_KEYRING if _is_missing(error) else redact(f"{type(error).__name__}: {error}")[:300]
        raise ConfigurationError("keyring-unavailable", detail=detail)


class KeyStore:
    """The keys of the providers, by account, wherever they are.

    Raises ConfigurationError: `keyring-unavailable` when the keyring refuses and there is no vault, `vault-locked`
    when the key is, or would have to be, in a vault that is locked, and what `Vault` raises for a file that cannot be
    used.
    """

    def __init__(self, home: Home | None = None, *, seconds: float = SECONDS) -> None:
        """`home`: the data folder whose vault is used, else the one the environment names."""
        self._keyring = Keyring(seconds=seconds)
        self._vault = vault_of(home or find_home())

    async def get(self, account: str) -> Secret | None:
        """Fetch the key; None when there is none."""
        held, trouble = await self._in_vault(account)
        if held:
            return await asyncio.to_thread(self._vault.get, account)
        try:
            found = await self._keyring.get(account)
        except ConfigurationError as error:
            if trouble is None and error.facts["detail"] == NO_KEYRING and await self._has_vault():
                return None  # all keys of this computer are in the vault, and this is none of them
            raise trouble or error from None
        if found is None and trouble is not None:
            raise trouble
        return found

    async def set(self, account: str, key: Secret) -> Place:
        """Keep a key; return where it is."""
        held, _ = await self._in_vault(account)
        if not held:
            try:
                await self._keyring.set(account, key)
            except ConfigurationError:
                if not await self._has_vault():
                    raise
            else:
                return "keyring"
        await asyncio.to_thread(self._vault.set, account, key)
        return "vault"

    async def remove(self, account: str) -> None:
        """Forget a key; one that is not there is no error."""
        held, _ = await self._in_vault(account)
        if held:
            await asyncio.to_thread(self._vault.remove, account)
        try:
            await self._keyring.remove(account)
        except ConfigurationError:
            if not held:
                raise

    async def _in_vault(self, account: str) -> tuple[bool, ConfigurationError | None]:
        """Whether the vault has a key of this account; with the reason when its file cannot say so."""
        try:
            return account in await asyncio.to_thread(self._vault.accounts), None
        except ConfigurationError as error:
            return False, error

    async def _has_vault(self) -> bool:
        return await asyncio.to_thread(lambda: self._vault.state) != "absent"


@dataclass(slots=True)
class _Call(Generic[_Value]):
    """One use of the keyring, in a thread of its own."""

    action: Callable[[KeyringBackend], _Value]
    done: Future[_Value] = field(default_factory=Future)
    ring: KeyringBackend | None = None
    """The keyring it came to; None while keyrings are looked for."""
    until: float = 0.0

    def run(self) -> None:
        """Be the thread."""
        if not self.done.set_running_or_notify_cancel():
            return  # given up before the thread had begun
        try:
            _refuse_hanging(None)  # it hung while keyrings were looked for
            self.ring = _usable_backend()
            _refuse_hanging(self.ring)
            self.done.set_result(self.action(self.ring))
        except BaseException as error:  # noqa: BLE001 - a thread's border: whatever happened is handed to the caller
            self.done.set_exception(error)

    def give_up(self) -> None:
        """Remember that this keyring hangs: the next key is not waited for as long as this one was."""
        global _hanging  # noqa: PLW0603 - the keyring is a fact of the whole process
        self.until = time.monotonic() + _AGAIN_SECONDS
        _hanging = self


_hanging: _Call[Any] | None = None
"""The call that was given up last."""


def _refuse_hanging(ring: KeyringBackend | None) -> None:
    """Refuse a keyring that still has not answered an earlier call; after a while it is tried again all the same."""
    last = _hanging
    if last is not None and last.ring is ring and not last.done.done() and time.monotonic() < last.until:
        raise ConfigurationError("keyring-unavailable", detail="it does not answer")


def _is_missing(error: Exception) -> bool:
    from keyring.errors import NoKeyringError  # noqa: PLC0415 - as `keyring` itself

    return isinstance(error, NoKeyringError)


def _usable_backend() -> KeyringBackend:
    import keyring  # noqa: PLC0415 - looks for backends when imported, which can be slow

    backend = keyring.get_keyring()
    first = next(iter(getattr(backend, "backends", ())), backend)
    if "plaintext" in type(first).__name__.lower():
        raise ConfigurationError("keyring-unavailable", detail="it would keep keys unencrypted")
    return backend


__all__ = ["NO_KEYRING", "SERVICE", "KeyStore", "Keyring", "Place", "Secret"]
