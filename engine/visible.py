"""Text from outside before it reaches a terminal: nothing in it may move the cursor, recolour or reorder."""

from __future__ import annotations

import re
from typing import Final

STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters except tab and line end, and the marks that change the direction of reading."""
_SHOWN: Final = "\ufffd"


def visible(text: str) -> str:
    """Return `text` with every steering character replaced by a visible one."""
    return STEERING.sub(_SHOWN, text.replace("\r\n", "\n"))
