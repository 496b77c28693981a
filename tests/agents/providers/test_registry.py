"""The provider rows on disk."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.providers.registry import Price, Provider, Registry, check_url, from_environment
from core.errors import InputError, StorageError
from core.i18n import LOCALES, explain

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
MONEY = st.floats(0, 1000)


@pytest.fixture
def registry(tmp_path) -> Registry:
    return Registry(tmp_path / "new" / "providers.toml")


def row(provider_id="one", **fields) -> Provider:
    return Provider(provider_id, provider_id.title(), "https://models.example/v1", **fields)


def test_rows_keep_their_order_and_are_replaced_in_place(registry):
    assert registry.list() == ()
    registry.add(row("one"))
    registry.add(row("two"))
    registry.add(row("one", models=("a", "b")))
    assert [(p.id, p.models) for p in registry.list()] == [("one", ("a", "b")), ("two", ())]
    registry.enable("one", enabled=False)
    assert [p.enabled for p in registry.list()] == [False, True]
    registry.remove("one")
    assert [p.id for p in registry.list()] == ["two"]


def test_an_unknown_row_is_named(registry):
    for action in (registry.get, registry.remove, registry.enable):
        with pytest.raises(InputError) as caught:
            action("nobody")
        assert (caught.value.code, caught.value.facts) == ("unknown-provider", {"provider": "nobody"})


def test_the_team_survives_changes_of_rows(tmp_path):
    file = tmp_path / "providers.toml"
    file.write_text("[team]\ncoder = ['one:a', 'two']\nreviewer = ['b']\n", encoding="utf-8-sig")  # as Notepad does
    registry = Registry(file)
    registry.add(row())
    assert registry.team() == {"coder": ("one:a", "two"), "reviewer": ("b",)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    name=TEXT,
    models=st.lists(TEXT, max_size=4).map(tuple),
    family=TEXT,
    prices=st.dictionaries(TEXT, st.builds(Price, MONEY, MONEY), max_size=3),
)
def test_any_text_comes_back_from_disk(registry, name, models, family, prices):
    wanted = Provider(
        "one",
        name,
        "http://127.0.0.1:8080/v1",
        models,
        enabled=False,
        family=family,
        prices=prices,
        headers={"X-Title": "Работа"},
    )
    registry.add(wanted)
    assert registry.get("one") == wanted


def test_a_failed_save_leaves_the_old_list(registry, tmp_path):
    registry.add(row())
    with pytest.raises(StorageError) as caught:
        registry.add(row(family="\ud800"))
    assert caught.value.code == "providers-unwritable"
    assert registry.get("one") == row()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["providers.toml"]


@pytest.mark.parametrize(
    "text",
    [
        "[[provider]",
        "provider = 3",
        "[[provider]]\nid = 'x'",
        "[[provider]]\nid='x'\nbase_url='http://127.0.0.1'\nmodels=7",
        "[[provider]]\nid='x'\nbase_url='http://127.0.0.1'\nmodels='gpt'",
        "[[provider]]\nid='x'\nbase_url='http://127.0.0.1'\nenabled='false'",
        "[[provider]]\nid='x'\nbase_url='http://127.0.0.1'\nprices={m=[nan, 1]}",
        "[[provider]]\nid='x'\nbase_url='http://127.0.0.1'\nprices={m=[1, -1]}",
    ],
)
def test_a_damaged_file_is_reported_and_left_alone(text, tmp_path):
    file = tmp_path / "providers.toml"
    file.write_text(text)
    with pytest.raises(StorageError) as caught:
        Registry(file).list()
    assert caught.value.code == "providers-unreadable"
    assert file.read_text() == text


@pytest.mark.parametrize("text", ["team = 'demo'", "[[team]]\ncoder = ['a']"])
def test_a_team_that_is_no_table_is_reported(text, tmp_path):
    file = tmp_path / "providers.toml"
    file.write_text(text)
    with pytest.raises(StorageError) as caught:
        Registry(file).team()
    assert caught.value.code == "providers-unreadable"


@pytest.mark.parametrize(
    "url",
    ["https://name:pa/canary@api.example", "https://name:canary?pa@api.example/v1", "name:canary@api.example",
     "https://name:canary#pa@api.example/v1", "https://name:p@canary/v@api.example"],
)  # fmt: skip
def test_no_part_of_a_password_is_shown(url):
    with pytest.raises(InputError) as caught:
        check_url(url)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1/v1",
        "http://[::1]:80/v1",
        "https://[2001:db8::1]/v1",
    ],
)
def test_addresses_that_may_be_used(url):
    check_url(url)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://api.example/v1", "plain-http"),
        ("http://localhost.example/v1", "plain-http"),
        ("http://127.0.0.1.example/v1", "plain-http"),
        ("http://192.168.0.7:8080/v1", "plain-http"),
        ("https://name:pass@api.example/v1", "credentials"),
        ("https://name@api.example/v1", "credentials"),
        ("https://api.example/v1?key=abcdef", "query"),
        ("ftp://api.example", "form"),
        ("api.example/v1", "form"),
        ("https://", "form"),
        ("https://api.example:port/v1", "form"),
        ("https://api.example/v 1", "form"),
        ("", "form"),
    ],
)
def test_addresses_that_may_not(url, reason, registry):
    with pytest.raises(InputError) as caught:
        registry.add(Provider("one", "One", url))
    assert (caught.value.code, caught.value.facts["reason"]) == ("bad-url", reason)
    assert not {"pass", "abcdef"} & set(str(caught.value.facts["url"]).replace("=", " ").replace(":", " ").split())
    assert registry.list() == ()
    assert len({explain(caught.value, locale).what for locale in LOCALES}) == 2


def test_keys_do_not_get_into_the_file_as_headers(registry):
    for name in ("Authorization", "X-Api-Key", "bad name", "Cookie"):
        with pytest.raises(InputError) as caught:
            registry.add(row(headers={name: "value"}))
        assert caught.value.code == "bad-header"
    with pytest.raises(InputError):
        registry.add(row(headers={"X-Title": "two\nlines"}))


@pytest.mark.parametrize("provider_id", ["", "UPPER", "../x", "a b", "-x", "x" * 41, "имя"])
def test_ids_are_simple(provider_id, registry):
    with pytest.raises(InputError) as caught:
        registry.add(row(provider_id))
    assert caught.value.code == "bad-provider-id"


def test_the_environment_describes_one_provider():
    assert from_environment({}) is None
    named = from_environment({"MULTICODER_BASE_URL": "https://api.example/v1", "MULTICODER_MODEL": "a, b,,c "})
    assert named is not None
    assert (named.id, named.models) == ("env", ("a", "b", "c"))
    with pytest.raises(InputError):
        from_environment({"MULTICODER_BASE_URL": "http://api.example/v1"})


def test_prices_by_model_with_a_default():
    priced = row(prices={"a": Price(1, 2), "*": Price(3, 4)})
    assert (priced.price("a"), priced.price("b"), row().price("a")) == (Price(1, 2), Price(3, 4), None)


def test_the_file_is_readable_toml_without_keys(registry, tmp_path):
    registry.add(row(models=("a",), prices={"*": Price(1, 2)}, headers={"X-Title": "MultiCoder"}))
    table = tomllib.loads((tmp_path / "new" / "providers.toml").read_text(encoding="utf-8"))
    assert set(table["provider"][0]) == {"id", "name", "base_url", "models", "enabled", "prices", "headers"}
