"""The text of a web page: its title, and what it was made for without the frame around it.

Call `page_of` in a process of its own: the page is hostile until proven otherwise.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from memory.ingest.extraction import UnreadableError, pdf_text
from memory.ingest.page_lines import lines_of
from memory.ingest.pdf_seen import seen_text
from memory.ingest.unseen import Sheets, is_hidden, read_style, seen_signs, without

if TYPE_CHECKING:
    from typing import BinaryIO

PAGE_SIGNS: Final = 400_000
"""What is taken of one page at most; a long chapter of a manual has a hundred thousand."""
_LONGEST_TITLE: Final = 300
_ENOUGH: Final = 200
_SHARE: Final = 0.25
_HEAD: Final = frozenset(
    {"title", "meta", "link", "script", "style", "base", "noscript", "template", "object", "bgsound"}
)
_FRAME: Final = frozenset({"nav", "footer", "aside", "header", "search"})
_FRAME_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alertdialog"}
)
_FRAME_NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|footer|cookies?|consent|gdpr|share|sharing|social"
    r"|related|advert|advertisement|ads|promo|newsletter|subscribe|toc|pagination|skip-?link|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER_NAMES: Final = re.compile(
    r"(?:^|\s)(?:headerlink|anchor|anchor-link|hash-link|anchorjs-link|linenos?|lineno|line-numbers|linenodiv|gutter"
    r"|blob-num|copybtn|copy-button|skip-?link|edit-page|editsection|mw-editsection|noprint)(?:$|\s)",
    re.IGNORECASE,
)
"""Marks beside headings, numbers beside code, links to edit: no text of the page."""
_LINKS: Final = 5
_LINK_SHARE: Final = 0.7
_MARKDOWN_NOTE: Final = re.compile(r"^\[(?://|comment|_)\]: *(?:#|<>).*$", re.MULTILINE | re.IGNORECASE)


def write_page(form: str, source: BinaryIO, target: BinaryIO) -> None:
    """Write title, text and whether it was cut, as JSON.

    Raises:
        UnreadableError: with the trouble; foreign libraries raise anything else.
    """
    title, text, cut = _pdf(source) if form == "pdf" else page_of(source.read())
    if not text:
        raise UnreadableError("no-text")
    target.write(json.dumps({"title": title, "text": text, "cut": cut}).encode())


def plain_text(text: str, *, markdown: bool = False) -> tuple[str, bool]:
    """What is seen of a plain text, and whether it was cut; comments of Markdown are not shown to anybody."""
    seen = seen_signs(text)
    if markdown:
        seen = _MARKDOWN_NOTE.sub("", without(seen, "<!--", "-->"))
    return seen[:PAGE_SIGNS], len(seen) > PAGE_SIGNS


def page_of(data: bytes) -> tuple[str, str, bool]:
    """Return title, text and whether it was cut, of HTML in UTF-8."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415 - only in the process that reads

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(data.replace(b"\0", b""), parser=parser)
    except etree.ParserError as error:  # nothing in it
        raise UnreadableError("no-text") from error
    _tidy_head(root)
    page = _Page(root)
    text, cut = page.text()
    return page.title(), text, cut


