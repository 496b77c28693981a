"""What can be said of web pages without a browser: they parse, and what they refer to is there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

_REFERENCES: Final = {
    "a": "href",
    "audio": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
    "video": "src",
}
_SWALLOWING: Final = frozenset({"script", "style", "textarea", "title"})
"""Elements that swallow the rest of the page when they are not closed."""

_CSS_URL: Final = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements = 0
        self.open: list[str] = []
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        if tag in _SWALLOWING:
            self.open.append(tag)
        value = dict(attrs).get(_REFERENCES.get(tag, ""))
        if value:
            self.references.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open.remove(tag)


class PageFacts(NamedTuple):
    """What was found on one page."""

    name: str
    elements: int
    references: int


def check_pages(root: Path) -> tuple[list[PageFacts], list[str]]:
    """Look at all pages and style sheets below `root`; returns (facts, problems)."""
    pages = sorted(path for path in root.rglob("*") if path.suffix.lower() in {".html", ".htm"})
    if not pages:
        return [], ["There is no HTML page in the artifact."]
    facts: list[PageFacts] = []
    problems: list[str] = []
    for page in pages:
        name = page.relative_to(root).as_posix()
        parsed = _Page()
        parsed.feed(page.read_text(encoding="utf-8", errors="replace"))
        parsed.close()
        if not parsed.elements:
            problems.append(f"{name} has no HTML element.")
        problems += [f"<{tag}> is never closed in {name}." for tag in parsed.open]
        problems += _unresolved(root, page, parsed.references)
        facts.append(PageFacts(name, parsed.elements, len(parsed.references)))
    for sheet in sorted(root.rglob("*.css")):
        text = sheet.read_text(encoding="utf-8", errors="replace")
        problems += _unresolved(root, sheet, [match[2] for match in _CSS_URL.finditer(text)])
    return facts, problems


def _unresolved(root: Path, page: Path, references: list[str]) -> list[str]:
    name = page.relative_to(root).as_posix()
    return [
        f"{name} refers to {reference[:200]}, which is not in the artifact."
        for reference in references
        if not _is_there(root, page, reference)
    ]


def _is_there(root: Path, page: Path, reference: str) -> bool:
    try:
        parts = urlsplit(reference.strip())
        if parts.scheme or parts.netloc or not parts.path:
            return True  # another site, or a place on the same page
        target = page.parent / unquote(parts.path)
        if unquote(parts.path).startswith("/") or "\0" in str(target):
            return False  # leads nowhere when the page is opened from a folder
        target = target / "index.html" if target.is_dir() else target
        return target.is_file() and target.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError):  # no address, or a name no file can have (a picture's data without `data:`)
        return False
