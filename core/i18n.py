"""Texts for people: Fluent catalogues in `core/locales/<locale>/*.ftl`, one language at a time, nothing guessed."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fluent.runtime import FluentBundle
    from fluent.runtime.resolver import Message

    from core.errors import MultiCoderError

LOCALES: Final = ("en", "ru")
DEFAULT_LOCALE: Final = "en"
LOCALES_FOLDER: Final = Path(__file__).parent / "locales"

_FENCED_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_WEB_ADDRESS = re.compile(r"https?://\S+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_ENTRY = re.compile(r"^(-?[A-Za-z][\w-]*) *=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[A-Za-z][\w-]*)")
_WINDOWS_RUSSIAN: Final = 0x19
_WINDOWS_PRIMARY_LANGUAGE: Final = 0x3FF

_AT_WINDOW: Final = "-x-window"
"""Ends the tag of a language as it is spoken to somebody at the window."""
COMMAND_VARIABLE: Final = "MULTICODER_COMMAND"
"""Set by the starter, under which the program has another name than `multicoder`."""


class MissingTextError(KeyError):
    """A text that is not in the catalogue, or a fact its text needs: a mistake in the program, never shown as text."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in three sentences: what happened, what MultiCoder did about it, what the person can do."""

    what: str
    did: str
    next: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text for a person that has no language yet: it is read in the language of whoever looks at it."""

    message: str
    facts: Mapping[str, str | float] = field(default_factory=dict)

    def text(self, locale: str) -> str:
        """Return it in `locale`."""
        return tr(self.message, locale, **self.facts)


def tr(message_id: str, locale: str, /, **facts: str | float) -> str:
    """Return the text `message_id` (`id` or `id.attribute`) in `locale`; unknown locales read English."""
    text, problems = _format(message_id, locale, facts)
    if problems:
        raise MissingTextError(f"{message_id} ({locale}): {problems}")
    return text


def explain(error: MultiCoderError, locale: str) -> Explanation:
    """Put `error` into words. A fact the error did not carry shows as its name: explaining never fails itself."""
    key = f"error-{error.code}"
    if not _known(key, locale):
        key = "error-internal"
    parts = (_format(f"{key}{suffix}", locale, error.facts)[0] for suffix in ("", ".did", ".next"))
    return Explanation(*parts)


def load_catalogues() -> None:
    """Read every catalogue now: later texts then never wait for the disk, which an event loop must not."""
    for locale in LOCALES:
        _catalogue(locale)
        _catalogue(at_window(locale))


def at_window(locale: str) -> str:
    """Return the language as it is spoken at the window: advice names its pages and buttons, not commands."""
    return supported_locale(locale) + _AT_WINDOW


def detect_locale(text: str, fallback: str) -> str:
    """Guess the language a person writes in; code blocks and web addresses do not count."""
    prose = _WEB_ADDRESS.sub(" ", _FENCED_CODE.sub(" ", text))
    cyrillic, latin = len(_CYRILLIC.findall(prose)), len(_LATIN.findall(prose))
    if not cyrillic and not latin:
        return fallback
    return "ru" if cyrillic >= latin else "en"


def system_locale(environ: Mapping[str, str] | None = None) -> str:
    """Return the language of the person's system as one of `LOCALES`."""
    if environ is None:
        environ = os.environ
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - needed on Windows only

        language = ctypes.windll.kernel32.GetUserDefaultUILanguage() & _WINDOWS_PRIMARY_LANGUAGE
        return "ru" if language == _WINDOWS_RUSSIAN else DEFAULT_LOCALE
    else:  # noqa: RET505 - the type checker reads one branch per platform
        wanted = [environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)]
        return supported_locale(wanted[0]) if wanted else DEFAULT_LOCALE


def supported_locale(wanted: str) -> str:
    """Map `ru`, `ru-RU` or `ru_RU.UTF-8` to a catalogue; anything unknown is English."""
    language = re.split(r"[-_.@]", wanted.lower(), maxsplit=1)[0]
    return language if language in LOCALES else DEFAULT_LOCALE


def _format(message_id: str, locale: str, facts: Mapping[str, str | float]) -> tuple[str, list[object]]:
    name, _, attribute = message_id.partition(".")
    message = _catalogue(_tag(locale)).message(name)
    if message is None:
        raise MissingTextError(f"{message_id} ({locale})")
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        raise MissingTextError(f"{message_id} ({locale})")
    text, problems = _catalogue(_tag(locale)).bundle.format_pattern(pattern, dict(facts))
    return str(text), list(problems)


def _known(message_id: str, locale: str) -> bool:
    return message_id in _catalogue(_tag(locale)).unread


def _tag(locale: str) -> str:
    return at_window(locale) if locale.endswith(_AT_WINDOW) else supported_locale(locale)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The texts of a language. To parse all takes half a second, and most processes say a few: each waits its turn."""

    bundle: FluentBundle
    unread: Mapping[str, str]
    """Message or `-term` -> its source."""
    read: set[str] = field(default_factory=set)

    def message(self, name: str) -> Message | None:
        """Return a message; it and what it refers to can be formatted from now on."""
        if name not in self.unread:
            return None
        if name not in self.read:
            self._read(name)
        return self.bundle.get_message(name) if self.bundle.has_message(name) else None

    def _read(self, name: str) -> None:
        from fluent.runtime import FluentResource  # noqa: PLC0415 - 60 ms that most starts do not need

        names = [name]
        for entry in names:
            mentioned = dict.fromkeys(_REFERENCE.findall(self.unread[entry]))
            names += [other for other in mentioned if other in self.unread and other not in names]
        self.bundle.add_resource(FluentResource("".join(self.unread[entry] for entry in names)))
        self.read.add(name)  # last: another thread that sees it here finds everything in its place


@lru_cache(maxsize=2 * len(LOCALES))
def _catalogue(tag: str) -> _Catalogue:
    from fluent.runtime import FluentBundle  # noqa: PLC0415 - as above

    locale = supported_locale(tag)
    # How this person starts MultiCoder: advice in the texts must be something that can be typed as it stands.
    command = re.sub(r"[{}\s]+", " ", os.environ.get(COMMAND_VARIABLE, "")).strip() or "multicoder"
    ways = "terminal" if tag == locale else "window"
    unread = {**_sources(locale), **_sources(f"{locale}/ways", f"{ways}.ftl"), "-command": f"-command = {command}\n"}
    return _Catalogue(FluentBundle([locale], use_isolating=False), unread)  # terminals show isolation marks as junk


@lru_cache
def _sources(folder: str, files: str = "*.ftl") -> Mapping[str, str]:
    """Message or `-term` -> its source: it begins with its name at the beginning of a line and ends at the next one."""
    found: dict[str, str] = {}
    for file in sorted((LOCALES_FOLDER / folder).glob(files)):
        text = file.read_text(encoding="utf-8")
        beginnings = list(_ENTRY.finditer(text))
        for entry, following in zip(beginnings, [*beginnings[1:], None], strict=True):
            found.setdefault(entry[1], text[entry.start() : following.start() if following else len(text)])
    return found
