"""Why a file of a foreign repository was not kept, and what there is to know of one that was: codes, and their words.

A code may carry a detail behind a space (`unsafe-name reserved`, `nested ratio`): it is kept in states and journals
and read in the language of whoever looks at it.
"""

from __future__ import annotations

from typing import Final

from core.i18n import tr

LEFT_OUT: Final = (
    "agent",
    "autorun",
    "collision",
    "compression",
    "damaged",
    "device",
    "editor",
    "encrypted",
    "executable",
    "forgotten",
    "git",
    "hooks",
    "lfs",
    "link",
    "malware",
    "nested",
    "ratio",
    "sealed",
    "submodules",
    "unreadable",
    "unsafe-name",
)
WARNINGS: Final = (
    "addressed",
    "hidden-code",
    "install-code",
    "install-network",
    "invisible",
    "piped-shell",
    "secrets",
    "start-code",
)


def left_out_words(code: str, locale: str) -> str:
    """Say why a file was left out."""
    reason, _, detail = code.partition(" ")
    return tr(f"left-out-{reason}", locale, detail=detail)


def warning_words(codes: str, locale: str) -> str:
    """Say what there is to know of a file that was kept."""
    return "; ".join(tr(f"repository-warning-{code}", locale) for code in codes.split())
