"""One window per data folder, seen with real processes: the second start raises the first, and nobody can do more."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtNetwork import QLocalSocket

from core.paths import Home
from gui.desktop.instance import LOCK, socket_name
from gui.main import make_qt
from tests.engine.acp.editor import end_engine
from tests.faults.stand import REPOSITORY, child_environment
from tests.gui.waiting import until

START = """
import sys
import time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from core.errors import MultiCoderError
from core.paths import Home
from gui.desktop.instance import Instance

qt = QCoreApplication([])
instance = Instance(Home(Path(sys.argv[1])))
instance.raised.connect(lambda: print("raised", flush=True))
try:
    first = instance.claim()
except MultiCoderError as error:
    print(error.code, error.facts, flush=True)
    sys.exit(error.exit_code)
print("first" if first else "second", flush=True)
if first and "deaf" in sys.argv:
    time.sleep(600)
elif first:
    qt.exec()
"""


class Started:
    """A start of the program in a process of its own."""

    def __init__(self, home, *words):
        command = [sys.executable, "-c", START, str(home), *words]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, env=child_environment(), stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
        )

    def line(self):
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stdin.close()


@pytest.fixture
def start(tmp_path):
    make_qt()
    started = []

    def begin(*words, folder=tmp_path):
        started.append(Started(folder, *words))
        return started[-1]

    yield begin
    for process in started:
        process.end()


@pytest.fixture
def call(tmp_path):
    """Knocks at the window of the folder."""
    callers = []

    def knock(data=b""):
        caller = QLocalSocket()
        caller.connectToServer(socket_name(tmp_path))
        assert caller.waitForConnected(5_000)
        caller.write(data)
        caller.flush()
        callers.append(caller)
        return caller

    yield knock
    for caller in callers:
        caller.abort()


def test_the_second_start_raises_the_first_and_ends(start):
    one = start()
    assert one.line() == "first"
    two = start()
    assert two.line() == "second"
    assert two.process.wait(10) == 0
    assert one.line() == "raised"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_another_way_to_the_same_folder_leads_to_the_same_window(start, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    assert start(folder=folder).line() == "first"
    assert start(folder=tmp_path / "link").line() == "second"


def test_folders_have_windows_of_their_own(start, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert start(folder=tmp_path / name).line() == "first"


def test_many_starts_at_once_make_one_window(start):
    lines = sorted(process.line() for process in [start() for _ in range(5)])
    assert lines == ["first", *["second"] * 4]


def test_a_window_that_was_killed_leaves_its_place(start):
    one = start()
    assert one.line() == "first"
    one.process.kill()
    one.process.wait()
    assert start().line() == "first"
    assert start().line() == "second"


def test_a_window_that_does_not_answer_is_named_and_not_doubled(start):
    one = start("deaf")
    assert one.line() == "first"
    two = start()
    assert two.line() == f"window-busy {{'pid': {one.process.pid}}}"
    assert two.process.wait(10) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is a file that is held open there")
def test_a_lock_whose_process_number_is_something_elses_now_is_taken(start, tmp_path):
    dead = start()
    assert dead.line() == "first"
    dead.process.kill()
    dead.process.wait()
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        lock = tmp_path / LOCK
        lines = lock.read_text(encoding="utf-8").splitlines()
        lock.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n", encoding="utf-8")
        assert start().line() == "first"
    finally:
        other.kill()
        other.wait()


def test_who_reaches_the_socket_can_raise_the_window_and_nothing_else(start, call):
    one = start()
    assert one.line() == "first"
    call(b"x")
    call(b"\x00" * 6)
    call(b"RAISE\n" + b"x" * 1_000_000)
    for _ in range(50):
        call()
    caller = call(b"raise\nraise\n{}")
    assert one.line() == "raised"
    assert caller.waitForReadyRead(5_000)
    assert bytes(caller.readAll().data()) == b"raised\n"
    assert start().line() == "second"
    assert one.line() == "raised"
    assert one.process.poll() is None


def test_a_caller_who_says_nothing_is_hung_up_on(start, call):
    assert start().line() == "first"
    caller = call(b"ra")
    until(lambda: caller.state() == QLocalSocket.LocalSocketState.UnconnectedState)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes have no mode")
def test_the_socket_is_its_owners(start, call):
    assert start().line() == "first"
    name = call().fullServerName()
    assert os.stat(name).st_mode & 0o077 == 0  # noqa: PTH116 - Qt's text


class TestProgram:
    """`multicoder` without a word."""

    @pytest.fixture
    def folder(self, tmp_path):
        home = tmp_path / "data"
        yield home
        end_engine(home)

    def command(self, *words, **environ):
        given = {"QT_QPA_PLATFORM": "offscreen", "LANG": "en_US.UTF-8", **environ}
        kept = {name: value for name, value in child_environment(**given).items() if value}
        return [sys.executable, "-P", "-m", "engine.cli", *words], {"cwd": REPOSITORY, "env": kept}

    def run(self, *words, **environ):
        command, options = self.command(*words, **environ)
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)

    def test_it_opens_the_window_once_and_ends_in_order_with_the_relay(self, folder):
        command, options = self.command("--home", str(folder))
        window = subprocess.Popen(command, **options)
        try:
            wait((folder / "engine.json").exists)
            again = self.run(f"--home={folder}")
            assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
            assert window.poll() is None
            if sys.platform == "win32":
                return
            relays = children_of(window.pid)
            assert len(relays) == 1
            window.send_signal(signal.SIGTERM)
            assert window.wait(20) == 0
            with pytest.raises(ProcessLookupError):
                os.kill(relays[0], 0)
            assert not (folder / LOCK).exists()
            log = Home(folder).log.with_name("multicoder-window.log")
            assert "qml:" not in log.read_text(encoding="utf-8")
        finally:
            window.kill()
            window.wait()

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
    @pytest.mark.parametrize(
        ("environ", "words"),
        [
            ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, "There is no screen"),
            ({"DISPLAY": ":9876", "WAYLAND_DISPLAY": ""}, "The screen :9876 does not let"),
            ({"DISPLAY": "", "WAYLAND_DISPLAY": "nobody-0"}, "There is no screen"),
            ({"DISPLAY": "", "WAYLAND_DISPLAY": "", "LANG": "ru_RU.UTF-8"}, "Нет экрана"),
        ],
    )
    def test_without_a_screen_it_says_so(self, folder, environ, words):
        found = self.run("--home", str(folder), QT_QPA_PLATFORM="", **environ)
        assert found.returncode == 2
        assert found.stderr.startswith(words)
        assert len(found.stderr.strip().splitlines()) == 3
        assert not folder.exists()

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt brings its libraries elsewhere")
    @pytest.mark.parametrize("library", ["libEGL.so.1", "libxcb-cursor.so.0"])
    def test_a_missing_library_is_named_with_what_to_install(self, folder, tmp_path, library):
        (tmp_path / library).write_bytes(b"no library")
        found = self.run(QT_QPA_PLATFORM="", DISPLAY=":9876", WAYLAND_DISPLAY="", LD_LIBRARY_PATH=str(tmp_path))
        assert found.returncode == 2
        assert library in found.stderr.splitlines()[0]
        assert "apt-get install" in found.stderr
        assert "Traceback" not in found.stderr

    def test_a_folder_that_cannot_be_used_is_told(self, tmp_path):
        (tmp_path / "file").write_text("", encoding="utf-8")
        found = self.run("--home", str(tmp_path / "file"))
        assert found.returncode != 0
        assert str(tmp_path / "file") in found.stderr
        assert "Traceback" not in found.stderr

    def test_words_are_still_commands(self, folder):
        found = self.run("--home", str(folder), "runs", "--json")
        assert found.returncode == 0
        assert not (folder / LOCK).exists()


def wait(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def children_of(pid):
    import psutil  # noqa: PLC0415 - one test asks

    with contextlib.suppress(psutil.NoSuchProcess):
        return [child.pid for child in psutil.Process(pid).children()]
    return []
