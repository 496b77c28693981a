"""Names given by others: what passes is a file below the folder that every system can open."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.safe_path import check_collisions, clean_name, safe_path

HOSTILE = [
    ("", "empty"),
    (".", "empty"),
    ("./", "empty"),
    ("/etc/passwd", "absolute"),
    ("//server/share/x", "absolute"),
    ("\\\\server\\share", "absolute"),
    ("C:\\Windows\\x", "absolute"),
    ("c:x", "absolute"),
    ("~/x", "absolute"),
    ("./~/x", "absolute"),
    (".//c:x", "absolute"),
    ("../x", "parent"),
    ("a/../../x", "parent"),
    ("a\\..\\x", "character"),
    ("file.txt:ads", "character"),
    ("what?.py", "character"),
    ("a<b", "character"),
    ("con", "reserved"),
    ("CON.txt", "reserved"),
    ("a/NUL", "reserved"),
    ("com1.tar.gz", "reserved"),
    ("LPT³.log", "reserved"),
    ("aux .py", "reserved"),
    (" con", "reserved"),
    ("l/ nul.txt", "reserved"),
    ("CONIN$", "reserved"),
    ("a./b", "ending"),
    ("b ", "ending"),
    ("...", "ending"),
    ("a\x00b", "invisible"),
    ("a\nb", "invisible"),
    ("evil\u202etxt.exe", "invisible"),
    ("zero\u200bwidth", "invisible"),
    ("half\ud800", "invisible"),
    ("x" * 241, "long"),
    ("ж" * 128, "long"),
    ("/".join(["part"] * 60), "long"),
]


@pytest.mark.parametrize(("name", "reason"), HOSTILE)
def test_a_hostile_name_is_refused_with_its_reason(name, reason, tmp_path):
    with pytest.raises(InputError) as caught:
        safe_path(tmp_path, name)
    assert caught.value.code == "unsafe-path"
    assert caught.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("main.py", "main.py"),
        ("./src//app/main.py", "src/app/main.py"),
        ("Калькулятор/й.py", "Калькулятор/й.py"),
        ("cafe\u0301.txt", "café.txt"),
        (".gitignore", ".gitignore"),
        ("console.py", "console.py"),
        ("a..b", "a..b"),
    ],
)
def test_an_ordinary_name_passes_in_one_spelling(name, clean, tmp_path):
    assert clean_name(name) == clean
    assert safe_path(tmp_path, name) == tmp_path / clean


def test_a_link_must_not_lead_out(tmp_path):
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (root / "out").symlink_to(tmp_path)
    (root / "near").symlink_to(root / "in")
    (root / "loop").symlink_to(root / "loop")
    for name in ("out/x", "loop/x"):
        with pytest.raises(InputError) as caught:
            safe_path(root, name)
        assert caught.value.facts["reason"] == "link"
    assert safe_path(root, "near/x").resolve() == (root / "in" / "x").resolve()


@pytest.mark.parametrize(
    "names",
    [
        ["a.py", "A.py"],
        ["a.py", "a.py"],
        ["Straße", "STRASSE"],
        ["src/a", "Src/b"],
        ["a", "a/b"],
        ["a/b", "A"],
        ["cafe\u0301", "CAFÉ"],
        ["ı.py", "I.py"],
    ],
)
def test_names_that_fall_together_are_refused(names):
    with pytest.raises(InputError) as caught:
        check_collisions(names)
    assert caught.value.facts["reason"] == "collision"


def test_a_usual_tree_has_no_collisions():
    check_collisions(["src/a.py", "src/b.py", "src/deep/a.py", "a.py", "README.md"])


def test_an_error_shows_invisible_characters_as_escapes():
    with pytest.raises(InputError) as caught:
        clean_name("evil\u202etxt.exe")
    assert caught.value.facts["name"] == "evil\\u202etxt.exe"


PIECES = st.one_of(
    st.sampled_from(
        [
            "..",
            ".",
            "/",
            "\\",
            "C:",
            "con",
            "NUL",
            "com1",
            "aux",
            " ",
            "~",
            ":",
            "*",
            "a",
            "B",
            "\u202e",
            "ж",
            "\0",
            "💥",
        ]
    ),
    st.text(max_size=3),
)


@settings(max_examples=1_000, suppress_health_check=list(HealthCheck), database=None)
@given(st.lists(st.lists(PIECES, max_size=6).map("".join), min_size=10, max_size=10))
def test_ten_thousand_names_never_escape_and_always_open(tmp_path_factory, names):
    root = tmp_path_factory.getbasetemp() / "fuzz"
    root.mkdir(exist_ok=True)
    for name in names:
        _refused_or_harmless(root, name)


def _refused_or_harmless(root: Path, name: str) -> None:
    try:
        path = safe_path(root, name)
    except InputError:
        return
    assert path.resolve().is_relative_to(root.resolve())
    assert path != root
    windows = PureWindowsPath(path.relative_to(root).as_posix())
    assert not windows.is_absolute()
    assert not windows.anchor
    assert ".." not in windows.parts
    for part in windows.parts:
        assert not PureWindowsPath(part).is_reserved()
        assert not part.endswith((".", " "))
        assert not set(part) & set('<>:"/\\|?*')
    assert clean_name(name) == clean_name(clean_name(name))
    _can_be_made(path, root)


def _can_be_made(path: Path, root: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    path.unlink()
    for folder in path.parents:
        if folder == root:
            break
        folder.rmdir()
