from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.errors import StorageError
from core.paths import Home, home, install_folder


def test_an_explicit_folder_wins_over_the_environment(tmp_path):
    assert home(tmp_path / "a", {"MULTICODER_HOME": str(tmp_path / "b")}).root == tmp_path / "a"


def test_the_environment_wins_over_the_system_default(tmp_path):
    assert home(None, {"MULTICODER_HOME": str(tmp_path / "b")}).root == tmp_path / "b"


def test_without_a_word_the_systems_data_folder_is_used():
    root = home(None, {"MULTICODER_HOME": ""}).root
    assert root.is_absolute()
    assert root.name == "MultiCoder"


def test_a_relative_folder_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert home(Path("data"), {}).root == tmp_path / "data"


def test_prepare_makes_every_folder_and_may_be_repeated(tmp_path):
    place = Home(tmp_path / "deep" / "home")
    place.prepare()
    place.prepare()
    assert all(folder.is_dir() for folder in (place.log.parent, place.projects, place.builds, place.runs))
    assert sorted(item.name for item in place.root.iterdir()) == ["builds", "logs", "projects", "runs"]


@pytest.mark.skipif(os.name == "nt", reason="Windows folders inherit the person's own access list")
def test_new_folders_are_private_and_an_existing_one_keeps_its_mode(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    for root in (tmp_path / "new", shared):
        Home(root).prepare()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
    assert stat.S_IMODE((shared / "projects").stat().st_mode) == 0o700


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError) as caught:
        Home(tmp_path / "file" / "home").prepare()
    assert caught.value.code == "home-missing"
    assert caught.value.facts["path"] == str(tmp_path / "file" / "home")


def test_the_home_of_nobody_is_refused():
    with pytest.raises(StorageError) as caught:
        home(Path("~nobody-by-this-name/data"), {})
    assert caught.value.code == "home-missing"


@pytest.mark.skipif("sys.platform != 'linux'", reason="needs a link that leads to itself")
def test_a_link_that_leads_to_itself_is_refused(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(StorageError) as caught:
        Home(tmp_path / "loop").prepare()
    assert caught.value.code == "home-missing"


@pytest.mark.skipif("sys.platform != 'linux'", reason="needs a folder even root cannot write to")
def test_an_unwritable_folder_is_refused():
    with pytest.raises(StorageError) as caught:
        Home(Path("/proc/self")).prepare()
    assert caught.value.code == "home-missing"


def test_data_inside_the_program_is_refused(tmp_path):
    link = tmp_path / "link"
    try:
        link.symlink_to(install_folder(), target_is_directory=True)
    except OSError:
        pytest.skip("no right to make links")
    for root in (install_folder(), install_folder() / "data", link / "data"):
        with pytest.raises(StorageError) as caught:
            Home(root).prepare()
        assert caught.value.code == "home-in-install"
    assert not (install_folder() / "data").exists()


def test_the_install_folder_holds_the_packages():
    assert (install_folder() / "core" / "paths.py").is_file()
