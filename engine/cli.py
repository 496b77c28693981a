"""The program's front door: `python -m engine.cli WORDS`, installed as `multicoder`.

An editor waits for `acp`, and `keeper`, `engine` and `extract` are started by ourselves: these are read here, with the
standard library alone. Without a word the window is opened. Everything else is a command for people and is left to
`engine.cli_app`.
"""

from __future__ import annotations

import contextlib
import sys
from functools import partial
from pathlib import Path
from typing import Any, Final, TextIO, cast

from core.errors import ConfigurationError, MultiCoderError
from core.paths import home as find_home
from core.redaction import RedactedStream

_HOME: Final = "--home"
FIRST_FRAME: Final = "first-frame"
"""`first-frame PICTURE`: the self-test's word for a window that keeps a picture of itself and ends."""


def main(arguments: list[str] | None = None) -> Any:
    """Entry point of `multicoder`; ends the process with the command's exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles default to a code page without Cyrillic
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stderr is not None:  # a windowed program has none; what an engine says there is kept in a file
        sys.stderr = cast("TextIO", RedactedStream(sys.stderr))
    if words and words[0] in {"acp", "keeper", "engine", "extract"} and "--help" not in words:
        sys.exit(_process(words[0], words[1:]))
    if words[:1] == ["--self-test"] and words[1:] in ([], ["all"]):
        from engine.self_test import self_test  # noqa: PLC0415 - only for a freshly built program

        sys.exit(self_test(partial(print, flush=True), everything=bool(words[1:])))
    wanted = _without_home(words)
    if not wanted or wanted[0] == FIRST_FRAME:
        sys.exit(_window(words, [Path(word) for word in wanted[1:2]]))
    from engine.cli_app import app  # noqa: PLC0415 - a quarter of a second that an editor need not wait

    return app(args=words, prog_name="multicoder")


def _window(words: list[str], pictures: list[Path]) -> int:
    """Be the window of the data folder, or only long enough to keep a picture of it."""
    from core.i18n import system_locale  # noqa: PLC0415 - only where the window is wanted
    from engine.own_process import own_command, own_environment  # noqa: PLC0415 - as above
    from engine.reporting import told  # noqa: PLC0415 - as above

    try:
        home = find_home(_home_of(words))
        try:
            from gui.main import open_window  # noqa: PLC0415 - nothing else here knows of Qt
        except ImportError as error:  # most often one of the system libraries it is linked with
            raise ConfigurationError("window-libraries", detail=str(error)) from error
        return open_window(home, own_command("acp"), own_environment(home), *pictures)
    except MultiCoderError as error:
        code = told(error, system_locale())
        if not pictures:
            with contextlib.suppress(ImportError):  # what is missing was told just now
                from gui.refusal import show_refusal  # noqa: PLC0415 - only to say what is wrong

                show_refusal(error, system_locale())
        return code


def _process(word: str, rest: list[str]) -> int:
    """Be one of our own processes; the only option is the data folder."""
    try:
        home = find_home(_home_of(rest))
        if word == "acp":
            from engine.relay import relay  # noqa: PLC0415 - one of four

            relay(home)
        if word == "keeper":
            from engine.keeper import keep  # noqa: PLC0415 - one of four

            return keep(home)
        if word == "extract":
            from engine.extracting import be_extractor  # noqa: PLC0415 - one of four

            return be_extractor(rest[0])
        from engine.worker import work  # noqa: PLC0415 - one of four

        return work(home)
    except MultiCoderError as error:
        from core.i18n import system_locale  # noqa: PLC0415 - only to say what is wrong
        from engine.reporting import told  # noqa: PLC0415 - as above

        return told(error, system_locale())


def _home_of(rest: list[str]) -> Path | None:
    for number, word in enumerate(rest):
        if word == _HOME and number + 1 < len(rest):
            return Path(rest[number + 1])
        if word.startswith(f"{_HOME}="):
            return Path(word.partition("=")[2])
    return None


def _without_home(words: list[str]) -> list[str]:
    """The words that say what to do."""
    rest, following = [], iter(words)
    for word in following:
        if word == _HOME:
            next(following, None)
        elif not word.startswith(f"{_HOME}="):
            rest.append(word)
    return rest


if __name__ == "__main__":
    main()
