from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVING = re.compile(r"HttpClient|chromadb\.(?:cli|server|app)|chroma run|AdminClient")


def test_the_exception_is_looked_at_again_with_each_version_of_the_library():
    locked = re.search(r"^chromadb==(\S+)", (ROOT / "locks/run.lock").read_text(encoding="utf-8"), re.MULTILINE)
    said = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    assert f"| chromadb {locked[1]} |" in said, "look whether this version mends the holes named in docs/security.md"


def test_only_one_module_imports_the_library_and_none_its_server():
    importing = []
    for file in sorted((ROOT / "memory").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        assert not SERVING.search(text), file
        if '"chromadb"' in text or any(
            (isinstance(node, ast.Import) and node.names[0].name.startswith("chromadb"))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chromadb"))
            for node in ast.walk(ast.parse(text))
        ):
            importing.append(file.name)
    assert importing == ["chroma.py"]
