"""What the window asks of the computer, against real files and programs."""

from __future__ import annotations

import base64
import json
import os
import sys
import zipfile

import pytest
from cards_stand import Stage
from PySide6.QtCore import QMetaObject, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from core.errors import InputError
from core.paths import Home
from gui.board.tasks import Tasks
from gui.desktop import honest
from gui.desktop.artifacts import is_signed, platform_of
from gui.desktop.differences import difference
from gui.desktop.editors import KINDS, arguments, find_editors
from gui.desktop.evidence import evidence_of, read_evidence
from gui.desktop.notices import Notices
from gui.desktop.opening import web_address
from gui.desktop.saving import StoppedError, copy_file
from gui.link.engine_link import EngineLink

LINUX = pytest.mark.skipif(sys.platform == "win32", reason="looks at PATH and .desktop files")


class Opened(QObject):
    """Stands for the system's browser and file manager."""

    def __init__(self, *schemes):
        super().__init__()
        self.urls = []
        self._schemes = schemes
        for scheme in schemes:
            QDesktopServices.setUrlHandler(scheme, self, "take")

    @Slot(QUrl)
    def take(self, url):
        self.urls.append(url.toString())

    def leave(self):
        for scheme in self._schemes:
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def stage(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    made = Stage(home)
    yield made
    made.close()
    assert made.warnings == []


@pytest.fixture
def opened(stage):
    made = Opened("http", "https", "file")
    yield made
    made.leave()


def toasts(stage):
    model = stage.app.toasts
    return [model.data(model.index(row, 0), int(Qt.ItemDataRole.UserRole) + 1) for row in range(model.rowCount())]


# ---------------------------------------------------------------------------------------------------- opening


@pytest.mark.parametrize("url", ["https://example.com/a?b=1", "http://localhost:8000/"])
def test_pages_are_opened(stage, opened, url):
    stage.app.desktop.openLink(url)
    assert opened.urls == [url]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ms-msdt:/id",
        "https://good.example@evil.example/",
        "https:",
        "C:\\a.exe",
        "",
    ],
)
def test_nothing_else_is_an_address(stage, opened, url):
    assert web_address(url) is None
    stage.app.desktop.openLink(url)
    assert opened.urls == []
    assert len(toasts(stage)) == 1


def test_a_document_is_opened_but_a_program_only_shown(stage, opened, tmp_path):
    document, program = tmp_path / "report.md", tmp_path / "calculator.exe"
    document.write_text("a", encoding="utf-8")
    program.write_bytes(b"MZ")
    stage.app.desktop.openFile(str(document))
    stage.app.desktop.openFile(str(program))
    assert opened.urls == [QUrl.fromLocalFile(str(path)).toString() for path in (document, tmp_path)]


def test_the_folder_of_a_file_that_is_gone_is_still_shown(stage, opened, tmp_path):
    stage.app.desktop.openFolder(str(tmp_path / "gone.zip"))
    assert opened.urls == [QUrl.fromLocalFile(str(tmp_path)).toString()]
    stage.app.desktop.openFolder(str(tmp_path / "no" / "gone.zip"))
    assert len(opened.urls) == 1
    assert len(toasts(stage)) == 1


def test_text_is_put_on_the_clipboard(stage):
    stage.app.desktop.copyText("a\nb")
    assert QGuiApplication.clipboard().text() == "a\nb"


# ---------------------------------------------------------------------------------------------------- copies


def test_a_copy_is_whole_and_tells_how_far_it_is(stage, tmp_path):
    source, target = tmp_path / "a.zip", tmp_path / "b.zip"
    source.write_bytes(os.urandom(5 << 20))
    shares, saved = [], []
    stage.app.desktop.saving.connect(lambda _path, share: shares.append(share))
    stage.app.desktop.saved.connect(lambda path, where: saved.append((path, where)))
    stage.app.desktop.saveAs(str(source), str(target))
    stage.until(lambda: saved)
    assert saved == [(str(source), str(target))]
    assert target.read_bytes() == source.read_bytes()
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_nothing_that_is_there_is_replaced_unasked(stage, tmp_path):
    source, target = tmp_path / "a.zip", tmp_path / "b.zip"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    saved = []
    stage.app.desktop.saved.connect(lambda path, where: saved.append((path, where)))
    stage.app.desktop.saveAs(str(source), str(target))
    stage.until(lambda: saved)
    assert saved == [(str(source), "")]
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


