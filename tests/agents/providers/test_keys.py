"""Keys with keyrings of every temper."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from keyring.backends import fail

from agents.providers import keys
from agents.providers.keys import SERVICE, KeyStore, Secret
from agents.providers.vault import FILE_NAME, vault_of
from core import sealing
from core.errors import ConfigurationError
from core.i18n import LOCALES, explain
from core.redaction import redact
from tests.fakes.keyrings import (
    DeniedKeyring,
    ForgetfulKeyring,
    HangingKeyring,
    HastyKeyring,
    LeakyKeyring,
    LockedKeyring,
    MemoryKeyring,
    PlaintextKeyring,
)

ROOT = Path(__file__).resolve().parents[3]
VALUE = "sk-keyring-canary-987654"
NEWER = "sk-keyring-canary-newer"
PASSPHRASE = Secret("corret horse baterie staple")
UNUSABLE = [LockedKeyring, ForgetfulKeyring, LeakyKeyring, PlaintextKeyring, DeniedKeyring, fail.Keyring]


@pytest.fixture
def vault(home, monkeypatch):
    monkeypatch.setattr(sealing, "STRONGEST", sealing.WEAKEST)
    made = vault_of(home)
    made.create(PASSPHRASE)
    return made


async def refusal(action):
    """What a person is told, and that it does not take long."""
    began = time.monotonic()
    with pytest.raises(ConfigurationError) as caught:
        await action
    assert time.monotonic() - began < 5
    assert VALUE not in str(caught.value)
    return caught.value


async def test_a_key_is_kept_fetched_and_forgotten(use_keyring):
    ring = MemoryKeyring()
    use_keyring(ring)
    store = KeyStore()
    assert await store.get("one") is None
    await store.set("one", Secret(VALUE))
    assert ring.kept == {(SERVICE, "one"): VALUE}
    assert await store.get("one") == Secret(VALUE)
    await store.remove("one")
    await store.remove("one")
    assert ring.kept == {}


async def test_a_fetched_key_is_known_to_the_redactor(use_keyring):
    ring = MemoryKeyring()
    ring.kept[SERVICE, "one"] = "plain-looking-words-of-a-key"
    use_keyring(ring)
    assert await KeyStore().get("one")
    assert "plain-looking" not in redact("the server said plain-looking-words-of-a-key")


async def test_a_hanging_keyring_is_left_after_the_limit(use_keyring):
    use_keyring(HangingKeyring())
    started = time.monotonic()
    with pytest.raises(ConfigurationError) as caught:
        await KeyStore(seconds=0.3).get("one")
    assert time.monotonic() - started < 2
    assert caught.value.code == "keyring-unavailable"


@pytest.mark.parametrize("kind", UNUSABLE)
async def test_a_keyring_that_does_not_keep_keys_safely_is_refused_and_the_vault_offered(kind, home, use_keyring):
    use_keyring(kind())
    error = await refusal(KeyStore(home).set("one", Secret(VALUE)))
    assert error.code == "keyring-unavailable"
    for locale in LOCALES:
        assert "provider vault create" in explain(error, locale).next
        assert "MULTICODER_API_KEY" in explain(error, locale).next
    assert not [path for path in home.root.rglob("*") if path.is_file() and VALUE.encode() in path.read_bytes()]


async def test_a_slow_keyring_is_waited_for_once_and_tried_again_later(use_keyring, monkeypatch):
    ring = HangingKeyring()
    use_keyring(ring)
    assert (await refusal(KeyStore().get("one"))).code == "keyring-unavailable"
    for account in ("two", "three"):
        began = time.monotonic()
        assert (await refusal(KeyStore().get(account))).code == "keyring-unavailable"
        assert time.monotonic() - began < 1
    monkeypatch.setattr(keys._hanging, "until", 0.0)
    monkeypatch.setattr(HangingKeyring, "get_password", MemoryKeyring.get_password)
    assert await KeyStore().get("one") is None


async def test_a_keyring_that_answers_late_is_used_at_once(use_keyring, monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(HangingKeyring, "get_password", lambda *_: VALUE if answered.wait(30) else None)
    use_keyring(HangingKeyring())
    await refusal(KeyStore(seconds=0.2).get("one"))
    await refusal(KeyStore().get("one"))
    answered.set()
    async with asyncio.timeout(5):
        while keys._hanging is not None and not keys._hanging.done.done():  # noqa: ASYNC110 - another thread's state
            await asyncio.sleep(0.01)
    assert await KeyStore().get("one") == Secret(VALUE)


async def test_a_keyring_that_was_hung_is_not_held_against_another_one(use_keyring):
    use_keyring(HangingKeyring())
    await refusal(KeyStore(seconds=0.2).get("one"))
    use_keyring(MemoryKeyring())
    assert await KeyStore().get("one") is None


async def test_a_key_somebody_else_removes_meanwhile_is_removed(use_keyring):
    ring = HastyKeyring()
    use_keyring(ring)
    await KeyStore().set("one", Secret(VALUE))
    await KeyStore().remove("one")
    assert ring.kept == {}


# ------------------------------------------------------------------------------------------------ with a vault


@pytest.mark.parametrize("kind", UNUSABLE)
async def test_where_the_keyring_refuses_keys_go_to_the_open_vault(kind, home, vault, use_keyring):
    use_keyring(kind())
    store = KeyStore(home)
    assert await store.set("one", Secret(VALUE)) == "vault"
    assert await store.set("one/work", Secret(NEWER)) == "vault"
    assert (await store.get("one"), await store.get("one/work")) == (Secret(VALUE), Secret(NEWER))
    await store.remove("one")
    assert vault.accounts() == ("one/work",)


async def test_a_working_keyring_is_used_though_there_is_a_vault(home, vault, use_keyring):
    ring = MemoryKeyring()
    use_keyring(ring)
    assert await KeyStore(home).set("one", Secret(VALUE)) == "keyring"
    assert (ring.kept, vault.accounts()) == ({(SERVICE, "one"): VALUE}, ())
    vault.lock()
    assert await KeyStore(home).get("one") == Secret(VALUE)
    assert await KeyStore(home).get("two") is None


async def test_a_key_of_the_vault_is_never_moved_nor_taken_for_an_older_one_of_the_keyring(home, vault, use_keyring):
    ring = DeniedKeyring()
    ring.kept[SERVICE, "one"] = VALUE
    use_keyring(ring)
    store = KeyStore(home)
    assert await store.set("one", Secret(NEWER)) == "vault"
    assert await store.get("one") == Secret(NEWER)
    use_keyring(MemoryKeyring())
    assert await store.get("one") == Secret(NEWER)
    assert await store.set("one", Secret(VALUE)) == "vault"
    assert vault.get("one") == Secret(VALUE)


async def test_a_locked_vault_is_told_only_where_it_is_needed(home, vault, use_keyring):
    use_keyring(LockedKeyring())
    store = KeyStore(home)
    await store.set("one", Secret(VALUE))
    vault.lock()
    for action in (
        store.get("one"),
        store.set("one", Secret(NEWER)),
        store.set("two", Secret(NEWER)),
        store.remove("one"),
    ):
        error = await refusal(action)
        assert error.code == "vault-locked"
        for locale in LOCALES:
            assert "provider vault unlock" in explain(error, locale).next
    assert (await refusal(store.get("two"))).code == "keyring-unavailable"
    use_keyring(MemoryKeyring())
    await store.set("two", Secret(NEWER))
    assert await store.get("two") == Secret(NEWER)
    vault.unlock(PASSPHRASE)
    assert await store.get("one") == Secret(VALUE)


async def test_with_no_keyring_at_all_a_key_that_is_not_in_the_vault_is_simply_not_there(home, vault, use_keyring):
    use_keyring(fail.Keyring())
    assert await KeyStore(home).get("one") is None


async def test_a_damaged_vault_is_in_the_way_of_no_key_that_is_elsewhere(home, vault, use_keyring):
    use_keyring(MemoryKeyring())
    await KeyStore(home).set("one", Secret(VALUE))
    file = home.root / FILE_NAME
    file.write_bytes(file.read_bytes()[:-1])
    assert await KeyStore(home).get("one") == Secret(VALUE)
    assert (await refusal(KeyStore(home).get("two"))).code == "vault-damaged"
    use_keyring(fail.Keyring())
    assert (await refusal(KeyStore(home).get("one"))).code == "vault-damaged"


async def test_many_keys_of_a_slow_keyring_are_waited_for_together(home, vault, use_keyring):
    vault.set("one", Secret(VALUE))
    use_keyring(HangingKeyring())
    began = time.monotonic()
    found = await asyncio.gather(
        *(KeyStore(home).get(account) for account in ("one", "a", "b", "c")), return_exceptions=True
    )
    assert time.monotonic() - began < 5
    assert found[0] == Secret(VALUE)
    assert [error.code for error in found[1:]] == ["keyring-unavailable"] * 3


@pytest.mark.parametrize(
    ("backend", "limit"), [("keyring.backends.fail.Keyring", 10), ("tests.fakes.keyrings.HangingKeyring", 10)]
)
def test_a_process_with_an_unusable_keyring_ends_in_time(backend, limit):
    code = (
        "import asyncio\n"
        "from agents.providers.keys import KeyStore\n"
        "from core.errors import ConfigurationError\n"
        "try:\n"
        "    asyncio.run(KeyStore(seconds=1).get('one'))\n"
        "except ConfigurationError as error:\n"
        "    print(error.code)\n"
    )
    environ = os.environ | {"PYTHON_KEYRING_BACKEND": backend}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert time.monotonic() - started < limit
    assert (done.stdout.strip(), done.returncode) == ("keyring-unavailable", 0), done.stderr


def test_a_secret_is_never_written_anywhere():
    secret = Secret(VALUE)
    assert VALUE not in f"{secret!r} {secret} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    assert (secret.reveal(), bool(secret), bool(Secret(""))) == (VALUE, True, False)
