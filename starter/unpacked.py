"""Make system parts unpacked into the toolchain usable, whatever environment its Python was started with.

Copied into the toolchain as `multicoder_system`: a sandbox passes no variables on, so the Python there sets them for
itself and its children (PyInstaller looks for libpython in LD_LIBRARY_PATH and for objcopy in PATH).
"""

import os
import sys
from pathlib import Path


def activate() -> None:
    """Point this process and its children to `system/` beside the interpreter."""
    system = Path(sys.prefix) / "system"
    stdlib = system / f"usr/lib/python{sys.version_info[0]}.{sys.version_info[1]}"
    sys.path += [path for path in (str(stdlib), str(stdlib / "lib-dynload")) if path not in sys.path]
    patterns = ("usr/lib/*-linux-gnu*", "usr/lib", "lib/*-linux-gnu*", "lib")
    libraries = [str(folder) for pattern in patterns for folder in system.glob(pattern)]
    given = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    os.environ["LD_LIBRARY_PATH"] = os.pathsep.join(dict.fromkeys([*libraries, *filter(None, given)]))
    searched = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(dict.fromkeys([*searched, str(system)]))
    for name in ("tcl", "tk"):
        for folder in system.glob(f"usr/share/tcltk/{name}[0-9].[0-9]"):
            os.environ.setdefault(f"{name.upper()}_LIBRARY", str(folder))
    if not Path("/etc/fonts").is_dir():
        os.environ.setdefault("FONTCONFIG_FILE", str(system / "fonts.conf"))
