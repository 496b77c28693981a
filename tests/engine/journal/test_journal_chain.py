from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from journal_stand import archive_all, fill, forged

from core.errors import StorageError
from core.events import Event
from core.i18n import LOCALES
from engine.journal import ChainReport, Journal, anchor_file, read_journal, verify, verify_tail

ALL = "seq, at, type, name, run, module, risk, data, chain"
REST = ALL.removeprefix("seq, ")
SWAP = [f"UPDATE events SET seq = {new} WHERE seq = {old}" for old, new in ((50, 9999), (51, 50), (9999, 51))]
TAMPERING = {
    "a changed name": (["UPDATE events SET name = 'x' || substr(name, 2) WHERE seq = 50"], 50, "changed"),
    "changed data": (["UPDATE events SET data = replace(data, ':', ': ') WHERE seq = 50"], 50, "changed"),
    "a changed time": (["UPDATE events SET at = at + 1e-6 WHERE seq = 50"], 50, "changed"),
    "a lowered risk": (["UPDATE events SET risk = 'quiet' WHERE seq = 50"], 50, "changed"),
    "a changed chain": (["UPDATE events SET chain = randomblob(32) WHERE seq = 50"], 50, "changed"),
    "the first row removed": (["DELETE FROM events WHERE seq = 1"], 1, "gap"),
    "a row removed": (["DELETE FROM events WHERE seq = 50"], 50, "gap"),
    "a row removed and the gap closed": (
        ["DELETE FROM events WHERE seq = 50", "UPDATE events SET seq = -(seq - 1) WHERE seq > 50",
         "UPDATE events SET seq = -seq WHERE seq < 0"], 50, "changed"),
    "two rows swapped": (SWAP, 50, "changed"),
    "a row doubled at the end": ([f"INSERT INTO events SELECT 301, {REST} FROM events WHERE seq = 9"], 301, "changed"),
    "a row put before the first": ([f"INSERT INTO events SELECT 0, {REST} FROM events WHERE seq = 9"], 0, "changed"),
    "the last row cut off": (["DELETE FROM events WHERE seq > 299"], 300, "tail"),
    "the tail cut off": (["DELETE FROM events WHERE seq > 90"], 91, "tail"),
    "everything removed": (["DELETE FROM events"], 1, "tail"),
}  # fmt: skip


@pytest.fixture
def path(home, log):
    """A closed journal of 300 events."""
    fill(home.journal, 300, log)
    return home.journal


def test_an_untouched_journal_is_whole(path):
    assert verify(path) == ChainReport(ok=True, rows=300)
    assert verify_tail(path) == ChainReport(ok=True, rows=200)
    assert verify_tail(path, rows=1_000) == ChainReport(ok=True, rows=300)


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(path, kind):
    statements, seq, why = TAMPERING[kind]
    forged(path, *statements)
    report = verify(path)
    assert (report.ok, report.first_bad_seq, report.why) == (False, seq, why)


@pytest.mark.parametrize(
    "kind", ["the last row cut off", "the tail cut off", "everything removed", "a row doubled at the end"]
)
def test_the_quick_look_finds_what_happened_to_the_tail(path, kind):
    statements, seq, why = TAMPERING[kind]
    forged(path, *statements)
    report = verify_tail(path)
    assert (report.ok, report.first_bad_seq, report.why) == (False, seq, why)


def test_every_byte_of_a_row_counts(path):
    row = next(row for row in read_journal(path) if row.seq == 150)
    with closing(sqlite3.connect(path)) as connection:
        (data,) = connection.execute("SELECT data FROM events WHERE seq = 150").fetchone()
    for place in range(0, len(data), 7):
        changed = data[:place] + chr(ord(data[place]) ^ 1) + data[place + 1 :]
        forged(path, f"UPDATE events SET data = '{changed.replace(chr(39), chr(39) * 2)}' WHERE seq = 150")
        assert verify(path).first_bad_seq == row.seq, place
    forged(path, f"UPDATE events SET data = '{data.replace(chr(39), chr(39) * 2)}' WHERE seq = 150")
    assert verify(path).ok


