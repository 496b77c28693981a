"""What a person does with providers and their keys; on disk and in the key storage when a method returns."""

from __future__ import annotations

import asyncio
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agents.providers.catalogue import preset
from agents.providers.discovery import check
from agents.providers.keys import KeyStore
from agents.providers.registry import ENV_PROVIDER, KeyRow, Provider, Registry, checked
from agents.providers.vault import check_passphrase
from agents.providers.vault_file import read, seal
from agents.providers.webchat.chats import web_chats_of
from core.errors import ConfigurationError, InputError, StorageError
from core.files import write_atomic
from core.sealing import Stretching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.providers.discovery import CheckResult
    from agents.providers.keys import Place
    from agents.providers.secret import Secret
    from core.paths import Home

LARGEST_IMPORT: Final = 5_000_000
_ROWS, _KEYS = "providers.toml", "keys.vault"
_AT_ONCE: Final = 4
"""Keys tried at the same time."""
_LOCKED: Final = "vault-locked"
"""There is a key in the vault, so that also who could do without one has to wait for it."""
_SHOWN: Final = 16
"""Keys at least this long are told from each other by their ends."""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A key as it may be shown."""

    row: KeyRow
    hint: str
    """Its beginning and its end; empty when there is none in the key storage."""
    trouble: ConfigurationError | None = None
    """Why nobody knows whether it is there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by provider id."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    kept: tuple[str, ...]
    """Rows of the file that were left out because such a provider is here already."""
    keys: int


def from_preset(preset_id: str, name: str = "", *, host: str = "", home: Home | None = None) -> Provider:
    """Return a row as the catalogue fills it in; `host` is a region or plan of the maker.

    With the data folder `home` the person's own recipes of web chats are presets, too.
    Raises InputError `unknown-preset`, `preset-gone`, `unknown-host`, ConfigurationError for a recipe.
    """
    known = preset(preset_id, home.root if home else None)
    if host and host not in known.hosts:
        raise InputError("unknown-host", host=host, preset=known.name, hosts=", ".join(known.hosts) or "-")
    return Provider(
        id=name or known.id,
        name=known.name,
        base_url=known.hosts[host] if host else known.base_url,
        enabled=not known.off_at_first,
        preset=known.id,
        group=known.group,
    )


