"""A process that imports a folder and says of each file when it stands: `python importing_process.py HOME FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from memory.documents.documents import SqliteDocuments
from memory.ingest.ingest import Ingest, Order
from memory.ingest.trail import Trail, import_name


class Plain:
    """Takes everything behind the first line for the text."""

    async def extract(self, _form, source, target):
        target.write_bytes(source.read_bytes().partition(b"\n")[2])


class Telling(Trail):
    """A trail that says aloud what it noted."""

    def kept(self, origin, size, stamp, items):
        super().kept(origin, size, stamp, items)
        for item in items:
            say(f"{item.name} {item.document}")


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def main(home, folder):
    documents = SqliteDocuments(home / "documents.db")
    order = Order((folder,))
    trail = Telling(home / "imports", import_name(order.paths, ""))
    await Ingest(documents, Plain(), home / "scratch").run(order, trail, lambda *_: None)
    documents.close()
    say("ended")


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