def test_a_history_written_anew_does_not_fit_the_anchor(path, tmp_path, log):
    fill(tmp_path / "other.db", 299, log)
    journal = Journal(tmp_path / "other.db", log)
    journal.emit(Event("INFO", "another end"))
    journal.close()
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"journal.db{suffix}").unlink(missing_ok=True)
    (tmp_path / "other.db").replace(path)
    assert (verify(path).first_bad_seq, verify(path).why) == (300, "rewritten")
    assert verify_tail(path).why == "rewritten"


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"seq": 1}', b'{"seq": 300, "chain": "00"}'])
def test_a_journal_whose_anchor_is_gone_is_not_called_whole(path, content):
    if content is None:
        anchor_file(path).unlink()
    else:
        anchor_file(path).write_bytes(content)
    assert verify(path).why == "anchor"
    assert verify_tail(path).why == "anchor"
    assert verify(path, anchored=False) == ChainReport(ok=True, rows=300)


def test_a_journal_that_is_gone_is_missed(path):
    path.unlink()
    assert verify(path).why == verify_tail(path).why == "tail"
    anchor_file(path).unlink()
    assert verify(path) == verify_tail(path) == ChainReport(ok=True, rows=0)


def test_the_anchor_never_leads_and_follows_urgent_events_and_the_end(home, log):
    journal = Journal(home.journal, log)
    for number in range(50):
        journal.emit(Event("ERROR" if number % 7 == 0 else "INFO", "step"))
        anchor = json.loads(anchor_file(home.journal).read_text())
        assert anchor["seq"] <= read_journal(home.journal)[-1].seq
        assert verify(home.journal).ok
    newest = read_journal(home.journal)[-1].seq
    deadline = time.monotonic() + 10
    while json.loads(anchor_file(home.journal).read_text())["seq"] < newest and time.monotonic() < deadline:
        time.sleep(0.02)
    assert json.loads(anchor_file(home.journal).read_text())["seq"] >= newest
    journal.close()
    assert json.loads(anchor_file(home.journal).read_text())["seq"] == 50


def test_the_anchor_follows_the_last_of_a_storm_of_urgent_events(journal, home):
    """Nothing comes after it, which would take the anchor along."""
    for _ in range(3):
        journal.emit(Event("SECURITY", "card.forged"))
    newest = read_journal(home.journal)[-1].seq
    deadline = time.monotonic() + 10
    while json.loads(anchor_file(home.journal).read_text())["seq"] < newest and time.monotonic() < deadline:
        time.sleep(0.02)
    assert json.loads(anchor_file(home.journal).read_text())["seq"] == newest


def test_opening_a_journal_that_lost_its_tail_says_so_in_the_journal(path, log):
    forged(path, "DELETE FROM events WHERE seq > 290")
    expected = json.loads(anchor_file(path).read_text())
    journal = Journal(path, log)
    (told,) = journal.read(types=["SECURITY"], after=290)
    assert told.name == "journal.tail_missing"
    assert told.data == {"rows": 290, "expected": 300, "chain": expected["chain"]}
    assert told.risk == "high"
    journal.close()


def test_opening_a_journal_without_its_anchor_says_so_once(path, log):
    anchor_file(path).unlink()
    for _ in range(2):
        Journal(path, log).close()
    assert [row.name for row in read_journal(path, after=300)] == ["journal.anchor_missing"]
    assert verify(path).ok


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT OR REPLACE INTO events SELECT 50, {REST} FROM events WHERE seq = 51",
        f"INSERT INTO events SELECT 302, {REST} FROM events WHERE seq = 300",
        f"INSERT INTO events SELECT 0, {REST} FROM events WHERE seq = 300",
        "UPDATE words SET folded = ''",
        "DELETE FROM words",
        "INSERT INTO segments VALUES (40, 1, 0, 1, 'INFO', 'none', x'00', x'00', 'x', 1, 'x')",
        "INSERT INTO segments SELECT 40, 2, 0, 1, 'INFO', 'none', x'00', chain, 'x', 1, 'x' FROM events WHERE seq = 40",
    ],
)
def test_the_database_itself_takes_only_what_follows(path, statement):
    with (
        closing(sqlite3.connect(path)) as other,
        pytest.raises(sqlite3.IntegrityError, match=r"append-only|follow each"),
    ):
        other.execute(statement)
    assert verify(path).ok


