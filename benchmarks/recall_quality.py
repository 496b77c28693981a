"""How many of the lines that answer a question are found, and what each part of the ranking gives.

    python -m benchmarks.recall_quality FOLDER [--left-out]

FOLDER holds `locomo_dev.json` (dialogues with questions in the form of the public LoCoMo set) and, where there are, a
Russian dialogue `dialogue_ru.txt` with `dialogue_queries_dev.json`. Everything goes through a data folder: the text is
kept as documents, indexed and asked for by `MemoryRecall`. `make(units)` is what a harness of its own can call.
`--left-out` says how much of it is choosing: figures are chosen on all dialogues but one and tried on that one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.memory import DocumentNote, RecallQuery
from memory.archive import SqliteArchive
from memory.documents.documents import FILE, SqliteDocuments
from memory.recall.ranking import Recipe
from memory.recall.service import MemoryRecall

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = dict[str, Any]
Places = dict[tuple[str, int], str]

ABLATIONS = {
    "all parts": Recipe(),
    "no neighbours": Recipe(context=0.0),
    "no speakers": Recipe(speaker=1.0),
    "questions count like answers": Recipe(asking=1.0),
    "no conversation as a whole": Recipe(session=0.0),
    "long lines held back as usual (b = 0.75)": Recipe(length=0.75),
}

NEARBY = {
    "as it is": Recipe(),
    "neighbours 0.2": Recipe(context=0.2),
    "neighbours 0.5": Recipe(context=0.5),
    "speakers 1.25": Recipe(speaker=1.25),
    "speakers 2": Recipe(speaker=2.0),
    "questions 0.5": Recipe(asking=0.5),
    "questions 0.85": Recipe(asking=0.85),
    "conversation 0.25": Recipe(session=0.25),
    "conversation 0.75": Recipe(session=0.75),
    "length 0.05": Recipe(length=0.05),
    "length 0.3": Recipe(length=0.3),
}


class Memory:
    """A data folder with one dialogue in it."""

    def __init__(self, units: list[Unit], recipe: Recipe | None = None) -> None:
        self._loop = asyncio.new_event_loop()
        self._folder = Path(tempfile.mkdtemp(prefix="recall-"))
        self._archive = SqliteArchive(self._folder / "multicoder.db")
        self._documents = SqliteDocuments(self._folder / FILE)
        self._memory = MemoryRecall(self._folder, self._archive, self._documents, recipe=recipe)
        self._places = self._loop.run_until_complete(self._fill(units))

    async def _fill(self, units: list[Unit]) -> Places:
        places = await put_dialogue(self._documents, "p", units)
        await self._memory.catch_up()
        return places

    def recall(self, query: str, k: int, also: tuple[str, ...] = ()) -> list[str]:
        """Return the ids of the best lines."""
        asked = RecallQuery(query, also, project="p", limit=k, widest="project")
        return [
            self._places[line.source, line.line] for line in self._loop.run_until_complete(self._memory.recall(asked))
        ]

    def close(self) -> None:
        """Take the data folder away."""
        self._memory.close()
        self._documents.close()
        self._archive.close()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        shutil.rmtree(self._folder)


def make(units: list[Unit]) -> Memory:
    return Memory(units)


async def put_dialogue(documents: SqliteDocuments, project: str, units: list[Unit]) -> Places:
    """Keep a dialogue as one document a session, or as one text where nobody is named."""
    named = len({unit["speaker"] for unit in units} - {"user", "assistant"}) > 0
    sessions: dict[str, list[Unit]] = {}
    for unit in units:
        sessions.setdefault(unit["session"] if named else "dialogue", []).append(unit)
    places: Places = {}
    for session, said in sessions.items():
        lines = [(f"{unit['speaker']}: " if named else "") + " ".join(unit["text"].split()) for unit in said]
        note = DocumentNote(session, "dialogue", "foreign", project, session, speakers=True)
        kept = await documents.add("\n".join(lines).encode(), note)
        places |= {(kept.document, number): unit["id"] for number, unit in enumerate(said, start=1)}
    return places


def conversations(file: Path) -> Iterator[tuple[list[Unit], list[tuple[str, set[str]]]]]:
    """Read dialogues in the form of LoCoMo: units, and questions with the ids that answer them."""
    for sample in json.loads(file.read_text(encoding="utf-8")):
        talk = sample["conversation"]
        sessions = sorted((key for key in talk if re.fullmatch(r"session_\d+", key)), key=lambda key: int(key[8:]))
        units = [
            {
                "id": turn["dia_id"],
                "speaker": turn["speaker"],
                "session": key,
                "text": turn["text"] + (f" [image: {turn['blip_caption']}]" if turn.get("blip_caption") else ""),
            }
            for key in sessions
            for turn in talk[key]
        ]
        known = {unit["id"] for unit in units}
        asked = []
        for item in sample["qa"]:
            wanted = {
                f"D{int(a)}:{int(b)}" for e in item.get("evidence", []) for a, b in re.findall(r"D:?(\d+):(\d+)", e)
            }
            if wanted & known:
                asked.append((item["question"], wanted & known))
        yield units, asked


def russian(folder: Path) -> tuple[list[Unit], list[tuple[str, list[set[str]]]]]:
    """Read the dialogue without names and its questions, each with groups of lines of which one is enough."""
    lines = (folder / "dialogue_ru.txt").read_text(encoding="utf-8").split("\n")
    units = [
        {"id": f"L{number}", "text": line, "speaker": "user", "session": "dialogue"}
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    asked = []
    for item in json.loads((folder / "dialogue_queries_dev.json").read_text(encoding="utf-8")):
        groups = [{f"L{n}" for first, last in group for n in range(first, last + 1)} for group in item["gold"]]
        if item["lang"] == "ru":
            asked.append((item["query"], groups))
    return units, asked


def _locomo(file: Path, recipe: Recipe) -> tuple[list[list[tuple[float, float]]], float]:
    """Return recall at 10 and at 20 of each question of each dialogue, and milliseconds of CPU a question."""
    found: list[list[tuple[float, float]]] = []
    spent = 0.0
    for units, asked in conversations(file):
        memory = Memory(units, recipe)
        begun = time.process_time()
        answers = [(memory.recall(question, 20), wanted) for question, wanted in asked]
        spent += time.process_time() - begun
        memory.close()
        found.append(
            [
                (len(set(ids[:10]) & wanted) / len(wanted), len(set(ids) & wanted) / len(wanted))
                for ids, wanted in answers
            ]
        )
    return found, 1000 * spent / sum(map(len, found))


def _left_out(file: Path) -> None:
    """Choose among the recipes near ours on all dialogues but one, and tell what it gives on that one."""
    found = {}
    for name, recipe in NEARBY.items():
        found[name], _spent = _locomo(file, recipe)
        print(f"{name:20s} " + " ".join(f"{_mean(questions, 0):5.1f}" for questions in found[name]), flush=True)
    ours = found["as it is"]
    told: list[tuple[float, float]] = []
    for left in range(len(ours)):
        others = {
            name: [question for place, questions in enumerate(each) if place != left for question in questions]
            for name, each in found.items()
        }
        best = max(others, key=lambda name: _mean(others[name], 0))
        told += found[best][left]
        print(f"dialogue {left + 1}: {best}, R@10 {_mean(found[best][left], 0):.1f}, ours {_mean(ours[left], 0):.1f}")
    everything = [question for questions in ours for question in questions]
    print(f"left out: R@10 {_mean(told, 0):.1f} R@20 {_mean(told, 1):.1f}", end="; ")
    print(f"ours: R@10 {_mean(everything, 0):.1f} R@20 {_mean(everything, 1):.1f}")


def _russian(folder: Path, recipe: Recipe) -> tuple[float, float]:
    units, asked = russian(folder)
    memory = Memory(units, recipe)
    answers = [(memory.recall(question, 20), groups) for question, groups in asked]
    memory.close()
    at = [
        [sum(bool(group & set(ids[:k])) for group in groups) / len(groups) for ids, groups in answers] for k in (10, 20)
    ]
    return sum(at[0]) / len(asked), sum(at[1]) / len(asked)


def _mean(questions: list[tuple[float, float]], place: int) -> float:
    return 100 * sum(question[place] for question in questions) / len(questions)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", default="", help="a part of the name of the lines to print")
    asked.add_argument("--left-out", action="store_true")
    chosen = asked.parse_args()
    if chosen.left_out:
        _left_out(chosen.folder / "locomo_dev.json")
        return
    print(f"{'':42s} LoCoMo R@10  R@20  | R@10 of each dialogue              | Russian R@10  R@20 | ms CPU")
    for name, recipe in ABLATIONS.items():
        if chosen.only in name:
            found, spent = _locomo(chosen.folder / "locomo_dev.json", recipe)
            everything = [question for questions in found for question in questions]
            each = " ".join(f"{_mean(questions, 0):5.1f}" for questions in found)
            ru = _russian(chosen.folder, recipe) if (chosen.folder / "dialogue_ru.txt").exists() else (0.0, 0.0)
            print(
                f"{name:42s} {_mean(everything, 0):11.1f} {_mean(everything, 1):5.1f}  | {each:34s} |"
                f" {100 * ru[0]:12.1f} {100 * ru[1]:5.1f} | {spent:.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
