from __future__ import annotations

import hashlib
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.vectors.hashing import DIMENSION, HashedEmbedding

ROOT = Path(__file__).resolve().parents[3]
TEXTS = ["The red lamp means danger.", "Красная лампа означает опасность", "snake_case CamelCase x86-64", "日本語", ""]


def embedded(texts, dimension=DIMENSION):
    made = array("f", HashedEmbedding(dimension).embed_now(texts))
    return [made[first : first + dimension] for first in range(0, len(made), dimension)]


def likeness(one, other):
    first, second = embedded([one, other])
    return sum(a * b for a, b in zip(first, second, strict=True))


def rounded(vectors):
    return [[round(number, 3) + 0.0 for number in vector] for vector in vectors]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=200), max_size=8))
def test_any_text_has_a_vector_of_length_one_or_none_and_neighbours_do_not_matter(texts):
    together = embedded(texts)
    assert len(together) == len(texts)
    for text, vector in zip(texts, together, strict=True):
        length = sum(number * number for number in vector)
        assert length == pytest.approx(1, abs=1e-4) or length == 0
        assert embedded([text])[0] == pytest.approx(vector, abs=1e-5)


def test_the_same_text_is_the_same_vector_in_every_process():
    code = (
        "import sys; from memory.vectors.hashing import HashedEmbedding as Made;"
        "sys.stdout.buffer.write(Made().embed_now(eval(sys.argv[1])))"
    )
    for seed in ("0", "12345"):
        made = subprocess.run(
            [sys.executable, "-c", code, repr(TEXTS)],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert array("f", made.stdout) == array("f", HashedEmbedding().embed_now(TEXTS))


def test_the_vectors_of_this_version_do_not_change_unnoticed():
    said = repr(rounded(embedded(TEXTS))).encode()
    assert hashlib.sha256(said).hexdigest()[:16] == "37dfb2035a81604a", "a change of vectors needs another VERSION"


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("the calendar of deadlines", "calendars, deadline", "a river in the garden"),
        ("пароль от сервера", "паролями серверов", "погода на завтра"),
        ("configuration", "configuratoin", "refrigerator"),
        ("parse_invoice_total", "parseInvoice total", "window_resize"),
        ("ёлка", "елки", "окно"),
    ],
)
def test_inflected_mistyped_and_compounded_words_are_near(text, near, far):
    assert likeness(text, near) > likeness(text, far) + 0.2


def test_common_words_say_little_and_enormous_texts_are_cut():
    assert likeness("what is the colour of the door", "the door") > likeness(
        "what is the colour of the door", "what is the of the"
    )
    assert likeness("word " * 1_000_000, "word") == pytest.approx(1, abs=1e-4)
    assert len(embedded(["x" * 3_000_000])) == 1
