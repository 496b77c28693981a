"""Which version of the program this is."""

from __future__ import annotations

from typing import Final

_CHECKOUT: Final = "0.1.0"
"""A checkout that was never installed carries no metadata."""


def program_version() -> str:
    """The version of the installed program."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - the window's first frame needs none

    try:
        return version("multicoder")
    except PackageNotFoundError:
        return _CHECKOUT
