"""The text of PDF, DOCX, XLSX and HTML files.

Such files are hostile until proven otherwise: call this in a process of its own, with limits on memory and time.
Lines of the text are what a person sees as lines: a paragraph, a row of a table, a line of a page.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from memory.ingest.forms import Form
    from memory.ingest.outcome import Trouble

TEXT_BYTES: Final = 64 << 20
"""What is taken out of one file at most; a real book has two megabytes."""
_UNPACKED_BYTES: Final = 400_000_000
"""Of the parts of a DOCX or XLSX, which are zips."""
_PARTS: Final = 20_000
_SPACES: Final = re.compile(r"[^\S\n]+")
_UNSEEN: Final = ("script", "style", "template", "noscript", "svg", "math", "object", "iframe")
_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "details", "dialog", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr"),
        "ul",
    }
)
_CELLS: Final = frozenset({"td", "th"})


class UnreadableError(Exception):
    """The text cannot be taken out; carries the trouble."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


class Extractor(Protocol):
    """Takes the text out of a file without letting it do any harm."""

    async def extract(self, form: Form, source: Path, target: Path) -> None:
        """Write the text of `source` as UTF-8 to the new file `target`.

        Raises:
            UnreadableError: there is no text, or it took too much; `target` may hold a part of it.
        """


def write_text(form: Form, source: BinaryIO, target: BinaryIO) -> None:
    """Write the text of a seekable file, line by line.

    Raises:
        UnreadableError: with the trouble; foreign libraries raise anything else.
    """
    written = 0
    blank = True
    for line in _READERS[form](source):
        for part in line.splitlines() or [""]:
            clean = _SPACES.sub(" ", part).strip() if form != "xlsx" else part.rstrip()
            if not clean and blank:
                continue
            blank = not clean
            data = clean.encode("utf-8", "replace") + b"\n"
            written += len(data)
            if written > TEXT_BYTES:
                raise UnreadableError("too-heavy")
            target.write(data)
    if not written:
        raise UnreadableError("no-text")


def pdf_text(source: BinaryIO, read: Callable[[Any], str] | None = None) -> tuple[str, Iterator[str]]:
    """Return the title a PDF gives itself, and its text: pages with their numbers, read as they are asked for.

    `read` takes the text of a page, else all of it is taken.

    Raises:
        UnreadableError: it is encrypted; the library raises anything else.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only in the process that reads

    reader = PdfReader(source, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("encrypted")
    told = reader.metadata
    return str((told.title if told else "") or ""), _pages(reader, read or _whole_text)


def _whole_text(page: Any) -> str:
    return str(page.extract_text())


def _pages(reader: Any, read: Callable[[Any], str]) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        text = read(page)
        if text.strip():
            yield f"[page {number}]"
            yield text


def _pdf(source: BinaryIO) -> Iterator[str]:
    return pdf_text(source)[1]


def _docx(source: BinaryIO) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415 - only in the process that reads

    _check_parts(source)
    return _blocks(Document(source))


def _blocks(container: Any) -> Iterator[str]:
    """Paragraphs and rows of tables in the order they stand in; a table inside a cell follows its row."""
    for block in container.iter_inner_content():
        if not hasattr(block, "rows"):
            style = str(getattr(block.style, "name", "") or "")
            level = style.removeprefix("Heading ") if style.startswith("Heading ") else ""
            yield f"{'#' * int(level)} {block.text}" if level.isdigit() else block.text
            continue
        for row in block.rows:
            cells = {id(cell._tc): cell for cell in row.cells}  # noqa: SLF001 - a merged cell is given once per column
            yield " | ".join(_SPACES.sub(" ", cell.text.replace("\n", " ")) for cell in cells.values())
            for cell in cells.values():
                for table in cell.tables:
                    yield from _blocks(_Only(table))


class _Only:
    """A container that holds one block."""

    def __init__(self, block: Any) -> None:
        self._block = block

    def iter_inner_content(self) -> Iterable[Any]:
        return (self._block,)


def _xlsx(source: BinaryIO) -> Iterator[str]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    _check_parts(source)
    book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what it says of its size would be filled up with empty cells
        titled = False
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else " ".join(str(value).split()) for value in row]
            if any(cells):
                if not titled:
                    yield f"[sheet {sheet.title}]"
                    titled = True
                yield "\t".join(cells).strip("\t")


def _html(source: BinaryIO) -> Iterator[str]:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only in the process that reads
    from bs4.element import NavigableString, PreformattedString, Tag  # noqa: PLC0415 - as above

    page = BeautifulSoup(source.read(), "html.parser")
    for unseen in page.find_all(_UNSEEN):
        unseen.extract()
    parts: list[str] = []
    for node in page.descendants:
        if isinstance(node, Tag):
            parts.append("\n" if node.name in _BLOCKS else " | " if node.name in _CELLS and _follows(node) else "")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            inside = node.find_parent("pre")
            parts.append(str(node) if inside else " ".join(_edged(str(node))))
    yield "".join(parts)


def _follows(cell: Any) -> bool:
    """Whether another cell of the row stands before; where ends are left out, cells stand inside each other."""
    return cell.parent.name in _CELLS or cell.find_previous_sibling(_CELLS) is not None


def _edged(text: str) -> list[str]:
    """The words of a text, with an empty one where it begins or ends in white space."""
    words = text.split()
    return [*([""] if text[:1].isspace() else []), *words, *([""] if words and text[-1:].isspace() else [])]


def _check_parts(source: BinaryIO) -> None:
    """Refuse an office file whose parts would fill the memory, before a library unpacks them."""
    with zipfile.ZipFile(source) as parts:
        entries = parts.infolist()
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise UnreadableError("encrypted")
        if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _UNPACKED_BYTES:
            raise UnreadableError("too-heavy")
    source.seek(0)


_READERS: Final = cast(
    "dict[Form, Callable[[BinaryIO], Iterator[str]]]", {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "html": _html}
)
