"""Providers and their keys in the hands of a person: saved, ordered, tried, taken along, forgotten."""

from __future__ import annotations

import tomllib
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.providers.accounts import Accounts, from_preset
from agents.providers.keys import SERVICE
from agents.providers.registry import KeyRow, Provider
from agents.providers.secret import Secret
from core.errors import InputError, MultiCoderError
from core.paths import Home
from tests.fakes.keyrings import MemoryKeyring
from tests.fakes.openai_server import Answer, OpenAIServer

ONE = "sk-canary-one-0123456789abcdef"
TWO = "sk-canary-two-0123456789abcdef"
PHRASE = "a long passphrase"


@pytest.fixture
def ring(use_keyring) -> MemoryKeyring:
    kept = MemoryKeyring()
    use_keyring(kept)
    return kept


@pytest.fixture
def accounts(home, ring) -> Accounts:
    return Accounts(home)


def everything(home: Home) -> bytes:
    return b"".join(file.read_bytes() for file in home.root.rglob("*") if file.is_file())


async def test_several_keys_of_a_provider_are_kept_and_forgotten_with_it(accounts, ring, home):
    await accounts.save(from_preset("openrouter"), Secret(ONE))
    await accounts.set_key("openrouter", KeyRow("work", per_minute=20, parallel=2), Secret(TWO))
    row = accounts.get("openrouter")
    assert row.keys == (KeyRow(), KeyRow("work", per_minute=20, parallel=2))
    assert [facts.hint for facts in await accounts.keys(row)] == ["sk-…cdef", "sk-…cdef"]
    assert (ring.get_password(SERVICE, "openrouter"), ring.get_password(SERVICE, "openrouter/work")) == (ONE, TWO)
    await accounts.set_key("openrouter", KeyRow("work", enabled=False))
    assert ring.get_password(SERVICE, "openrouter/work") == TWO
    await accounts.remove_key("openrouter", "work")
    assert accounts.get("openrouter").keys == (KeyRow(),)
    assert ring.get_password(SERVICE, "openrouter/work") is None
    await accounts.remove("openrouter")
    assert (accounts.rows(), ring.get_password(SERVICE, "openrouter")) == ((), None)
    assert ONE.encode() not in everything(home)


async def test_every_key_is_tried_by_itself(accounts):
    with OpenAIServer([Answer("x")], keys=[ONE]) as server:
        await accounts.save(Provider("mine", "Mine", server.url), Secret(ONE))
        await accounts.set_key("mine", KeyRow("old"), Secret(TWO))
        await accounts.set_key("mine", KeyRow("off", enabled=False), Secret(TWO))
        found = await accounts.check("mine")
    assert {label: result.state for label, result in found.items()} == {"": "valid", "old": "bad_key"}


async def test_the_order_is_that_of_the_fallback(accounts):
    for name in ("a", "b", "c"):
        await accounts.save(Provider(name, name, "https://api.example/v1"))
    accounts.order(["c", "a"])
    assert [row.id for row in accounts.rows()] == ["c", "a", "b"]
    with pytest.raises(InputError):
        accounts.order(["nobody"])


@pytest.mark.parametrize("label", ["a/b", "x" * 41, " ", "a\nb", "…"])
async def test_labels_that_may_not(accounts, label):
    await accounts.save(Provider("mine", "Mine", "https://api.example/v1"))
    with pytest.raises(InputError) as caught:
        await accounts.set_key("mine", KeyRow(label), Secret(ONE))
    assert caught.value.code == "bad-key-label"


async def test_a_region_fills_in_its_address():
    assert from_preset("moonshot", "kimi", host="china").base_url == "https://api.moonshot.cn/v1"
    with pytest.raises(InputError) as caught:
        from_preset("moonshot", host="mars")
    assert (caught.value.code, caught.value.facts["hosts"]) == ("unknown-host", "world, china, coding-plan")


# ------------------------------------------------------------------------------------------------- taking along


async def test_an_export_holds_no_keys_unless_they_are_sealed(accounts, tmp_path):
    await accounts.save(from_preset("deepseek"), Secret(ONE))
    plain, sealed = tmp_path / "plain.toml", tmp_path / "sealed.zip"
    assert await accounts.export(plain) == 0
    assert await accounts.export(sealed, Secret(PHRASE)) == 1
    assert tomllib.loads(plain.read_text())["provider"][0]["id"] == "deepseek"
    with zipfile.ZipFile(sealed) as archive:
        packed = b"".join(archive.read(name) for name in archive.namelist())
    assert ONE.encode() not in plain.read_bytes() + sealed.read_bytes() + packed


async def test_an_import_brings_rows_and_keys_to_another_computer(accounts, ring, tmp_path, use_keyring):
    await accounts.save(from_preset("deepseek"), Secret(ONE))
    await accounts.set_key("deepseek", KeyRow("second"), Secret(TWO))
    await accounts.save(Provider("mine", "Mine", "https://api.example/v1"))
    file = tmp_path / "all.zip"
    await accounts.export(file, Secret(PHRASE))

    another = MemoryKeyring()
    use_keyring(another)
    there = Home(tmp_path / "there")
    there.prepare()
    elsewhere = Accounts(there)
    await elsewhere.save(Provider("mine", "Theirs", "https://theirs.example/v1"))
    done = await elsewhere.import_(file, Secret(PHRASE))
    assert (done.added, done.replaced, done.kept, done.keys) == (("deepseek",), (), ("mine",), 2)
    assert elsewhere.get("mine").name == "Theirs"
    assert another.get_password(SERVICE, "deepseek/second") == TWO
    done = await elsewhere.import_(file, Secret(PHRASE), replacing=True)
    assert (done.added, done.replaced) == ((), ("deepseek", "mine"))
    assert elsewhere.get("mine").name == "Mine"


async def test_a_wrong_passphrase_changes_nothing(accounts, ring, tmp_path):
    await accounts.save(from_preset("deepseek"), Secret(ONE))
    file = tmp_path / "all.zip"
    await accounts.export(file, Secret(PHRASE))
    await accounts.remove("deepseek")
    for phrase, code in ((None, "import-passphrase"), (Secret("another passphrase"), "import-wrong-passphrase")):
        with pytest.raises(InputError) as caught:
            await accounts.import_(file, phrase)
        assert caught.value.code == code
    assert (accounts.rows(), ring.get_password(SERVICE, "deepseek")) == ((), None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest)))
async def test_a_file_that_is_no_export_is_refused_and_changes_nothing(accounts, tmp_path, data):
    file = tmp_path / "junk"
    file.write_bytes(data)
    try:
        done = await accounts.import_(file)
    except MultiCoderError:
        pass
    else:
        assert done.added == ()
    assert accounts.rows() == ()


async def test_rows_of_a_file_are_checked_like_typed_ones(accounts, tmp_path):
    file = tmp_path / "evil.toml"
    file.write_text('[[provider]]\nid = "evil"\nname = "x"\nbase_url = "http://evil.example/v1"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        await accounts.import_(file)
    assert (caught.value.code, accounts.rows()) == ("bad-url", ())
