"""What a file is, by one table of endings: what its lines are about, and how its text is come by.

The name decides and never the content: a rule that can be read in advance is worth more than a guess that is mostly
right, and a wrong one costs nothing, because every file is kept byte for byte whatever it is taken for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from core.memory import Kind

Form = Literal["text", "pdf", "docx", "xlsx", "html", "zip", "picture", "closed"]
"""`text`: its own lines are what is found. `pdf` to `html`: the text is taken out and kept beside it. `zip`: it is
opened. `picture`, `closed`: kept, and nothing in it is found; of a closed one a person would expect that there is."""
EXTRACTED: Final[frozenset[Form]] = frozenset({"pdf", "docx", "xlsx", "html"})


@dataclass(frozen=True, slots=True)
class Rule:
    """How files of one ending are taken."""

    form: Form
    kind: Kind


_TABLE: Final[tuple[tuple[Form, Kind, str], ...]] = (
    ("pdf", "docs", "pdf"),
    ("docx", "docs", "docx docm dotx"),
    ("xlsx", "docs", "xlsx xlsm xltx"),
    ("html", "docs", "html htm xhtml"),
    ("zip", "docs", "zip"),
    ("picture", "docs", "png jpg jpeg jpe gif webp bmp ico icns tif tiff svg svgz heic avif psd"),
    ("closed", "docs", "doc xls ppt pptx odt ods odp rtf epub djvu pages numbers msg 7z rar tar tgz gz bz2 xz zst"),
    ("text", "errors", "log err stderr trace stacktrace traceback crash"),
    ("text", "code", "py pyi pyw ipynb rb php pl pm lua r jl sh bash zsh fish ps1 psm1 bat cmd vbs"),
    ("text", "code", "js mjs cjs jsx ts mts cts tsx vue svelte qml css scss sass less dart swift"),
    (
        "text",
        "code",
        "c h cc cpp cxx hh hpp hxx m mm cs java kt kts scala groovy gradle go rs zig nim pas d asm s v vhd",
    ),
    ("text", "code", "hs elm ml mli fs fsx ex exs erl clj cljs lisp scm sql xml xsd xsl xslt graphql proto"),
    (
        "text",
        "code",
        "json jsonc json5 yaml yml toml ini cfg conf properties env cmake mk make dockerfile tf diff patch",
    ),
    ("text", "docs", "txt text md markdown mdx rst adoc org tex bib csv tsv srt vtt eml ftl po"),
)
_ENDINGS: Final = {ending: Rule(form, kind) for form, kind, endings in _TABLE for ending in endings.split()}
_CODE_NAMES: Final = frozenset({"makefile", "dockerfile", "jenkinsfile", "gemfile", "rakefile", "cmakelists.txt"})
_ERROR_NAMES: Final = frozenset({"stderr", "stderr.txt", "traceback.txt", "stacktrace.txt", "crash.txt"})
"""Files whose whole name says more than its ending."""


def rule_of(name: str) -> Rule:
    """Return how a file of this name is taken; what is unknown is read as text when it is text."""
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    if base in _CODE_NAMES:
        return Rule("text", "code")
    if base in _ERROR_NAMES:
        return Rule("text", "errors")
    return _ENDINGS.get(base.rpartition(".")[2] if "." in base else "", Rule("text", "docs"))
