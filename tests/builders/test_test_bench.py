"""The test bench with real pytest runs in the real runner."""

from __future__ import annotations

import time

import pytest

from builders.mutation import mutants
from builders.pytest_report import read_report, trimmed
from builders.runner import make_runner
from builders.test_bench import PytestBench
from core.ports import JobResult
from tests.toolchain import toolchain_python

CALC = '''
"""A calculator."""

def add(a: float, b: float = 0) -> float:
    """Add."""
    return a + b

def sign(a):
    if a < 0:
        return -1
    return 1 if a > 0 else 0

def is_even(n):
    return n % 2 == 0
'''
STRONG = """
from calc import add, is_even, sign

def test_add():
    assert add(1, 2) == 3

def test_sign():
    assert [sign(n) for n in (-2, -1, 0, 1, 2)] == [-1, -1, 0, 1, 1]

def test_even():
    assert is_even(2) and not is_even(3)
"""
WEAK = """
import calc

def test_calc():
    assert calc.add(0, 0) is not None
    assert callable(calc.sign)
"""


@pytest.fixture
def bench(tmp_path) -> PytestBench:
    return PytestBench(make_runner(), toolchain_python, tmp_path / "scratch", seconds=60)


def plan(**changes):
    whole = {
        "title": "t", "slug": "t", "summary": "", "language": "python", "kind": "cli", "target": "source",
        "entry_point": "main.py", "dependencies": [], "modules": [], "changed": [], "acceptance": [], "notes": [],
    }  # fmt: skip
    return whole | changes


async def run(bench, tests: str, **files: str):
    return await bench.run_tests("p1", plan(), {"calc.py": CALC, "tests/test_calc.py": tests, **files})


async def test_passing_tests_are_counted(bench, tmp_path):
    report = await run(bench, STRONG)
    assert report.ok
    assert (report.passed, report.failed, report.errors, report.exit_code) == (3, 0, 0, 0)
    assert len(report.junit_sha256) == 64
    assert report.failures == ()
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_a_failure_is_told_with_its_cause_and_without_our_paths(bench, tmp_path):
    report = await run(
        bench, "from calc import add\ndef test_it():\n    assert add(1, 2) == 4\ndef test_ok():\n    pass\n"
    )
    assert not report.ok
    assert (report.passed, report.failed, report.exit_code) == (1, 1, 1)
    [told] = report.failures
    assert "test_it" in told
    assert "assert 3 == 4" in told
    assert "tests/test_calc.py:3" in told
    assert str(tmp_path) not in told


async def test_the_same_error_is_told_once(bench):
    tests = "import pytest\n@pytest.mark.parametrize('n', range(30))\ndef test_it(n):\n    raise ValueError('same')\n"
    report = await run(bench, tests)
    assert report.failed == 30
    assert len(report.failures) == 1
    assert "29 more" in report.failures[0]


async def test_hypothesis_names_the_failing_example_the_same_each_time(bench):
    tests = (
        "from hypothesis import given, strategies as s\n@given(s.integers())\ndef test_it(n):\n    assert n < 1000\n"
    )
    first, second = await run(bench, tests), await run(bench, tests)
    assert "n=1000" in first.failures[0]
    assert first.failures == second.failures


async def test_no_tests_is_not_ok(bench):
    report = await run(bench, "X = 1\n")
    assert not report.ok
    assert report.passed == 0
    assert "No test was run" in report.failures[0]


async def test_tests_that_cannot_be_imported_are_errors(bench):
    report = await run(bench, "from calc import nothing\ndef test_it(): pass\n")
    assert not report.ok
    assert report.errors >= 1
    assert "cannot import name 'nothing'" in report.failures[0]


async def test_only_the_asked_test_files_run(bench):
    files = {"calc.py": CALC, "test_a.py": STRONG, "test_b.py": "def test_b():\n    assert 0\n"}
    assert (await bench.run_tests("p1", plan(), files, ["test_a.py"])).ok
    assert not (await bench.run_tests("p1", plan(), files)).ok


@pytest.mark.slow
async def test_a_hang_says_where(tmp_path):
    bench = PytestBench(make_runner(), toolchain_python, tmp_path / "scratch", seconds=8)
    report = await run(bench, "import time\ndef test_stuck():\n    time.sleep(60)\n")
    assert not report.ok
    assert report.exit_code is None
    assert "did not finish" in report.failures[0]
    assert "test_stuck" in report.failures[0]


async def test_options_in_the_project_do_not_disturb(bench):
    report = await run(bench, STRONG, **{"pytest.ini": "[pytest]\naddopts = --no-such-option\n"})
    assert report.ok


async def test_modules_beside_the_entry_point_are_found(bench):
    files = {"src/main.py": "import calc\n", "src/calc.py": CALC, "tests/test_calc.py": STRONG}
    report = await bench.run_tests("p1", plan(entry_point="src/main.py"), files)
    assert report.ok


async def test_a_window_program_gets_a_display(bench):
    tests = "import tkinter\ndef test_window():\n    tkinter.Tk().destroy()\n"
    report = await bench.run_tests("p1", plan(kind="gui"), {"test_w.py": tests})
    assert report.ok, report.failures


