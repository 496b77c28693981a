"""The Linux runner: what jobs get, how they end, what is seen of windows and servers."""

import asyncio
import contextlib
import os
import shutil
import signal
import struct
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from builders.runner import interpreter_reads, make_runner, x11
from core.errors import RunnerUnavailable
from core.ports import Job, Limits
from tests.toolchain import PYTHON

pytestmark = [
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap"),
    pytest.mark.timeout(60),
]
needs_screen = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")

BEAT = "import time\nfor _ in range(600):\n    open('beat', 'a').write('x')\n    time.sleep(0.03)"


async def still(file: Path) -> bool:
    before = file.stat().st_size  # noqa: ASYNC240 - one tiny local file
    await asyncio.sleep(0.3)
    return file.stat().st_size == before  # noqa: ASYNC240 - as above


async def test_the_protection_is_found_by_running_it(runner):
    status = await runner.status()
    assert status.available
    assert status.network_blocked
    assert status.mechanism == "bubblewrap"


async def test_without_bubblewrap_nothing_runs(runner, program, work, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    status = await runner.status()
    assert not status.available
    assert not status.network_blocked
    for attempt in (
        runner.run(program("open('ran', 'w')")),
        runner.observe(program("open('ran', 'w')"), screenshot=tmp_path / "picture.png"),
        runner.observe_port(program("open('ran', 'w')"), port=8000),
    ):
        with pytest.raises(RunnerUnavailable):
            await attempt
    assert not list(work.iterdir())


async def test_a_bubblewrap_that_fails_is_no_protection(runner, program, work, monkeypatch, tmp_path):
    false = tmp_path / "bwrap"
    false.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    false.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    status = await runner.status()
    assert not status.available
    assert "No permissions" in status.detail
    with pytest.raises(RunnerUnavailable):
        await runner.run(program("open('ran', 'w')"))
    assert not list(work.iterdir())


async def test_a_job_gets_its_input_folder_and_environment(runner, program, work):
    code = "import os, sys; print(len(sys.stdin.read()), os.getcwd(), os.environ['OWN']); open('made', 'w').write('x')"
    result = await runner.run(program(code, stdin=b"x" * 300_000, env={"OWN": "given"}))
    assert result.ok
    assert result.stdout.split() == ["300000", str(work), "given"]
    assert (work / "made").read_text() == "x"


async def test_what_is_given_for_reading_is_not_written_even_inside_the_work_folder(runner, program, work):
    (work / "given").mkdir()
    (work / "given" / "file").write_text("as it was")
    job = program("print(open('given/file').read()); open('given/file', 'w')")
    result = await runner.run(replace(job, reads=(*job.reads, work / "given")))
    assert result.stdout == "as it was\n"
    assert "Read-only file system" in result.stderr
    assert (work / "given" / "file").read_text() == "as it was"


async def test_cancelling_at_any_moment_of_the_start_leaves_nothing(runner, program, processes_with, until):
    await runner.status()
    marker = f"# cancelled {time.monotonic_ns()}"
    for step in range(60):
        task = asyncio.create_task(runner.run(program(f"{BEAT}\n{marker}")))
        await asyncio.sleep(step * 0.0005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await until(lambda: processes_with(marker) == 0, 1)


async def test_a_job_whose_folder_is_taken_away_is_ended(runner, program, work, until):
    task = asyncio.create_task(runner.run(program("open('beat', 'w'); import time; time.sleep(15)")))
    assert await until((work / "beat").exists, 10)
    await asyncio.to_thread(shutil.rmtree, work)
    result = await asyncio.wait_for(task, 5)
    assert result.ending == "signal"
    assert "cannot be watched" in result.stderr


async def test_an_argument_no_program_can_be_given_is_refused(runner, program):
    for argument in ("a\0b", "\ud800"):
        with pytest.raises(RunnerUnavailable):
            await runner.run(program("pass", argument))


async def test_input_nobody_reads_does_not_hang(runner, program):
    assert (await runner.run(program("pass", stdin=b"x" * 1_000_000))).ok


async def test_the_ways_to_end_are_told_apart(runner, program):
    assert (await runner.run(program("import sys; sys.exit(7)"))).exit_code == 7
    crashed = await runner.run(program("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))
    assert (crashed.ending, crashed.exit_code) == ("signal", None)


async def test_a_job_that_cannot_be_set_up_is_not_a_result(runner, program, tmp_path):
    job = program("pass")
    for broken in (replace(job, reads=(tmp_path / "missing",)), replace(job, workdir=tmp_path / "missing")):
        with pytest.raises(RunnerUnavailable):
            await runner.run(broken)


async def test_jobs_run_side_by_side(runner, program):
    jobs = [runner.run(program("import time; time.sleep(0.5)")) for _ in range(4)]
    began = time.monotonic()
    results = await asyncio.gather(*jobs)
    assert all(result.ok for result in results)
    assert time.monotonic() - began < 1.9


async def test_cancelling_ends_the_tree_within_a_second(runner, program, work, until):
    task = asyncio.create_task(runner.run(program(BEAT)))
    assert await until((work / "beat").exists, 10)
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 1
    assert await still(work / "beat")


ENGINE = """
import asyncio, pathlib, sys
from builders.runner import interpreter_reads, make_runner
from core.ports import Job
python, work, code = pathlib.Path(sys.executable), pathlib.Path(sys.argv[1]), sys.argv[2]
job = Job((str(python), "-c", code), work, interpreter_reads(python), display=bool(sys.argv[3:]))
asyncio.run(make_runner().run(job))
"""


@pytest.mark.parametrize("display", [pytest.param([], id="plain"), pytest.param(["display"], marks=needs_screen)])
async def test_killing_the_engine_leaves_nothing(display, work, until, processes_with):
    root = Path(__file__).parents[3]
    marker = f"# {work}-{time.monotonic_ns()}"
    engine = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        ENGINE,
        str(work),
        f"{BEAT}\n{marker}",
        *display,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        assert await until((work / "beat").exists, 20)
        screens = processes_with("multicoder-screen-")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(engine.pid, signal.SIGKILL)
        await engine.wait()
    assert await until(lambda: processes_with(marker) == 0, 1)
    assert await still(work / "beat")
    if display:
        assert screens > 0
        assert await until(lambda: processes_with("multicoder-screen-") < screens, 2)


STARTING_ENGINE = """
import asyncio, pathlib, sys
from builders.runner import make_runner
from core.ports import Job
async def main():
    runner = make_runner()
    await runner.status()
    print("ready", flush=True)
    sys.stdin.readline()
    await runner.run(Job(("sh", "-c", sys.argv[2]), pathlib.Path(sys.argv[1])))
asyncio.run(main())
"""


@pytest.mark.slow
async def test_killing_the_engine_while_a_job_starts_leaves_nothing(work, until, processes_with):
    marker = f"marker-{time.monotonic_ns()}"
    pipe = asyncio.subprocess.PIPE
    both = asyncio.Semaphore(2)

    async def kill_after(seconds: float) -> None:
        async with both:
            engine = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", STARTING_ENGINE, str(work), f": {marker}; echo x >> ran; sleep 60; :"),
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
                stdin=pipe,
                stdout=pipe,
            )
            assert engine.stdin
            assert engine.stdout
            await engine.stdout.readline()
            engine.stdin.write(b"\n")
            await asyncio.sleep(seconds)
            engine.kill()
            await engine.wait()

    await asyncio.gather(*(kill_after(step * 0.0005) for step in range(60)))
    assert await until(lambda: processes_with(marker) == 0, 1)
    assert 0 < (work / "ran").read_text().count("x") < 60, "before, while and after the job started"


async def test_a_job_has_no_hold_on_what_ends_it(runner, work):
    job = Job(("sh", "-c", "ls /proc/self/fd | wc -l; for fd in /proc/1/fd/*; do : > $fd & done; wait"), work)
    result = await runner.run(job)
    assert result.stdout.split() == ["4"], "its three streams and the listed folder"
    assert "No such device or address" in result.stderr


WINDOW = """
import tkinter
root = tkinter.Tk()
root.title("Калькулятор")
root.geometry("320x200+10+10")
root.configure(background="#ff0000")
root.after(15000, root.destroy)
root.mainloop()
print("closed itself")
"""


@pytest.fixture
def window_program(program):
    """Make a job for the Python that generated programs get: it can open windows."""

    def make(code, **options):
        job = program(code, **options)
        return replace(job, argv=(str(PYTHON), *job.argv[1:]), reads=interpreter_reads(PYTHON))

    return make


@needs_screen
async def test_a_window_is_seen_pictured_and_closed_politely(runner, window_program, tmp_path):
    picture = tmp_path / "picture.png"
    seen = await runner.observe(window_program(WINDOW), screenshot=picture, settle_seconds=0.3)
    assert (seen.window, seen.title, seen.size, seen.alive) == (True, "Калькулятор", (320, 200), True)
    assert seen.result.ending == "closed"
    assert seen.result.stdout == "closed itself\n"
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (320, 200)


@needs_screen
async def test_a_window_that_refuses_to_close_is_closed(runner, window_program, tmp_path):
    code = WINDOW.replace("root.after(", "root.protocol('WM_DELETE_WINDOW', lambda: None); root.after(")
    seen = await runner.observe(window_program(code), screenshot=tmp_path / "picture.png", settle_seconds=0.1)
    assert seen.window
    assert seen.result.ending == "closed"
    assert seen.result.stdout == ""


@needs_screen
@pytest.mark.parametrize(
    ("code", "ending", "exit_code"),
    [("import sys; sys.exit(3)", "exit", 3), ("import time; time.sleep(20)", "timeout", None)],
)
async def test_a_program_without_a_window_is_told_truthfully(code, ending, exit_code, runner, program, tmp_path):
    job = program(code, limits=Limits(seconds=1))
    seen = await runner.observe(job, screenshot=tmp_path / "picture.png")
    assert (seen.window, seen.title, seen.screenshot) == (False, "", None)
    assert (seen.result.ending, seen.result.exit_code) == (ending, exit_code)
    assert not (tmp_path / "picture.png").exists()


GREEDY = """
import socket, time
screen = socket.socket(socket.AF_UNIX)
screen.connect("/tmp/.X11-unix/X0")
screen.sendall(b"l\\0\\x0b\\0" + bytes(8))
screen.recv(65536)
screen.sendall(b"\\x24\\0\\x01\\0")  # GrabServer
time.sleep(60)
"""


@needs_screen
async def test_a_program_that_keeps_the_screen_to_itself_does_not_stop_us(runner, program, tmp_path, monkeypatch):
    monkeypatch.setattr(x11, "ANSWER_SECONDS", 1.0)
    with pytest.raises(RunnerUnavailable) as caught:
        await asyncio.wait_for(runner.observe(program(GREEDY), screenshot=tmp_path / "picture.png"), 30)
    assert "does not answer" in str(caught.value.facts["detail"])


@needs_screen
async def test_a_display_job_can_open_windows(runner, window_program):
    code = "import tkinter; root = tkinter.Tk(); root.update(); print(root.winfo_screenwidth())"
    assert (await runner.run(window_program(code, display=True))).stdout == "1280\n"
    assert not (await runner.run(window_program(code))).ok


SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204 if self.path == "/ready" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", 8321), Handler).serve_forever()
"""


async def test_a_server_is_asked_inside_its_own_network(runner, program, work):
    seen = await runner.observe_port(program(SERVER), port=8321, path="/ready")
    assert (seen.port, seen.title, seen.alive, seen.result.ending) == (8321, "HTTP 204", True, "closed")
    assert not list(work.iterdir())


async def test_a_server_that_ends_or_stays_silent_is_told_truthfully(runner, program):
    ended = await runner.observe_port(program("import sys; sys.exit(4)"), port=8321)
    assert (ended.port, ended.alive, ended.result.ending, ended.result.exit_code) == (None, False, "exit", 4)
    silent = await runner.observe_port(program("import time; time.sleep(20)", limits=Limits(seconds=0.5)), port=8321)
    assert (silent.port, silent.alive, silent.result.ending) == (None, True, "timeout")


FORGER = """
import json, os, sys
note = open(f"/proc/{os.getppid()}/cmdline").read().split("\\0")[7]
open(note, "w").write(sys.argv[1])
os.kill(os.getppid(), 9)
"""


@pytest.mark.parametrize("note", ['{"status": 200, "code": "x"}', '{"status": 1e999, "code": null}', "[" * 4000])
async def test_a_forged_note_of_the_probe_tells_nothing(runner, program, note):
    seen = await runner.observe_port(program(FORGER, note), port=8321)
    assert (seen.port, seen.title, seen.alive) == (None, "", False)
    assert not seen.result.ok


async def test_an_environment_reached_through_links_works(runner, work, tmp_path):
    base = Path(os.path.realpath(sys.executable))  # noqa: ASYNC240 - one local link
    environment = tmp_path / "venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "pyvenv.cfg").write_text(f"home = {base.parent}\n")
    (environment / "bin" / "python").symlink_to(base)
    python = environment / "bin" / "python"
    job = Job((str(python), "-c", "import json, sys; print(sys.prefix)"), work, interpreter_reads(python))
    assert (await runner.run(job)).stdout.strip() == str(environment)


def test_a_link_to_an_interpreter_does_not_open_its_folder(tmp_path):
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.symlink_to(Path(sys.executable).resolve())
    reads = interpreter_reads(python)
    assert python in reads
    assert tmp_path not in reads


def test_each_platform_has_its_runner():
    assert type(make_runner()).__name__ == ("WindowsRunner" if sys.platform == "win32" else "LinuxRunner")
