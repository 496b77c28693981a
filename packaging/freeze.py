"""Freeze MultiCoder into one folder: `python3 mc.py freeze [--out FOLDER]`.

The folder holds the windowed program `MultiCoder` and the console one `multicoder` (engine and command line; on Windows
`multicoder.com`, which a console prefers to `MultiCoder.exe`). It is finished only when its own self-test passed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WINDOWS = os.name == "nt"
BUILT_CONSOLE = "multicoder-console.exe" if WINDOWS else "multicoder-console"
CONSOLE = "multicoder.com" if WINDOWS else "multicoder"
LARGE = 10_000_000
BAD = re.compile(r"tkinter installation is broken|Hidden import '(?:core|agents|memory|builders|graph|engine|gui)\b")
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
    "_rust": "cryptography: the key vault, and signing in to the keyring service",
    "backend_c": "compressed answers of providers",
    "_cffi": "compressed answers of providers",
}


def main() -> int:
    """Build, name, test and list; 0 when the folder works."""
    parser = argparse.ArgumentParser(prog="mc.py freeze", description="Freeze MultiCoder into one folder.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder MultiCoder is put")
    out = parser.parse_args().out.resolve()
    target = out / "MultiCoder"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="multicoder-freeze-") as work:
        log = build(Path(work))
        if BAD.search(log):
            print("\n".join(line for line in log.splitlines() if BAD.search(line)))
            return 1
        made = Path(work) / "dist" / "MultiCoder"
        (made / BUILT_CONSOLE).rename(made / CONSOLE)
        shutil.rmtree(target, ignore_errors=True)
        out.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    print(f"built in {time.monotonic() - begun:.0f} s: {target}")
    tell_sizes(target)
    return self_test(target)


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


def tell_sizes(target: Path) -> None:
    """Say how large it is, and why each large part is there."""
    files = [file for file in target.rglob("*") if file.is_file() and not file.is_symlink()]
    print(f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB in {len(files)} files")
    for file in sorted(files, key=lambda known: -known.stat().st_size):
        size = file.stat().st_size
        if size < LARGE:
            break
        reason = next((why for name, why in REASONS.items() if file.name.startswith(name)), "NOT EXPLAINED")
        print(f"  {size / 1e6:6.1f} MB  {file.relative_to(target)}: {reason}")


def self_test(target: Path) -> int:
    """Let the frozen program test itself where nothing of this checkout or of a Python can help it."""
    with tempfile.TemporaryDirectory(prefix="multicoder-frozen-") as folder:
        kept = {"SYSTEMROOT", "TEMP", "TMP", "LANG", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"}
        env = {name: value for name, value in os.environ.items() if name in kept}
        env |= {"PATH": folder, "HOME": folder, "USERPROFILE": folder}
        return subprocess.run([target / CONSOLE, "--self-test"], env=env, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