@pytest.mark.parametrize("name", ["CON.zip", "nul", "com1.txt", "a\u202eb.zip", "ends."])
def test_names_windows_keeps_for_itself_are_refused(tmp_path, name):
    source = tmp_path / "a.zip"
    source.write_bytes(b"x")
    with pytest.raises(InputError) as refused:
        copy_file(source, tmp_path / name, replaces=True, told=lambda _share: True)
    assert refused.value.code == "unsafe-path"


def test_what_appears_while_copying_is_not_replaced(tmp_path):
    source, target = tmp_path / "a.zip", tmp_path / "b.zip"
    source.write_bytes(b"new")

    def told(_share):
        target.write_bytes(b"somebody else's")
        return True

    with pytest.raises(FileExistsError):
        copy_file(source, target, replaces=False, told=told)
    assert target.read_bytes() == b"somebody else's"


def test_a_copy_that_is_given_up_leaves_nothing(tmp_path):
    source, target = tmp_path / "a.zip", tmp_path / "to" / "b.zip"
    source.write_bytes(b"x" * 10)
    target.parent.mkdir()
    with pytest.raises(StoppedError):
        copy_file(source, target, replaces=False, told=lambda _share: False)
    assert list(target.parent.iterdir()) == []


def test_the_dialog_asks_where_and_what_was_agreed_to_is_replaced(stage, tmp_path):
    source, target = tmp_path / "a.zip", tmp_path / "out" / "a.zip"
    source.write_bytes(b"new")
    target.parent.mkdir()
    target.write_bytes(b"old")
    stage.app.desktop.saveAs(str(source), "")
    stage.settle()
    dialog = next(found for found in QApplication.topLevelWidgets() if isinstance(found, QFileDialog))
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.fileSelected.emit(str(target))  # as after its own question
    dialog.close()
    stage.until(lambda: target.read_bytes() == b"new")


# ---------------------------------------------------------------------------------------------------- honest text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("a\u202etxt.exe", "a[U+202E]txt.exe"),
        ("pay\u200bpal", "pay[U+200B]pal"),
        ("a\u200db", "a[U+200D]b"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\x1b[31m", "[U+001B][31m"),
        ("\u0440\u0443\u0441\u0441\u043a\u0438\u0439", "\u0440\u0443\u0441\u0441\u043a\u0438\u0439"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text, shown):
    assert honest.plain(text) == shown


def test_words_of_two_alphabets_are_found():
    assert honest.disguised("p\u0430ypal and \u043f\u0440\u0438\u0432\u0435\u0442 hello") == ["p\u0430ypal"]
    assert honest.spelled_out("p\u0430y") == "p\u0430[U+0430]y"


# ---------------------------------------------------------------------------------------------------- evidence


def evidence(folder, **report):
    folder.mkdir(exist_ok=True)
    base = {"tests": {"passed": 3, "failed": 1, "errors": 0}, "machine": "Linux x86_64", "version": 2}
    (folder / "report.json").write_text(json.dumps({**base, **report}), encoding="utf-8")
    return folder


def test_counts_and_picture_come_from_the_bundle(stage, tmp_path):
    folder = evidence(tmp_path / "a.zip-evidence")
    picture = QImage(4_000, 2_000, QImage.Format.Format_RGB32)
    picture.fill(QColor(1, 2, 3))
    picture.save(str(folder / "screenshot.png"))
    found = read_evidence(folder)
    assert (found.passed, found.total, found.machine, found.version) == (3, 4, "Linux x86_64", 2)
    assert found.screenshot.startswith("data:image/png;base64,")
    shown = QImage.fromData(base64.b64decode(found.screenshot.partition(",")[2]))
    assert (shown.width(), shown.height()) == (1_280, 640)


def test_a_packed_bundle_is_read_by_its_known_names_only(stage, tmp_path):
    packed = tmp_path / "a.zip-evidence.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.zip-evidence/report.json", json.dumps({"tests": {"passed": 5}}))
        archive.writestr("../report.json", "{}")
    assert evidence_of(tmp_path / "a.zip") == packed
    assert read_evidence(packed).passed == 5
    assert not (tmp_path.parent / "report.json").exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"{",
        b"[1, 2]",
        json.dumps({"tests": {"passed": "many", "failed": -3, "errors": True}}).encode(),
        json.dumps({"tests": 4, "machine": [1], "smoke": {"unchecked": "x"}}).encode(),
        b" " * (5 << 20),
    ],
)
def test_a_damaged_report_shows_nothing_instead_of_something_wrong(stage, tmp_path, damage):
    folder = tmp_path / "a-evidence"
    folder.mkdir()
    (folder / "report.json").write_bytes(damage)
    found = read_evidence(folder)
    assert (found.passed, found.total, found.machine, found.unchecked) == (0, 0, "", ())


