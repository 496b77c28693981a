"""Code of an answer as a file of its own, so that it can be saved elsewhere or opened in an editor."""

from __future__ import annotations

import contextlib
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Final

from core.files import write_atomic

MOST: Final = 200
"""Files that are kept; older ones go when a new one comes."""
_PLAIN: Final = ".txt"


def keep(folder: Path, code: str, language: str) -> Path:
    """Write code below `folder` under a name of its content; raise OSError when it cannot be written."""
    data = code.encode("utf-8", "replace")
    file = folder / f"code-{sha256(data).hexdigest()[:12]}{suffix_of(language)}"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.is_file():
        write_atomic(file, data)
    kept = sorted(folder.glob("code-*"), key=lambda found: found.stat().st_mtime, reverse=True)
    for old in kept[MOST:]:
        with contextlib.suppress(OSError):  # an editor has it open
            old.unlink()
    return file


def suffix_of(language: str) -> str:
    """Return how files of a language end, `.txt` for one that nobody knows."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]  # noqa: PLC0415 - 40 ms that most windows never need
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    try:
        patterns = get_lexer_by_name(language.strip().lower()).filenames
    except ClassNotFound:
        return _PLAIN
    return next((PurePath(pattern).suffix for pattern in patterns if pattern.startswith("*.")), _PLAIN)
