"""pip's configuration for uv, and reading the locks."""

from __future__ import annotations

import re
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from starter import packages
from starter.commands import ROOT, SetupFailed

LISTING = """\
WARNING: something pip had to say
:env:.timeout='180'
global.cert='/etc/ssl/certs/company.pem'
global.extra-index-url='file:///one/simple\\nfile:///two/simple'
global.index-url='https://mirror.invalid/simple'
global.timeout='5'
install.index-url='https://install.invalid/simple'
install.find-links='/one /two'
download.index-url='https://download.invalid/simple'
"""


class TestPipSettings:
    def test_install_wins_over_global_and_the_environment_over_both(self):
        settings = packages.pip_settings(LISTING)
        assert settings["index-url"] == "https://install.invalid/simple"
        assert settings["timeout"] == "180"

    def test_order_of_the_lines_does_not_matter(self):
        backwards = "\n".join(reversed(LISTING.splitlines()))
        assert packages.pip_settings(backwards) == packages.pip_settings(LISTING)

    @given(st.text())
    def test_no_listing_breaks_it(self, text):
        assert all(isinstance(value, str) for value in packages.pip_settings(text).values())

    @given(st.text(st.characters(codec="utf-8")))
    def test_every_value_pip_shows_is_read_back(self, value):
        assert packages.pip_settings(f"global.index-url={value!r}") == {"index-url": value}


class TestUvEnvironment:
    def test_all_of_pips_sources_are_translated(self):
        env = packages.uv_environment(packages.pip_settings(LISTING), {})
        assert env["UV_DEFAULT_INDEX"] == "https://install.invalid/simple"
        assert env["UV_INDEX"] == "file:///one/simple file:///two/simple"
        assert env["UV_FIND_LINKS"] == "/one,/two"
        assert env["SSL_CERT_FILE"] == "/etc/ssl/certs/company.pem"
        assert env["UV_HTTP_TIMEOUT"] == "180"
        assert env["UV_INDEX_STRATEGY"] == "unsafe-best-match"

    def test_what_the_person_set_for_uv_wins(self):
        env = packages.uv_environment({"index-url": "https://pip.invalid"}, {"UV_DEFAULT_INDEX": "https://uv.invalid"})
        assert env["UV_DEFAULT_INDEX"] == "https://uv.invalid"

    def test_a_proxy_counts_for_both_schemes(self):
        env = packages.uv_environment({"proxy": "http://proxy.invalid:3128"}, {})
        assert env["HTTPS_PROXY"] == env["HTTP_PROXY"] == "http://proxy.invalid:3128"

    @pytest.mark.parametrize(("value", "offline"), [("true", True), ("1", True), ("false", False), ("", False)])
    def test_no_index(self, value, offline):
        assert ("UV_NO_INDEX" in packages.uv_environment({"no-index": value}, {})) is offline

    def test_nothing_set_means_no_index_is_named(self):
        assert not {"UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS"} & set(packages.uv_environment({}, {}))


class TestLocks:
    LOCK = (
        "aaa==1.0 \\\n    --hash=sha256:11\n"
        "uv==0.9 ; python_version > '3' \\\n    --hash=sha256:22 \\\n    --hash=sha256:33\n"
        "uv-build==2 \\\n    --hash=sha256:44\n"
    )

    def test_one_entry_is_cut_out_with_all_its_hashes(self):
        entry = packages.pinned(self.LOCK, "uv")
        assert entry.startswith("uv==0.9")
        assert "sha256:33" in entry
        assert "sha256:11" not in entry
        assert "sha256:44" not in entry

    def test_a_missing_entry_is_told_with_what_to_do(self):
        with pytest.raises(SetupFailed, match=r"no entry for nothing(.|\n)*What to do"):
            packages.pinned(self.LOCK, "nothing")

    def test_nothing_is_built_where_all_have_wheels(self):
        assert packages.wheels_only(self.LOCK) == ["--only-binary", ":all:"]

    def test_only_the_source_only_package_may_be_built(self):
        options = packages.wheels_only(self.LOCK + "forbiddenfruit==0.1 \\\n    --hash=sha256:55\n")
        assert options == ["--only-binary", "aaa", "--only-binary", "uv", "--only-binary", "uv-build"]

    @pytest.mark.parametrize("name", ["run", "test", "toolchain"])
    def test_locks_are_hashed_and_name_no_place(self, name):
        lock = (ROOT / f"locks/{name}.lock").read_text(encoding="utf-8")
        entries = [line for line in lock.splitlines() if line[:1].isalnum()]
        assert entries
        assert all(line.endswith("\\") for line in entries), "an entry without a hash"
        assert "://" not in lock
        assert "file:" not in lock

    def test_the_run_lock_serves_every_dependency_of_the_project(self):
        """Fails when pyproject.toml changed and `mc.py lock` was forgotten."""
        lock = (ROOT / "locks/run.lock").read_text(encoding="utf-8")
        pins = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;]+)", lock, re.MULTILINE))
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = [Requirement(text) for text in project["dependencies"]]
        missing = [str(need) for need in wanted if pins.get(canonicalize_name(need.name), "0") not in need.specifier]
        assert not missing

    def test_the_test_lock_holds_the_run_lock(self):
        run, test = ((ROOT / f"locks/{name}.lock").read_text(encoding="utf-8") for name in ("run", "test"))
        pins = {line.split(" ", 1)[0] for line in test.splitlines()}
        assert {line.split(" ", 1)[0] for line in run.splitlines() if line[:1].isalnum()} <= pins


def test_kept_settings_are_for_their_owner_only(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(packages, "SETTINGS", tmp_path / "uv.json")
    packages.keep_settings({"UV_DEFAULT_INDEX": "https://name:word@mirror.invalid"})
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "uv.json").stat().st_mode) == 0o600
    assert "mirror.invalid" in (tmp_path / "uv.json").read_text(encoding="utf-8")


def test_settings_that_could_not_be_kept_leave_the_earlier_ones(tmp_path: Path, monkeypatch):
    def full(*_, **__):
        raise OSError("the disk is full")

    monkeypatch.setattr(packages, "SETTINGS", tmp_path / "uv.json")
    packages.keep_settings({"UV_DEFAULT_INDEX": "https://mirror.invalid"})
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="disk is full"):
        packages.keep_settings({})
    assert "mirror.invalid" in (tmp_path / "uv.json").read_text(encoding="utf-8")


def test_this_python_has_a_way_to_run_pip():
    command = packages.find_pip(sys.executable)
    assert command[0] == sys.executable
