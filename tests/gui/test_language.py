"""The languages of the window: complete, alike in what they leave open, and really shown, however long words are."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import cards_stand
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTranslator
from PySide6.QtTest import QTest

import gui
from core.paths import Home
from gui.main import make_qt
from tests.gui import language_stand as stand
from tests.gui.chat_stand import recorded
from tests.gui.conftest import be_silent
from tests.gui.scripted_engine import LATER
from tests.gui.test_cards_of_work import Tasks, artifact, delivered, run

WINDOW = Path(gui.__file__).parent
TRANSLATIONS = WINDOW / "translations"
LANGUAGES = ("en", "ru")
FORMS = {"en": 2, "ru": 3}
COUNTS = (0, 1, 2, 5, 11, 21, 22, 25, 111)
SIZES = ((1280, 800), (480, 800))
NAMES = (
    "MultiCoder OpenAI English Русский Enter Ctrl Shift Alt Esc Backspace Up Down PDF HTML TXT CSV JSON SHA-256 bytes"
)
WORD = re.compile(r"[A-Za-z]{2,}")
CHECKSUM = re.compile(r"\b[0-9a-f]{8,}\b")


def tool():
    """packaging/translations.py, as it is run."""
    place = WINDOW.parent / "packaging" / "translations.py"
    found = importlib.util.spec_from_file_location("translations_of_the_window", place)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


TOOL = tool()


def messages(file):
    """(context, source, comment) -> its translations, one or one per plural form; none while it is unfinished."""
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            texts = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = None if translation.get("type") else texts
    return found


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The .ts files as the collector would leave them now."""
    folder = tmp_path_factory.mktemp("collected")
    for file in TRANSLATIONS.glob("*.ts"):
        shutil.copy(file, folder)
    TOOL.collect(folder)
    return folder


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """A .qm file of a language nobody speaks, whose words are longer by a third."""
    folder = tmp_path_factory.mktemp("invented")
    stand.invented(TRANSLATIONS / "multicoder_en.ts", folder / "invented.ts")
    TOOL.release(folder / "invented.ts", folder / "invented.qm")
    return folder / "invented.qm"


@pytest.fixture
def invented_spoken(invented):
    """It is spoken during a test."""
    wont = QLocale()
    stand.speak(invented)
    yield
    be_silent(make_qt(), wont)


