"""What a file is, as far as its name tells: the kind of its chip, its type in a word, its language."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath
from typing import Final

FOLDER: Final = "folder"
ARCHIVE: Final = "archive"
IMAGE: Final = "image"

LANGUAGES: Final = {
    "py": "Python", "pyw": "Python", "pyi": "Python", "ipynb": "Python",
    "js": "JavaScript", "mjs": "JavaScript", "cjs": "JavaScript", "jsx": "JavaScript",
    "ts": "TypeScript", "tsx": "TypeScript",
    "c": "C", "h": "C", "cpp": "C++", "cc": "C++", "cxx": "C++", "hpp": "C++", "hh": "C++",
    "cs": "C#", "fs": "F#", "vb": "Visual Basic", "java": "Java", "kt": "Kotlin", "kts": "Kotlin", "scala": "Scala",
    "go": "Go", "rs": "Rust", "rb": "Ruby", "php": "PHP", "swift": "Swift", "dart": "Dart", "lua": "Lua",
    "pl": "Perl", "r": "R", "jl": "Julia", "hs": "Haskell", "ex": "Elixir", "exs": "Elixir", "clj": "Clojure",
    "pas": "Pascal", "asm": "Assembler", "zig": "Zig", "nim": "Nim",
    "sh": "Shell", "bash": "Shell", "ps1": "PowerShell", "bat": "Batch", "cmd": "Batch",
    "sql": "SQL", "html": "HTML", "htm": "HTML", "css": "CSS", "scss": "CSS", "vue": "Vue", "qml": "QML",
}  # fmt: skip
"""Languages of programs by the ending of a file's name; names of languages are not translated."""

MARKERS: Final = {
    "pyproject.toml": "Python", "setup.py": "Python", "requirements.txt": "Python", "package.json": "JavaScript",
    "tsconfig.json": "TypeScript", "cargo.toml": "Rust", "go.mod": "Go", "pom.xml": "Java", "build.gradle": "Java",
    "build.gradle.kts": "Kotlin", "composer.json": "PHP", "gemfile": "Ruby", "cmakelists.txt": "C++",
    "pubspec.yaml": "Dart", "mix.exs": "Elixir", "package.swift": "Swift",
}  # fmt: skip
"""Files by which a folder is a project of a language, in lower case."""

_KINDS: Final = {
    IMAGE: {"png", "jpg", "jpeg", "gif", "bmp", "webp", "svg", "ico", "tif", "tiff", "heic", "avif"},
    "text": {"txt", "md", "rst", "log", "csv", "tsv", "rtf", "doc", "docx", "odt"},
    "code": {"json", "toml", "yaml", "yml", "xml", "ini", "cfg", "conf", "gradle", "tex", *LANGUAGES},
    ARCHIVE: {"zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar", "zst", "whl", "jar"},
    "pdf": {"pdf"},
}


def ending_of(name: str) -> str:
    """Return what follows the last dot, in lower case; empty when there is none."""
    return PurePath(name).suffix.lower().removeprefix(".")


def kind_of(name: str) -> str:
    """Return image, code, text, archive, pdf or other."""
    ending = ending_of(name)
    return next((kind for kind, endings in _KINDS.items() if ending in endings), "other")


def mime_of(name: str) -> str:
    """Return the media type a name stands for; empty when nobody knows."""
    return mimetypes.guess_type(name)[0] or ""


def is_zip(name: str) -> bool:
    """Whether a name is that of a zip file, whose list can be read without unpacking it."""
    return ending_of(name) in {"zip", "whl", "jar"}
