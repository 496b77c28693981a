"""Keyrings of every temper, selectable by PYTHON_KEYRING_BACKEND like real ones."""

from __future__ import annotations

import time
from typing import ClassVar

from keyring.backend import KeyringBackend


class MemoryKeyring(KeyringBackend):
    """Works, and forgets when the process ends."""

    priority: ClassVar[float] = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class HangingKeyring(MemoryKeyring):
    """Waits for a dialog nobody answers."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(60)
        return super().get_password(service, username)


class ForgetfulKeyring(MemoryKeyring):
    """Accepts a key and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Drop it."""


class LeakyKeyring(MemoryKeyring):
    """Fails with the key in its message."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot store {password}")


class PlaintextKeyring(MemoryKeyring):
    """Would write keys unencrypted."""
