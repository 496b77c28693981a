"""What the vectors of lane 2 add to the words of lane 1, or take away, at several weights.

    python -m benchmarks.recall_lanes FOLDER [--weights 0,0.15,0.35] [--questions 1000]

FOLDER is that of `benchmarks.recall_quality`. Each dialogue is kept, indexed and embedded once; each question is asked
of the vectors once and of recall with each weight. The weight that is best for the others is told for each dialogue.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.recall_quality import conversations, put_dialogue, russian
from core.memory import RecallQuery
from memory.archive import SqliteArchive
from memory.documents.documents import FILE, SqliteDocuments
from memory.recall.ranking import Recipe
from memory.recall.service import MemoryRecall
from memory.vectors.lane import open_vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.recall_quality import Unit
    from memory.vectors.lane import ChromaLane

Asked = list[tuple[str, list[set[str]]]]


class _Remembering:
    """A lane that is asked each question once."""

    def __init__(self, lane: ChromaLane) -> None:
        self._lane = lane
        self._answers: dict[tuple[str, ...], Mapping[int, float]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lane, name)

    async def search(self, spaces: Sequence[str], texts: Sequence[str], limit: int) -> Mapping[int, float]:
        asked = (*spaces, *texts)
        if asked not in self._answers:
            self._answers[asked] = await self._lane.search(spaces, texts, limit)
        return self._answers[asked]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", default="0,0.1,0.15,0.2,0.35")
    parser.add_argument("--questions", type=int, default=1000, help="of each dialogue at most")
    chosen = parser.parse_args()
    weights = [float(weight) for weight in chosen.weights.split(",")]
    dialogues: list[tuple[list[Unit], Asked]] = [
        (units, [(question, [{line} for line in wanted]) for question, wanted in asked])
        for units, asked in conversations(chosen.folder / "locomo_dev.json")
    ]
    print(f"{'weight':24s}" + "".join(f"{weight:8.2f}" for weight in weights))
    found = []
    for number, (units, everything) in enumerate(dialogues, start=1):
        asked = everything[: chosen.questions]
        found.append((len(asked), _told(f"dialogue {number}, {len(asked)}", units, asked, weights)))
    _print("all of them", _mean(found))
    for number in range(len(found)):
        others = _mean(found[:number] + found[number + 1 :])
        best = max(range(len(weights)), key=lambda place: others[place][0])
        words, chose = found[number][1][0][0], found[number][1][best][0]
        print(f"  chosen on the others for dialogue {number + 1}: {weights[best]}: R@10 {words:.2f} -> {chose:.2f}")
    if (chosen.folder / "dialogue_ru.txt").exists():
        _told("Russian", *russian(chosen.folder), weights)


def _mean(found: list[tuple[int, list[tuple[float, float]]]]) -> list[tuple[float, float]]:
    count = sum(questions for questions, _shares in found)
    weighted = [[(questions * ten, questions * twenty) for ten, twenty in shares] for questions, shares in found]
    return [
        (sum(pair[0] for pair in pairs) / count, sum(pair[1] for pair in pairs) / count)
        for pairs in zip(*weighted, strict=True)
    ]


def _told(name: str, units: list[Unit], asked: Asked, weights: list[float]) -> list[tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        shares = asyncio.run(_measure(Path(folder), units, asked, weights))
    _print(name, shares)
    return shares


def _print(name: str, shares: list[tuple[float, float]]) -> None:
    for place, at in enumerate((10, 20)):
        print(f"{name + f', R@{at}':24s}" + "".join(f"{share[place]:8.2f}" for share in shares), flush=True)


async def _measure(folder: Path, units: list[Unit], asked: Asked, weights: list[float]) -> list[tuple[float, float]]:
    archive, documents = SqliteArchive(folder / "multicoder.db"), SqliteDocuments(folder / FILE)
    lane = open_vectors(folder)
    places = await put_dialogue(documents, "p", units)
    remembering = _Remembering(lane)
    shares = []
    for weight in weights:
        recall = MemoryRecall(folder, archive, documents, remembering, recipe=Recipe(vectors=weight))
        await recall.catch_up()
        await lane.catch_up(recall)
        sums = [0.0, 0.0]
        for question, groups in asked:
            lines = await recall.recall(RecallQuery(question, project="p", limit=20, widest="project"))
            ids = [places[line.source, line.line] for line in lines]
            for place, at in enumerate((10, 20)):
                sums[place] += 100 * sum(bool(group & set(ids[:at])) for group in groups) / len(groups)
        shares.append((sums[0] / len(asked), sums[1] / len(asked)))
        recall.close()
    await lane.close()
    documents.close()
    archive.close()
    return shares


if __name__ == "__main__":
    main()
