"""Hostile programs in the real sandbox: each tries one way out, and the host stays unhurt."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders.runner.collect import collect
from core.ports import Limits

pytestmark = [
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap"),
    pytest.mark.timeout(60),
]

READ = """
import sys
for path in sys.argv[1:]:
    try:
        print("READ", path, open(path, "rb").read(50))
    except OSError as error:
        print("refused", path, error)
"""


async def test_the_home_folder_is_not_there(runner, program):
    job = program("import os, sys; print(os.listdir(sys.argv[1]) if os.path.isdir(sys.argv[1]) else [])", Path.home())
    result = await runner.run(job)
    opened = {read.relative_to(Path.home()).parts[0] for read in job.reads if read.is_relative_to(Path.home())}
    assert result.ok
    assert set(eval(result.stdout)) <= opened


async def test_shadow_cannot_be_read(runner, program):
    result = await runner.run(program(READ, "/etc/shadow", "/etc/sudoers", "/proc/kcore", "/dev/mem"))
    assert result.ok
    assert "READ" not in result.stdout


async def test_other_files_of_the_data_folder_cannot_be_read(runner, program, work):
    secret = work.parent / "archive.sqlite"
    secret.write_text("canary")
    (work / "link").symlink_to(secret)
    result = await runner.run(program(READ, secret, work / ".." / "archive.sqlite", work / "link"))
    assert result.ok
    assert "READ" not in result.stdout
    assert "canary" not in result.stdout


async def test_nothing_outside_the_work_folder_can_be_written(runner, program, work):
    folders = [Path.home(), Path("/usr"), Path("/etc"), Path("/"), Path("/dev"), Path(sys.prefix), work]
    targets = [folder / "x-canary" for folder in folders]
    code = """
import sys
for path in sys.argv[1:]:
    try:
        open(path, "w").write("x")
        print(path)
    except OSError:
        pass
"""
    result = await runner.run(program(code, *targets))
    assert result.stdout.split() == [str(work / "x-canary")]
    assert [path for path in targets if path.exists()] == [work / "x-canary"]


async def test_neighbours_of_a_work_folder_in_tmp_are_only_imagined(runner, program, work):
    await runner.run(program("open('../x-canary', 'w').write('x')"))
    assert not (work.parent / "x-canary").exists()


async def test_settings_of_the_kernel_cannot_be_changed(runner, program):
    code = """
import os, sys
for path in sys.argv[1:]:
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("OPENED", path)
    except OSError:
        print("no")
"""
    settings = [
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/kernel/hostname",
        "/proc/sysrq-trigger",
        "/proc/self/uid_map",
    ]
    result = await runner.run(program(code, *settings))
    assert result.stdout == "no\n" * len(settings)


async def test_a_server_of_the_host_cannot_be_reached(runner, program):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        code = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2); print('CONNECTED')"
        result = await runner.run(program(code, server.getsockname()[1]))
        assert "ConnectionRefusedError" in result.stderr
        with pytest.raises(BlockingIOError):
            server.accept()


async def test_no_datagram_leaves_and_no_name_resolves(runner, program):
    code = """
import socket, sys
for target in (("127.0.0.1", int(sys.argv[1])), ("192.0.2.1", 53), ("255.255.255.255", 53)):
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"canary", target)
    except OSError:
        pass
try:
    print("RESOLVED", socket.getaddrinfo("example.org", 80))
except OSError as error:
    print("no")
print([name for _, name in socket.if_nameindex()])
"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0)
        result = await runner.run(program(code, server.getsockname()[1]))
        assert result.stdout.split("\n")[:2] == ["no", "['lo']"]
        with pytest.raises(BlockingIOError):
            server.recv(10)


CONNECT = """
import socket, sys
for name in sys.argv[1:]:
    try:
        socket.socket(socket.AF_UNIX).connect(name.replace("@", "\\0"))
        print("CONNECTED", name)
    except OSError as error:
        print("no")
"""


