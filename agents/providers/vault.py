"""The key vault: one encrypted file for computers without a usable keyring.

Unlocked it holds the derived key in memory, never the keys themselves, and each look reads the file: several
processes may work with it, each unlocks it for itself, and whoever changes the passphrase locks it for the others.
All methods block.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from agents.providers.secret import Secret
from agents.providers.vault_file import Sealed, read, seal
from core.errors import ConfigurationError, InputError
from core.files import write_atomic
from core.locks import locked
from core.sealing import Stretching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from core.paths import Home

VaultState = Literal["absent", "locked", "unlocked"]

FILE_NAME: Final = "keys.vault"
"""In the data folder."""
SHORTEST_PASSPHRASE: Final = 8
"""Characters; what is shorter the redactor would not hide either."""
_PATIENCE_SECONDS: Final = 3.0
"""Others hold the lock file for one write."""
_BUSY: Final = "busy"
"""Detail where another process keeps the lock file; the texts have words of their own for it."""


class Vault:
    """The vault in one file, as this process knows it.

    Raises ConfigurationError `vault-absent`, `vault-locked`, and for a file that cannot be used `vault-foreign`,
    `vault-newer`, `vault-damaged`, `vault-unusable`, `sealing-memory`, `vault-full`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._turn = threading.Lock()
        """A passphrase is stretched in 128 MiB: one at a time."""
        self._open: tuple[Stretching, bytes] | None = None
        self._changes = 0

    # ------------------------------------------------------------------------------------------ looking

    @property
    def state(self) -> VaultState:
        """Whether there is a vault, and whether this process can use it."""
        sealed = read(self._file)
        if sealed is None:
            return "absent"
        return "unlocked" if self._key(sealed) else "locked"

    def accounts(self) -> tuple[str, ...]:
        """Whose keys are in it; also of a locked one, none without one."""
        sealed = read(self._file)
        return sealed.accounts if sealed is not None else ()

    @property
    def edition(self) -> tuple[int, ...]:
        """Another value after each change of what this process can read in it."""
        try:
            found = self._file.stat()
        except OSError:
            return (self._changes,)
        return self._changes, found.st_mtime_ns, found.st_ino

    def get(self, account: str) -> Secret | None:
        """The key of an account, None when the vault has none of it."""
        _, _, keys = self._unsealed()
        return Secret(keys[account]) if account in keys else None

    # ------------------------------------------------------------------------------------------ opening

    def create(self, passphrase: Secret) -> None:
        """Make an empty vault, unlocked; InputError `vault-exists` when anything is in its place."""
        check_passphrase(passphrase)
        with self._writing():
            if self._file.exists():
                raise InputError("vault-exists", path=str(self._file))
            self._seal({}, passphrase)

    def unlock(self, passphrase: Secret) -> None:
        """Keep the derived key; InputError `vault-wrong-passphrase` leaves everything as it was."""
        with self._turn:
            sealed = self._sealed()
            key, _ = _opened(sealed, passphrase)
            self._keep(sealed.stretching, key)

    def lock(self) -> None:
        """Forget the derived key."""
        self._open = None
        self._changes += 1

    def change_passphrase(self, old: Secret, new: Secret) -> None:
        """Seal the keys anew; afterwards this process has it unlocked and every other one locked."""
        check_passphrase(new)
        with self._writing():
            with self._turn:
                _, keys = _opened(self._sealed(), old)
            self._seal(keys, new)

    # ------------------------------------------------------------------------------------------ changing

    def set(self, account: str, key: Secret) -> None:
        """Keep a key."""
        self._change(lambda keys: keys | {account: key.reveal()})

    def remove(self, account: str) -> None:
        """Forget a key; one that is not there is no error."""
        self._change(lambda keys: {name: kept for name, kept in keys.items() if name != account})

    def _change(self, changed: Callable[[dict[str, str]], dict[str, str]]) -> None:
        with self._writing():
            sealed, key, before = self._unsealed()
            after = changed(before)
            if after != before:
                write_atomic(self._file, seal(after, sealed.stretching, key))

    # ------------------------------------------------------------------------------------------ inside

    def _sealed(self) -> Sealed:
        sealed = read(self._file)
        if sealed is None:
            raise ConfigurationError("vault-absent")
        return sealed

    def _key(self, sealed: Sealed) -> bytes | None:
        """The derived key, when it is that of this very file: another process may have changed the passphrase."""
        known = self._open
        return known[1] if known is not None and known[0] == sealed.stretching else None

    def _unsealed(self) -> tuple[Sealed, bytes, dict[str, str]]:
        sealed = self._sealed()
        key = self._key(sealed)
        if key is None:
            raise ConfigurationError("vault-locked")
        keys = sealed.keys(key)
        if keys is None:
            raise ConfigurationError("vault-damaged", path=str(self._file))
        return sealed, key, keys

    def _seal(self, keys: Mapping[str, str], passphrase: Secret) -> None:
        stretching = Stretching.fresh()
        with self._turn:
            key = stretching.key(passphrase)
        write_atomic(self._file, seal(keys, stretching, key))
        self._keep(stretching, key)

    def _keep(self, stretching: Stretching, key: bytes) -> None:
        self._open = (stretching, key)
        self._changes += 1

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Let one process at a time read, change and write."""
        try:
            with locked(self._file.with_name(f"{self._file.name}.lock"), _PATIENCE_SECONDS):
                yield
        except TimeoutError as error:
            raise ConfigurationError("vault-unusable", path=str(self._file), detail=_BUSY) from error
        except OSError as error:
            raise ConfigurationError("vault-unusable", path=str(self._file), detail=error.strerror or "") from error


def _opened(sealed: Sealed, passphrase: Secret) -> tuple[bytes, dict[str, str]]:
    key = sealed.stretching.key(passphrase)
    keys = sealed.keys(key)
    if keys is None:
        raise InputError("vault-wrong-passphrase")
    return key, keys


def check_passphrase(passphrase: Secret) -> None:
    """Refuse a passphrase that is too short to be guessed late."""
    if len(passphrase.reveal().strip()) < SHORTEST_PASSPHRASE:
        raise InputError("vault-passphrase-short", least=SHORTEST_PASSPHRASE)


_known: dict[Path, Vault] = {}
_knowing: Final = threading.Lock()


def vault_of(home: Home) -> Vault:
    """The vault of a data folder: one per process, so that whoever unlocks it does so for all of the process."""
    with _knowing:
        return _known.setdefault(home.root, Vault(home.root / FILE_NAME))
