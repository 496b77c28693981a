"""The shipped table of tokens: it is `o200k_base`, counts what the real one counts, and can be done without."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.tokens import counting
from memory.tokens.counting import count, cut, estimate
from memory.tokens.table import FILE, TOKENS, read_table


def test_the_table_turns_back_into_the_published_file() -> None:
    ranks = read_table()
    assert len(ranks) == TOKENS
    published = b"".join(b"%s %d\n" % (base64.b64encode(token), rank) for token, rank in ranks.items())
    assert hashlib.sha256(published).hexdigest() == "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("hello world", 2),
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("2 + 2 = 4", 7),
        ("お誕生日おめでとう", 8),
    ],
)
def test_texts_have_as_many_tokens_as_are_published_for_them(text: str, tokens: int) -> None:
    assert count(text) == tokens


def test_what_looks_like_a_command_of_a_model_is_counted_as_text() -> None:
    assert count("<|endoftext|>") > 1


@given(st.text(max_size=300), st.integers(0, 40))
def test_a_text_is_cut_to_a_beginning_that_fits(text: str, tokens: int) -> None:
    begun = cut(text, tokens)
    assert text.startswith(begun)
    assert count(begun) <= tokens
    if count(text) <= tokens:
        assert begun == text


def test_a_long_run_of_one_character_takes_no_time() -> None:
    assert 0 < count("a" * 2_000_000) < 2_000_000


def test_a_table_that_is_not_the_shipped_one_is_refused(tmp_path) -> None:
    changed = bytearray(FILE.read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / "table.xz").write_bytes(changed)
    with pytest.raises(ValueError, match=r"."):
        read_table(tmp_path / "table.xz")


def test_without_the_table_tokens_are_estimated_and_budgets_still_hold(monkeypatch) -> None:
    texts = ["The quick brown fox jumps over the lazy dog. " * 20, "Съешь же ещё этих мягких французских булок. " * 20]
    texts.append('def main(argv: list[str]) -> int:\n    return {"a": [1, 2]}["a"][0]\n' * 20)
    real = [count(text) for text in texts]

    def missing(*_arguments: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(counting, "read_table", missing)
    counting._loaded.cache_clear()
    try:
        assert [count(text) for text in texts] == [estimate(text) for text in texts]
        assert all(guess >= true for guess, true in zip(map(count, texts), real, strict=True))
        assert all(count(cut(text, 50)) <= 50 for text in texts)
    finally:
        counting._loaded.cache_clear()
