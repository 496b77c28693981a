"""Whatever is kept comes back byte for byte, and its lines are the lines of its text."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing

import documents_nasty as nasty
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.memory import DocumentNote
from memory.documents import SqliteDocuments

TEXTS = list(nasty.texts())
ODDITIES = list(nasty.oddities())
NOTE = DocumentNote("nasty", "docs", "foreign")
END = re.compile("\r\n|\r|\n")


def lines_of(data, encoding):
    """The lines of a text, found another way than the product's: all at once, the whole text decoded."""
    if encoding == "binary":
        return []
    wide = encoding.startswith(("utf-16", "utf-32"))
    try:
        text = data.decode(encoding, "surrogatepass" if wide else "surrogateescape")
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    found = END.split(text)
    if not found[-1]:
        found.pop()
    if found and encoding.startswith("utf"):
        found[0] = found[0].removeprefix("\ufeff")
    return found


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    with closing(SqliteDocuments(tmp_path_factory.mktemp("nasty") / "documents.db")) as opened:
        yield opened


def test_there_are_enough_of_them():
    names = [name for name, *_ in (*TEXTS, *ODDITIES)]
    assert len(names) == len(set(names)) >= 171 + 85


async def came_back(documents, data, folder=None):
    kept = await documents.add(data, NOTE)
    assert await documents.read(kept.document) == data
    if folder is not None:
        (folder / "given").write_bytes(data)
        again = await documents.add(folder / "given", DocumentNote("file", "code", "own", origin="elsewhere"))
        assert again.sha256 == kept.sha256
        await documents.copy(again.document, folder / "taken")
        assert (folder / "taken").read_bytes() == data
    expected = lines_of(data, kept.encoding)
    assert kept.lines == len(expected)
    assert await documents.lines(kept.document, 1, kept.lines) == expected
    return kept, expected


@pytest.mark.parametrize(("data", "encoding"), [item[1:] for item in TEXTS], ids=[item[0] for item in TEXTS])
async def test_text_is_read_with_its_encoding_and_kept_exactly(documents, tmp_path, data, encoding):
    kept, _ = await came_back(documents, data, tmp_path)
    assert kept.encoding == encoding


@pytest.mark.parametrize("data", [item[1] for item in ODDITIES], ids=[item[0] for item in ODDITIES])
async def test_anything_is_kept_exactly_and_single_lines_are_found(documents, tmp_path, data):
    kept, expected = await came_back(documents, data, tmp_path)
    for at in {1, 2, len(expected) // 3, len(expected) // 2, len(expected) - 1, len(expected)} - {0, -1}:
        assert await documents.lines(kept.document, at, at + 1) == expected[at - 1 : at + 1], at
    assert await documents.lines(kept.document, kept.lines + 1, kept.lines + 9) == []
    assert await documents.lines(kept.document, -5, 0) == []


ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1251", "latin-1", "cp866", "koi8-r")
WRITTEN = st.lists(st.text(max_size=30), max_size=12)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    WRITTEN,
    st.lists(st.sampled_from(["\n", "\r", "\r\n", ""]), min_size=12, max_size=12),
    st.sampled_from(ENCODINGS),
    st.booleans(),
    st.integers(0, 7),
)
def test_any_text_in_any_encoding_also_cut_short(documents, written, ends, encoding, marked, cut):
    text = "".join(line + end for line, end in zip(written, ends, strict=False))
    data = ("\ufeff" * marked + text).encode(encoding, "ignore")
    asyncio.run(came_back(documents, data[: len(data) - cut] if cut else data))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
@example(b"\r\x00\n\x00a\x00")
@example(b"\xff\xfe\x0a\x0a\x0a")
def test_any_bytes(documents, data):
    asyncio.run(came_back(documents, data))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITTEN.map("\n".join), st.sampled_from(["\n", "\r", "\r\n"]))
def test_lines_joined_with_their_ends_are_the_text(documents, text, end):
    text = "".join(part + end for part in END.split(text))

    async def joined():
        kept = await documents.add(text.encode("utf-8", "surrogatepass"), NOTE)
        if kept.encoding == "binary":
            return text
        return "".join(line + end for line in await documents.lines(kept.document, 1, kept.lines))

    said = asyncio.run(joined())
    if not text.startswith("\ufeff"):
        assert said.encode("utf-8", "surrogateescape") == text.encode("utf-8", "surrogatepass")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.sampled_from(["\n", "\r", "\r\n", ""])), min_size=3, max_size=14),
    st.sampled_from(["ascii", "utf-16-le", "utf-16-be", "utf-32-be"]),
    st.data(),
)
def test_lines_are_found_across_segments(documents, parts, encoding, data):
    text = "".join(str(at % 10) * length + end for at, (length, end) in enumerate(parts))

    async def found():
        kept, expected = await came_back(documents, text.encode(encoding))
        if expected:
            first = data.draw(st.integers(1, len(expected)))
            last = data.draw(st.integers(first, len(expected)))
            assert await documents.lines(kept.document, first, last) == expected[first - 1 : last]

    asyncio.run(found())