def test_a_picture_that_is_none_or_claims_too_much_is_not_shown(stage, tmp_path):
    folder = evidence(tmp_path / "a-evidence")
    (folder / "screenshot.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://a/b'/></svg>")
    assert read_evidence(folder).screenshot == ""
    claims = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x06\x00\x00\x00\xa5\x2e\x8b\xd2"
    (folder / "screenshot.png").write_bytes(claims)
    assert read_evidence(folder).screenshot == ""


@LINUX
def test_a_link_out_of_the_bundle_is_not_followed(stage, tmp_path):
    secret = evidence(tmp_path / "secret")
    folder = tmp_path / "a-evidence"
    folder.mkdir()
    (folder / "report.json").symlink_to(secret / "report.json")
    assert read_evidence(folder).total == 0


# ---------------------------------------------------------------------------------------------------- artifacts


def windows_program(*, signed):
    """The head of a program as Windows reads it."""
    head = bytearray(1_024)
    head[:2] = b"MZ"
    head[0x3C] = 0x80
    head[0x80:0x84] = b"PE\0\0"
    head[0x98:0x9A] = b"\x0b\x02"
    if signed:
        head[0x98 + 112 + 32 + 4] = 1
    return bytes(head)


def test_platform_and_signature_are_read_from_the_file_itself(tmp_path):
    assert platform_of(tmp_path / "a.exe", windows_program(signed=True)) == "windows"
    assert platform_of(tmp_path / "a", b"\x7fELF....") == "linux"
    assert platform_of(tmp_path / "a.html", b"<html>") == "web"
    assert platform_of(tmp_path / "a.txt", b"") == ""
    assert is_signed(windows_program(signed=True)) is True
    assert is_signed(windows_program(signed=False)) is False
    assert is_signed(b"MZ") is False


def test_a_difference_has_signs_and_an_end():
    assert [line["kind"] for line in difference("a\nb\n", "a\nc\n")] == ["place", "same", "removed", "added"]
    assert difference("", "x\n") == [{"kind": "added", "text": "x"}]
    long = difference("", "x\n" * 1_000)
    assert long[-1] == {"kind": "cut", "text": "400"}


# ---------------------------------------------------------------------------------------------------- editors


