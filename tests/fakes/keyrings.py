"""Keyrings of every temper, selectable by PYTHON_KEYRING_BACKEND like real ones."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path
from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import InitError, PasswordDeleteError, PasswordSetError


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


class LockedKeyring(MemoryKeyring):
    """What the Secret Service does while nobody has unlocked it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise InitError("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError("Failed to unlock the collection!")


class DeniedKeyring(MemoryKeyring):
    """Lets itself be read, and the person says no to every writing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("Can't store password on keychain: (-128, 'User canceled the operation.')")


class HastyKeyring(MemoryKeyring):
    """Somebody else removes what is about to be removed."""

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username)
        raise PasswordDeleteError("not found")


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


class FileKeyring(MemoryKeyring):
    """Keeps keys in the file KEYRING_FILE, so that several processes of one test share them."""

    @property
    def _file(self) -> Path:
        return Path(os.environ["KEYRING_FILE"])  # read when used: the library makes one of every class it finds

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service}/{username}"]
        self._write(kept)

    def _read(self) -> dict[str, str]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def _write(self, kept: dict[str, str]) -> None:
        """Never half: another process may be reading."""
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}-{threading.get_ident()}")
        fresh.write_text(json.dumps(kept))
        fresh.replace(self._file)
