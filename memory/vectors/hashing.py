"""The built-in embedding: words and pieces of words hashed into a vector, with no model, no download and no network.

A word is its stem and its runs of 3 to 5 characters, borders included, so that inflected, compounded and mistyped
words come near each other in any language with letters. The same text gives the same vector on every computer and in
every version of Python: nothing of it depends on `hash()`.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import float32, int64, uint64
    from numpy.typing import NDArray

    Floats = NDArray[float32]
    Whole = NDArray[int64]
    Hashes = NDArray[uint64]

NAME: Final = "hashed"
VERSION: Final = 1
"""Grows with each change of what a text's vector is; vectors of another version are never compared."""
DIMENSION: Final = 256
LONGEST_TEXT: Final = 16_000
"""Characters of one text that count; a passage is shorter unless a single line is enormous."""
LONGEST_WORD: Final = 40
"""Characters of one word that count: what is longer is data (base64, a digest), and its beginning names it."""
_AT_ONCE: Final = 100
"""Texts in one round: a round takes some forty milliseconds and some twenty megabytes."""
_SIZES: Final = (3, 4, 5)
_STEM_WEIGHT: Final = 2.0
"""A stem against one piece of a word."""
_WORD: Final = re.compile(r"[^\W_]+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_PRIMES: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63)
_QUIET: Final = 0.1
"""Weight of words that stand in every text."""
_QUIET_TEXT: Final = (
    "a an and any are as at be because been but by can could did do does doing for from had has have having he her"
    " hers him his how i if in into is it its just me more my no not of off on or our out over own she should so"
    " some such than that the their them then there these they this those through to too under until up very was"
    " we were what when where which while who whom why will with would you your yours don t s m re ve ll d"
    " и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от"
    " меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас нибудь вам ведь там потом"
    " себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе"
    " под будет тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее сейчас"
    " были куда зачем всех при об хоть после над больше тот через эти нас про всего них какая много разве эту моя"
    " это эта свою этой перед том такой им более всю между"
)
_QUIET_WORDS: Final = frozenset(_QUIET_TEXT.split())


class HashedEmbedding:
    """Makes vectors without asking anybody."""

    def __init__(self, dimension: int = DIMENSION) -> None:
        self.name = NAME
        self.dimension = dimension
        self.version = VERSION
        # One thread: each further one would keep a round's megabytes for itself.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")

    async def embed(self, texts: Sequence[str]) -> bytes:
        """Return float32 vectors, row after row, each of length 1 (of 0 where there is no word)."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.embed_now, texts)

    def embed_now(self, texts: Sequence[str]) -> bytes:
        """Do it in this thread."""
        return b"".join(
            self._round(texts[first : first + _AT_ONCE]).tobytes() for first in range(0, len(texts), _AT_ONCE)
        )

    def _round(self, texts: Sequence[str]) -> Floats:
        """Sum up the words of each text: each counts by its rarity and, seen again, less."""
        import numpy as np  # noqa: PLC0415 - only when something is embedded

        words, owners, numbers = _read(texts)
        total = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not words:
            return total
        pairs, counts = np.unique(owners * len(words) + numbers, return_counts=True)
        rows, columns = np.divmod(pairs, len(words))
        weights = np.array([_QUIET if word in _QUIET_WORDS else 1.0 for word in words], dtype=np.float32)
        shares = weights[columns] * (1 + np.log(counts)).astype(np.float32)
        vectors = self._word_vectors(words)
        ends = np.searchsorted(rows, np.arange(len(texts) + 1))
        for text, (first, end) in enumerate(pairwise(ends.tolist())):
            total[text] = shares[first:end] @ vectors[columns[first:end]]
        return _of_length_one(total)

    def _word_vectors(self, words: Sequence[str]) -> Floats:
        import numpy as np  # noqa: PLC0415 - as above

        grams, owners = _pieces(words)
        stems = _whole(_stems(words))
        hashes = np.concatenate([grams, stems])
        owners = np.concatenate([owners, np.arange(len(words))])
        weights = np.ones(len(hashes))
        weights[len(grams) :] = _STEM_WEIGHT
        weights[(hashes >> np.uint64(63)) == 1] *= -1
        # The upper half of a product is its well mixed one; the uppermost bit is the sign.
        places = ((hashes >> np.uint64(31)) & np.uint64(0xFFFFFFFF)) % np.uint64(self.dimension)
        cells = owners * self.dimension + places.astype(np.int64)
        summed = np.bincount(cells, weights=weights, minlength=len(words) * self.dimension)
        return _of_length_one(summed.reshape(len(words), self.dimension).astype(np.float32))


def _read(texts: Sequence[str]) -> tuple[list[str], Whole, Whole]:
    """Return the different words, and of each word that was read the number of its text and its own."""
    import numpy as np  # noqa: PLC0415 - as above

    known: dict[str, int] = {}
    numbers: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = _WORD.findall(_folded(text[:LONGEST_TEXT]))
        numbers += [known.setdefault(word[:LONGEST_WORD], len(known)) for word in found]
        lengths.append(len(found))
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    return list(known), owners, np.array(numbers, dtype=np.int64)


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _stems(words: Sequence[str]) -> list[str]:
    import Stemmer  # noqa: PLC0415 - as above

    russian, english = Stemmer.Stemmer("russian", 0), Stemmer.Stemmer("english", 0)
    stems: list[str] = english.stemWords(list(words))
    cyrillic = [place for place, word in enumerate(words) if _CYRILLIC.match(word)]
    for place, stem in zip(cyrillic, russian.stemWords([words[place] for place in cyrillic]), strict=True):
        stems[place] = stem
    return stems


def _codes(words: Sequence[str]) -> tuple[Hashes, Whole]:
    """Return the characters of ` word word `, and of each the number of the word it begins or is in."""
    import numpy as np  # noqa: PLC0415 - as above

    joined = f" {' '.join(words)} ".encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4").astype(np.uint64)
    return codes, np.cumsum(codes == ord(" "), dtype=np.int64) - 1


def _pieces(words: Sequence[str]) -> tuple[Hashes, Whole]:
    """Return hashes of all runs of characters inside words, a border being a character, and whose they are."""
    import numpy as np  # noqa: PLC0415 - as above

    codes, words_of = _codes(words)
    border = codes == ord(" ")
    hashes, owners = [], []
    for size in _SIZES:
        count = len(codes) - size + 1
        if count < 1:
            continue
        inside = ~np.logical_or.reduce([border[shift : shift + count] for shift in range(1, size - 1)])
        starts = np.flatnonzero(inside)
        mixed = np.full(len(starts), size, dtype=np.uint64)
        for shift in range(size):
            mixed = (mixed ^ codes[starts + shift]) * np.uint64(_PRIMES[shift])
            mixed ^= mixed >> np.uint64(29)
        hashes.append(mixed * np.uint64(_PRIMES[0]))
        owners.append(words_of[starts])
    return np.concatenate(hashes), np.concatenate(owners)


def _whole(words: Sequence[str]) -> Hashes:
    """Return one hash for each word."""
    import numpy as np  # noqa: PLC0415 - as above

    codes, words_of = _codes(words)
    border = np.flatnonzero(codes == ord(" "))
    within = (np.arange(len(codes)) - border[words_of]).astype(np.uint64)
    mixed = (codes + within * np.uint64(_PRIMES[1])) * np.uint64(_PRIMES[2])
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(_PRIMES[3])
    sums = np.add.reduceat(mixed[:-1], border[:-1])  # without the last border, which ends no other word
    sums ^= sums >> np.uint64(29)
    return sums * np.uint64(_PRIMES[4])


def _of_length_one(vectors: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415 - as above

    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1
    return np.ascontiguousarray(vectors / lengths[:, None], dtype=np.float32)


__all__ = ["DIMENSION", "HashedEmbedding"]
