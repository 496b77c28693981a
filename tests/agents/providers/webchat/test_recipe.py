"""Recipes: what may stand in one, and that everything wrong is told by file and line."""

from __future__ import annotations

import pytest

from agents.providers.accounts import from_preset
from agents.providers.catalogue import presets
from agents.providers.registry import Price, Provider, checked
from agents.providers.webchat.recipe import load, read, shipped
from core.errors import ConfigurationError
from core.i18n import LOCALES, explain
from core.paths import Home

GOOD = """# A site.
id = "site"
name = "A site"
address = "https://chat.example/new"
model = "site-web"
version = 1
sign_in_hosts = ["login.example"]

[selectors]
composer = "textarea"
answer = ".answer"
wall = "#login"
busy = "#stop"

[limits]
per_hour = 5
"""


def written(tmp_path, text):
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_recipe_is_read_and_knows_its_lines(tmp_path):
    recipe = read(written(tmp_path, GOOD), "site")
    assert (recipe.hosts, recipe.limits.per_hour, recipe.verified) == (("chat.example",), 5, "")
    assert recipe.place("selectors.busy") == "site.toml:13"
    assert recipe.place("limits.per_hour") == "site.toml:16"
    assert recipe.place("selectors.send") == "site.toml:1"


@pytest.mark.parametrize(
    ("before", "after", "line", "word"),
    [
        ("version = 1", "version = 1\nfancy = 2", 7, "fancy"),
        ('busy = "#stop"', 'busy = "#stop"\nbuzy = "x"', 14, "buzy"),
        ('busy = "#stop"', "", 9, "busy or done"),
        ('composer = "textarea"', "composer = 3", 10, "composer"),
        ('wall = "#login"', 'wall = ""', 12, "wall"),
        ("per_hour = 5", "per_hour = 0", 16, "per_hour"),
        ("per_hour = 5", "per_hour = 1.5", 16, "whole number"),
        ("per_hour = 5", "quiet = true", 16, "quiet"),
        ("https://chat.example/new", "http://chat.example/new", 4, "https"),
        ("https://chat.example/new", "https://me:secret@chat.example/", 4, "https"),
        ("https://chat.example/new", "file:///etc/passwd", 4, "https"),
        ('["login.example"]', '"login.example"', 7, "host names"),
        ('["login.example"]', '["https://login.example/"]', 7, "host names"),
        ('id = "site"', 'id = "other"', 2, "name of the file"),
        ("[selectors]", "[selectors", 9, "line 9"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path, before, after, line, word):
    assert before in GOOD
    with pytest.raises(ConfigurationError) as caught:
        read(written(tmp_path, GOOD.replace(before, after)), "site")
    assert (caught.value.code, caught.value.facts["place"]) == ("web-recipe-bad", f"site.toml:{line}")
    assert word in caught.value.facts["detail"]
    for locale in LOCALES:
        assert f"site.toml:{line}" in explain(caught.value, locale).what


def test_bytes_that_are_no_text(tmp_path):
    file = tmp_path / "site.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError):
        read(file, "site")


def test_the_persons_own_recipe_wins(tmp_path):
    assert load("claude", tmp_path).address == "https://claude.ai/new"
    (tmp_path / "recipes").mkdir()
    own = GOOD.replace('"site"', '"claude"')
    (tmp_path / "recipes" / "claude.toml").write_text(own, encoding="utf-8")
    (tmp_path / "recipes" / "site.toml").write_text(GOOD, encoding="utf-8")
    for name in ("claude", "site"):
        row = from_preset(f"web-{name}", home=Home(tmp_path))
        assert (row.base_url, row.group, row.enabled) == ("https://chat.example/new", "web", False)
    with pytest.raises(ConfigurationError):
        from_preset("web-nowhere", home=Home(tmp_path))
    assert load("claude", tmp_path).address == "https://chat.example/new"


@pytest.mark.parametrize("name", ["nowhere", "../providers", "", "a/b", "a" * 41])
def test_there_is_no_such_recipe(tmp_path, name):
    with pytest.raises(ConfigurationError) as caught:
        load(name, tmp_path)
    assert caught.value.code == "web-recipe-missing"


def test_every_recipe_that_comes_along_is_a_preset_that_is_off_at_first():
    known = {preset.id: preset for preset in presets() if preset.group == "web"}
    assert set(known) == {f"web-{recipe.id}" for recipe in shipped()}
    for recipe in shipped():
        assert recipe.verified == ""  # nobody has tried it with the real site
        row = checked(from_preset(f"web-{recipe.id}"))
        assert (row.enabled, row.keyless, row.wire.protocol, row.base_url) == (False, True, "web", recipe.address)
        assert recipe.model in known[row.preset].models["coder"]
        assert row.price(recipe.model) == Price(0, 0)


def test_a_row_of_a_recipe_only_the_person_has_is_a_web_chat():
    row = checked(Provider("mine", "Mine", "https://chat.example/new", preset="web-mine"))
    assert (row.wire.protocol, row.keyless) == ("web", True)
