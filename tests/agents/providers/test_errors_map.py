"""Foreign failures in the words of different providers."""

from __future__ import annotations

import json
import time
from email.utils import formatdate

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.providers.errors_map import RejectedError, from_response, retry_after, shorten, translate
from core.errors import PROVIDER_FAULTS, ProviderError
from core.i18n import LOCALES, explain
from core.redaction import register_secret

KEY = "sk-map-canary-1234567890abcdef"


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (400, {"error": {"message": "API key not valid. Please pass a valid API key."}}, "bad_key"),
        (400, [{"error": {"message": "User location is not supported for the API use."}}], "region"),
        (400, {"error": {"message": "prompt is too long: 210000 tokens > 200000 maximum"}}, "too_long"),
        (400, {"error": {"code": "content_filter", "message": "The response was filtered"}}, "refused"),
        (400, {"error": "Model gpt-old has been decommissioned"}, "model_gone"),
        (400, {"message": "请求过于频繁，请稍后再试"}, "rate_limited"),
        (400, {"detail": "unknown field"}, "malformed"),
        (402, "", "no_money"),
        (403, {"error": {"message": "Your input was flagged by moderation"}}, "refused"),
        (403, {"error": {"message": "Insufficient credits"}}, "no_money"),
        (404, {"error": {"message": "No endpoints found for x/y."}}, "model_gone"),
        (404, "<html><title>404 Not Found</title></html>", "model_gone"),
        (405, "", "malformed"),
        (418, "", "malformed"),
        (422, {"detail": [{"msg": "extra fields not permitted"}]}, "malformed"),
        (429, {"error": {"status": "RESOURCE_EXHAUSTED", "message": "exceeded your current quota"}}, "rate_limited"),
        (429, {"error": {"code": "1113", "message": "余额不足"}}, "no_money"),
        (429, b'{"error": {"code": "insufficient_quota"}}', "no_money"),
        (451, "", "region"),
        (500, "not json", "transient"),
        (520, None, "transient"),
    ],
)
def test_the_words_decide_before_the_status(status, body, fault):
    error = from_response(status, {}, body, "a:b")
    assert error.fault == fault
    assert isinstance(error, RejectedError) == (fault not in {"transient", "rate_limited"})


def test_every_fault_is_explained_in_both_languages():
    for fault in PROVIDER_FAULTS:
        error = ProviderError(fault, model="one:m", detail="HTTP 500")
        texts = [explain(error, locale) for locale in LOCALES]
        assert all("one:m" in text.what and text.did and text.next for text in texts)
        assert texts[0].what != texts[1].what


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "12"}, 12),
        ({"retry-after": "0.5"}, 0.5),
        ({"Retry-After-Ms": "250", "Retry-After": "9"}, 0.25),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "999999999999"}, 3600),
        ({"Retry-After": "inf"}, 3600),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}, 3600),
    ],
)
def test_retry_after(headers, seconds):
    assert retry_after(headers) == seconds


def test_retry_after_as_a_near_date():
    wait = retry_after({"Retry-After": formatdate(time.time() + 60, usegmt=True)})
    assert wait is not None
    assert 55 < wait <= 60


@given(st.text(max_size=30))
def test_no_retry_after_breaks_it(value):
    wait = retry_after({"Retry-After": value})
    assert wait is None or 0 <= wait <= 3600


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (json.JSONDecodeError("no", "x", 0), "malformed"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "malformed"),
        (IndexError("list index out of range"), "malformed"),
        (KeyError("choices"), "malformed"),
        (TypeError("'NoneType' object is not iterable"), "malformed"),
        (AttributeError("no"), "malformed"),
        (RecursionError("deep"), "malformed"),
        (httpx.ConnectTimeout("slow"), "transient"),
        (httpx.RemoteProtocolError("peer closed"), "transient"),
        (ConnectionResetError("gone"), "transient"),
        (TimeoutError(), "transient"),
        (RuntimeError("anything"), "transient"),
    ],
)
def test_what_libraries_raise(error, fault):
    assert translate(error, "a:b").fault == fault


def test_an_error_inside_a_stream_is_read_like_a_response():
    class StreamError(Exception):
        def __init__(self, body):
            super().__init__("An error occurred during streaming")
            self.body = body

    assert translate(StreamError({"code": 429, "message": "slow down"}), "m").fault == "rate_limited"
    assert translate(StreamError({"code": 402, "message": "no"}), "m").fault == "no_money"
    assert translate(StreamError({"message": "content_filter"}), "m").fault == "refused"
    assert translate(StreamError({"message": "Internal"}), "m").fault == "transient"
    assert translate(StreamError("broken"), "m").fault == "transient"


def test_a_fault_stays_as_it_is():
    error = ProviderError("refused", model="m")
    assert translate(error, "other") is error


def test_details_are_short_and_without_secrets():
    register_secret(KEY)
    for body in (f"bad key {KEY}", {"error": {"message": "x" * 290 + KEY}}, {"error": {"message": f"{KEY} " * 5000}}):
        detail = str(from_response(401, {}, body, "m").facts["detail"])
        assert len(detail) <= 300
        assert "canary" not in detail


@given(st.text(max_size=2000))
def test_any_text_becomes_one_short_line(text):
    line = shorten(text)
    assert len(line) <= 300
    assert "\n" not in line


def test_a_web_page_is_told_by_its_title():
    page = "<!DOCTYPE html><html><title>502 Bad Gateway</title><body>" + "x" * 5000
    assert shorten(page) == "a web page: 502 Bad Gateway"


def test_a_body_nested_without_end_is_text():
    assert from_response(500, {}, "[" * 100_000, "m").fault == "transient"
