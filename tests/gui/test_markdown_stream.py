from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gui.markdown import StreamParser, parse

LINES = [
    "", "", "", "words and **bold** and *more*", "- a", "  - b", "   - c", "* d", "+ e", "1. one", "2) two",
    "    3. deep", "  text under", "      far under", "> quote", "> - in", ">", "```py", "```", "~~~", "    code",
    "| a | b |", "|---|:-:|", "| 1 | `x|y` |", "a | b", "--|--", "---", "===", "# head", "## ", "***", "***bold***",
    "- - -", "-", "1.", "[r]: http://x.y", "see [r] and [t](http://a.b/c)", "$$", "$$ x $$", "\\[ y", "\\]",
    "- | a | b |", "  |---|---|", "\tt", "10. ten", "- [x] done", "-    wide", "   - still", "\\", "`open",
    "![p](http://i/i.png)", "```` `", "a\u202eb", "-\t```", "  ```", "0. zero", "* * *",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join) | st.text(
    alphabet="ab -*`#>|[]()!\n\r\t1.$\\~_:\x1b\u200d\U0001f469", max_size=80
)


def streamed(text, cuts):
    parser = StreamParser()
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        before = list(parser.blocks)
        same = parser.feed(text[start:end])
        assert parser.blocks[:same] == before[:same]
    parser.finish()
    return parser.blocks


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.data())
def test_a_text_in_pieces_is_the_text_in_one(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    assert streamed(text, cuts) == parse(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_text_letter_by_letter_is_the_text_in_one(text):
    assert streamed(text, list(range(1, len(text)))) == parse(text)
