"""Keys with keyrings of every temper."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agents.providers.keys import SERVICE, KeyStore, Secret
from core.errors import ConfigurationError
from core.i18n import LOCALES, explain
from core.redaction import redact
from tests.fakes.keyrings import ForgetfulKeyring, HangingKeyring, LeakyKeyring, MemoryKeyring, PlaintextKeyring

ROOT = Path(__file__).resolve().parents[3]
VALUE = "sk-keyring-canary-987654"


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


@pytest.mark.parametrize("ring", [ForgetfulKeyring(), LeakyKeyring(), PlaintextKeyring()])
async def test_a_keyring_that_does_not_keep_keys_safely_is_refused(ring, use_keyring):
    use_keyring(ring)
    with pytest.raises(ConfigurationError) as caught:
        await KeyStore().set("one", Secret(VALUE))
    assert caught.value.code == "keyring-unavailable"
    assert VALUE not in str(caught.value)
    for locale in LOCALES:
        assert "MULTICODER_API_KEY" in explain(caught.value, locale).next


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
