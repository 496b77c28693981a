"""What a blueprint made without a model holds of a labelled dialogue, and how much it lists in all.

    python -m benchmarks.blueprint_quality DATA_FOLDER

The folder holds `dialogue_ru.txt`, `blueprint_requirements_*.json` and `blueprint_contradictions_*.json`. A requirement
counts as present when a line it was stated on is named by an entry of the blueprint that is not retracted; a false
active is a retracted requirement whose words stand in an active entry on its lines.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory.blueprint.draft import blueprint_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.memory import Lines
    from memory.blueprint.parts import Blueprint, Requirement


def main(folder: Path) -> None:
    """Print the measures."""
    begun = time.process_time()
    found = blueprint_of("d", (folder / "dialogue_ru.txt").read_bytes())
    print(f"made in {time.process_time() - begun:.2f} s of the processor, form {found.form}, {found.lines} lines")
    for path in sorted(folder.glob("blueprint_requirements_*.json")):
        _coverage(found, json.loads(path.read_text("utf-8")), path.name)
    for path in sorted(folder.glob("blueprint_contradictions_*.json")):
        _contradictions(found, json.loads(path.read_text("utf-8")), path.name)
    _listed(found)


def _lines(places: Iterable[Lines]) -> set[int]:
    return {number for place in places for number in range(place.first, place.last + 1)}


def _numbers(pairs: list[list[int]]) -> set[int]:
    return {number for first, last in pairs for number in range(first, last + 1)}


def _coverage(found: Blueprint, wanted: list[dict[str, Any]], name: str) -> None:
    print(f"\n{name}: {len(wanted)} requirements")
    own = [item for item in found.requirements if item.by == "person"]
    rows: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    false_active, missing = [], []
    for item in wanted:
        key = (str(item["by"]), str(item["status"]))
        numbers = _numbers(item["lines"])
        rows[key] += 1
        if item["status"] == "retracted":
            wrong = [one for one in found.having("active") if _holds(one, numbers, item["match"])]
            false_active += [(item["id"], one.id) for one in wrong]
            hits[key] += any(_lines(one.places) & numbers for one in found.having("retracted"))
            continue
        present = any(_lines(one.places) & numbers for one in found.requirements if one.status != "retracted")
        hits[key] += present
        stated[key] += any(_lines(one.places) & numbers for one in own if one.status == "active")
        if not present:
            missing.append(item["id"])
    for by, status in sorted(rows):
        key = (by, status)
        print(f"  {by:<22}{status:<11}{hits[key]:>3} of {rows[key]:<3} by the person's own active lines: {stated[key]}")
    print(f"  missing: {missing or 'none'}; retracted listed as active: {false_active or 'none'}")


def _holds(item: Requirement, numbers: set[int], pattern: str) -> bool:
    return bool(_lines(item.places) & numbers) and re.search(pattern, item.text, re.IGNORECASE) is not None


def _contradictions(found: Blueprint, wanted: list[dict[str, Any]], name: str) -> None:
    print(f"\n{name}: {len(wanted)} contradictions, {len(found.contradictions)} listed")
    for item in wanted:
        earlier, later = _numbers(item["first"]), _numbers(item["later"])
        fitting = [
            one
            for one in found.contradictions
            if _lines(one.earlier) & earlier and (_lines(one.later) & later if later else one.resolution == "open")
        ]
        best = max((len(_lines(one.earlier) & earlier) for one in fitting), default=0)
        verdict = "found" if fitting else "MISSED"
        print(f"  {item['id']} {item['topic']:<26}{verdict}, {best} of {len(earlier)} earlier lines")


def _listed(found: Blueprint) -> None:
    by = Counter((item.by, item.status) for item in found.requirements)
    print(f"\nlisted: {len(found.requirements)} entries, {len(found.asked)} questions")
    for key, count in sorted(by.items()):
        print(f"  {key[0]:<12}{key[1]:<14}{count}")
    own = [item for item in found.requirements if item.by == "person" and item.status in {"active", "open"}]
    numbers = _lines(place for item in own for place in item.places)
    everything = _lines(place for item in found.having("active") for place in item.places)
    print(f"lines of the person listed: {len(numbers)} of {found.lines} ({100 * len(numbers) / found.lines:.1f} %)")
    print(f"lines any active entry names: {len(everything)} ({100 * len(everything) / found.lines:.1f} %)")
    print(f"oracle: {dict(Counter(problem.kind for problem in found.problems))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
