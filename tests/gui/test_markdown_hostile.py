from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hostile_texts import texts
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.markdown import StreamParser, parse
from gui.markdown.inline import BREAK, safe_address
from gui.markdown.visible import clean

HOSTILE = texts("http://127.0.0.1:9", "/canary")
OURS = {"b", "i", "s", "code", "var", "br", "a"}
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffc\ud800-\udfff\ufdd0\u00ad]"
)


class Tags(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.found, self.words = [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))

    def handle_endtag(self, tag):
        assert tag in OURS

    def handle_data(self, data):
        self.words.append(data)


def every(blocks, names):
    """Every text of these names, however deep."""
    if isinstance(blocks, dict):
        for name, value in blocks.items():
            if name in names:
                yield from strings(value)
            elif name in {"blocks", "items"}:
                yield from every(value, names)
    else:
        for block in blocks:
            yield from every(block, names)


def strings(value):
    if isinstance(value, str):
        yield value
    else:
        for inner in value:
            yield from strings(inner)


def check(blocks):
    for markup in every(blocks, {"html", "head", "rows"}):
        for tag, attributes in Tags(markup).found:
            assert tag in OURS
            assert not attributes or (tag == "a" and re.fullmatch(r"mc:\d+", dict(attributes)["href"]))
    for text in every(blocks, {"html", "plain", "text", "head", "rows", "language"}):
        assert not UNSEEN.search(text.replace(BREAK, "") if len(text) > 200 else text)
    for link in every(blocks, {"links"}):
        assert safe_address(link) == link
        assert re.match(r"https?://[^/@\s]+(/|$|\?|#)|mailto:.", link)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_becomes_blocks_of_our_own_markup(name):
    check(parse(HOSTILE[name]))


@pytest.mark.parametrize("name", sorted(name for name, text in HOSTILE.items() if len(text) < 20_000))
def test_a_hostile_text_that_streams_is_harmless_at_every_moment(name):
    text = HOSTILE[name]
    parser = StreamParser()
    step = max(1, len(text) // 40)
    for start in range(0, len(text), step):
        parser.feed(text[start : start + step])
        check(parser.blocks)
    parser.finish()
    assert parser.blocks == parse(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>&\"'imgsrc=a[]()!`*_~:/.\\#|- \nhtp\x00\u202e\u0301", max_size=120))
def test_no_text_at_all_makes_other_markup(text):
    check(parse(text))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_cleaned_text_is_clean(text):
    assert not UNSEEN.search(clean(text))
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u00e9\u0301",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "\U0001f469\u200d\U0001f467\u200d\U0001f466 \u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "a\tb\nc",
    ],
)
def test_honest_writing_stays_as_it_is(text):
    assert clean(text) == text


def test_what_turns_text_round_is_shown():
    assert clean("a\u202eb") == "a\u2039U+202E\u203ab"
    assert clean("\x1b[31mred\x1b[0m\x07") == "red\u2407"
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * 4


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\host\\share",
        "//host/x",
        "data:text/html,x",
        "ftp://a.b",
        "http://",
        "https://a@b.c",
        "https://a b",
        "http://[::1",
        "mailto:",
        "https://" + "a" * 3_000,
        "https://e\u200bvil.org",
        "x",
        "",
    ],
)
def test_no_other_address_can_be_opened(address):
    assert safe_address(address) is None


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c#d", "http://127.0.0.1:8000", "mailto:someone", "HTTPS://EXAMPLE.ORG"]
)
def test_an_honest_address_can_be_opened(address):
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "name",
    [
        "one long word",
        "one long line",
        "deep quotes",
        "deep list",
        "deep list in a line",
        "table of many columns",
        "many items",
    ],
)
def test_nothing_of_a_text_is_lost(name):
    shown = "".join(every(parse(HOSTILE[name]), {"plain", "text"}))
    for letter in "adew":
        assert shown.count(letter) == HOSTILE[name].count(letter)
