"""Names of system packages, and programs unpacked beside the toolchain."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from starter import system, unpacked

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no system packages elsewhere")


class TestPackageNames:
    @pytest.mark.parametrize(
        "part", ["bwrap", "objdump", "Xvfb", "xauth", "tkinter", "libpython", "chromium", *system.WINDOW_LIBRARIES]
    )
    def test_every_part_has_one(self, part):
        assert system.packages_of(part, 11)

    def test_newer_names_follow_as_alternatives(self):
        assert system.packages_of("libpython", 12) == ("libpython3.12", "libpython3.12t64")

    def test_tkinter_is_first_sought_for_this_very_python(self):
        assert system.packages_of("tkinter", 13) == ("python3.13-tk", "python3-tk")


@pytest.mark.parametrize(
    ("deb", "skipped"),
    [
        ("libllvm15_1%3a15.0.6-4_amd64.deb", True),
        ("libgl1-mesa-dri_22.3.6-1_amd64.deb", True),
        ("libpython3.11-stdlib_3.11.2-6_amd64.deb", True),
        ("python3.11-minimal_3.11.2-6_amd64.deb", True),
        ("python3_3.11.2-1_amd64.deb", True),
        ("libpython3.11_3.11.2-6_amd64.deb", False),
        ("libpython3.12t64_3.12.3-1_amd64.deb", False),
        ("python3-tk_3.11.2-3_amd64.deb", False),
        ("python3.13-tk_3.13.1-1_amd64.deb", False),
        ("libgl1_1.6.0-1_amd64.deb", False),
    ],
)
def test_a_second_python_and_card_drivers_are_not_unpacked(deb, skipped):
    assert bool(system.NOT_UNPACKED.match(deb)) is skipped


class TestElf:
    def test_a_program_is_one(self):
        real = os.path.realpath(sys.executable)
        assert system.is_elf(Path(real)) is sys.platform.startswith("linux")

    def test_links_folders_and_texts_are_none(self, tmp_path):
        (tmp_path / "text").write_text("ELF", encoding="utf-8")
        assert not system.is_elf(tmp_path / "text")
        assert not system.is_elf(tmp_path)
        assert not system.is_elf(tmp_path / "missing")


@linux_only
class TestUnpackedScreen:
    def test_the_server_looks_on_path_and_is_told_its_tables(self, tmp_path: Path, monkeypatch):
        """The server is stood in for by a script that tells how it was started."""
        monkeypatch.setattr(system, "SYSTEM", tmp_path)
        server = tmp_path / "usr/bin/Xvfb"
        server.parent.mkdir(parents=True)
        server.write_bytes(b'#!/bin/sh\necho "$PATH|$*"\nexit\n\0/usr/bin\0/usr/bin/other\0')
        server.chmod(0o755)
        system.patch_screen()
        assert b"\0\0usr/bin\0/usr/bin/other\0" in server.read_bytes()
        answer = subprocess.run(
            [tmp_path / "Xvfb", ":9"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
        path, arguments = answer.strip().split("|")
        assert path.startswith(f"{tmp_path}/usr/bin:")
        assert arguments == f":9 -xkbdir {tmp_path}/usr/share/X11/xkb"

    def test_no_server_no_wrapper(self, tmp_path, monkeypatch):
        monkeypatch.setattr(system, "SYSTEM", tmp_path)
        system.patch_screen()
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
    def test_an_installed_screen_comes_up(self):
        assert system.screen_starts(os.environ)

    def test_a_server_that_fails_does_not_count(self, tmp_path):
        broken = tmp_path / "Xvfb"
        broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
        assert not system.screen_starts({"PATH": str(tmp_path)})

    def test_no_server_does_not_count(self, tmp_path):
        assert not system.screen_starts({"PATH": str(tmp_path)})


@linux_only
class TestBrowser:
    def test_one_that_shows_a_page_counts_and_one_that_fails_does_not(self, tmp_path, monkeypatch):
        monkeypatch.setattr(system, "STATE", tmp_path)
        browser = tmp_path / "chromium"
        environ = {"PATH": f"{tmp_path}{os.pathsep}{os.defpath}"}
        for code, counts in ((0, True), (1, False)):
            browser.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\nexit {code}\n', encoding="utf-8")
            browser.chmod(0o755)
            assert system.browser_starts(environ) is counts
        asked = (tmp_path / "asked").read_text(encoding="utf-8")
        assert ("--no-sandbox" in asked) is (os.geteuid() == 0)

    def test_none_does_not_count(self, tmp_path):
        assert not system.browser_starts({"PATH": str(tmp_path)})

    def test_an_unpacked_one_is_started_where_it_lies(self, tmp_path, monkeypatch):
        monkeypatch.setattr(system, "SYSTEM", tmp_path)
        system.wrap_browser()
        assert list(tmp_path.iterdir()) == []
        program = tmp_path / "usr/lib/chromium/chromium"
        program.parent.mkdir(parents=True)
        program.write_text('#!/bin/sh\necho "$0|$*"\n', encoding="utf-8")
        program.chmod(0o755)
        system.wrap_browser()
        answer = subprocess.run([tmp_path / "chromium", "--a", "b c"], capture_output=True, text=True, check=True)
        assert answer.stdout.strip() == f"{program}|--a b c"


def test_an_unpacked_system_reaches_a_python_with_an_empty_environment(tmp_path):
    prefix = tmp_path / "toolchain"
    stdlib = prefix / "system/usr/lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for folder in (stdlib, prefix / "system/usr/lib/x86_64-linux-gnu", prefix / "system/usr/share/tcltk/tcl8.6"):
        folder.mkdir(parents=True)
    code = (
        "import json, os, runpy, sys\n"
        f"sys.prefix = {str(prefix)!r}\n"
        f"runpy.run_path({unpacked.__file__!r})['activate']()\n"
        "print(json.dumps([sys.path, dict(os.environ)]))\n"
    )
    keep = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    run = subprocess.run([sys.executable, "-I", "-c", code], env=keep, capture_output=True, check=True, timeout=60)
    path, env = json.loads(run.stdout)
    assert str(stdlib) in path
    assert str(prefix / "system/usr/lib/x86_64-linux-gnu") in env["LD_LIBRARY_PATH"].split(os.pathsep)
    assert env["PATH"].split(os.pathsep)[-1] == str(prefix / "system")
    assert env["TCL_LIBRARY"] == str(prefix / "system/usr/share/tcltk/tcl8.6")