@LINUX
def test_editors_are_found_on_the_path_and_in_the_menu_of_programs(tmp_path):
    programs, menus = tmp_path / "bin", tmp_path / "share" / "applications"
    programs.mkdir()
    menus.mkdir(parents=True)
    for name in ("code", "flatpak"):
        (programs / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    command = "Exec=flatpak run --file-forwarding com.jetbrains.PyCharm-Community @@ %F @@\n"
    menu = "[Desktop Entry]\nName=PyCharm\n" + command
    (menus / "com.jetbrains.PyCharm-Community.desktop").write_text(menu, encoding="utf-8")
    (menus / "sublime_text.desktop").write_text("[Desktop Entry]\nExec=/gone/subl %F\n", encoding="utf-8")
    environ = {"PATH": str(programs), "XDG_DATA_HOME": str(tmp_path / "share"), "XDG_DATA_DIRS": "", "HOME": "x"}
    found = {editor.id: editor.command for editor in find_editors(environ)}
    assert found["vscode"] == (str(programs / "code"),)
    flatpak = (str(programs / "flatpak"), "run", "--file-forwarding", "com.jetbrains.PyCharm-Community")
    assert found["pycharm"] == flatpak
    assert "sublime" not in found


@LINUX
def test_an_editor_is_started_with_folder_file_and_line_and_without_our_variables(stage, tmp_path, monkeypatch):
    programs, noted = tmp_path / "bin", tmp_path / "noted"
    programs.mkdir()
    script = f'#!/bin/sh\nprintf "%s\\n" "$@" "[$QT_QUICK_BACKEND]" > {noted}.new\nmv {noted}.new {noted}\n'
    (programs / "code").write_text(script, encoding="utf-8")
    (programs / "code").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "my $(project) ; x"
    folder.mkdir()
    (folder / "a b.py").write_text("1", encoding="utf-8")
    desktop = stage.app.desktop
    assert desktop.editors == []  # they are looked for beside
    stage.until(lambda: desktop.property("editors"))
    assert {"id": "vscode", "name": "VS Code"} in desktop.editors
    desktop.openIn("vscode", str(folder), "a b.py", 7)
    stage.until(noted.exists)
    assert noted.read_text(encoding="utf-8").splitlines() == [str(folder), "-g", f"{folder / 'a b.py'}:7", "[]"]


def test_an_editor_that_is_gone_is_told(stage, tmp_path):
    stage.app.desktop.openIn("vscode", str(tmp_path))
    assert len(toasts(stage)) == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_editor_can_be_told_a_folder_and_a_place(kind):
    assert "/p" in arguments(kind.manner, "/p", "", 0)
    said = " ".join(arguments(kind.manner, "/p", "/p/a.py", 12))
    assert "/p/a.py" in said
    assert "12" in said or kind.manner == "studio"


# ---------------------------------------------------------------------------------------------------- the tray


@pytest.mark.parametrize(("answer", "meant"), [(None, "ask"), (True, "hide"), (False, "quit")])
def test_what_closing_means_is_asked_once(stage, answer, meant):
    tray = stage.app.desktop.tray
    if answer is not None:
        tray.remember(answer)
    working, idle = True, False
    assert tray.whenClosing(working) == meant
    assert tray.whenClosing(idle) == "quit"


def test_the_dialog_remembers_the_answer(stage):
    dialog = stage.show(("CloseDialog", {}))[0]
    told = []
    dialog.decided.connect(told.append)
    QMetaObject.invokeMethod(dialog, "open")
    stage.settle()
    stage.find("keepWorkingButton").clicked.emit()
    stage.settle()
    assert told == [True]
    assert stage.app.preferences.value("closeKeepsWorking") == "yes"


def test_news_are_told_once_and_only_of_what_changed_meanwhile(stage):
    link = EngineLink((), {}, "en", stage.app)
    notices = Notices(Tasks(link, stage.app), stage.app.desktop.tray, stage.app)
    said = []
    notices.news.connect(lambda title, text: said.append((title, text)))

    def stands(state, reason=""):
        row = {"task": "t", "kind": "run", "title": "Clock", "priority": 0, "created": 1.0, "changed": 2.0}
        link.told.emit("_multicoder/tasks", {"tasks": [{**row, "state": state, "reason": reason}]})
        stage.settle()

    stands("paused", "person")  # before the window came
    assert said == []
    stands("running")
    stands("paused", "person")
    stands("paused", "person")
    assert said == [("Your decision is needed", "Clock")]
    stands("running")
    stands("paused", "guard")
    stands("running")
    stands("done")
    assert said[1:] == [("The guard stopped a run", "Clock"), ("The work is done", "Clock")]


def test_without_a_place_for_an_icon_nothing_is_notified(stage):
    tray = stage.app.desktop.tray
    if tray.property("available"):
        pytest.skip("this system has a place for it")
    tray.show()
    assert tray.property("shown") is False
    assert tray.notify("a", "b") is False
