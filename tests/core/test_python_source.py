"""Source written by others is read in many threads at once."""

import gc
import sys
import threading
import warnings
from pathlib import Path

import pytest

from core import python_source

SOURCE = Path(python_source.__file__).read_text(encoding="utf-8") * 8


class Cycle:
    """Garbage whose end runs Python code, as the ends of coroutines and files do."""

    def __init__(self):
        self.me = self

    def __del__(self):
        for _ in range(30):
            pass


@pytest.fixture
def hasty():
    """Threads take turns often and garbage is collected in the middle of everything."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(50)
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*threshold)


def test_threads_that_parse_at_once_do_not_disturb_each_other(hasty):
    failures = []

    def work():
        for _ in range(25):
            for _ in range(40):
                Cycle()
            try:
                assert len(python_source.parse(SOURCE).body) > 8
            except SystemError as error:
                failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_warnings_about_the_source_are_kept_off_and_the_filter_is_as_before():
    with warnings.catch_warnings(record=True, action="always") as said:
        filters = list(warnings.filters)
        python_source.parse("x = '\\d'")
        python_source.compiled("x = 1 is 1", "a.py")
        assert python_source.symbols("def f():\n    return '\\d'\n", "a.py").lookup("f").is_assigned()
        assert warnings.filters == filters
    assert said == []


@pytest.mark.parametrize("read", [python_source.parse, python_source.compiled, python_source.symbols])
def test_what_is_no_python_is_told_by_the_errors_of_python(read):
    with pytest.raises(SyntaxError, match="invalid syntax"):
        read("def (:", "a.py")
