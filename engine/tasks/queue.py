"""Who is next: the order of waiting tasks as pure functions, without clock, disk or event loop.

The highest priority goes first; equals take turns between groups, and inside a group whoever came first. So that a low
priority waits long but never for ever, every few turns the one that came first of all is taken whatever its priority:
an urgent task loses at most one turn by it, and a wait is bounded by the number of tasks that came before.
"""

from __future__ import annotations

import graphlib
from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from engine.tasks.task import TaskState

OLDEST_EVERY: Final = 8
"""Every so many turns go to the task that came first, whatever the priorities."""
GROUPS_REMEMBERED: Final = 1_000
"""A group that had no turn for longer than so many others counts as new."""

Chance = Literal["ready", "later", "never"]


@dataclass(frozen=True, slots=True)
class Place:
    """A waiting task as the queue sees it."""

    task: str
    number: int
    """Its place in the line, unique: lower came earlier."""
    priority: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Turns:
    """What the queue remembers from one choice to the next."""

    taken: int = 0
    """How many turns there were."""
    served: Mapping[str, int] = field(default_factory=dict)
    """The last turn of each group, longest ago first."""

    def after(self, group: str) -> Turns:
        """Return the memory after `group` had its turn."""
        served = {known: turn for known, turn in self.served.items() if known != group}
        while len(served) >= GROUPS_REMEMBERED:
            del served[next(iter(served))]
        return Turns(self.taken + 1, {**served, group: self.taken + 1})


def choose(line: Collection[Place], turns: Turns) -> Place:
    """Return whose turn it is; `line` must not be empty and its order does not matter."""
    if (turns.taken + 1) % OLDEST_EVERY == 0:
        return min(line, key=lambda place: place.number)
    return min(line, key=lambda place: (-place.priority, turns.served.get(place.group, 0), place.number))


def take(line: Iterable[Place], free: int, turns: Turns) -> tuple[list[Place], Turns]:
    """Return the places that may begin now, at most `free`, in order, and the memory after them."""
    rest = {place.number: place for place in line}
    chosen: list[Place] = []
    while rest and len(chosen) < free:
        place = choose(rest.values(), turns)
        turns = turns.after(place.group)
        chosen.append(rest.pop(place.number))
    return chosen, turns


def chance(after: Iterable[str], states: Mapping[str, TaskState]) -> Chance:
    """Tell whether a task that waits for the tasks `after` may begin; one that is missing can never be done."""
    found = [states.get(task) for task in after]
    if any(state in {None, "failed", "cancelled"} for state in found):
        return "never"
    return "ready" if all(state == "done" for state in found) else "later"


def waits_for(after: Iterable[str], dependencies: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return all tasks that have to be done before one that names `after`, directly or through others."""
    reached: set[str] = set()
    waiting = list(after)
    while waiting:
        task = waiting.pop()
        if task not in reached:
            reached.add(task)
            waiting += dependencies.get(task, ())
    return frozenset(reached)


def circle(dependencies: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return tasks that wait for each other in a circle, each named once; empty when there is none."""
    sorter = graphlib.TopologicalSorter(dependencies)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        names: list[str] = error.args[1]
        return tuple(names[:-1])
    return ()
