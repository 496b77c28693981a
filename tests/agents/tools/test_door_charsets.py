"""Letters: what a page says about them counts as long as its bytes bear it out."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.tools.charsets import charset_of
from agents.tools.door import Door
from tests.agents.tools.web_site import Site, answer

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю. Программа не запускается после обновления."


def page(charset: str) -> str:
    return f"<html><head><meta charset='{charset}'></head><body>{RUSSIAN}</body></html>"


@pytest.mark.parametrize(
    ("body", "said", "expected"),
    [
        (RUSSIAN.encode(), "utf-8", "utf-8"),
        (RUSSIAN.encode(), "", "utf-8"),
        (RUSSIAN.encode("koi8-r"), "KOI8-R", "koi8-r"),
        (RUSSIAN.encode("cp1251"), "utf-8", "cp1251"),  # the header is wrong
        (RUSSIAN.encode("cp1251"), "no-such-thing", "cp1251"),
        (RUSSIAN.encode(), "ascii", "utf-8"),
        (RUSSIAN.encode("utf-16"), "utf-8", "utf-16"),
        (codecs.BOM_UTF8 + RUSSIAN.encode(), "cp1251", "utf-8-sig"),
        (page("windows-1251").encode("cp1251"), "", "cp1251"),
        (page("windows-1251").encode("cp1251"), "utf-8", "cp1251"),
        (page("no-such-thing").encode(), "", "utf-8"),
        (b"caf\xe9 \x93quoted\x94", "iso-8859-1", "cp1252"),
        (RUSSIAN.encode()[:-1], "", "utf-8"),  # cut in the middle of a sign
    ],
)
def test_the_letters_are_found(body, said, expected):
    assert charset_of(body, said, marked_up=True) == expected


@pytest.mark.parametrize("name", ["base64", "rot13", "zlib", "idna", "punycode", "unicode_escape", "utf-7", "a\0b", ""])
def test_what_is_no_charset_of_pages_is_not_used(name):
    assert charset_of(b"+ADw-script+AD4- \\u0041", name, marked_up=True) == "utf-8"
    assert charset_of(page(name).encode(), "", marked_up=True) == "utf-8"


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_are_read_somehow(body, said):
    assert isinstance(body.decode(charset_of(body, said, marked_up=True), "replace"), str)


async def test_a_page_with_a_wrong_charset_is_read():
    pages = {
        "/header": answer(RUSSIAN.encode("cp1251"), content_type="text/plain; charset=utf-8"),
        "/meta": answer(page("cp1251").encode("cp1251"), content_type="text/html"),
        "/none": answer(RUSSIAN.encode("koi8-r"), content_type="text/plain"),
        "/nonsense": answer(RUSSIAN.encode(), content_type="text/plain; charset='()<>@'"),
    }
    async with Site(pages).served() as site, Door(allowed=frozenset({site.place}), interval=0) as door:
        for path in pages:
            assert "французских" in (await door.get(site.url(path))).text
