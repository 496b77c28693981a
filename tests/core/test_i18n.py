from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BudgetExceeded, ConfigurationError, DataFolderBusy, InputError, StorageError
from core.i18n import MissingTextError, at_window, detect_locale, explain, supported_locale, system_locale, tr


def test_a_text_is_returned_in_the_language_asked_for():
    assert tr("error-empty-task", "en") == "The task is empty."
    assert tr("error-empty-task", "ru") == "Задание пустое."


def test_facts_are_filled_in_without_bidi_marks():
    text = tr("error-unknown-run", "ru", run="r-17")
    assert text == "Запуска r-17 нет."


def test_an_attribute_is_a_text_of_its_own():
    assert tr("error-empty-task.did", "en") == "Nothing was started."


def test_an_unknown_language_reads_english():
    assert tr("error-empty-task", "de") == "The task is empty."


def test_advice_at_the_window_names_its_pages_where_a_terminal_is_told_commands():
    error = ConfigurationError("no-provider")
    assert "provider add" in explain(error, "en").next
    assert "“Settings → Providers and keys”" in explain(error, at_window("en")).next
    assert "«Настройки → Провайдеры и ключи»" in explain(error, at_window("ru")).next
    assert "provider add" not in explain(error, at_window("en")).next
    assert at_window(at_window("ru-RU")) == at_window("ru")
    assert at_window("de") == at_window("en")
    assert tr("error-empty-task", at_window("ru")) == "Задание пустое."


@pytest.mark.parametrize("message_id", ["no-such-text", "error-empty-task.no-such-part"])
def test_a_missing_text_is_a_program_error_not_a_blank(message_id):
    with pytest.raises(MissingTextError):
        tr(message_id, "en")


def test_a_missing_fact_is_a_program_error():
    with pytest.raises(MissingTextError):
        tr("error-unknown-run", "en")


def test_an_error_explains_what_happened_what_was_done_and_what_to_do():
    explanation = explain(DataFolderBusy(pid=12345), "en")
    assert explanation.what == "Another MultiCoder (process 12345) is working with this data folder."
    assert explanation.did.startswith("Nothing was started")
    assert "--home" in explanation.next


def test_explaining_an_error_without_its_facts_does_not_fail():
    assert explain(StorageError(), "en").what == "The file path is damaged or cannot be used: detail."
    assert explain(DataFolderBusy(), "en").what.startswith("Another MultiCoder")


def test_explaining_an_unknown_code_falls_back_to_the_internal_error():
    assert explain(InputError("never-heard-of"), "ru") == explain(BudgetExceeded("internal"), "ru")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("сделай калькулятор с кнопками", "ru"),
        ("make a calculator", "en"),
        ("Сделай сайт на React и FastAPI", "ru"),
        ("Исправь ошибку:\n```\nTraceback (most recent call last): a lot of English follows here\n```", "ru"),
        ("Собери https://example.org/a-very-long-english-address/of/a/page", "ru"),
    ],
)
def test_the_language_of_a_task_is_detected(text, locale):
    assert detect_locale(text, "en" if locale == "ru" else "ru") == locale


@pytest.mark.parametrize("text", ["", "12 + 34 = ?", "```print(1)```", "計算機"])
def test_a_text_without_letters_we_know_keeps_the_fallback(text):
    assert detect_locale(text, "ru") == "ru"


@given(st.text(), st.sampled_from(["en", "ru"]))
def test_detection_always_answers_with_a_catalogue(text, fallback):
    assert detect_locale(text, fallback) in {"en", "ru"}


@pytest.mark.parametrize(
    ("environ", "locale"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ru", "LANG": "en_US"}, "ru"),
        ({"LANG": ""}, "en"),
        ({}, "en"),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows is asked directly")
def test_the_system_language_follows_posix_precedence(environ, locale):
    assert system_locale(environ) == locale


@pytest.mark.parametrize(("wanted", "locale"), [("RU-ru", "ru"), ("ru@euro", "ru"), ("rum", "en"), ("", "en")])
def test_a_language_tag_maps_to_a_catalogue(wanted, locale):
    assert supported_locale(wanted) == locale