async def test_an_abstract_socket_of_the_host_cannot_be_reached(runner, program):
    name = f"multicoder-{os.getpid()}-{time.monotonic_ns()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0" + name)
        server.listen()
        result = await runner.run(program(CONNECT, "@" + name))
    assert result.stdout == "no\n"


async def test_sockets_of_services_cannot_be_reached(runner, program, tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "bus"))
        server.listen()
        places = [tmp_path / "bus", "/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket"]
        places += [f"/run/user/{os.getuid()}/bus", "/run/systemd/private", "/tmp/.X11-unix/X0"]
        result = await runner.run(program(CONNECT, *places))
    assert result.stdout == "no\n" * len(places)


async def test_secrets_of_the_environment_are_not_there(runner, program, monkeypatch):
    monkeypatch.setenv("MULTICODER_API_KEY", "canary-value")
    code = """
import glob, os
print(dict(os.environ))
for file in glob.glob("/proc/*/environ"):
    try:
        print(open(file).read())
    except OSError:
        pass
"""
    result = await runner.run(program(code, env={"OWN": "given"}))
    assert result.ok
    assert "canary-value" not in result.stdout
    assert "given" in result.stdout


async def test_processes_of_the_host_cannot_be_signalled_or_traced(runner, program):
    code = """
import ctypes, os, signal, sys
victim = int(sys.argv[1])
print(ctypes.CDLL(None).ptrace(16, victim, 0, 0))
for target in (victim, os.getppid()):
    try:
        os.kill(target, signal.SIGKILL)
    except OSError:
        pass
try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
"""
    victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])  # noqa: ASYNC220 - one start
    try:
        result = await runner.run(program(code, victim.pid))
        assert result.stdout in {"-1\n", ""}
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


async def test_processes_of_the_host_cannot_be_seen(runner, program):
    code = """
import glob
print(len(glob.glob("/proc/[0-9]*")))
for file in glob.glob("/proc/[0-9]*/cmdline"):
    print(open(file).read())
"""
    result = await runner.run(program(code))
    assert int(result.stdout.split()[0]) <= 3
    assert Path("/proc/self/cmdline").read_text() not in result.stdout  # noqa: ASYNC240 - a pseudo file


async def test_a_fork_bomb_is_contained(runner, program, processes_with, until):
    code = """
import os, time
for _ in range(2000):
    if os.fork() == 0:
        time.sleep(20)
        break  # canary-bomb
"""
    result = await runner.run(program(code, limits=Limits(seconds=15, processes=20)))
    assert not result.ok
    assert result.seconds < 10
    assert await until(lambda: processes_with("canary-bomb") == 0, 2)


async def test_a_thread_bomb_is_contained(runner, program):
    code = """
import threading, time
for _ in range(500):
    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
time.sleep(10)
"""
    result = await runner.run(program(code, limits=Limits(seconds=15, processes=20)))
    assert not result.ok
    assert result.seconds < 10


async def test_a_memory_bomb_is_contained(runner, program):
    result = await runner.run(program("data = bytearray(900 * 1024 * 1024)"))
    assert result.exit_code == 1
    assert "MemoryError" in result.stderr


async def test_memory_shared_out_among_children_is_counted_together(runner, program):
    code = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        break
data = bytearray(os.urandom(1024)) * (120 * 1024)
time.sleep(10)
"""
    result = await runner.run(program(code))
    assert result.ending == "signal"
    assert "more than 256 MiB of memory" in result.stderr


async def test_a_spinning_program_is_stopped(runner, program):
    by_processor = await runner.run(program("while True: pass", limits=Limits(seconds=10, cpu_seconds=1)))
    by_clock = await runner.run(program("while True: pass", limits=Limits(seconds=0.5)))
    assert (by_processor.ending, by_processor.exit_code) == ("signal", None)
    assert by_processor.seconds < 8
    assert (by_clock.ending, by_clock.exit_code) == ("timeout", None)
    assert by_clock.seconds < 2


async def test_the_work_folder_cannot_fill_the_disk(runner, program, work):
    code = """
import time
for number in range(40):
    open(f"part{number}", "wb").write(bytes(8 << 20))