def _tidy_head(root: Any) -> None:
    """Take out of the head what belongs to the body: the parser knows fewer elements than pages that name no body."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    strays = [place for place, child in enumerate(head) if child.tag not in _HEAD]
    if strays:
        if body is None:
            body = root.makeelement("body")
            root.append(body)
        for place, child in enumerate(head[strays[0] :]):
            body.insert(place, child)


class _Page:
    """A parsed page whose hidden elements are found."""

    def __init__(self, root: Any) -> None:
        self._root = root
        body = root.find(".//body")
        self._body = root if body is None else body
        self._hidden: set[Any] = set()
        self._signs: Counter[Any] = Counter()
        """Signs a person sees inside an element."""
        self._linked: Counter[Any] = Counter()
        self._links: Counter[Any] = Counter()
        self._look(Sheets("\n".join(style.text or "" for style in root.iter("style"))))

    def title(self) -> str:
        """What the page calls itself."""
        for said in (self._root.xpath("string(//title[not(ancestor::svg)])"), self._named_title(), self._heading()):
            title = " ".join(seen_signs(said or "").split())
            if title:
                return title[:_LONGEST_TITLE]
        return ""

    def text(self) -> tuple[str, bool]:
        """The main part where it is marked, else all but the frame; everything seen where little would be left."""
        whole = self._signs[self._body]
        enough = min(_ENOUGH, whole * 0.9)
        for part in self._marked():
            if self._signs[part] >= max(enough, whole * _SHARE):
                return lines_of(part, self._beside, PAGE_SIGNS)
        text, cut = lines_of(self._body, self._frame, PAGE_SIGNS)
        if len(text) < enough or len(text) < whole * _SHARE / 2:
            return lines_of(self._body, self._unread, PAGE_SIGNS)
        return text, cut

    def _named_title(self) -> str:
        found = self._root.xpath("//meta[@property='og:title']/@content")
        return str(found[0]) if found else ""

    def _heading(self) -> str:
        found = next(iter(self._root.iter("h1")), None)
        return "" if found is None else "".join(found.itertext())

    def _look(self, sheets: Sheets) -> None:
        """Find what is hidden, and count what is seen of everything else. Parents come before their children."""
        seen = []
        grounded: set[Any] = set()
        for element in self._root.iter():
            parent = element.getparent()
            if parent in self._hidden:
                self._hidden.add(element)
                continue
            unseen = not isinstance(element.tag, str) or is_hidden(element, sheets, grounded=parent in grounded)
            if unseen and element is not self._body and element is not self._root:
                self._hidden.add(element)
                continue
            style = read_style(element.get("style", ""))
            if parent in grounded or "background" in style or "background-color" in style or element.get("bgcolor"):
                grounded.add(element)
            seen.append(element)
        for element in reversed(seen):
            parent = element.getparent()
            self._signs[element] += len((element.text or "").strip())
            if element.tag == "a":
                self._links[element] += 1
                self._linked[element] = self._signs[element]
            if parent is not None:
                self._signs[parent] += self._signs[element] + len((element.tail or "").strip())
                self._linked[parent] += self._linked[element]
                self._links[parent] += self._links[element]

    def _marked(self) -> list[Any]:
        """Elements that say they are the main part, the most telling ones first."""
        mains = [*self._root.iter("main"), *self._root.xpath("//*[@role='main']")]
        articles = list(self._root.iter("article"))
        ranked = sorted(mains, key=lambda part: -self._signs[part])
        return ranked[:1] + (articles if len(articles) == 1 else [])

    def _unread(self, element: Any) -> bool:
        return element in self._hidden or bool(_NEVER_NAMES.search(element.get("class", "")))

    def _beside(self, element: Any) -> bool:
        """What stands in the main part and is not its text."""
        if self._unread(element) or element.tag == "nav" or element.get("role") in {"navigation", "search"}:
            return True
        if element.tag == "footer":
            return True
        return element.tag in {"div", "ul", "ol", "aside"} and self._is_frame(element) and self._mostly_links(element)

    def _frame(self, element: Any) -> bool:
        if element is self._body:
            return False
        if self._unread(element) or element.get("role") in _FRAME_ROLES:
            return True
        if element.tag in _FRAME:
            return element.tag != "header" or not any(True for _ in element.iter("h1"))
        if element.tag in {"div", "section", "ul", "ol", "table", "form", "p"} and self._is_frame(element):
            return True
        return element.tag in {"ul", "ol", "div"} and self._mostly_links(element)

    @staticmethod
    def _is_frame(element: Any) -> bool:
        return any(_FRAME_NAMES.search(element.get(name, "")) for name in ("class", "id"))

    def _mostly_links(self, element: Any) -> bool:
        return self._links[element] >= _LINKS and self._linked[element] > self._signs[element] * _LINK_SHARE


def _pdf(source: BinaryIO) -> tuple[str, str, bool]:
    lines: list[str] = []
    size, cut = 0, False
    title, pages = pdf_text(source, seen_text)
    for page in pages:
        text = seen_signs(page)
        lines.append(text.strip("\n"))
        size += len(text)
        if size > PAGE_SIGNS:
            cut = True
            break
    text = "\n".join(lines)
    return " ".join(seen_signs(title).split())[:_LONGEST_TITLE], text[:PAGE_SIGNS], cut
