"""The lamp of the documents, and the paranoid tester's look at them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from core.i18n import load_catalogues
from core.memory import DocumentNote
from engine.health.probes.memory import documents as documents_probe
from engine.paranoid.invariants import DocumentScrub
from memory.documents import FILE, SqliteDocuments


@pytest.fixture
async def opened(tmp_path):
    with closing(SqliteDocuments(tmp_path / FILE)) as documents:
        await documents.add(b"one\ntwo\nthree\n", DocumentNote("kept", "docs", "person"))
        yield documents


def change(file, query):
    with closing(sqlite3.connect(file)) as db:
        db.execute(query)
        db.commit()


async def test_whole_documents_are_well_and_a_look_leaves_nothing(opened, tmp_path):
    load_catalogues()
    before = await opened.after(0, 10)
    reading = await documents_probe(opened, tmp_path / FILE).read()
    assert reading.state == "ok"
    assert reading.evidence.message == "health-documents-ok"
    assert await opened.after(0, 10) == before
    assert await DocumentScrub(opened).find() == []


async def test_a_flipped_bit_is_told_by_both(opened, tmp_path):
    change(tmp_path / FILE, "UPDATE segments SET packed = zeroblob(length(packed))")
    (finding,) = await DocumentScrub(opened).find()
    assert (finding.check, finding.severity) == ("document-hash", "critical")
    assert finding.what.facts["lost"] == 3
    reading = await documents_probe(opened, tmp_path / FILE).read()
    assert reading.evidence.message == "health-documents-lost"
    assert reading.evidence.facts["lost"] == 3
