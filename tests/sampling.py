"""Parameters of which a share is tried quickly and the rest among the slow tests."""

from __future__ import annotations

from itertools import product

import pytest


def sampled(step, *axes):
    """All combinations of the axes; those on every `step`-th diagonal are quick: each value of an axis comes up."""
    found = []
    for places in product(*(range(len(axis)) for axis in axes)):
        values = [axis[place] for axis, place in zip(axes, places, strict=True)]
        marks = [] if sum(places) % step == 0 else pytest.mark.slow
        found.append(pytest.param(*values, marks=marks, id="-".join(map(str, values))))
    return found
