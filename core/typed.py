"""What a person typed, read as what it stands for."""

from __future__ import annotations

import math


def amount(value: object) -> float | None:
    """A number above nothing, with a comma or a point; None for anything else."""
    try:
        number = float(str(value).replace(",", ".").strip())
    except ValueError:
        return None
    return number if 0 < number < math.inf else None
