"""Settings and providers that cannot be read: kept, told, and what can be read goes on being used."""

from __future__ import annotations

import pytest

from agents.providers.registry import Registry
from core import settings
from core.settings import Settings
from engine.recovery.restore import recover, tell, told_of
from engine.recovery.wishes import put_wishes_right

NOISE = bytes(range(255, 0, -1)) * 7


class Heard(list):
    def emit(self, event):
        self.append(event)


def told(home, locale="en"):
    recovered = recover(home)
    lines = [line for one in recovered for line in told_of(one.event().data, locale)]
    tell(home, recovered, Heard())
    return lines


def kept(home, name):
    return [file.read_bytes() for file in home.damaged.glob(f"*/{name}")]


@pytest.mark.parametrize("content", [NOISE, b"= broken [", b"\0", b"\xff\xfe"])
def test_settings_that_cannot_be_read_are_kept_and_the_defaults_hold(home, content):
    home.settings.write_bytes(content)
    put_wishes_right(home)
    assert settings.load(home.settings, {}) == Settings()
    assert kept(home, "settings.toml") == [content]
    happened, missing = told(home)
    assert "settings.toml" in happened
    assert "Every setting has its default value again" in missing
    put_wishes_right(home)
    assert told(home) == []


def test_a_wish_of_the_wrong_kind_costs_no_other_one(home):
    home.settings.write_text('language = "ru"\nbudget_usd = "much"\nloop_limit = [4]\nof_a_newer_version = 7\n')
    put_wishes_right(home)
    found = settings.load(home.settings, {})
    assert (found.language, found.budget_usd, found.loop_limit) == ("ru", Settings().budget_usd, Settings().loop_limit)
    assert found.unknown == {"of_a_newer_version": 7}
    assert len(kept(home, "settings.toml")) == 1
    assert "budget_usd, loop_limit" in told(home, "ru")[1]


@pytest.mark.parametrize("content", [NOISE, b"x = [", b"provider = 7", b"[[provider]]\nid = 'a'\n", b"team = 'x'"])
def test_a_list_of_providers_that_cannot_be_read_is_kept_and_an_empty_one_holds(home, content):
    home.providers.write_bytes(content)
    put_wishes_right(home)
    assert Registry(home.providers).list() == ()
    assert kept(home, "providers.toml") == [content]
    assert "Their keys are kept" in told(home)[1]


@pytest.mark.parametrize("content", [b"", b"# nothing\n"])
def test_what_can_be_read_is_left_alone(home, content):
    for file in (home.settings, home.providers):
        file.write_bytes(content)
    put_wishes_right(home)
    assert (home.settings.read_bytes(), home.providers.read_bytes()) == (content, content)
    assert not home.damaged.exists()


def test_what_the_disk_refuses_is_no_damage(home):
    home.providers.mkdir()
    put_wishes_right(home)
    assert home.providers.is_dir()
    assert told(home) == []
