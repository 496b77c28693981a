"""Commands end in words: what happened, what was done about it, what the person can do next."""

from __future__ import annotations

import asyncio
import json as json_format
import sys
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import MultiCoderError
from core.i18n import explain, tr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

EXIT_PAUSED: Final = 130


def reported(work: Callable[[], Awaitable[int]], locale: str, *, json: bool = False) -> int:
    """Run a command and return its exit code; an error is told on standard error (and as an object for `--json`)."""
    try:
        return asyncio.run(cast("Coroutine[Any, Any, int]", work()))
    except MultiCoderError as error:
        return told(error, locale, json=json)
    except KeyboardInterrupt:
        if not json:
            print(f"\n{tr('interrupted', locale)}", file=sys.stderr)
        return EXIT_PAUSED


def told(error: MultiCoderError, locale: str, *, json: bool = False) -> int:
    """Put an error into words and return its exit code."""
    words = explain(error, locale)
    if json:
        print_json(
            {
                "type": "ERROR",
                "name": "error",
                "code": error.code,
                "what": words.what,
                "did": words.did,
                "next": words.next,
            }
        )
    print(f"{words.what}\n{words.did}\n{words.next}", file=sys.stderr)
    return error.exit_code


def print_json(value: Any) -> None:
    """Print one object as one line."""
    print(json_format.dumps(value, ensure_ascii=False), flush=True)