time.sleep(10)
"""
    result = await runner.run(program(code))
    assert result.ending == "signal"
    assert "more than 32 MiB written" in result.stderr
    assert sum(file.stat().st_size for file in work.iterdir()) <= 40 * 8 * 1024 * 1024


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", "/var", "/"])
async def test_scratch_space_is_bounded(folder, runner, program):
    code = """
import sys
with open(sys.argv[1] + "/fill", "wb") as file:
    for _ in range(20):
        file.write(bytes(8 << 20))
"""
    result = await runner.run(program(code, folder))
    assert result.exit_code == 1
    assert "No space left" in result.stderr or "Read-only" in result.stderr


async def test_countless_empty_files_are_stopped(runner, program):
    code = """
import os
for number in range(400_000):
    os.close(os.open(f"/tmp/{number}", os.O_CREAT))
"""
    result = await runner.run(program(code))
    assert result.ending == "signal"
    assert "files in /tmp" in result.stderr


async def test_a_huge_file_is_refused(runner, program, work):
    code = "with open('huge', 'wb') as file:\n    for _ in range(10):\n        file.write(bytes(1 << 20))"
    result = await runner.run(program(code, limits=Limits(seconds=10, file_mb=2)))
    assert "File too large" in result.stderr
    assert (work / "huge").stat().st_size <= 2 << 20


async def test_an_output_flood_is_cut(runner, program):
    result = await runner.run(program("while True: print('x' * 100_000)"))
    assert result.ending == "output"
    assert result.truncated
    assert len(result.stdout) < 70_000


HEARTBEAT = """
import os, sys, time
def beat():
    for _ in range(600):
        with open("beat", "a") as file:
            file.write("x")
        time.sleep(0.03)
"""


async def still(file: Path) -> bool:
    before = file.stat().st_size  # noqa: ASYNC240 - one tiny local file
    await asyncio.sleep(0.3)
    return file.stat().st_size == before  # noqa: ASYNC240 - as above


async def test_a_daemon_does_not_outlive_its_job(runner, program, work):
    code = (
        HEARTBEAT
        + "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        beat()\nelse:\n    time.sleep(0.3)"
    )
    result = await runner.run(program(code))
    assert result.ok
    assert (work / "beat").stat().st_size > 0
    assert await still(work / "beat")


async def test_a_program_that_refuses_to_die_dies(runner, program, work):
    code = """
import signal
for number in set(range(1, 32)) - {9, 19}:
    signal.signal(number, signal.SIG_IGN)
"""
    result = await runner.run(program(code + HEARTBEAT + "beat()", limits=Limits(seconds=0.7)))
    assert result.ending == "timeout"
    assert result.seconds < 1.7
    assert await still(work / "beat")


async def test_no_rights_can_be_gained(runner, program):
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
print("unshare", libc.unshare(0x10000000), libc.unshare(0x00020000))
print("mount", libc.mount(b"none", b"/tmp", b"tmpfs", 0, None))
try:
    os.setuid(0)
    print("ROOT")
except OSError:
    pass
for line in open("/proc/self/status"):
    if line.startswith(("CapEff", "CapBnd", "NoNewPrivs")):
        print(*line.split())
"""
    result = await runner.run(program(code))
    assert result.stdout.splitlines() == [
        "unshare -1 -1",
        "mount -1",
        "CapEff: 0000000000000000",
        "CapBnd: 0000000000000000",
        "NoNewPrivs: 1",
    ]


async def test_a_link_left_behind_leads_nowhere(runner, program, work, tmp_path):
    (tmp_path / "secret").write_text("canary")
    code = "import os, sys; os.symlink(sys.argv[1], 'link'); os.mkfifo('pipe'); open('result', 'w').write('good')"
    assert (await runner.run(program(code, tmp_path / "secret"))).ok
    collected = await asyncio.to_thread(collect, work, tmp_path / "out")
    assert collected.files == ("result",)
    assert {name for name, _ in collected.refused} == {"link", "pipe"}
