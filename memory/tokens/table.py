"""The shipped table `o200k_base`: tokens in the order of their ranks, their lengths first, compressed.

It holds what `o200k_base.tiktoken` holds in a fourth of the room; a test turns it back and compares the digests.
"""

from __future__ import annotations

import hashlib
import lzma
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "o200k_base.xz"
TOKENS: Final = 199_998
_SHA256: Final = "440741350e7cfa1c0f4869ce742d1b043550adbda5187adcac9e787edac6fba9"
"""Of the table as it is unpacked."""
SPECIAL: Final = {"<|endoftext|>": 199_999, "<|endofprompt|>": 200_018}
_ENDINGS: Final = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_UPPER: Final = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}"
_LOWER: Final = r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
PATTERN: Final = "|".join(
    (
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]*[{_LOWER}]+{_ENDINGS}",
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]+[{_LOWER}]*{_ENDINGS}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
"""Cuts a text into the pieces that are merged to tokens; part of the encoding."""


def read_table(path: Path = FILE) -> dict[bytes, int]:
    """Read the table: the bytes of each token and its rank.

    Raises:
        OSError: the file is not there.
        ValueError: it is not the table that was shipped.
    """
    try:
        unpacked = lzma.decompress(path.read_bytes())
    except lzma.LZMAError as error:
        raise ValueError(str(error)) from error
    if hashlib.sha256(unpacked).hexdigest() != _SHA256:
        raise ValueError("not the table that was shipped")
    ends = accumulate(unpacked[:TOKENS], initial=TOKENS)
    return {unpacked[first:last]: rank for rank, (first, last) in enumerate(pairwise(ends))}
