"""The measures of what is said and shown in a chat, and its colours, taken from the real window."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from tests.gui.chat_stand import ended
from tests.gui.window_scenes import STATES, Scene
from tests.gui.wire import problems_of

WIDE = (1280, 800)
PICTURES = Path(__file__).parents[2] / "packaging" / "screenshots.py"
PALETTE = {
    "light": {
        "page": "#ffffff",
        "sidebar": "#f9f9f9",
        "raised": "#ffffff",
        "bubble": "#f4f4f4",
        "code": "#f9f9f9",
        "tertiary": "#f3f3f3",
        "text": "#0d0d0d",
        "send": "#000000",
        "idle": "#d7d7d7",
        "primary": "#0d0d0d",
        "green": "#00a240",
        "yellow": "#e0ac00",
        "red": "#e02e2a",
    },
    "dark": {
        "page": "#212121",
        "sidebar": "#181818",
        "raised": "#303030",
        "bubble": "#303030",
        "code": "#171717",
        "tertiary": "#414141",
        "text": "#ffffff",
        "send": "#ffffff",
        "idle": "#676767",
        "primary": "#ffffff",
        "green": "#40c977",
        "yellow": "#ffd240",
        "red": "#ff6764",
    },
}
PALETTE["black"] = {
    **PALETTE["dark"],
    "page": "#000000",
    "sidebar": "#000000",
    "raised": "#1b1b1b",
    "bubble": "#1b1b1b",
    "code": "#0d0d0d",
    "tertiary": "#303030",
}
BLUE = "#0285ff"


class Stage(Scene):
    """A scene whose parts are measured and whose pixels are looked at."""

    def play_state(self, state):
        STATES[state](self)
        return self

    def part(self, name, place=0):
        found = [item for item in self.window.items() if item.objectName() == name and item.isVisible()]
        assert len(found) > place, name
        return found[place]

    def frame(self, name, place=0):
        """(x, y, width, height) in the window."""
        return self.window.place(self.part(name, place))

    def look(self, theme):
        self.app.preferences.put("theme", theme)
        self.window.settle(100)
        return self.window.root.grabWindow()


@pytest.fixture
def stage(home):
    opened = []

    def make(state, size=WIDE):
        opened.append(Stage(home, size))
        return opened[-1].play_state(state)

    yield make
    for scene in opened:
        scene.close()
    assert [line for scene in opened for line in scene.window.warnings] == []
    assert [problem for scene in opened for problem in problems_of(scene.engine.received)] == []


def test_there_is_a_picture_of_every_state():
    assert runpy.run_path(str(PICTURES))["STATES"] == tuple(STATES)


def test_a_bubble_is_as_wide_as_its_words_and_at_most_seventy_percent(stage):
    scene = stage("chat")
    column = scene.frame("composerDock")
    x, _, width, height = scene.frame("userBubble")
    assert scene.part("userBubble").property("radius") == 18
    assert column[2] == 768
    assert width <= 0.7 * 768
    assert x + width == pytest.approx(column[0] + 768)
    assert height == 2 * 24 + 2 * 12
    scene = stage("streaming")
    _, _, short, low = scene.frame("userBubble")
    assert low == 24 + 2 * 6
    words = next(item for item in scene.part("userBubble").childItems() if item.property("text"))
    assert short == pytest.approx(words.property("implicitWidth") + 2 * 16, abs=1)


def test_prose_has_lines_of_28_over_the_whole_column_without_a_bubble(stage):
    scene = stage("chat")
    x, _, width, height = scene.frame("proseBlock")
    assert (x, width) == (scene.frame("composerDock")[0], 768)
    assert height == pytest.approx(28, abs=1)
    assert scene.part("words").property("font").pixelSize() == 16


def test_the_dot_of_what_is_being_written_stands_behind_its_last_word(stage):
    scene = stage("streaming")
    picture = scene.look("light")
    x, y, _, height = scene.frame("streamingDot")
    left, top, _, tall = scene.frame("proseBlock", -1)
    assert y + height / 2 == pytest.approx(top + tall - 14, abs=2)  # in the middle of the last line
    page = QColor(PALETTE["light"]["page"])
    inked = [
        column
        for column in range(round(left), round(x))
        if any(picture.pixelColor(column, row) != page for row in range(round(y), round(y + height)))
    ]
    assert 2 <= x - inked[-1] <= 8
    scene.engine.say("s-page", " what is installed there stays there. " * 9, "r-1/answer")
    scene.settle()
    assert scene.frame("streamingDot")[1] > y
    scene.engine.update("s-page", ended("r-1"))
    scene.until_last("actions")
    assert not [item for item in scene.window.items() if item.objectName() == "streamingDot" and item.isVisible()]


def test_the_buttons_of_an_answer_are_32_and_its_icons_20(stage):
    scene = stage("chat")
    for name in ("copyTurn", "rateGood", "rateBad", "tryAgain"):
        button = scene.part(name)
        assert (button.width(), button.height()) == (32, 32)
        assert (button.property("radius"), button.property("iconSize")) == (8, 20)


def test_the_composer_is_56_with_round_corners_of_28_and_buttons_of_36(stage):
    scene = stage("chat")
    x, y, width, height = scene.frame("composer")
    assert (width, height) == (768, 56)
    assert scene.part("composer").property("radius") == 28
    assert scene.frame("plusButton") == (x + 10, y + 10, 36, 36)
    assert scene.frame("sendButton") == (x + width - 46, y + 10, 36, 36)
    scene.window.shown("composerText").setProperty("text", "\n".join(["line"] * 40))
    scene.window.settle()
    assert scene.frame("composer")[3] <= 208 + 36 + 2 * 10 + 4


def test_a_code_block_has_corners_of_16_and_a_header_between_36_and_40(stage):
    scene = stage("code")
    block = scene.part("codeBlock")
    assert (block.width(), block.property("radius")) == (768, 16)
    assert 36 <= scene.part("codeHeader").height() <= 40
    assert scene.part("copyCode").height() >= 32


def test_a_table_is_as_wide_as_the_column(stage):
    scene = stage("table")
    assert scene.part("tableBlock").width() == 768


def test_an_edited_message_is_a_field_as_wide_as_the_column(stage):
    scene = stage("edit")
    editor = next(item for item in _upwards(scene.part("turnEditor")) if item.property("radius") == 24)
    assert editor.width() == 768
    assert scene.part("cancelEdit").height() == scene.part("sendEdit").height() == 36


def test_the_drawer_is_480_wide_or_as_much_as_a_small_window_leaves(stage):
    scene = stage("drawer")
    assert scene.frame("drawerPanel") == (800, 0, 480, 800)
    assert scene.part("stateBanner").height() == 56
    card = scene.part("systemCard")
    assert card.width() >= 192  # two columns stand beside the tabs
    scene.window.resize(500, 700)
    assert scene.frame("drawerPanel")[2:] == (500 - 48, 700)


@pytest.mark.parametrize("state", ["approval-green", "approval-yellow", "approval-red"])
def test_a_card_is_as_wide_as_the_column_with_buttons_of_36_and_a_bar_of_44(stage, state):
    scene = stage(state)
    card = scene.part("approvalCard")
    assert (card.width(), card.property("radius"), card.property("stripeWidth")) == (768, 16, 4)
    assert scene.part("modifyButton").height() == scene.part("rejectButton").height() == 36
    assert (scene.window.shown("approveButton") is None) == (state == "approval-red")
    assert scene.frame("pendingBar")[2:] == (768, 44)


def test_a_run_has_rows_of_36_and_a_pill_in_the_header(stage):
    scene = stage("run")
    assert scene.part("runTimeline").width() == 768
    assert {head.height() for head in scene.window.items() if head.objectName() == "stepHead" and head.isVisible()} == {
        36
    }
    x, y, width, height = scene.frame("runPill")
    assert (y, height) == (8, 36)
    assert x + width < scene.frame("overflow")[0]


def test_a_delivered_file_has_a_name_of_16_and_buttons_of_36(stage):
    scene = stage("artifact")
    assert scene.part("artifactCard").width() == 768
    name = scene.part("artifactName").property("font")
    assert (name.pixelSize(), name.weight()) == (16, 600)
    assert scene.part("saveAsButton").height() == scene.part("openFolderButton").height() == 36
    assert "tests 19/19" in scene.part("artifactFacts").property("text")


def test_a_dragged_file_darkens_the_whole_window(stage):
    scene = stage("drag-over")
    assert scene.frame("dropOverlay") == (0, 0, *WIDE)
    assert 50 <= round(100 * scene.part("dropOverlay").property("color").alphaF()) <= 60


def test_the_column_keeps_to_the_middle_of_a_4k_screen(stage):
    scene = stage("chat", (3840, 2160))
    x, _, width, _ = scene.frame("proseBlock")
    assert width == 768
    assert x + width / 2 == pytest.approx(260 + (3840 - 260) / 2, abs=0.51)


def test_titles_have_their_sizes(stage):
    scene = stage("empty")
    heading = scene.part("emptyHeading")
    assert heading.property("font").pixelSize() == 28
    assert heading.property("lineHeight") == 34
    scene = stage("table")
    title = next(item for item in scene.window.items() if "Ways to store" in str(item.property("text")))
    assert scene.part("searchChats").property("font").pixelSize() in {14, -1}
    assert title.isVisible()


def _upwards(item):
    while item is not None:
        yield item
        item = item.parentItem()


# ------------------------------------------------------------------------------------------------------ colours


def _near(picture, x, y, wanted):
    seen, right = picture.pixelColor(int(x), int(y)), QColor(wanted)
    apart = max(abs(seen.red() - right.red()), abs(seen.green() - right.green()), abs(seen.blue() - right.blue()))
    assert apart <= 1, (seen.name(), wanted)


def _among(picture, frame, wanted):
    """The colour is somewhere in a part of the window: that of words or of an icon."""
    x, y, width, height = (int(side) for side in frame)
    seen = {picture.pixelColor(x + dx, y + dy).name() for dx in range(width) for dy in range(height)}
    assert wanted in seen, sorted(seen)[:20]


def test_a_chat_has_the_colours_of_its_look(stage):
    scene = stage("chat")
    for theme, wanted in PALETTE.items():
        picture = scene.look(theme)
        _near(picture, 700, 640, wanted["page"])
        _near(picture, 200, 700, wanted["sidebar"])
        x, y, width, height = scene.frame("userBubble")
        _near(picture, x + 8, y + height / 2, wanted["bubble"])
        _among(picture, (x + 16, y + 12, 100, 24), wanted["text"])
        x, y, width, height = scene.frame("composer")
        _near(picture, x + width / 2, y + height - 6, wanted["raised"])
        x, y, width, height = scene.frame("sendButton")
        _near(picture, x + 6, y + 18, wanted["idle"])


def test_what_is_written_can_be_sent_and_stopped_in_full_contrast(stage):
    scene = stage("streaming")
    for theme, wanted in PALETTE.items():
        picture = scene.look(theme)
        x, y, _, _ = scene.frame("stopButton")
        _near(picture, x + 6, y + 18, wanted["send"])


def test_code_and_an_edited_message_have_grounds_of_their_own(stage):
    scene = stage("code")
    for theme, wanted in PALETTE.items():
        picture = scene.look(theme)
        x, y, width, height = scene.frame("codeBlock")
        _near(picture, x + width - 20, y + height - 8, wanted["code"])
    scene.call("thread", "edit", 0)
    editor = next(item for item in _upwards(scene.part("turnEditor")) if item.property("radius") == 24)
    corner = editor.mapToScene(QPointF(0, 0))
    for theme, wanted in PALETTE.items():
        _near(scene.look(theme), corner.x() + 384, corner.y() + 5, wanted["tertiary"])


@pytest.mark.parametrize(("state", "colour"), [("green", "green"), ("yellow", "yellow"), ("red", "red")])
def test_the_stripe_of_a_card_says_what_was_judged(stage, state, colour):
    scene = stage(f"approval-{state}")
    for theme, wanted in PALETTE.items():
        picture = scene.look(theme)
        x, y, width, height = scene.frame("approvalCard")
        _near(picture, x + 2, y + height / 2, wanted[colour])
        _near(picture, x + width - 8, y + height / 2, wanted["raised"])
        if state != "red":
            x, y, _, height = scene.frame("approveButton")
            _near(picture, x + 8, y + height / 2, wanted["primary"])


def test_how_far_a_run_is_is_blue(stage):
    scene = stage("run")
    for theme in PALETTE:
        _among(scene.look(theme), (*scene.frame("runTimeline")[:2], 200, 90), BLUE)