# ------------------------------------------------------------------------------------------ the files


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_translated_and_no_other(language, collected):
    name = f"multicoder_{language}.ts"
    kept, wanted = messages(TRANSLATIONS / name), messages(collected / name)
    assert sorted(set(wanted) ^ set(kept)) == []
    unfinished = [key for key, texts in kept.items() if texts is None or not all(text.strip() for text in texts)]
    assert unfinished == []
    assert len(kept) > 600
    assert "vanished" not in (TRANSLATIONS / name).read_text(encoding="utf-8")
    plural = [key for key, texts in kept.items() if "%n" in key[1]]
    assert {len(kept[key]) for key in plural} == {FORMS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_texts_are_those_of_the_file(language, tmp_path):
    source = TRANSLATIONS / f"multicoder_{language}.ts"
    TOOL.release(source, tmp_path / "now.qm")
    now, kept = QTranslator(), QTranslator()
    assert now.load(str(tmp_path / "now.qm"))
    assert kept.load(str(source.with_suffix(".qm")))
    for (context, text, comment), texts in messages(source).items():
        for count in COUNTS if len(texts) > 1 else (-1,):
            said = kept.translate(context, text, comment, count)
            assert said == now.translate(context, text, comment, count)
            assert said in texts


def test_russian_and_english_count_as_they_should():
    said = {language: QTranslator() for language in LANGUAGES}
    for language, translator in said.items():
        assert translator.load(str(TRANSLATIONS / f"multicoder_{language}.qm"))
    modules = [said["ru"].translate("PlanPart", "%n module(s)", "", count) for count in COUNTS]
    assert [text.split()[1] for text in modules] == [
        "модулей", "модуль", "модуля", "модулей", "модулей", "модуль", "модуля", "модулей", "модулей"
    ]  # fmt: skip
    assert [said["en"].translate("PlanPart", "%n module(s)", "", count) for count in (0, 1, 2)] == [
        "%n modules",
        "%n module",
        "%n modules",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_text_leaves_open_its_translation_leaves_open_too(language):
    for (context, source, _), texts in messages(TRANSLATIONS / f"multicoder_{language}.ts").items():
        for text in texts:
            assert sorted(stand.PLACEHOLDER.findall(text)) == sorted(stand.PLACEHOLDER.findall(source)), (context, text)
            assert source[-1:].isspace() == text[-1:].isspace(), (context, text)


def test_every_text_in_python_stands_where_the_collector_sees_it():
    """It reads literals: `self.tr("...")`, or `translate` with its context written out and without a number."""
    known = {(context, source) for context, source, _ in messages(TRANSLATIONS / "multicoder_en.ts")}
    unseen = []
    for path in WINDOW.rglob("*.py"):
        for context, text in said_in(ast.parse(path.read_text(encoding="utf-8"))):
            if (context, text) not in known:
                unseen.append((path.name, context, text))
    assert unseen == []


def said_in(tree, owner=""):
    """(context, text) of every call that translates; None for what is no literal."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.ClassDef) else owner
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            literals = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
            if called == "tr":
                yield owner, literals[0]
            elif called == "translate" and getattr(node.args[0], "id", "") != "qt":  # the window's own function
                yield (literals[0], literals[1]) if len(literals) == 2 else (None, None)
        yield from said_in(node, inside)


# ------------------------------------------------------------------------------------------ what is seen


def strings(value):
    """Every text inside of JSON."""
    if isinstance(value, dict):
        return {text for key in value for text in strings(value[key])} | set(value)
    if isinstance(value, list):
        return {text for item in value for text in strings(item)}
    return {value} if isinstance(value, str) else set()


def told_by(engine):
    """Every text the engine may have said: names, titles, what models wrote."""
    asked = [value for name, value in engine.answers.items() if value is not LATER and not name.endswith("/set")]
    answers = [value({}) if callable(value) else value for value in asked]
    return strings(answers) | strings(recorded("page")["live"]) | set(stand.TITLES) | strings(stand.CITED)


class Foreign:
    """What stands on the screen and is not the window's to translate."""

    def __init__(self, said):
        self._said = sorted((text for text in said if WORD.search(text)), key=len, reverse=True)
        self._names = set(NAMES.split())

    def rest(self, text):
        """What of a text is left when names and foreign words are taken away."""
        text = CHECKSUM.sub("", text)
        for said in self._said:
            text = text.replace(said, "")
        parts = [part for part in re.split(r" · |\n", text) if not any(part.strip() in said for said in self._said)]
        return " ".join(word for word in re.split(r"[\s+]+", " ".join(parts)) if word not in self._names)


def outside(text):
    """What of a text stands outside of all brackets."""
    while (shorter := re.sub(r"\[[^\[\]]*\]", "", text)) != text:
        text = shorter
    return text


def faults(window, foreign, scene, *, russian=False):
    """What is not translated, and what of the window's own words is cut."""
    found = []
    for text in stand.seen(window):
        rest = foreign.rest(text.text if russian else outside(text.text))
        if WORD.search(rest) and not (russian and re.search("[А-Яа-я]", rest)):
            found.append((scene, "not translated", text.text, text.where))
        # A name may be too long for its place, and a hint in a narrow field is said in whole by its description.
        own = re.search("[А-Яа-я]", text.text) if russian else "[" in text.text and not WORD.search(outside(text.text))
        hint = "MessageText" in text.where and not russian
        if own and not hint and (why := stand.cut(text)):
            found.append((scene, why, text.text, text.where))
    return found


def look_through(window, foreign, *, russian=False):
    """The faults of every scene, in a wide and in a narrow window."""
    found = []
    for size in SIZES:
        window.resize(*size)
        for name, show in stand.SCENES.items():
            leave = show(window)
            found += faults(window, foreign, (name, size), russian=russian)
            leave()
            QTest.keyClick(window.root, Qt.Key.Key_Escape)
            window.settle(20)
    return found


@pytest.fixture
def full(make_window):
    """A window that shows much."""
    engine = stand.a_full_engine()
    window = make_window(command=engine.command, environ=engine.environ, preferences=stand.CALM)
    window.until(lambda: window.application.chats.rowCount() == len(stand.CHATS))
    window.until(lambda: window.application.engineSettings.loaded)
    yield window, engine
    engine.close()


@pytest.mark.slow
@pytest.mark.usefixtures("invented_spoken")
def test_longer_words_fit_everywhere_and_none_is_forgotten(full):
    window, engine = full
    foreign = Foreign(told_by(engine))
    assert look_through(window, foreign) == []
    stand.play(window, engine, 3)
    for size in SIZES:
        window.resize(*size)
        window.settle(200)
        assert faults(window, foreign, ("chat", size)) == []
    stand.cite(window, engine)
    for size in SIZES:
        window.resize(*size)
        window.settle(200)
        assert any("Tides" in text.text for text in stand.seen(window))
        assert faults(window, foreign, ("sources", size)) == []


@pytest.mark.usefixtures("invented_spoken")
def test_longer_words_fit_at_the_first_start(make_window):
    window = make_window(first_start=True, preferences=stand.CALM)
    for size in SIZES:
        window.resize(*size)
        assert faults(window, Foreign(()), ("welcome", size)) == []


def test_the_window_changes_to_russian_while_it_is_open(full):
    window, engine = full
    window.application.firstSteps.chooseLanguage("ru")
    window.settle(200)
    foreign = Foreign(told_by(engine))
    assert window.shown("emptyHeading").property("text") == "Что будем создавать?"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Отмена"  # a word of Qt itself
    names = [team["name"] for team in window.application.team.options]
    assert names == ["Мои провайдеры", "Тщательно", "Быстро", "Дёшево", "Российские", "Демо-команда"]
    assert look_through(window, foreign, russian=True) == []
    stand.play(window, engine, 3)
    window.settle(200)
    assert faults(window, foreign, "chat", russian=True) == []
    shown = {text.text for text in stand.seen(window)}
    assert any("3\u00a0000\u00a0000" in text for text in shown), "numbers are written as in Russian"
    stand.cite(window, engine)
    assert "Источники" in {text.text for text in stand.seen(window)}
    assert faults(window, foreign, "sources", russian=True) == []
    window.application.firstSteps.chooseLanguage("en")
    window.settle(100)
    assert "My providers" in window.shown("modelSelector").property("text")


def test_words_that_are_forgotten_or_cut_would_be_found(window):
    window.resize(*SIZES[0])
    words = window.shown("disclaimer")

    def found():
        return [fault[1] for fault in faults(window, Foreign(()), "") if fault[2] == words.property("text")]

    assert found() == ["not translated"]
    words.setProperty("text", "[Ñ]")
    assert found() == []
    words.setProperty("text", f"[{'Ñ ' * 400}]")
    assert found() == ["elided"]


# ------------------------------------------------------------------------------------------ cards


def cards(folder):
    """Every card, by itself or with its likes."""
    recorded_ones = ("task_green", "task_red", "plan_green")
    guarded = cards_stand.held("guard", "action-blocked", action="a", kind="download", target="requests")
    answered = {"state": "answered", "decision": "approve", "via": "terminal", "at": 1.7e9}
    changed = artifact(delivered(folder), evidence=str(folder / "calculator.zip-evidence"), sha256="0" * 64)
    failed = {"what": "What.", "did": "Did.", "next": "Next.", "kind": "budget", "retry": True}
    return [
        *([("ApprovalCard", cards_stand.recorded(name))] for name in recorded_ones),
        [("ApprovalCard", cards_stand.recorded("task_green", **answered))],
        [("QuestionCard", cards_stand.asked()), ("QuestionCard", cards_stand.purpose())],
        [("LookUpCard", cards_stand.look_up(tainted=True)), ("DownloadCard", cards_stand.downloads())],
        [("DownloadCard", cards_stand.downloads(**answered | {"decision": "refuse"}))],
        [("HoldCard", guarded), ("HoldCard", cards_stand.held("budget", "budget", cap="usd", limit=5))],
        [("RunTimeline", run(state=state)) for state in ("running", "paused", "done", "failed")],
        [("RunTimeline", run(state="paused", reason="guard")), ("PendingBar", cards_stand.recorded("task_green"))],
        [("ArtifactCard", changed), ("ErrorCard", failed)],
    ]


@pytest.fixture
def stage(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    holder = QObject()
    made = cards_stand.Stage(home, Tasks(holder))
    yield made
    made.close()
    assert made.warnings == []


@pytest.mark.usefixtures("invented_spoken")
def test_longer_words_fit_on_every_card(stage, tmp_path):
    shown = cards(tmp_path)
    said = strings(json.loads(json.dumps(shown))) | {"calculator.zip", "Building the file"}
    found = []
    for width, height in SIZES:
        stage.root.setWidth(width)
        stage.root.setHeight(3 * height)
        for pile in shown:
            stage.show(*pile)
            stage.settle(60)
            said |= {str(item.property("foreign")) for item in stage.items() if item.property("foreign")}
            found += faults(stage, Foreign(said), (pile[0][0], width))
    assert found == []
