"""Python source written by others, read by Python itself: the one door to its parser.

Python 3.11 counts the depth of its parser once per interpreter: another thread that parses meanwhile makes it fail with
SystemError now and then (CPython gh-106905; seen on 3.11.7). So one thread parses at a time. The same lock keeps the
warnings filter, which is one per process too, as it was.
"""

from __future__ import annotations

import ast
import symtable
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_AT_A_TIME: Final = threading.Lock()


def parse(text: str, path: str = "<text>") -> ast.Module:
    """Parse Python source.

    Raises SyntaxError, ValueError (NUL characters), RecursionError or MemoryError (deep nesting) when it is none.
    """
    with _parser():
        return ast.parse(text, path)


def compiled(text: str, path: str) -> None:
    """Compile Python source as well, which finds what parsing does not; errors as `parse`."""
    with _parser():
        compile(text, path, "exec", dont_inherit=True)


def symbols(text: str, path: str) -> symtable.SymbolTable:
    """Return the names of Python source with their scopes; errors as `parse`."""
    with _parser():
        return symtable.symtable(text, path, "exec")


@contextmanager
def _parser() -> Iterator[None]:
    # What Python thinks of generated code (an invalid escape, `is 1`) is no warning of ours.
    with _ONE_AT_A_TIME, warnings.catch_warnings(action="ignore"):
        yield
