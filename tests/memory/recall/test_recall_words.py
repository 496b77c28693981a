"""Words as they are indexed and asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.recall.words import asked, indexed, terms


@pytest.mark.parametrize(
    ("written", "asked_for"),
    [
        ("Кнопки должны быть зелёные", "зеленая кнопка"),
        ("журналы больше не растут", "журнал"),
        ("We went to the mountains", "go mountain"),
        ("def parse_http_header(text):", "http header"),
        ("class HTTPServerFactory:", "server factory"),
        ("config.max_size = 5", "max size config"),
        ("Caroline's painting", "Caroline painted"),
        ("ＡＢＣ　ｗｉｄｅ", "abc wide"),
        ("needs Python 3.11", "3.11"),
        ("東京都に住む", "東京"),
    ],
)
def test_what_is_written_one_way_is_found_another_way(written, asked_for):
    assert set(terms(asked_for)) <= set(terms(written))


def test_an_identifier_is_found_as_a_whole_too():
    assert "parse_http_header" in terms("call parse_http_header()")
    assert "httpserver" in terms("HttpServer")


def test_a_question_is_asked_without_the_words_that_only_make_it_one():
    assert asked("When did Caroline go to the support group?") == ["carolin", "go", "support", "group"]
    assert asked("какая это была картинка") == terms("картинка")


def test_a_question_of_such_words_only_keeps_them():
    assert asked("who are you")


@given(st.text(max_size=300))
def test_any_text_gives_terms_the_index_can_hold(text):
    held, count = indexed([text])
    assert count >= 0
    for term in held.split(" "):
        assert "\x00" not in term
        assert '"' not in term
        assert len(term) <= 48
        term.encode()


@given(st.text(max_size=300))
def test_asking_for_a_text_asks_for_what_it_is_indexed_as(text):
    assert set(asked(text)) <= set(indexed([text])[0].split())
