"""Imports as tasks of the engine: paused, killed with it, and gone on with."""

from __future__ import annotations

import time

import pytest

from core.paths import Home
from memory.ingest.trail import FOLDER, read_import
from tests.faults.engine_client import EngineClient


@pytest.fixture
def place(tmp_path):
    return Home(tmp_path / "home")


def make_folder(folder, files):
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:04}.txt").write_text(f"файл {number}\n" * 500, encoding="utf-8")
    return folder


def row_of(client, task):
    return next(row for row in client.own("tasks/list", kind="ingest")["tasks"] if row["task"] == task)


def until(client, task, wanted, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        row = row_of(client, task)
        if wanted(row):
            return row
        time.sleep(0.1)
    raise AssertionError(f"{row_of(client, task)} is not what was waited for")


@pytest.mark.slow
def test_an_import_is_paused_resumed_and_survives_the_death_of_its_engine(place, tmp_path):
    folder = make_folder(tmp_path / "in", 1_500)
    with EngineClient(place) as client:
        task = client.own("memory/import", paths=[str(folder)])["task"]["task"]
        assert client.own("memory/import", paths=[str(folder)])["task"]["task"] == task, "the same order is one task"
        until(client, task, lambda row: row["progress"] > 0.02)
        paused = client.own("tasks/pause", task=task)["task"]
        assert paused["state"] == "paused"
        client.own("tasks/resume", task=task)
        until(client, task, lambda row: row["state"] == "running" and row["progress"] > 0.05)
        client.kill()
    with EngineClient(place) as client:
        done = until(client, task, lambda row: row["state"] == "done", 240)
        figures = done["result"]
        assert (figures["kept"], figures["refused"], figures["lines"]) == (1_500, 0, 750_000)
        summary = read_import(place.root / FOLDER, figures["import"])
        assert len({item.document for item in summary.kept}) == 1_500
        state = client.own("memory/state")
        assert (state["documents"], state["lost"]) == (1_500, 0)
        cancelled = client.own("memory/import", paths=[str(make_folder(tmp_path / "other", 1_500))])["task"]["task"]
        until(client, cancelled, lambda row: row["progress"] > 0)
        client.own("tasks/cancel", task=cancelled)
        assert row_of(client, cancelled)["state"] == "cancelled"
        assert client.own("memory/state")["lost"] == 0
        client.stop()
    assert not list((place.builds / "imports").iterdir())
