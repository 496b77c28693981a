"""Conversations are told from records, code and prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.ingest.speaking import decoded_sample, looks_spoken

SPOKEN = {
    "names": "Анна: привет\nБорис: привет\nАнна: как дела?\nБорис: хорошо\n",
    "names and long answers": "\n".join(
        f"{who}: {'слово ' * 30}\nи ещё строка" for who in ("User", "Assistant", "User", "Assistant")
    ),
    "chat page in Russian": "Вы сказали:\nсделай калькулятор\nChatGPT сказал:\nХорошо.\n" * 2,
    "chat page in English": "You said:\nmake it\n\nChatGPT said:\nSure.\n\n" * 3,
    "stamped": "[12:01] Ann: hi\n[12:02] Bob: hello\n[12:03] Ann: ok\n[12:04] Bob: bye\n",
    "bold": "**User:** hi\n\n**Model:** hello\n\n**User:** again\n\n**Model:** yes\n",
    "three people": "Аня: а\nБоря: б\nВера: в\nБоря: г\nАня: д\nВера: е\nАня: ж\n",
}
UNSPOKEN = {
    "prose": "Это обычный текст.\nВ нём нет разговора: только слова.\n" * 5,
    "record": "".join("Name: x\nPrice: y\nColour: z\n" for _ in range(5)),
    "settings": "host: a\nport: b\nuser: c\n",
    "one speaker": "Note: a\nNote: b\nNote: c\nNote: d\n",
    "addresses": "https://a.example/x\nhttps://b.example/y\n" * 4,
    "times": "12:00 breakfast\n13:00 lunch\n" * 5,
    "empty": "",
}


@pytest.mark.parametrize("name", SPOKEN)
def test_conversations_are_seen(name):
    assert looks_spoken(SPOKEN[name])


@pytest.mark.parametrize("name", UNSPOKEN)
def test_other_texts_are_none(name):
    assert not looks_spoken(UNSPOKEN[name])


@given(st.text())
def test_any_text_is_one_or_the_other(text):
    assert looks_spoken(text) in {True, False}


@given(st.text(max_size=100), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_sample_is_read_in_its_encoding_also_when_it_is_cut(text, encoding):
    text = text.replace("\0", "")
    data = text.encode(encoding)
    assert decoded_sample(data) == text
    if encoding == "utf-8" and text:
        assert text.startswith(decoded_sample(data[:-1]).rstrip("\ufffd"))


def test_what_is_no_text_gives_no_sample():
    assert decoded_sample(b"\0\1\2") == ""
    assert decoded_sample("Привет".encode("cp1251")) == "Привет"
