from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import settings
from core.errors import InputError
from core.i18n import LOCALES, tr
from core.settings import Settings


def test_without_a_file_the_defaults_hold(tmp_path):
    assert settings.load(tmp_path / "settings.toml", {}) == Settings()


def test_what_was_saved_is_loaded(tmp_path):
    file = tmp_path / "settings.toml"
    changed = Settings().with_value("budget_usd", "2.5").with_value("team", "fast").with_value("concurrency", 2)
    settings.save(file, changed)
    assert settings.load(file, {}) == changed
    assert "budget_calls" not in file.read_text()


def test_keys_of_other_versions_are_kept(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('team = "a"\nfuture = [1, 2]\n[window]\nwidth = 5\nname = "a\\u0000b"\n')
    settings.save(file, settings.load(file, {}).with_value("team", "b"))
    again = settings.load(file, {})
    assert again.team == "b"
    assert again.unknown == {"future": [1, 2], "window": {"width": 5, "name": "a\0b"}}


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('team = "file"\n')
    assert settings.load(file, {"MULTICODER_TEAM": "demo"}).team == "demo"
    assert settings.load(file, {"MULTICODER_TEAM": ""}).team == "file"


@pytest.mark.parametrize(
    "line",
    [
        "budget_usd = -1",
        "budget_usd = nan",
        "budget_usd = inf",
        'budget_usd = "much"',
        "budget_usd = true",
        "budget_calls = 1.5",
        "budget_calls = 0",
        "concurrency = [1]",
        "concurrency = 33",
        "team = 5",
        'team = "a b"',
        'language = "fr"',
    ],
)
def test_a_bad_value_names_its_key(tmp_path, line):
    file = tmp_path / "settings.toml"
    file.write_text(f"{line}\n")
    with pytest.raises(InputError) as caught:
        settings.load(file, {})
    assert caught.value.code == "bad-setting"
    assert caught.value.facts["key"] == line.split(" ", maxsplit=1)[0]


@pytest.mark.parametrize(("content", "line"), [(b"team = 'a'\nbudget = = 1\n", 2), (b"\xff\xfe", 1)])
def test_a_broken_file_is_an_error_that_names_the_line_and_is_left_alone(tmp_path, content, line):
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        settings.load(file, {})
    assert caught.value.code == "settings-unreadable"
    assert caught.value.facts["line"] == line
    assert file.read_bytes() == content


def test_an_unknown_key_cannot_be_set():
    with pytest.raises(InputError) as caught:
        Settings().with_value("bugdet_usd", 1)
    assert caught.value.code == "unknown-setting"


def test_every_setting_has_a_default_inside_its_own_rule_and_texts():
    for item in settings.declared():
        assert item.check(item.default) == item.default
        assert item.rule.describe(item.kind)
        for locale in LOCALES:
            assert tr(item.title, locale)
            assert tr(item.help, locale)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.lists(st.integers())))
def test_any_value_is_either_taken_or_refused_by_name(value):
    for item in settings.declared():
        try:
            changed = Settings().with_value(item.key, value)
        except InputError as error:
            refused = error.facts["key"]
        else:
            refused = None
            assert type(getattr(changed, item.key)) is item.kind
        assert refused in {None, item.key}