# ------------------------------------------------------------------------------------------------- tampering

TAMPERING = {
    "ends the process": "import os\ndef test_it():\n    os._exit(0)\n",
    "ends pytest": "import pytest\ndef test_a():\n    pytest.exit('fine', returncode=0)\n",
    "forges the exit code": ("import atexit, os\natexit.register(lambda: os._exit(0))\ndef test_it():\n    assert 0\n"),
    "forges the report": (
        "import atexit, glob, os\n"
        "def forge():\n"
        "    for name in glob.glob('.report-*'):\n"
        "        open(name, 'w').write('<testsuites><testsuite><testcase name=\"a\"/></testsuite></testsuites>')\n"
        "    os._exit(0)\n"
        "atexit.register(forge)\n"
        "def test_it():\n    assert 0\n"
    ),
    "puts a link there": (
        "import atexit, glob, os\n"
        "def forge():\n"
        "    for name in glob.glob('.report-*'):\n"
        "        os.remove(name); os.symlink('/etc/passwd', name)\n"
        "atexit.register(forge)\n"
        "def test_it():\n    pass\n"
    ),
    "prints without end": "def test_it():\n    while True:\n        print('x' * 9999, flush=True)\n",
}


@pytest.mark.parametrize("how", TAMPERING)
async def test_a_program_cannot_pass_by_tampering(tmp_path, how):
    bench = PytestBench(make_runner(), toolchain_python, tmp_path / "scratch", seconds=15)
    report = await run(bench, TAMPERING[how])
    assert not report.ok
    assert report.failures


def result(**changes) -> JobResult:
    fields = {"ending": "exit", "exit_code": 0, "stdout": "1 passed in 0.01s\n", "stderr": "", "seconds": 1.0}
    return JobResult(**(fields | changes))


ONE = "<testsuites><testsuite><testcase classname='t' name='a'/></testsuite></testsuites>"


@pytest.mark.parametrize(
    ("xml", "changes"),
    [
        (ONE, {"exit_code": 1}),
        (ONE, {"stdout": "1 failed in 0.01s\n"}),
        (ONE, {"stdout": ""}),
        (ONE, {"ending": "signal", "exit_code": None}),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + ONE, {}),
        ("<testsuites>", {}),
        ("", {}),
        (" " * (9 * 1024 * 1024) + ONE, {}),
    ],
)
def test_results_that_do_not_fit_together_are_not_believed(tmp_path, xml, changes):
    file = tmp_path / "r.xml"
    file.write_text(xml)
    assert not read_report(result(**changes), file, ()).ok


def test_a_result_that_fits_together_is_believed(tmp_path):
    file = tmp_path / "r.xml"
    file.write_text(ONE)
    assert read_report(result(), file, ()).ok


def test_rows_of_numbers_are_read_in_no_time(tmp_path):
    file = tmp_path / "r.xml"
    file.write_text(ONE)
    rows = "\n".join(["1 " + "111 " * 60] * 3)
    began = time.monotonic()
    assert read_report(result(stdout=f"{rows}\n{result().stdout}"), file, ()).ok
    assert time.monotonic() - began < 2


def test_trimming_keeps_the_telling_lines():
    text = "\n".join(
        ["first", *(f"noise {n}" for n in range(500)), "E   assert 1 == 2", *(["tail"] * 100), "last " + "x" * 900]
    )
    short = trimmed(text)
    assert len(short) < 3000
    for part in ("first", "E   assert 1 == 2", "last x"):
        assert part in short


# ------------------------------------------------------------------------------------------------- mutation


async def test_tests_that_can_fail_are_not_called_weak(bench):
    files = {"calc.py": CALC, "test_calc.py": STRONG}
    assert await bench.weak_tests("p1", plan(), files) == []


async def test_tests_that_notice_nothing_are_called_weak(bench):
    found = await bench.weak_tests(
        "p1", plan(), {"calc.py": CALC, "window.py": "def f():\n    return 1\n", "test_calc.py": WEAK}
    )
    assert len(found) >= 4
    assert all(text.startswith("calc.py:") for text in found)


async def test_failing_tests_are_not_called_weak(bench):
    assert (
        await bench.weak_tests("p1", plan(), {"calc.py": CALC, "test_calc.py": "def test_a():\n    assert 0\n"}) == []
    )


def test_mutants_are_spread_over_files_and_kinds_and_always_the_same():
    files = {"a.py": CALC, "b.py": CALC}
    found = mutants(files, 8)
    assert found == mutants(files, 8)
    assert len(found) == 8
    assert {mutant.path for mutant in found} == {"a.py", "b.py"}
    assert len({mutant.description.split(":", 2)[2] for mutant in found if mutant.path == "a.py"}) == 4
    for mutant in found:
        compile(mutant.source, mutant.path, "exec")
        assert mutant.source != files[mutant.path]


def test_texts_annotations_and_start_up_are_left_alone():
    source = '''
LIMIT = 3
def f(a: int = 1) -> "list[3]":
    """Returns 1 + 1."""
    raise ValueError(f"{a + 1} wrong" + "text")
if __name__ == "__main__":
    f(1 + 1)
'''
    assert mutants({"a.py": source}, 8) == []
