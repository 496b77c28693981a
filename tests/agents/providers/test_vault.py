"""The key vault: what is put in comes out, and nothing but the right passphrase and the untouched file opens it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.providers import vault_file
from agents.providers.secret import Secret
from agents.providers.vault import FILE_NAME, Vault, vault_of
from core import sealing
from core.errors import ConfigurationError, MultiCoderError
from core.i18n import LOCALES, explain
from core.locks import locked

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = Secret("corret horse baterie staple")
OTHER = Secret("another horse altogether")
KEY = "sk-vault-canary-5a5a5a5a5a5a"


@pytest.fixture(autouse=True)
def weakest(monkeypatch):
    """Tests stretch their passphrases as on the weakest computer: they do it often."""
    monkeypatch.setattr(sealing, "STRONGEST", sealing.WEAKEST)


@pytest.fixture
def file(home):
    return home.root / FILE_NAME


@pytest.fixture
def vault(file):
    made = Vault(file)
    made.create(PASSPHRASE)
    return made


def refused(action, code):
    with pytest.raises(MultiCoderError) as caught:
        action()
    assert caught.value.code == code
    for locale in LOCALES:
        words = explain(caught.value, locale)
        assert all((words.what, words.did, words.next))
    return caught.value


def test_keys_are_kept_over_the_end_of_the_process_and_forgotten_when_asked(vault, file):
    assert (vault.state, vault.accounts()) == ("unlocked", ())
    vault.set("one", Secret(KEY))
    vault.set("one/work", Secret("second"))
    later = Vault(file)
    assert (later.state, later.accounts()) == ("locked", ("one", "one/work"))
    refused(lambda: later.get("one"), "vault-locked")
    later.unlock(PASSPHRASE)
    assert (later.get("one"), later.get("one/work"), later.get("nobody")) == (Secret(KEY), Secret("second"), None)
    later.remove("one")
    later.remove("one")
    assert (later.get("one"), later.accounts()) == (None, ("one/work",))
    later.lock()
    assert later.state == "locked"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(account=st.text(min_size=1, max_size=60), key=st.text(max_size=2_000))
def test_any_text_comes_out_as_it_went_in(vault, account, key):
    vault.set(account, Secret(key))
    assert vault.get(account) == Secret(key)
    vault.remove(account)


@settings(max_examples=10)
@given(passphrase=st.text(min_size=8, max_size=80).filter(lambda text: len(text.strip()) >= 8))
def test_any_passphrase_opens_what_it_closed(tmp_path_factory, passphrase):
    vault = Vault(tmp_path_factory.mktemp("any") / "keys.vault")
    vault.create(Secret(passphrase))
    vault.lock()
    vault.unlock(Secret(passphrase))


def test_a_passphrase_typed_on_another_system_is_the_same(file):
    Vault(file).create(Secret("\u0439ц\u0439ц пароль"))
    Vault(file).unlock(Secret("\u0438\u0306ц\u0438\u0306ц пароль"))


def test_each_flipped_bit_is_refused_and_the_file_left_as_it_is(vault, file):
    vault.set("one", Secret(KEY))
    good = file.read_bytes()
    codes = set()
    for bit in range(len(good) * 8):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        file.write_bytes(bad)
        for action in (lambda: vault.get("one"), lambda: vault.unlock(PASSPHRASE), lambda: vault.set("two", OTHER)):
            with pytest.raises(ConfigurationError) as caught:
                action()
            codes.add(caught.value.code)
        assert file.read_bytes() == bad
    assert codes == {"vault-damaged", "vault-foreign", "vault-newer"}
    file.write_bytes(good)
    assert vault.get("one") == Secret(KEY)


def test_a_bit_flipped_by_somebody_who_knows_the_form_is_refused_by_the_cipher(vault, file):
    vault.set("one", Secret(KEY))
    good = file.read_bytes()[:-32]
    chosen = random.Random(5)
    for bit in chosen.sample(range(len(good) * 8), 600):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        file.write_bytes(bytes(bad) + hashlib.sha256(bad).digest())
        with pytest.raises(MultiCoderError):
            vault.get("one")


def test_every_shorter_file_is_refused(vault, file):
    good = file.read_bytes()
    for length in range(len(good)):
        file.write_bytes(good[:length])
        with pytest.raises(ConfigurationError) as caught:
            vault.unlock(PASSPHRASE)
        assert caught.value.code == "vault-damaged"


def test_a_wrong_passphrase_is_told_from_damage_and_changes_nothing(vault, file):
    vault.set("one", Secret(KEY))
    before = file.read_bytes()
    later = Vault(file)
    refused(lambda: later.unlock(OTHER), "vault-wrong-passphrase")
    refused(lambda: later.change_passphrase(OTHER, PASSPHRASE), "vault-wrong-passphrase")
    assert (later.state, file.read_bytes()) == ("locked", before)
    refused(lambda: vault.unlock(OTHER), "vault-wrong-passphrase")
    assert vault.get("one") == Secret(KEY)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[provider]\nname = 'x'\n", "vault-foreign"),
        (random.Random(7).randbytes(500), "vault-foreign"),
        (b"MultiCoder key vault 2\nanything", "vault-newer"),
        (b"MultiCoder key vault one\nanything", "vault-damaged"),
        (b"", "vault-damaged"),
    ],
)
def test_what_is_no_vault_of_ours_is_neither_read_nor_overwritten(file, content, code):
    file.write_bytes(content)
    vault = Vault(file)
    refused(lambda: vault.unlock(PASSPHRASE), code)
    refused(lambda: vault.state, code)
    refused(lambda: vault.create(PASSPHRASE), "vault-exists")
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "wishes",
    [{"log2n": 30}, {"log2n": 1}, {"r": 1 << 20}, {"p": 1 << 20}, {"log2n": True}, {"log2n": "17"}, {"salt": "AAAA"}],
)
def test_a_hostile_file_cannot_ask_for_all_memory(vault, file, wishes):
    magic, line, body = file.read_bytes()[:-32].split(b"\n", 2)
    facts = json.loads(line)
    facts["scrypt"].update(wishes)
    forged = b"\n".join((magic, json.dumps(facts).encode(), body))
    file.write_bytes(forged + hashlib.sha256(forged).digest())
    began = time.monotonic()
    refused(lambda: Vault(file).unlock(PASSPHRASE), "vault-damaged")
    assert time.monotonic() - began < 1


def test_memory_that_is_not_there_is_told(vault, file, monkeypatch):
    monkeypatch.setattr(sealing.Stretching, "memory", 1 << 20)
    refused(lambda: Vault(file).unlock(PASSPHRASE), "sealing-memory")


def test_a_computer_with_little_free_memory_gets_a_vault_it_can_open(monkeypatch):
    monkeypatch.setattr(sealing, "STRONGEST", 17)
    free = type("Free", (), {"available": 0})
    monkeypatch.setattr("psutil.virtual_memory", lambda: free)
    for megabytes, log2n in ((100, 15), (300, 16), (700, 17), (64_000, 17)):
        free.available = megabytes << 20
        assert sealing.Stretching.fresh().log2n == log2n


def test_a_second_vault_and_a_short_passphrase_are_refused(vault, file, tmp_path):
    before = file.read_bytes()
    refused(lambda: vault.create(OTHER), "vault-exists")
    refused(lambda: vault.change_passphrase(PASSPHRASE, Secret("short")), "vault-passphrase-short")
    refused(lambda: Vault(tmp_path / "new").create(Secret("  short   ")), "vault-passphrase-short")
    assert file.read_bytes() == before
    assert not (tmp_path / "new").exists()


def test_a_missing_vault_is_told(file):
    vault = Vault(file)
    assert (vault.state, vault.accounts()) == ("absent", ())
    for action in (lambda: vault.unlock(PASSPHRASE), lambda: vault.get("one"), lambda: vault.set("one", OTHER)):
        refused(action, "vault-absent")


def test_a_vault_deleted_meanwhile_is_absent_and_may_be_made_anew(vault, file):
    vault.set("one", Secret(KEY))
    file.unlink()
    assert vault.state == "absent"
    refused(lambda: vault.set("two", OTHER), "vault-absent")
    vault.create(OTHER)
    assert vault.get("one") is None


def test_a_changed_passphrase_locks_the_vault_for_other_processes(vault, file):
    vault.set("one", Secret(KEY))
    other = Vault(file)
    other.unlock(PASSPHRASE)
    editions = {other.edition}
    vault.change_passphrase(PASSPHRASE, OTHER)
    assert vault.get("one") == Secret(KEY)
    assert (other.state, other.edition in editions) == ("locked", False)
    refused(lambda: other.unlock(PASSPHRASE), "vault-wrong-passphrase")
    other.unlock(OTHER)
    assert other.get("one") == Secret(KEY)


def test_what_is_read_and_sealed_never_repeats_a_nonce(vault, file):
    seen = set()
    for _ in range(50):
        vault.set("one", Secret(KEY))
        vault.remove("one")
        seen.add(vault_file.read(file).nonce)
    assert len(seen) == 50


def test_two_processes_that_write_at_the_same_time_lose_nothing(vault, file):
    other = Vault(file)
    other.unlock(PASSPHRASE)
    writers = [
        threading.Thread(target=lambda one=one, name=name: [one.set(f"{name}{n}", Secret(KEY)) for n in range(15)])
        for one, name in ((vault, "a"), (other, "b"))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(vault.accounts()) == 30


def test_a_lock_somebody_keeps_is_waited_for_and_told(vault, file, monkeypatch):
    monkeypatch.setattr("agents.providers.vault._PATIENCE_SECONDS", 0.2)
    with locked(file.with_name("keys.vault.lock"), 1):
        error = refused(lambda: vault.set("one", OTHER), "vault-unusable")
    assert "another process" in explain(error, "en").what
    vault.set("one", OTHER)


def test_a_full_disk_leaves_the_old_vault(vault, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    vault.set("one", Secret(KEY))
    monkeypatch.setattr("agents.providers.vault.write_atomic", full)
    error = refused(lambda: vault.set("one", OTHER), "vault-unusable")
    assert "No space" in explain(error, "ru").what
    assert vault.get("one") == Secret(KEY)


def test_what_would_not_be_read_again_is_not_written(vault, monkeypatch):
    monkeypatch.setattr(vault_file, "MOST_BYTES", 2_000)
    refused(lambda: vault.set("one", Secret("x" * 2_000)), "vault-full")
    assert (vault.state, vault.accounts()) == ("unlocked", ())


def test_no_byte_of_a_key_or_passphrase_is_in_the_folder(vault, file, home):
    vault.set("one", Secret(KEY))
    vault.change_passphrase(PASSPHRASE, OTHER)
    for path in home.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in (KEY, PASSPHRASE.reveal(), OTHER.reveal()):
                assert secret.encode() not in content
                assert secret.encode("utf-16-le") not in content
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


_WRITER = """
import sys
from pathlib import Path
from agents.providers.secret import Secret
from agents.providers.vault import Vault
vault = Vault(Path(sys.argv[1]))
vault.unlock(Secret(sys.stdin.readline().strip()))
number = 0
print("begun", flush=True)
while True:
    number += 1
    vault.set("number", Secret(str(number).rjust(20_000)))
"""


def test_a_kill_in_the_middle_of_a_write_leaves_the_old_vault_or_the_new_one(vault, file):
    vault.set("one", Secret(KEY))
    chosen = random.Random(7)
    numbers = []
    for _ in range(12):
        command = [sys.executable, "-P", "-c", _WRITER, str(file)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, **pipes) as writer:
            writer.stdin.write(f"{PASSPHRASE.reveal()}\n")
            writer.stdin.flush()
            assert writer.stdout.readline().strip() == "begun"
            time.sleep(chosen.uniform(0.0, 0.08))
            writer.kill()
        found = vault.get("number")
        numbers.append(len(found.reveal()) if found else 0)
        assert vault.get("one") == Secret(KEY)
    assert set(numbers) <= {0, 20_000}
    assert 20_000 in numbers
    vault.set("one", OTHER)  # the lock of a killed process is free
    assert vault.get("one") == OTHER


def test_a_process_has_one_vault_per_folder(home):
    assert vault_of(home) is vault_of(home)
