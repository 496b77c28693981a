"""Recipes: how the page of a web chat is used, one TOML file per site, the person's own before those that come along.

Sites change without notice, so each value remembers the line it stands on: whatever does not fit the page is told with
file and line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

PRESET: Final = "web-"
"""What the ids of web chats among the presets begin with; the id of the recipe follows."""
OWN_FOLDER: Final = "recipes"
"""In the data folder."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HOST: Final = re.compile(r"[a-z0-9.-]{1,253}(:\d{1,5})?")
_SECTION: Final = re.compile(r"\s*\[\s*(\w+)\s*\]")
_KEY: Final = re.compile(r"\s*([\w.]+)\s*=")
_LARGEST_FILE: Final = 100_000
"""Bytes that are read; a recipe has about one thousand."""


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where things are on the page: CSS and `:has-text("…")` of Playwright. Empty = there is no such thing."""

    composer: str
    """Where the message is typed."""
    answer: str
    """Each answer; the last one on the page is the newest. Plain CSS, for whatever stands inside is no notice."""
    wall: str
    """What is there when a person has to act: the sign-in button, a question whether one is human."""
    send: str = ""
    """Empty: the Enter key sends."""
    busy: str = ""
    """There as long as an answer is being written, such as the stop button."""
    done: str = ""
    """There once for each whole answer, such as its copy button."""
    cut: str = ""
    """There when an answer did not fit: the button to go on."""
    failed: str = ""
    """The site's own word that an answer failed."""
    limit: str = ""
    """The notice that no more messages are taken for now."""
    new_chat: str = ""
    """Empty: the address itself opens a new chat."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast a person would be, and how long the site may take."""

    seconds_between: float = 20.0
    """Between two messages."""
    per_hour: int = 30
    page: float = 20.0
    """Seconds until the page can be written to, and until a button can be clicked."""
    first_text: float = 120.0
    """Seconds until an answer begins."""
    quiet: float = 2.0
    """Seconds without a change after which an answer that ended is whole."""
    rest_minutes: float = 30.0
    """How long the site is left alone after its notice of a limit."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One site."""

    id: str
    name: str
    address: str
    """The page of a new chat."""
    model: str
    """What the model is called here; its family is read from it."""
    hosts: tuple[str, ...]
    """Where the page itself may go; what it loads inside may come from anywhere."""
    sign_in_hosts: tuple[str, ...]
    """Where it goes when nobody is signed in. It is not let there; the person signs in in a window of their own."""
    selectors: Selectors
    limits: Limits
    version: int
    verified: str
    """The last day somebody saw it work with the real site; empty = never."""
    file: str
    lines: Mapping[str, int] = field(repr=False)

    def place(self, key: str) -> str:
        """Return file and line of a value, or of the file's beginning where it is not named."""
        return f"{self.file}:{self.lines.get(key, 1)}"


def load(recipe_id: str, home: Path) -> Recipe:
    """Read the recipe of a site. Raises ConfigurationError `web-recipe-missing`, `web-recipe-bad`."""
    if not _ID.fullmatch(recipe_id):
        raise ConfigurationError("web-recipe-missing", recipe=recipe_id[:40])
    for folder in (home / OWN_FOLDER, _shipped()):
        file = folder / f"{recipe_id}.toml"
        if file.is_file():
            return read(file, recipe_id)
    raise ConfigurationError("web-recipe-missing", recipe=recipe_id)


def shipped() -> list[Recipe]:
    """Read every recipe that comes along."""
    found = (entry for entry in _shipped().iterdir() if entry.name.endswith(".toml"))
    return [read(entry, entry.name.removesuffix(".toml")) for entry in sorted(found, key=lambda entry: entry.name)]