class Accounts:
    """The providers of one data folder, with their keys."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._registry = Registry(home.providers)
        self._store = KeyStore(home)

    # ------------------------------------------------------------------------------------------ rows

    def rows(self) -> tuple[Provider, ...]:
        """Return all rows in fallback order."""
        return self._registry.list()

    def get(self, provider_id: str) -> Provider:
        """Return one row; InputError `unknown-provider`."""
        return self._registry.get(provider_id)

    def fresh(self, preset_id: str, name: str = "", *, host: str = "") -> Provider:
        """Return a new row; the person's own recipes of web chats are presets, too. Raises as `from_preset` does."""
        return from_preset(preset_id, name, host=host, home=self._home)

    async def save(self, provider: Provider, key: Secret | None = None) -> Place | None:
        """Add a row or replace the one of its id; with a key, which goes to the row's first place for one.

        Return where that key is kept.
        """
        place: Place | None = None
        if provider.id == ENV_PROVIDER:
            raise InputError("bad-provider-id", provider=provider.id)
        checked(provider)
        if key:  # first: a row without its key would be tried, and a key without its row does no harm
            provider = replace(provider, keys=provider.keys or (KeyRow(),))
            place = await self._store.set(provider.stored_as(provider.keys[0]), key)
        await asyncio.to_thread(self._registry.add, provider)
        return place

    async def remove(self, provider_id: str) -> None:
        """Forget a row and its keys, or where it is signed in. Raises ProviderError while a web chat is in use."""
        row = await asyncio.to_thread(self.get, provider_id)
        if row.wire.protocol == "web":
            await web_chats_of(self._home).forget(row)
        for key in row.keys:  # first: where one cannot be forgotten, the row still says that it is there
            await self._forget(row, key)
        await asyncio.to_thread(self._registry.remove, provider_id)

    def enable(self, provider_id: str, *, enabled: bool) -> None:
        """Switch a row on or off."""
        self._registry.enable(provider_id, enabled=enabled)

    def order(self, provider_ids: Sequence[str]) -> None:
        """Put the named rows first, in this order."""
        self._registry.order(provider_ids)

    # ------------------------------------------------------------------------------------------ keys

    async def set_key(self, provider_id: str, key: KeyRow, secret: Secret | None = None) -> None:
        """Add a key to a row, or change its limits; without a secret the one that is stored stays."""
        row = await asyncio.to_thread(self.get, provider_id)
        known = {other.label: other for other in row.keys}
        changed = checked(replace(row, keys=tuple({**known, key.label: key}.values())))
        if secret:
            await self._store.set(row.stored_as(key), secret)
        await asyncio.to_thread(self._registry.add, changed)

    async def remove_key(self, provider_id: str, label: str) -> None:
        """Forget one key of a row."""
        row = await asyncio.to_thread(self.get, provider_id)
        gone = [key for key in row.keys if key.label == label]
        if not gone:
            raise InputError("unknown-key", provider=provider_id, label=label)
        await self._forget(row, gone[0])
        await asyncio.to_thread(
            self._registry.add, replace(row, keys=tuple(key for key in row.keys if key not in gone))
        )

    async def keys(self, provider: Provider) -> list[KeyFacts]:
        """Tell of each key of a row whether it is there."""
        return [await self._key_facts(provider, key) for key in provider.keys]

    async def check(self, provider_id: str) -> dict[str, CheckResult]:
        """Try every enabled key of a row, by label; a row that takes none is tried once, under the empty label."""
        row = await asyncio.to_thread(self.get, provider_id)
        turn = asyncio.Semaphore(_AT_ONCE)

        async def tried(key: KeyRow) -> CheckResult:
            async with turn:
                return await self._tried(row, key)

        keys = [key for key in row.keys if key.enabled]
        return dict(zip([key.label for key in keys], await asyncio.gather(*map(tried, keys)), strict=True))

    async def try_out(self, row: Provider, secret: Secret | None = None) -> CheckResult:
        """Try a row as it would be, without a secret with the one that is stored for it; nothing is kept."""
        checked(row)
        first = row.keys[0] if row.keys else KeyRow()
        return await check(row, secret, home=self._home) if secret else await self._tried(row, first)

    async def _tried(self, row: Provider, key: KeyRow) -> CheckResult:
        try:
            secret = await self._store.get(row.stored_as(key))
        except ConfigurationError as error:
            if error.code == _LOCKED or not row.keyless:
                raise
            result = await check(row, None, home=self._home)
            if result.state == "bad_key":  # it does take one, which could not be fetched
                raise
            return result
        return await check(row, secret, home=self._home)

    async def _forget(self, row: Provider, key: KeyRow) -> None:
        try:
            await self._store.remove(row.stored_as(key))
        except ConfigurationError as error:
            if error.code == _LOCKED or not row.keyless:
                raise

    async def _key_facts(self, row: Provider, key: KeyRow) -> KeyFacts:
        try:
            secret = await self._store.get(row.stored_as(key))
        except ConfigurationError as error:
            return KeyFacts(key, "", error)
        return KeyFacts(key, _hint(secret) if secret else "")

    # ------------------------------------------------------------------------------------------ export, import

    async def export(self, file: Path, passphrase: Secret | None = None) -> int:
        """Write the rows to `file`; with a passphrase also the keys, sealed by it. Return how many keys went along.

        Raises InputError `vault-passphrase-short`, StorageError `export-unwritable`.
        """
        if passphrase:
            check_passphrase(passphrase)
        rows, team = await asyncio.to_thread(lambda: (self.rows(), self._registry.team()))
        keys = await self._all_keys(rows) if passphrase else {}

        def write() -> None:
            with tempfile.TemporaryDirectory(prefix="multicoder-export-") as folder:
                listed = Path(folder) / _ROWS
                Registry(listed).replace(rows, team)
                if not passphrase:
                    write_atomic(file, listed.read_bytes())
                    return
                stretching = Stretching.fresh()
                packed = Path(folder) / "export.zip"
                with zipfile.ZipFile(packed, "w") as archive:
                    archive.write(listed, _ROWS)
                    archive.writestr(_KEYS, seal(keys, stretching, stretching.key(passphrase)))
                write_atomic(file, packed.read_bytes())

        try:
            await asyncio.to_thread(write)
        except OSError as error:
            raise StorageError("export-unwritable", path=str(file), detail=error.strerror or "") from error
        return len(keys)

    async def import_(self, file: Path, passphrase: Secret | None = None, *, replacing: bool = False) -> Imported:
        """Take rows from a file that `export` wrote, and with the passphrase their keys.

        Raises InputError `import-unreadable`, `import-passphrase` (it holds keys and none was given) and what an
        unusable row or a wrong passphrase raises; then nothing was changed.
        """
        rows, keys = await asyncio.to_thread(_unpacked, file, passphrase)
        here = {row.id for row in await asyncio.to_thread(self.rows)}
        taken = [row for row in rows if replacing or row.id not in here]
        stored = {row.stored_as(key) for row in taken for key in row.keys}
        for account, secret in keys.items():
            if account in stored:
                await self._store.set(account, secret)
        for row in taken:
            await asyncio.to_thread(self._registry.add, row)
        return Imported(
            added=tuple(row.id for row in taken if row.id not in here),
            replaced=tuple(row.id for row in taken if row.id in here),
            kept=tuple(row.id for row in rows if row not in taken),
            keys=len(stored & set(keys)),
        )

    async def _all_keys(self, rows: Sequence[Provider]) -> dict[str, str]:
        accounts = [row.stored_as(key) for row in rows for key in row.keys]
        found = {account: await self._store.get(account) for account in accounts}
        return {account: secret.reveal() for account, secret in found.items() if secret}


