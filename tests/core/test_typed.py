from __future__ import annotations

import pytest

from core.typed import amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2.5", 2.5),
        (" 2,5 ", 2.5),
        (3, 3.0),
        ("0", None),
        ("-1", None),
        ("inf", None),
        ("nan", None),
        ("1 000,5,", None),
        ("", None),
        (None, None),
    ],
)
def test_an_amount_is_a_number_above_nothing(typed, meant):
    assert amount(typed) == meant
