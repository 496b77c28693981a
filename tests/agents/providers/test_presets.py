"""The catalogue: every row can be added as it stands, and names that are gone say what does their job."""

from __future__ import annotations

import pytest

from agents.providers.catalogue import CAPABILITIES, Price, gone, preset, presets
from agents.providers.registry import Provider, checked
from core.errors import InputError
from core.i18n import LOCALES, explain


def test_every_preset_makes_a_row_that_can_be_used():
    for known in presets():
        for url in [known.base_url or "https://server.example/v1", *known.hosts.values()]:
            row = checked(Provider(known.id, known.name, url, preset=known.id, account="folder-1"))
            assert row.wire == known.wire
            assert known.owns(url) is bool(known.base_url)
        assert set(known.models) <= set(CAPABILITIES)
        assert all(names for names in known.models.values())


def test_ids_are_unique_and_replacements_exist():
    ids = [known.id for known in presets()]
    assert len(ids) == len(set(ids))
    assert {name for lost in gone() for name in lost.instead} <= set(ids)
    assert not {lost.id for lost in gone()} & set(ids)


@pytest.mark.parametrize("name", [lost.id for lost in gone()])
def test_what_is_gone_says_since_when_and_what_helps(name):
    with pytest.raises(InputError) as caught:
        preset(name)
    assert caught.value.code == "preset-gone"
    lost = next(lost for lost in gone() if lost.id == name)
    for locale in LOCALES:
        told = explain(caught.value, locale)
        assert lost.name in told.what
        assert (lost.since is None) or lost.since.isoformat() in told.what
        assert all(other in told.next for other in lost.instead)


def test_a_name_nobody_knows():
    with pytest.raises(InputError) as caught:
        preset("nobody")
    assert caught.value.code == "unknown-preset"


def test_a_key_goes_to_another_host_only_from_an_address_of_the_maker():
    place = "https://api.fireworks.ai/v1/accounts/fireworks/models?page_size=1"
    own = Provider("one", "One", "https://api.fireworks.ai/inference/v1", preset="fireworks")
    foreign = Provider("two", "Two", "https://mirror.example/inference/v1", preset="fireworks")
    assert own.address(place) == place
    assert foreign.address(place) == "https://mirror.example/v1/accounts/fireworks/models?page_size=1"
    assert foreign.address("/models") == "https://mirror.example/inference/v1/models"


def test_a_row_takes_prices_and_names_from_its_preset():
    row = Provider("one", "One", "https://api.deepseek.com", preset="deepseek", prices={"x": Price(1, 2)})
    assert (row.price("deepseek-flash"), row.price("x"), row.price("y")) == (Price(0.14, 0.28), Price(1, 2), None)
    yandex = Provider("ya", "Ya", "https://llm.api.cloud.yandex.net/v1", preset="yandex", account="b1g")
    assert yandex.named("yandexgpt/latest") == "gpt://b1g/yandexgpt/latest"
    assert yandex.named("gpt://other/model") == "gpt://other/model"
