"""Which file a block belongs to: paths as models write them, mapped onto the allowed ones and no others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Strength = Literal["exact", "mapped", "foreign", "mention"]
"""`exact` and `mapped` name an allowed file, `foreign` another one; `mention` is prose that speaks of one."""

# A model may fill a line with blanks: a pattern must not be able to share out a run of them in two ways, nor a search
# to begin in its middle, because trying all of these takes minutes.
_BULLET: Final = re.compile(r"^\s*(?:>\s*)*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:#{1,6}\s+)?(?:[-=]{3,}\s+)?")
_WORD: Final = re.compile(
    r"^(?:new |updated |новый |изменённый )?(?:file(?:name)?|path|файл|путь)\b\s*(?:\d+\s*)?[:=]?\s*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"(?<!\s)\s*(?:[-–—]+\s*)?[(\[][^()\[\]]{0,60}[)\]]\s*$")
_WRAPPING: Final = "*_`\"'«»“”<> \t:="
_PATH: Final = re.compile(r"^[^\s<>\"'`|?*=(){},;]{1,200}\.[A-Za-z][A-Za-z0-9]{0,9}$")
_INFO_KEY: Final = re.compile(r"(?:path|file|filename|title|name)\s*=\s*(\"[^\"]+\"|'[^']+'|[^\s}]+)", re.IGNORECASE)
_COMMENT_LINE: Final = re.compile(
    r"^\s*(?:#+!?|//+|--(?=\s)|;+|%|/\*+|<!--|\"\"\"|''')\s*(\S.{0,199}?)\s*(?:(?:\*/|-->|\"\"\"|''')\s*)?$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A heading that names a file."""

    path: str
    strength: Strength


class Labels:
    """Reads headings against the allowed paths; an allowed path with `*` is a pattern for names the model chooses."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed: Sequence[str] = tuple(dict.fromkeys(allowed))

    @cached_property
    def concrete(self) -> tuple[str, ...]:
        """The allowed paths that are no patterns."""
        return tuple(path for path in self.allowed if "*" not in path)

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [
            re.compile("[A-Za-z0-9_]+".join(map(re.escape, path.split("*")))) for path in self.allowed if "*" in path
        ]

    def find(self, name: str) -> Label | None:
        """Map a name as written onto an allowed path; None when it is none or could be several."""
        path = _normal(name)
        if not path or ".." in path.split("/"):
            return None
        if path in self.concrete:
            return Label(path, "exact")
        for pattern in self._patterns:
            if pattern.fullmatch(path):
                return Label(path, "exact")
        folded = path.casefold()
        same = [known for known in self.concrete if known.casefold() == folded]
        longer = [known for known in self.concrete if _is_tail(known.casefold(), folded)]
        shorter = [known for known in self.concrete if _is_tail(folded, known.casefold())]
        for known in (same, longer, shorter):
            if len(known) == 1:
                return Label(known[0], "mapped")
        if longer:
            return Label(max(longer, key=len), "mapped")
        return self._by_pattern(path)

    def _by_pattern(self, path: str) -> Label | None:
        name = path.rsplit("/", 1)[-1]
        for pattern, source in zip(self._patterns, (each for each in self.allowed if "*" in each), strict=True):
            folder = source.rpartition("/")[0]
            candidate = f"{folder}/{name}" if folder else name
            if pattern.fullmatch(candidate):
                return Label(candidate, "mapped")
        return None

    def in_info(self, info: str) -> Label | None:
        """Read the rest of a fence's first line: `python path=a.py`, `python:a.py`, `a.py`, `python a.py`."""
        keyed = _INFO_KEY.search(info)
        if keyed:
            return self._named(keyed[1])
        names = [info.strip(), *info.split()]
        names += [name.partition(":")[2] for name in names if ":" in name]
        return self._first(name for name in names if name)

    def in_heading(self, line: str) -> Label | None:
        """Read a line that is nothing but a path with decoration: `### src/a.py`, `**a.py**:`, `File: a.py (new)`."""
        bare = _WORD.sub("", _BULLET.sub("", line).strip(_WRAPPING))
        return self._first(dict.fromkeys((bare.strip(_WRAPPING), _NOTE.sub("", bare).strip(_WRAPPING))))

    def in_comment(self, line: str) -> Label | None:
        """Read the first line inside a block: a comment that is only a path, or the bare path; allowed files only."""
        comment = _COMMENT_LINE.match(line)
        text = comment[1] if comment else line.strip()
        return self.find(_WORD.sub("", text).strip(_WRAPPING))

    def in_prose(self, line: str) -> Label | None:
        """Read a sentence that mentions exactly one allowed file."""
        words = (word.strip(_WRAPPING + ",;!?()[]").rstrip(".") for word in re.split(r"\s+", line))
        found = {label.path for word in words if _PATH.match(word) and (label := self.find(word))}
        return Label(found.pop(), "mention") if len(found) == 1 else None

    def _first(self, names: Iterable[str]) -> Label | None:
        foreign = None
        for name in names:
            label = self.find(name)
            if label:
                return label
            if foreign is None and _PATH.match(name):
                foreign = Label(name, "foreign")
        return foreign

    def _named(self, name: str) -> Label:
        return self.find(name) or Label(name.strip(_WRAPPING), "foreign")


def _is_tail(tail: str, path: str) -> bool:
    """Tell whether `path` is `tail` in a folder; a folder with blanks is a sentence that ends in a path."""
    return path.endswith("/" + tail) and " " not in path[: -len(tail)]


def _normal(name: str) -> str:
    text = unicodedata.normalize("NFC", name)
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf"})
    text = text.strip(_WRAPPING).replace("\\", "/")
    text = re.sub(r"^[A-Za-z]:(?=/)", "", text)
    parts = [part for part in text.split("/") if part not in {"", "."}]
    return "/".join(parts)
