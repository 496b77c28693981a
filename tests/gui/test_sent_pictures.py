"""What was attached, above the words it was sent with: pictures as themselves, everything else as a chip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage

from tests.gui.window_scenes import SESSION, Scene


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 800))
    yield found
    found.close()
    assert found.window.warnings == []


def drawn(folder, name, colour):
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor(colour))
    assert picture.save(str(folder / name), "PNG")
    return folder / name


def attach(scene, *files):
    scene.app.composer.take([QUrl.fromLocalFile(str(file)) for file in files], "")
    scene.window.until(lambda: all(row.state == "ready" for row in scene.app.composer.attachments.rows()))
    return [row.link() for row in scene.app.composer.attachments.rows()]


def shown(scene, name):
    return [item for item in scene.window.items() if item.objectName() == name and item.isVisible()]


def replay(scene, links):
    """The engine tells a message of an earlier time with what was attached to it."""
    for link in links:
        block = {"type": "resource_link", "name": link["name"], "uri": link["uri"], "size": link["size"]}
        meta = {"multicoder": {"run": "r-1", "sha256": link["sha256"]}}
        piece = {"sessionUpdate": "user_message_chunk", "content": block, "messageId": "p-1", "_meta": meta}
        scene.engine.update(SESSION, piece)
    scene.ask("What is in these pictures?")
    scene.settle()


def test_a_picture_that_was_sent_is_seen_above_the_words_at_the_right(scene, tmp_path):
    scene.open()
    notes = tmp_path / "notes.txt"
    notes.write_text("words")
    attach(scene, notes, drawn(tmp_path, "red.png", "#c02020"))
    scene.app.composer.replace("Look")
    scene.app.composer.send()
    scene.window.until(lambda: shown(scene, "sentPicture") and shown(scene, "userBubble"))
    scene.settle()
    (picture,), (chip,), (bubble,) = (shown(scene, name) for name in ("sentPicture", "sentFile", "userBubble"))
    (x, y, width, height), under = scene.window.place(picture), scene.window.place(bubble)
    assert (width, height, picture.property("radius")) == (120, 120, 16)
    assert x + width == under[0] + under[2]
    assert y + height + 8 == under[1]
    assert scene.window.place(chip)[0] + chip.width() + 8 == x
    middle = (round(x) + 60, round(y) + 60)
    scene.window.until(lambda: scene.window.root.grabWindow().pixelColor(*middle) == QColor("#c02020"))


def test_it_is_there_after_its_file_is_gone_and_the_chat_is_opened_again(scene, tmp_path):
    files = [drawn(tmp_path, "a.png", "#2040c0"), drawn(tmp_path, "b.png", "#20a040")]
    links = attach(scene, *files)
    for file in files:
        file.unlink()
    scene.open()
    replay(scene, links)
    first, second = shown(scene, "sentPicture")
    assert scene.window.place(first)[0] + 128 == scene.window.place(second)[0]
    assert shown(scene, "sentFile") == []


def test_without_a_small_picture_there_is_a_chip_and_nothing_named_by_a_message_is_opened(scene, tmp_path):
    foreign = drawn(tmp_path, "foreign.png", "#123456")
    uris = [foreign.as_uri(), "file://server/share/x.png", "https://example.test/x.png", "image://icons/lock/ff000000"]
    digests = ["", "0" * 64, "../foreign", "f" * 64]
    scene.open()
    replay(scene, [{"name": "foreign.png", "uri": uri, "size": 9, "sha256": sha256}
                   for uri, sha256 in zip(uris, digests, strict=True)])  # fmt: skip
    assert len(shown(scene, "sentFile")) == 4
    assert shown(scene, "sentPicture") == []


def test_a_small_picture_that_was_damaged_leaves_the_chip(scene, home):
    folder = home.root / "pictures"
    folder.mkdir()
    (folder / f"{'ab' * 32}.png").write_bytes(b"no picture")
    scene.open()
    replay(scene, [{"name": "a.png", "uri": "file:///a.png", "size": 10, "sha256": "ab" * 32}])
    scene.window.until(lambda: shown(scene, "sentFile"))
    assert shown(scene, "sentPicture") == []
    (told,) = scene.window.warnings
    assert "ab" * 32 in told  # Qt says so itself
    scene.window.warnings.clear()
