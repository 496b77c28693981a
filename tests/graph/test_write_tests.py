"""What a test file must be before it is kept: no coder could repair the tester's mistake."""

from __future__ import annotations

import warnings

import pytest

from graph.suites import faults

GOOD = "def test_it():\n    assert True\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/test_a.py", GOOD),
        ("tests/test_a.py", "async def test_it():\n    assert True\n"),
        ("tests/test_a.py", GOOD + "PATTERN = '\\d'\n"),
        ("tests/helper.py", "X = 1\n"),
        ("tests/data.txt", "def ("),
    ],
)
def test_what_can_run_has_no_fault(path, text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert faults(path, text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def test_(:\n", "line 1"),
        ("X = 1\n", "no test function"),
        (GOOD + "X = '\ud83d'\n", "surrogates"),
        (GOOD + "X = '\0'\n", "null bytes"),
        (GOOD + f"X = {'-' * 100_000}1\n", "MemoryError"),
        (GOOD + f"X = {'+'.join(['1'] * 100_000)}\n", "RecursionError"),
    ],
)
def test_what_cannot_run_is_told(text, told):
    (problem,) = faults("tests/test_a.py", text)
    assert problem.startswith("tests/test_a.py: ")
    assert told in problem
    problem.encode()
