"""Refusals of the disk and of SQLite in words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def unusable_told(path: Path) -> Iterator[None]:
    """Raise StorageError where the disk or SQLite refuses something about `path`."""
    try:
        yield
    except OSError as error:
        raise StorageError("storage", path=str(path), detail=error.strerror or type(error).__name__) from error
    except sqlite3.Error as error:
        raise StorageError("storage", path=str(path), detail=str(error)) from error