def _unpacked(file: Path, passphrase: Secret | None) -> tuple[tuple[Provider, ...], dict[str, Secret]]:
    """Read an export; its rows are checked like rows that a person types."""
    from agents.providers.secret import Secret  # noqa: PLC0415 - only where keys are read

    try:
        if file.stat().st_size > LARGEST_IMPORT:
            raise InputError("import-unreadable", path=str(file), detail="> 5 MB")
        data = file.read_bytes()
    except OSError as error:
        raise InputError("import-unreadable", path=str(file), detail=error.strerror or "") from error
    with tempfile.TemporaryDirectory(prefix="multicoder-import-") as folder:
        listed, sealed = Path(folder) / _ROWS, Path(folder) / _KEYS
        _lay_out(file, data, listed, sealed)
        rows = tuple(map(checked, Registry(listed).list()))
        vault = read(sealed)
        if vault is None:
            return rows, {}
        if not passphrase:
            raise InputError("import-passphrase", path=str(file))
        keys = vault.keys(vault.stretching.key(passphrase))
    if keys is None:
        raise InputError("import-wrong-passphrase", path=str(file))
    return rows, {account: Secret(value) for account, value in keys.items()}


def _lay_out(file: Path, data: bytes, listed: Path, sealed: Path) -> None:
    if not data.startswith(b"PK"):
        listed.write_bytes(data)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for name, place in ((_ROWS, listed), (_KEYS, sealed)):
                if archive.getinfo(name).file_size > LARGEST_IMPORT:
                    raise InputError("import-unreadable", path=str(file), detail=name)
                place.write_bytes(archive.read(name))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise InputError("import-unreadable", path=str(file), detail=type(error).__name__) from error


def _hint(secret: Secret) -> str:
    value = secret.reveal()
    return f"{value[:3]}…{value[-4:]}" if len(value) >= _SHOWN else "…"


__all__ = ["Accounts", "Imported", "KeyFacts", "from_preset"]
