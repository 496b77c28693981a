"""All drills, in the order they are run: the quick ones first."""

from __future__ import annotations

from core.errors import InputError
from engine.paranoid.drills import (
    canaries,
    clocks,
    consent,
    crafted,
    damage,
    disks,
    instances,
    keyrings,
    kills,
    loops,
    paths,
    placing,
    pressure,
    sandboxing,
    storm,
    tampering,
)
from engine.paranoid.drills.drill import Drill


def drills() -> tuple[Drill, ...]:
    """Return every drill."""
    return (
        Drill("odd-paths", "F14, T6, T7", 2, paths.run),
        Drill("bit-flip", "F6", 2, damage.bit_flip),
        Drill("journal-tamper", "F6", 2, tampering.run),
        Drill("disk-full", "F3", 3, disks.full, shadow=True),
        Drill("read-only", "F4", 2, disks.read_only, shadow=True),
        Drill("memory-pressure", "F18", 2, pressure.run, shadow=True),
        Drill("overwrite", "F2, F13", 6, placing.run, parts={"deliver": placing.deliver, "rewrite": placing.rewrite}),
        Drill("clock-jump", "F8", 3, clocks.run, shadow=True, parts={"elsewhen": clocks.elsewhen}),
        Drill("secrets", "T4", 3, canaries.run, shadow=True, parts={"leak": canaries.leak}),
        Drill("keyring-trouble", "F10", 6, keyrings.run, parts={"use": keyrings.use}),
        Drill("runner-missing", "T2", 2, sandboxing.missing, safe=False, parts={"without": sandboxing.without}),
        Drill("sandbox-escape", "F15, T2", 6, sandboxing.escape, safe=False),
        Drill("crafted-checkpoint", "T8", 4, crafted.run, shadow=True),
        Drill("damaged-database", "F6", 8, damage.damaged, shadow=True),
        Drill("forged-approval", "T1", 5, consent.run, shadow=True),
        Drill("two-instances", "F11", 9, instances.run, shadow=True, parts={"hold": instances.hold}),
        Drill("provider-storm", "F9", 16, storm.run),
        Drill("budget-loop", "T13", 6, loops.run),
        Drill("kill-run", "F1, F2", 20, kills.run, shadow=True, parts={"effect": kills.one_effect}),
    )


def find(name: str) -> Drill:
    """Return one drill; InputError `unknown-drill` when there is none of that name."""
    for drill in drills():
        if drill.id == name:
            return drill
    raise InputError("unknown-drill", drill=name, known=", ".join(drill.id for drill in drills()))