def test_a_damaged_page_is_reported_not_raised(path):
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content)):
        content[place] ^= 0x5A
    path.write_bytes(content)
    report = verify(path)
    assert not report.ok
    assert report.why == "unreadable"


def test_a_foreign_database_is_refused(tmp_path, log):
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE events (a)")
        connection.execute("PRAGMA application_id = 7")
        connection.commit()
    for attempt in (verify, read_journal, lambda path: Journal(path, log)):
        with pytest.raises(StorageError, match="not a journal"):
            attempt(tmp_path / "foreign.db")


SEGMENT_TAMPERING = {
    "its file removed": lambda file: file.unlink(),
    "a byte of it changed": lambda file: file.write_bytes(
        file.read_bytes()[:200] + bytes([file.read_bytes()[200] ^ 1]) + file.read_bytes()[201:]
    ),
    "it is cut off": lambda file: file.write_bytes(file.read_bytes()[:-20]),
    "it is empty": lambda file: file.write_bytes(b""),
    "something is added": lambda file: file.write_bytes(file.read_bytes() + b"\0"),
}


@pytest.mark.parametrize("kind", SEGMENT_TAMPERING)
def test_tampering_with_a_segment_is_found(path, log, home, kind):
    assert archive_all(path, log) == 1
    whole = verify(path)
    assert whole.ok
    assert whole.rows >= 301
    (file,) = home.journal_archive.glob("*.gz")
    SEGMENT_TAMPERING[kind](file)
    report = verify(path)
    assert (report.ok, report.first_bad_seq, report.why) == (False, 1, "segment")
    assert verify_tail(path).ok
    with pytest.raises(StorageError) as caught:
        read_journal(path)
    assert caught.value.code == "journal-segment"
    assert read_journal(path, after=150), "newer events stay readable"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM segments", "gap"),
        ("UPDATE segments SET types = 'INFO'", "segment"),
        ("UPDATE segments SET risk = 'none', since = 0", "segment"),
        ("UPDATE segments SET chain_after = zeroblob(32)", "segment"),
        ("UPDATE segments SET first = 2", "gap"),
    ],
)
def test_tampering_with_what_is_kept_about_a_segment_is_found(path, log, statement, why):
    assert archive_all(path, log) == 1
    forged(path, statement)
    assert (verify(path).ok, verify(path).first_bad_seq, verify(path).why) == (False, 1, why)


def test_every_report_can_be_put_into_words(path):
    reports = [ChainReport(ok=True, rows=1), ChainReport(ok=True, rows=3)]
    whys = ("changed", "gap", "tail", "rewritten", "segment", "anchor", "unchained", "unreadable")
    reports += [ChainReport(ok=False, rows=2, first_bad_seq=3, why=why) for why in whys]
    for locale in LOCALES:
        texts = [report.words().text(locale) for report in reports]
        assert len(set(texts)) == len(reports)


MEASURE = """
import resource, sys
from pathlib import Path
from engine.journal import verify
verify(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = verify(Path(sys.argv[2]))
print(report.ok, report.rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif("sys.platform == 'win32'", reason="resource")
def test_looking_at_a_long_journal_takes_no_more_memory_than_at_a_short_one(path, tmp_path, log):
    long = tmp_path / "long.db"
    with closing(sqlite3.connect(long)) as connection, closing(sqlite3.connect(path)) as short:
        short.backup(connection)
    journal = Journal(long, log)
    for number in range(8_000):
        journal.emit(Event("INFO", "long", data={"text": "x" * 500, "number": number}))
    journal.close()
    command = [sys.executable, "-c", MEASURE, str(path), str(long)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    ok, rows, grown = done.stdout.split()
    assert (ok, int(rows)) == ("True", 8_301)
    assert int(grown) < 2_500, "KB; the rows alone are 4,000"
