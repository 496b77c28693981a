"""The guard of a running tree, while the tree changes under its eyes."""

import os
import sys
import threading
from pathlib import Path

import pytest

from builders.runner.guard import TreeGuard
from core.ports import Job, Limits

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads /proc")


def test_threads_that_end_while_the_tree_is_read_are_no_matter(tmp_path):
    """An ended thread once left its folder's listing open, which Python then complained about at a random place."""
    guard = TreeGuard(Job(argv=(sys.executable,), workdir=tmp_path, limits=Limits(processes=10_000, memory_mb=100_000)))
    guard.watch(os.getpid())
    done = threading.Event()

    def churn() -> None:
        while not done.is_set():
            short = threading.Thread(target=int)
            short.start()
            short.join()

    churners = [threading.Thread(target=churn) for _ in range(2)]
    for churner in churners:
        churner.start()
    try:
        said = {guard() for _ in range(300)}
    finally:
        done.set()
        for churner in churners:
            churner.join()
    assert said == {""}
