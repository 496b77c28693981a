"""A process that dies between question, consent and download: asked at most once, searched once, downloaded once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("research_process.py")
ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "code.example/people/counter"
DIED = 9


def lines(folder, name):
    file = folder / name
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.mark.slow
@pytest.mark.parametrize(
    "where",
    [
        "research.planned",
        "decision.taken:web",
        "effect.recorded:search",
        "effect.recorded:read",
        "research.finished",
        "decision.taken:consent",
        "download.decided",
        "effect.started:take",
        "download.started",
        "effect.recorded:take",
        "download.finished",
    ],
)
async def test_killed_anywhere_it_asks_once_and_downloads_once(home, tmp_path, team, environ, where):
    notes = tmp_path / "notes"
    notes.mkdir()
    team.always("researcher.plan", {"why": "It exists.", "searches": [{"query": "word counter"}]})
    picked = {"pages": [], "repositories": [{"number": 1, "why": "It counts.", "take": "count.py"}]}
    team.always("researcher.choose", picked)

    async def start(at, run):
        command = [sys.executable, str(SCRIPT), str(home.root), str(notes), at, run]
        settings = {**os.environ, **environ, "PYTHONPATH": str(ROOT)}
        done = await asyncio.to_thread(
            subprocess.run, command, env=settings, capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stderr[-2_000:]

    code, said = await start(where, "")
    assert code == DIED, said
    (run,) = lines(notes, "run")
    code, said = await start("", run)
    assert code == 0, said
    assert sorted(set(lines(notes, "asked"))) == ["consent", "plan", "task", "web"]
    assert [lines(notes, "asked").count(kind) for kind in ("task", "web", "consent")] == [1, 1, 1]
    assert lines(notes, "web") == ["search word counter"]
    assert lines(notes, "taken") == [ADDRESS]
