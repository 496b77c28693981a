"""Foreign text as it really is, for the window; the words are those of `core.honest`."""

from __future__ import annotations

from core.honest import disguised, host_shown, one_line, plain, spelled_out

__all__ = ["disguised", "host_shown", "one_line", "plain", "spelled_out"]
