"""Light checks of web files: references to local files, brackets, script tags, ids that scripts look for."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from builders.checks.project import found
from builders.checks.script import scan_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plan import Finding

_SCRIPTS: Final = (".js", ".mjs", ".cjs")
_PAGES: Final = (".html", ".htm")
_BALANCED: Final = frozenset(
    {"script", "style", "title", "textarea", "select", "button", "canvas", "svg", "template", "iframe"}
)
"""Elements that swallow the rest of the page when they are not closed."""
_LOOKUP: Final = re.compile(r"getElementById\(\s*(['\"])([\w-]+)\1\s*\)")
_IMPORT: Final = re.compile(r"(?:\bfrom\s*|\bimport\s*\(?\s*)(['\"])(\.{1,2}/[^'\"]+)\1")
_CSS_URL: Final = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")


class _Page(HTMLParser):
    """What a page refers to and what it leaves open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.references: list[tuple[int, str]] = []
        self.open: dict[str, list[int]] = {}
        self.scripts: list[tuple[int, str]] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        for name in ("src", "poster", *(("href",) if tag in {"link", "a", "image", "use"} else ())):
            # A link without an extension is a route of a server more often than a file.
            if name in values and (tag != "a" or re.search(r"\.\w{2,5}([?#]|$)", values[name])):
                self.references.append((line, values[name]))
        if tag in _BALANCED:
            self.open.setdefault(tag, []).append(line)
        kind = values.get("type", "")
        self.in_script = tag == "script" and "src" not in values and kind in {"", "module", "text/javascript"}

    def handle_endtag(self, tag: str) -> None:
        if self.open.get(tag):
            self.open[tag].pop()
        self.in_script = False

    def handle_data(self, data: str) -> None:
        if self.in_script:
            self.scripts.append((self.getpos()[0], data))


def check_web(files: Mapping[str, str], paths: set[str], planned: frozenset[str] = frozenset()) -> list[Finding]:
    """Check the web files named by `paths`; a reference to a file of another module (`planned`) may not exist yet."""
    findings: list[Finding] = []
    for path in sorted(paths & set(files)):
        if path.endswith(_PAGES):
            findings += _page(path, files, planned)
        elif path.endswith(_SCRIPTS):
            findings += _script(path, files[path], 1)
            findings += _missing(path, _at(_IMPORT, files[path]), files, planned)
            findings += _lookups(path, files, planned)
        elif path.endswith(".css"):
            findings += _style(path, files, planned)
    return findings


def _page(path: str, files: Mapping[str, str], planned: frozenset[str]) -> Iterator[Finding]:
    page = _Page()
    page.feed(files[path])
    page.close()
    if "<" not in files[path]:
        yield found("web", "blocker", path, 0, "The file holds no HTML.", "Write the page as HTML.")
    for tag, lines in page.open.items():
        if lines:
            yield found("web", "blocker", path, lines[0], f"`<{tag}>` is never closed.", f"Close it with `</{tag}>`.")
    for line, text in page.scripts:
        yield from _script(path, text, line)
    if "templates" not in path.split("/"):  # those are resolved by a server
        yield from _missing(path, page.references, files, planned)


def _script(path: str, text: str, first_line: int) -> Iterator[Finding]:
    scan = scan_script(text)
    if scan.problem:
        line = first_line + scan.line - 1
        yield found("web", "blocker", path, line, f"The script is broken: {scan.problem}.", "Close or remove it.")


def _style(path: str, files: Mapping[str, str], planned: frozenset[str]) -> Iterator[Finding]:
    text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), files[path], flags=re.DOTALL)
    bare = re.sub(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|url\([^)]*\)", "", text)
    if bare.count("{") != bare.count("}"):
        problem = f"The braces do not match: {bare.count('{')} opening, {bare.count('}')} closing."
        yield found("web", "blocker", path, 0, problem, "Close every rule exactly once.")
    yield from _missing(path, _at(_CSS_URL, text), files, planned)


def _at(pattern: re.Pattern[str], text: str) -> list[tuple[int, str]]:
    return [(text.count("\n", 0, match.start()) + 1, match[2]) for match in pattern.finditer(text)]


def _missing(
    path: str, references: list[tuple[int, str]], files: Mapping[str, str], planned: frozenset[str]
) -> Iterator[Finding]:
    for line, reference in references:
        try:
            parts = urlsplit(reference.strip())
        except ValueError:
            continue
        if parts.scheme or parts.netloc or not parts.path or "{" in reference or parts.path in {"/", ".", "./"}:
            continue
        folder = "" if parts.path.startswith("/") else posixpath.dirname(path)
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/")))
        names = {target, f"{target}/index.html"}
        if not names & (set(files) | planned) and not parts.path.startswith("/"):
            problem = f"`{reference}` refers to `{target}`, which is not among the files."
            yield found("web", "blocker", path, line, problem, f"Write `{target}`, correct the reference or remove it.")


def _lookups(path: str, files: Mapping[str, str], planned: frozenset[str]) -> Iterator[Finding]:
    """Find ids no file mentions anywhere else; certain only when every page is there."""
    pages = [name for name in files if name.endswith(_PAGES)]
    if not pages or any(name not in files for name in planned if name.endswith((*_PAGES, *_SCRIPTS))):
        return
    for line, name in _at(_LOOKUP, files[path]):
        everywhere = "\n".join(files[other] for other in files if other.endswith((*_PAGES, *_SCRIPTS)))
        if not re.search(rf"(?<!getElementById\(['\"])(?<![\w-]){re.escape(name)}(?![\w-])", everywhere):
            problem = f"The script looks for the element `#{name}`, which no page has."
            yield found(
                "web", "blocker", path, line, problem, f'Give an element of the page `id="{name}"` or correct the id.'
            )
