from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from core.errors import StorageError
from memory.migrations import SCHEMA_FOLDER, open_database


@pytest.fixture
def schema(tmp_path):
    folder = tmp_path / "schema"
    shutil.copytree(SCHEMA_FOLDER, folder)
    return folder


@pytest.fixture
def file(tmp_path, schema):
    path = tmp_path / "multicoder.db"
    with closing(open_database(path, schema)) as connection:
        connection.execute("INSERT INTO blobs VALUES ('ab', x'01')")
    return path


def newest(schema):
    return len(list(schema.glob("*.sql")))


def test_an_older_file_is_copied_before_each_step(file, schema, tmp_path):
    known = newest(schema)
    (schema / "9001_more.sql").write_text("CREATE TABLE more (a);")
    (schema / "9002_still_more.sql").write_text("ALTER TABLE more ADD COLUMN b;\nINSERT INTO more VALUES (1, 2);")
    with closing(open_database(file, schema)) as connection:
        assert connection.execute("SELECT a, b FROM more").fetchall() == [(1, 2)]
        assert connection.execute("PRAGMA user_version").fetchone() == (known + 2,)
    for version, tables in ((known, 0), (known + 1, 1)):
        with closing(sqlite3.connect(tmp_path / f"multicoder.db.v{version}.bak")) as copy:
            assert copy.execute("SELECT sha256 FROM blobs").fetchall() == [("ab",)]
            assert copy.execute("PRAGMA user_version").fetchone() == (version,)
            assert copy.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").fetchone() == (tables,)


def test_a_failing_step_changes_nothing_and_can_be_tried_again(file, schema):
    step = schema / "9001_broken.sql"
    step.write_text("CREATE TABLE more (a);\nINSERT INTO nowhere VALUES (1);")
    for _ in range(2):
        with pytest.raises(StorageError):
            open_database(file, schema)
    step.write_text("CREATE TABLE more (a);")
    with closing(open_database(file, schema)) as connection:
        assert connection.execute("SELECT count(*) FROM more").fetchone() == (0,)
        assert connection.execute("SELECT sha256 FROM blobs").fetchall() == [("ab",)]


def test_a_file_of_a_newer_program_is_not_touched(file, schema):
    step = schema / "9001_more.sql"
    step.write_text("CREATE TABLE more (a);")
    open_database(file, schema).close()
    step.unlink()
    before = file.read_bytes()
    with pytest.raises(StorageError) as caught:
        open_database(file, schema)
    assert caught.value.code == "newer-data"
    assert (caught.value.facts["found"], caught.value.facts["known"]) == (newest(schema) + 1, newest(schema))
    assert file.read_bytes() == before


def test_a_start_cut_short_leaves_nothing_that_stops_the_next(tmp_path, schema):
    (tmp_path / "multicoder.db.new").write_bytes(b"half a database")
    open_database(tmp_path / "multicoder.db", schema).close()
    assert not (tmp_path / "multicoder.db.new").exists()
