"""Freeze MultiCoder into one folder: `python3 mc.py freeze [--out FOLDER] [--interpreter ARCHIVE]`.

The folder holds the windowed program `MultiCoder` and the console one `multicoder` (engine and command line; on Windows
`multicoder.com`, which a console prefers to `MultiCoder.exe`), and what it takes to make programs on a computer without
Python. It is finished only when its own self-test passed at another place than where it was made.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from interpreter import CannotPack
from supplies import make_supplies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WINDOWS = os.name == "nt"
BUILT_CONSOLE = "multicoder-console.exe" if WINDOWS else "multicoder-console"
CONSOLE = "multicoder.com" if WINDOWS else "multicoder"
LARGE = 10_000_000
BAD = re.compile(r"tkinter installation is broken|Hidden import '(?:core|agents|memory|builders|graph|engine|gui)\b")
ELSEWHERE = "Мой компьютер с пробелами"
"""Other people's folders are called like this."""
OF_THE_SYSTEM = ("bwrap", "Xvfb", "xauth", "ldd")
"""What a frozen program asks a Linux system for."""
REASONS = {
    "MultiCoder": "the program: all Python code in one archive",
    "multicoder": "the console program: the same archive, so that either works when the other is gone",
    "libpython": "the interpreter",
    "python3": "the interpreter",
    "libQt6Gui": "the window",
    "libQt6Quick": "the window",
    "libQt6Qml": "the window",
    "Qt6": "the window",
    "libicudata": "languages and sorting, of Qt",
    "chromadb_rust_bindings": "Chroma: the vectors of the memory",
    "libscipy_openblas": "numpy: the vectors of the memory",
    "_multiarray_umath": "numpy: the vectors of the memory",
    "_rust": "cryptography: the key vault, and signing in to the keyring service",
    "backend_c": "compressed answers of providers",
    "node": "Playwright's driver: models that are reached in a web chat",
    "uv": "makes the Python environments of generated programs",
    "cpython-": "the Python that generated programs are tested and built with",
}


def main() -> int:
    """Build, name, supply, list and test; 0 when the folder works."""
    parser = argparse.ArgumentParser(prog="mc.py freeze", description="Freeze MultiCoder into one folder.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder MultiCoder is put")
    parser.add_argument(
        "--interpreter",
        type=Path,
        help="an install_only archive of python-build-standalone; else the toolchain's Python is packed",
    )
    given = parser.parse_args()
    target = given.out.resolve() / "MultiCoder"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="multicoder-freeze-") as work:
        log = build(Path(work))
        if BAD.search(log):
            print("\n".join(line for line in log.splitlines() if BAD.search(line)))
            return 1
        made = Path(work) / "dist" / "MultiCoder"
        (made / BUILT_CONSOLE).rename(made / CONSOLE)
        try:
            make_supplies(made / "_internal" / "supplies", given.interpreter)
        except CannotPack as error:
            sys.exit(f"{error}; name an archive with --interpreter")
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    print(f"built in {time.monotonic() - begun:.0f} s: {target}", flush=True)
    return max(tell_sizes(target), try_out(target))


def build(work: Path) -> str:
    """Run PyInstaller and return what it said; its caches stay out of the person's home."""
    options = ["--noconfirm", "--log-level", "INFO", "--distpath", str(work / "dist"), "--workpath", str(work / "work")]
    command = [sys.executable, "-P", "-m", "PyInstaller", *options, str(HERE / "multicoder.spec")]
    env = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(work / "config"), "PYTHONHASHSEED": "1"}
    done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        sys.exit(f"PyInstaller ended with {done.returncode}:\n{said[-4000:]}")
    return said


def tell_sizes(target: Path) -> int:
    """Say how large it is and why each large part is there; 1 when nobody knows why."""
    files = [file for file in target.rglob("*") if file.is_file() and not file.is_symlink()]
    print(f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB in {len(files)} files")
    unexplained = 0
    for file in sorted(files, key=lambda known: -known.stat().st_size):
        size = file.stat().st_size
        if size < LARGE:
            break
        reason = next((why for name, why in REASONS.items() if file.name.startswith(name)), "NOT EXPLAINED")
        unexplained += reason == "NOT EXPLAINED"
        print(f"  {size / 1e6:6.1f} MB  {file.relative_to(target)}: {reason}", flush=True)
    return min(unexplained, 1)


def try_out(target: Path) -> int:
    """Let a copy test itself at another place, where nothing of this checkout or of a Python can help it."""
    with tempfile.TemporaryDirectory(prefix="multicoder-frozen-") as name, screen() as shown:
        folder = Path(name)
        copy = Path(shutil.copytree(target, folder / ELSEWHERE / "MultiCoder", symlinks=True))
        (folder / "path").mkdir()
        for tool in OF_THE_SYSTEM:
            if found := shutil.which(tool):
                (folder / "path" / tool).symlink_to(found)
        kept = {"SYSTEMROOT", "TEMP", "TMP", "LANG", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"}
        env = {name: value for name, value in os.environ.items() if name in kept} | dict(shown)
        env |= {"PATH": str(folder / "path"), "HOME": str(folder), "USERPROFILE": str(folder)}
        code = subprocess.run([copy / CONSOLE, "--self-test", "all"], env=env, cwd=folder, check=False).returncode
        for start in ("cold", "warm", "warm"):
            tell_start(copy, folder, env, start)
        end_engine([copy / CONSOLE, "acp", "--home", folder / "home"], env)
        return code


def end_engine(relay: Sequence[str | Path], env: Mapping[str, str]) -> None:
    """End the engine that the window had started: it would go on in a folder that is removed."""
    with subprocess.Popen(relay, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
        if client.stdin is None or client.stdout is None:
            return
        hello = {"protocolVersion": 1, "clientCapabilities": {}}
        for number, (method, params) in enumerate((("initialize", hello), ("_multicoder/engine/stop", {}))):
            line = json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
            client.stdin.write(line.encode() + b"\n")
            client.stdin.flush()
            client.stdout.readline()
        client.stdin.close()


def tell_start(copy: Path, folder: Path, env: Mapping[str, str], start: str) -> None:
    """Say how long it takes until the window's first frame is on the screen; the engine starts meanwhile."""
    command = [copy / CONSOLE, "first-frame", folder / "frame.png", "--home", folder / "home"]
    begun = time.monotonic()
    with subprocess.Popen(command, env=dict(env), cwd=folder, stdout=subprocess.PIPE) as window:
        said = window.stdout.readline().decode().strip() if window.stdout else ""
        print(f"{start} start: by the clock {time.monotonic() - begun:.2f} s; {said}", flush=True)


@contextmanager
def screen() -> Iterator[Mapping[str, str]]:
    """The variables of a screen of our own where the system is Linux and Xvfb is there, else of the one there is."""
    server = shutil.which("Xvfb") if sys.platform == "linux" else None
    if server is None:
        yield {}
        return
    number = f":{100 + os.getpid() % 900}"  # the low ones are those of people, of sandboxes and of tests
    command = [server, number, "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as shown:
        try:
            ready = shown.stdout is not None and shown.stdout.readline().strip()
            yield {"DISPLAY": number} if ready else {}
        finally:
            shown.terminate()


if __name__ == "__main__":
    sys.exit(main())
