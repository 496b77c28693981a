"""Pack an installed Python so that it runs wherever it is unpacked: `interpreter.py PYTHON FOLDER`.

The archive has the layout of python-build-standalone's `install_only` archives, which uv installs. Those serve as well
and are the better choice where they can be had; this one is for computers that can only give what they run on. On Linux
the libraries that Python's own modules are linked with are put in, all but the C library, and are found by relative
paths; Tcl and Tk are told where their scripts lie, which in a distribution's build is compiled in.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TOP = "python"
LEFT_OUT = ("test", "tests", "idle_test", "idlelib", "turtledemo", "ensurepip", "site-packages", "dist-packages")
LEFT_OUT_TOO = ("__pycache__", "config-*", "*.pdb", "Doc", "Tools", "demos")
OF_THE_SYSTEM = re.compile(r"^(ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv|nsl|anl|BrokenLocale)\.so.*)$")
"""The C library: it fits the kernel and the loader of the computer, never those of another one."""
LINKED = re.compile(r"^\s*(?P<name>\S+) => (?P<path>/\S+)", re.MULTILINE)
QUESTION = """
import json, os, platform, sys, sysconfig
answer = {
    "name": platform.python_implementation().lower(), "version": list(sys.version_info[:3]),
    "machine": platform.machine().lower(), "system": sys.platform,
    "base": sys.base_prefix, "executable": os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable),
    "stdlib": sysconfig.get_path("stdlib"), "library": sysconfig.get_config_var("INSTSONAME") or "",
    "libdir": sysconfig.get_config_var("LIBDIR") or "", "multiarch": sysconfig.get_config_var("MULTIARCH") or "",
}
try:
    import tkinter
    answer["tcl"] = tkinter.Tcl().eval("info library")
    answer["tk"] = tkinter.TkVersion
except ImportError:
    answer["tcl"] = ""
print(json.dumps(answer))
"""
FIND_TCL = """
import os as _os, sys as _sys
for _name, _folder in (("TCL_LIBRARY", "{tcl}"), ("TK_LIBRARY", "{tk}")):
    _folder = _os.path.join(_sys.base_prefix, "lib", _folder)
    if _os.path.isdir(_folder):
        _os.environ.setdefault(_name, _folder)
"""
"""Put into tkinter, before the module that loads Tcl."""


class CannotPack(Exception):  # noqa: N818 - reads as what happened
    """This Python cannot be made to run elsewhere."""


def facts_of(python: Path | str) -> dict[str, Any]:
    """Ask an interpreter what it is and where its parts lie."""
    done = subprocess.run([str(python), "-I", "-c", QUESTION], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotPack(f"{python} does not run: {done.stderr.strip()[-400:]}")
    return dict(json.loads(done.stdout))


def pack(python: Path | str, folder: Path, patchelf: Path | None = None) -> Path:
    """Make the archive in `folder` and return it. `patchelf` is needed on Linux."""
    facts = facts_of(python)
    if not facts["tcl"]:
        raise CannotPack(f"{python} has no tkinter: window programs could not be built with it")
    with tempfile.TemporaryDirectory(prefix="multicoder-python-") as work:
        made = Path(work) / TOP
        if facts["system"] == "win32":
            shutil.copytree(facts["base"], made, ignore=shutil.ignore_patterns(*LEFT_OUT, *LEFT_OUT_TOO))
        elif facts["system"] == "linux":
            if patchelf is None:
                raise CannotPack("patchelf is missing; it comes with the toolchain")
            copy_on_linux(facts, made, patchelf)
        else:
            raise CannotPack("use an archive of python-build-standalone on this system")
        version = ".".join(map(str, facts["version"]))
        target = folder / f"cpython-{version}-{facts['machine']}-{facts['system']}-install_only.tar.gz"
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(target, "w:gz", compresslevel=6) as archive:
            archive.add(made, TOP, filter=nobodys)
    return target


def nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Name no account of this computer."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def copy_on_linux(facts: dict[str, Any], made: Path, patchelf: Path) -> None:
    """Copy interpreter, standard library and linked libraries, and make them find each other."""
    name = f"python{facts['version'][0]}.{facts['version'][1]}"
    binary, library = made / "bin" / name, made / "lib" / name
    shutil.copytree(facts["stdlib"], library, ignore=shutil.ignore_patterns(*LEFT_OUT, *LEFT_OUT_TOO))
    (library / "site-packages").mkdir()
    binary.parent.mkdir(parents=True)
    shutil.copy(facts["executable"], binary)
    for link in ("python3", "python"):
        (binary.parent / link).symlink_to(name)
    modules = sorted((library / "lib-dynload").glob("*.so"))
    own = Path(facts["libdir"], facts["library"])
    if ".so" not in facts["library"]:  # a static interpreter; what builds programs wants the library all the same
        own = Path(facts["libdir"], facts["multiarch"], f"lib{name}.so.1.0")
    if not own.is_file():
        raise CannotPack(f"{own.name} is missing: programs could not be built")
    copied = linked_libraries([own, Path(facts["executable"]), *Path(facts["stdlib"]).glob("lib-dynload/*.so")])
    for source in (own, *copied):
        shutil.copy(source, made / "lib" / source.name)
    for file, path in [(binary, "$ORIGIN/../lib"), *((module, "$ORIGIN/../..") for module in modules)]:
        subprocess.run([patchelf, "--set-rpath", path, file], check=True)
    for file in (made / "lib").glob("*.so*"):
        file.chmod(0o755)
        subprocess.run([patchelf, "--set-rpath", "$ORIGIN", file], check=True)
    copy_tcl(Path(facts["tcl"]), f"tk{facts['tk']}", made, library)


def linked_libraries(files: list[Path]) -> list[Path]:
    """Everything the files are linked with, directly or not, by the name it is asked for; not the C library."""
    ldd = shutil.which("ldd")
    if ldd is None:
        raise CannotPack("ldd is missing; it comes with the C library")
    found: dict[str, Path] = {}
    for file in files:
        said = subprocess.run([ldd, file], capture_output=True, text=True, check=False).stdout
        found |= {match["name"]: Path(match["path"]) for match in LINKED.finditer(said)}
    return sorted(path for name, path in found.items() if not OF_THE_SYSTEM.match(name))


def copy_tcl(tcl: Path, tk: str, made: Path, library: Path) -> None:
    """Copy the scripts of Tcl and Tk and let tkinter name their place."""
    for folder in (tcl, tcl.with_name(tk)):
        shutil.copytree(folder, made / "lib" / folder.name, ignore=shutil.ignore_patterns(*LEFT_OUT_TOO))
    module = library / "tkinter" / "__init__.py"
    text = module.read_text(encoding="utf-8")
    first = re.search(r"^import _tkinter\b", text, re.MULTILINE)
    if first is None:
        raise CannotPack("tkinter is not as it was")
    place = FIND_TCL.format(tcl=tcl.name, tk=tk).lstrip()
    module.write_text(text[: first.start()] + place + text[first.start() :], encoding="utf-8")


def main() -> int:
    """Pack the named Python into the named folder."""
    parser = argparse.ArgumentParser(description="Pack an installed Python so that it runs wherever it is unpacked.")
    parser.add_argument("python", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    patchelf = shutil.which("patchelf", path=os.pathsep.join([str(HERE.parent / ".toolchain" / "bin"), os.defpath]))
    try:
        print(pack(given.python, given.folder, Path(patchelf) if patchelf else None))
    except CannotPack as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
