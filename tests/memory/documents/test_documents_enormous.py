"""What is enormous is kept exactly and in bounded memory: one line of fifty megabytes, as much that is no text."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

MEGABYTES = 50
MOST_MEGABYTES = 120
"""Of the process beyond what it has before: the one line itself, decoded, is most of it."""
MOST_KEEPING_MEGABYTES = 40
"""While it is kept nothing is held whole."""

KEEPER = """
import asyncio, hashlib, resource, sys
from contextlib import closing
from pathlib import Path
from core.memory import DocumentNote
from memory.documents import SqliteDocuments

def most():
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)

async def keep(folder):
    given, before = folder / "given", most()
    with closing(SqliteDocuments(folder / "documents.db")) as documents:
        await documents.add(b"small", DocumentNote("small", "docs", "own"))
        kept = await documents.add(given, DocumentNote("given", "docs", "person"))
        await documents.copy(kept.document, folder / "taken")
        keeping = most() - before
        found = await documents.lines(kept.document, 1, 3)
        said = [hashlib.sha256(line.encode()).hexdigest() for line in found]
        passed = await documents.scrub(1_000_000_000)
        assert passed.damaged == () and await documents.lost() == 0
    print(kept.encoding, kept.lines, int(keeping), int(most() - before), *said)

asyncio.run(keep(Path(sys.argv[1])))
"""


def keep(folder):
    """Encoding, lines, megabytes of keeping, megabytes of everything, digests of the first lines."""
    done = subprocess.run([sys.executable, "-c", KEEPER, str(folder)], check=True, capture_output=True, text=True)
    encoding, lines, keeping, all_of_it, *said = done.stdout.split()
    assert (folder / "taken").read_bytes() == (folder / "given").read_bytes()
    assert int(keeping) <= MOST_KEEPING_MEGABYTES
    assert int(all_of_it) <= MOST_MEGABYTES
    return encoding, int(lines), said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is asked for with `resource`")
@pytest.mark.parametrize(("ends", "lines"), [(b"", 1), (b"\nlast", 2)])
def test_one_line_of_fifty_megabytes(tmp_path, ends, lines):

    line = os.urandom(MEGABYTES * 500_000).hex().encode()
    (tmp_path / "given").write_bytes(line + ends)
    encoding, found, said = keep(tmp_path)
    assert (encoding, found) == ("utf-8", lines)
    assert said == [hashlib.sha256(part).hexdigest() for part in (line, b"last")][:lines]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is asked for with `resource`")
def test_fifty_megabytes_that_are_no_text(tmp_path):
    (tmp_path / "given").write_bytes(os.urandom(MEGABYTES * 1_000_000))
    assert keep(tmp_path) == ("binary", 0, [])