def read(file: Path | Traversable, recipe_id: str) -> Recipe:
    """Read one file; nothing in it may be unknown. Raises ConfigurationError `web-recipe-bad`."""
    try:
        data = file.read_bytes()
        text = data[:_LARGEST_FILE].decode("utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        raise _bad(file.name, int(found[1]) if found else 1, str(error)) from error
    return _Reader(file.name, _lines(text), recipe_id).recipe(table)


def _shipped() -> Traversable:
    return files("agents.providers.webchat") / "recipes"


def _bad(file: str, line: int, detail: str) -> ConfigurationError:
    return ConfigurationError("web-recipe-bad", place=f"{file}:{line}", detail=detail)


def _lines(text: str) -> dict[str, int]:
    """Find the line of each key, by `section.key`."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _SECTION.match(line):
            section = f"{heading[1]}."
            found.setdefault(heading[1], number)
        elif key := _KEY.match(line):
            found.setdefault(section + key[1], number)
    return found


class _Reader:
    """Takes a file apart and refuses what does not belong there, by line."""

    def __init__(self, file: str, lines: Mapping[str, int], recipe_id: str) -> None:
        self._file, self._lines, self._id = file, lines, recipe_id

    def recipe(self, table: Mapping[str, Any]) -> Recipe:
        """Check everything."""
        self._known("", table, {item.name for item in fields(Recipe)} - {"file", "lines"})
        if self._text(table, "id") != self._id:
            raise self._wrong("id", f"has to be the name of the file, {self._id}")
        address = self._text(table, "address")
        own = self._host_of(address)
        return Recipe(
            id=self._id,
            name=self._text(table, "name"),
            address=address,
            model=self._text(table, "model"),
            hosts=tuple(dict.fromkeys((own, *self._hosts(table, "hosts")))),
            sign_in_hosts=self._hosts(table, "sign_in_hosts"),
            selectors=self._selectors(self._table(table, "selectors")),
            limits=self._limits(self._table(table, "limits")),
            version=self._number("", table, "version", 1, whole=True),
            verified=self._text(table, "verified", ""),
            file=self._file,
            lines=self._lines,
        )

    def _selectors(self, table: Mapping[str, Any]) -> Selectors:
        names = [item.name for item in fields(Selectors)]
        self._known("selectors.", table, names)
        needed = ("composer", "answer", "wall")
        found = {name: self._text(table, name, None if name in needed else "", "selectors.") for name in names}
        if not found["busy"] and not found["done"]:
            raise self._wrong("selectors", "busy or done is needed: without either nobody could tell a whole answer")
        return Selectors(**found)

    def _limits(self, table: Mapping[str, Any]) -> Limits:
        self._known("limits.", table, [item.name for item in fields(Limits)])
        plain = Limits()
        return Limits(
            **{
                name: self._number("limits.", table, name, getattr(plain, name), whole=name == "per_hour")
                for name in (item.name for item in fields(Limits))
            }
        )

    # ------------------------------------------------------------------------------------------ single values

    def _wrong(self, key: str, detail: str) -> ConfigurationError:
        return _bad(self._file, self._lines.get(key, 1), f"{key}: {detail}")

    def _known(self, section: str, table: Mapping[str, Any], names: Iterator[str] | list[str] | set[str]) -> None:
        allowed = set(names)
        for key in table:
            if key not in allowed:
                raise self._wrong(section + key, "is not known; possible are " + ", ".join(sorted(allowed)))

    def _table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = table.get(key, {})
        if not isinstance(found, dict):
            raise self._wrong(key, "has to be a section")
        return found

    def _text(self, table: Mapping[str, Any], key: str, default: str | None = None, section: str = "") -> str:
        found = table.get(key, default)
        if not isinstance(found, str) or not found.isprintable() or (default is None and not found.strip()):
            raise self._wrong(section + key, "a text of one line is needed")
        return found.strip()

    def _number(self, section: str, table: Mapping[str, Any], key: str, default: float, *, whole: bool) -> Any:
        found = table.get(key, default)
        right = isinstance(found, int) or (isinstance(found, float) and not whole)
        if not right or isinstance(found, bool) or not 0 < found <= 100_000:  # noqa: PLR2004 - any more is a slip
            raise self._wrong(section + key, f"a {'whole ' if whole else ''}number above 0 is needed")
        return found

    def _hosts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(name, str) and _HOST.fullmatch(name) for name in found):
            raise self._wrong(key, "a list of host names in small letters is needed")
        return tuple(found)

    def _host_of(self, address: str) -> str:
        try:
            parts = urlsplit(address)
            named = parts.hostname or ""
            here = named in {"localhost", "127.0.0.1", "::1"}
            fine = parts.scheme == "https" or (parts.scheme == "http" and here)
            plain = parts.username is None and parts.port != 0
        except ValueError:
            fine = plain = False
            named = ""
        if not (fine and plain and named):
            raise self._wrong("address", "an https address is needed")
        return host_of(address)


def host_of(address: str) -> str:
    """Return host and, where it is named, port of an address, as `hosts` holds them."""
    return urlsplit(address).netloc.rpartition("@")[2].lower()


__all__ = ["PRESET", "Limits", "Recipe", "Selectors", "host_of", "load", "read", "shipped"]
