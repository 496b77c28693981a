from __future__ import annotations

import logging
import subprocess
import sys
import warnings

import pytest

from core import logs
from core.redaction import register_secret

CRASH = """
import ctypes, resource, sys
from pathlib import Path
from core.logs import set_up_logs
set_up_logs(Path(sys.argv[1] + ".first"))
set_up_logs(Path(sys.argv[1])).info("before")
print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
ctypes.string_at(0)
"""


@pytest.fixture
def log(tmp_path):
    root = logging.getLogger()
    level, handlers = root.level, set(root.handlers)
    yield logs.set_up_logs(tmp_path / "multicoder.log")
    for handler in set(root.handlers) - handlers:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def content(folder):
    return (folder / "multicoder.log").read_text(encoding="utf-8")


def test_a_line_is_written_in_any_language(log, tmp_path, monkeypatch):
    # The test runner's own handlers could not pass a lone surrogate on between its processes.
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [item for item in root.handlers if type(item).__module__ == logs.__name__])
    log.info("готово %d", 7)
    log.info("lone \udcff surrogate")
    assert "INFO" in content(tmp_path)
    assert "готово 7" in content(tmp_path)
    assert r"lone \udcff surrogate" in content(tmp_path)


def test_secrets_do_not_reach_the_file_even_in_a_traceback(log, tmp_path):
    secret = "planted-log-secret-1"
    register_secret(secret)
    log.warning("arguments %s", {"key": secret})
    try:
        int(secret)
    except ValueError:
        log.exception("failed")
    assert "failed" in content(tmp_path)
    assert secret not in content(tmp_path)


def test_a_warning_of_a_library_is_kept(log, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.warn("the library is old", UserWarning, stacklevel=1)
        logging.getLogger("py.warnings").warning("direct")
    assert "direct" in content(tmp_path)


def test_a_full_file_moves_aside_and_old_ones_are_dropped(log, tmp_path):
    logs.set_up_logs(tmp_path / "multicoder.log", file_bytes=1_000)
    for number in range(60):
        log.info("line %d %s", number, "x" * 100)
    names = sorted(item.name for item in tmp_path.iterdir() if item.is_file())
    assert names == ["multicoder.log", *(f"multicoder.log.{number}" for number in range(1, 6))]
    assert "line 59 " in content(tmp_path)
    assert all((tmp_path / name).stat().st_size <= 1_000 for name in names)


def test_a_file_that_cannot_be_moved_is_written_on(log, tmp_path):
    (tmp_path / "multicoder.log.full").mkdir()  # makes the rename fail as an open file does on Windows
    (tmp_path / "multicoder.log.full" / "x").touch()
    log.info("first")
    handler = next(known for known in logging.getLogger().handlers if isinstance(known, logs._LogFile))
    handler.doRollover()
    log.info("second")
    assert "first" in content(tmp_path)
    assert "second" in content(tmp_path)


@pytest.mark.skipif("sys.platform == 'win32'", reason="core limits are POSIX")
def test_a_crash_of_the_interpreter_is_in_the_log_and_leaves_no_memory_dump(tmp_path):
    file = tmp_path / "multicoder.log"
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(file)], capture_output=True, timeout=30, check=False)
    assert crashed.returncode < 0
    assert crashed.stdout == b"0\n"
    assert "Segmentation fault" in file.read_text()
