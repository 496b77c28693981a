"""Evidence says what was recorded, in the person's language, in formats other programs read."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from builders.evidence import EvidenceInput, evidence_files

if TYPE_CHECKING:
    from pathlib import Path

ARTIFACT = b"the program"
SHA = hashlib.sha256(ARTIFACT).hexdigest()


def verdict(subject: str, level: str, *, judged: bool = True) -> dict[str, Any]:
    return {"subject": subject, "judged": judged, "level": level, "reasons": ["only sums"], "feasibility": ""}


def facts(**changes: Any) -> EvidenceInput:
    given: dict[str, Any] = {
        "title": "Калькулятор",
        "request": "Сделай калькулятор\n# not a heading <script>",
        "project": "p-1",
        "run": "r-1",
        "version": 1,
        "commit": "0123456789abcdef",
        "artifact": "calculator.exe",
        "sha256": SHA,
        "size": 21 << 20,
        "started": 1_700_000_000.0,
        "finished": 1_700_000_090.5,
        "locale": "en",
        "acceptance": [
            {"id": "sum", "when": "1 + 1 =", "then": "2"},
            {"id": "zero", "when": "1 / 0 =", "then": "a message"},
            {"id": "look", "when": "opening it", "then": "big buttons"},
        ],
        "tests": {"passed": 12, "failed": 0, "errors": 0, "command": ["python", "-m", "pytest"], "exit_code": 0},
        "build": {"commands": [["python", "-m", "PyInstaller", "main.py"]], "seconds": 9.1, "log": "ok"},
        "smoke": {
            "ok": True,
            "facts": ["The window opened."],
            "unchecked": ["look"],
            "failure": "",
            "acceptance": {"sum": True, "zero": False},
        },
        "verdicts": [verdict("request", "green"), verdict("code", "yellow", judged=False)],
        "models": [
            {
                "role": "coder",
                "model": "demo:x|y",
                "calls": 3,
                "prompt_tokens": 1000,
                "completion_tokens": 234,
                "cost_usd": 0.0123,
                "priced": True,
            },
            {"role": "judge", "model": "demo:z", "calls": 1, "prompt_tokens": 5, "priced": False},
        ],
        "environment": {
            "python": "3.11.2",
            "packages": {"PyInstaller": "6.22", "Pillow": "11.0", "ruamel.yaml": "0.18"},
            "required": ["pillow", "ruamel-yaml"],
        },
    }
    return EvidenceInput(**given | changes)


def test_the_report_keeps_every_recorded_fact() -> None:
    report = json.loads(evidence_files(facts())["report.json"])
    assert report["sha256"] == SHA
    assert report["seconds"] == 90.5
    assert report["finished"] == "2023-11-14T22:14:50Z"
    assert report["cost_usd"] == 0.0123
    assert report["cost_complete"] is False
    assert report["build"]["commands"] == [["python", "-m", "PyInstaller", "main.py"]]
    assert report["tests"]["passed"] == 12
    assert [one["level"] for one in report["verdicts"]] == ["green", "yellow"]


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (
            "en",
            ["Passed: 12, failed: 0", "**not judged**", "**Not checked automatically", "price unknown"],
        ),
        ("ru", ["Пройдено: 12, провалено: 0", "**не оценено**", "**Автоматически не проверено", "цена неизвестна"]),
    ],
)
def test_the_readable_report_is_honest_in_each_language(locale: str, told: list[str]) -> None:
    text = evidence_files(facts(locale=locale))["report.md"].decode()
    for words in told:
        assert words in text
    assert "SHA-256: `" + SHA in text
    assert "$0.0123" in text
    assert "demo:x\\|y" in text


def test_texts_of_others_cannot_become_markup() -> None:
    text = evidence_files(facts())["report.md"].decode()
    assert "\n# not a heading" not in text
    assert "<script>" not in text


def test_missing_facts_are_said_to_be_missing() -> None:
    files = evidence_files(facts(tests={}, smoke={}, build={}, models=[], verdicts=[], environment={}))
    text = files["report.md"].decode()
    assert "No test results were recorded." in text
    assert text.count("Not checked automatically") == 3
    assert json.loads(files["sbom.cdx.json"])["components"] == []


def test_the_parts_list_is_cyclonedx_and_tells_tools_from_parts() -> None:
    bom = json.loads(evidence_files(facts())["sbom.cdx.json"])
    assert (bom["bomFormat"], bom["specVersion"], bom["version"]) == ("CycloneDX", "1.6", 1)
    assert bom["serialNumber"].startswith("urn:uuid:")
    assert bom["metadata"]["component"]["hashes"] == [{"alg": "SHA-256", "content": SHA}]
    scopes = {part["name"]: part.get("scope") for part in bom["components"]}
    assert scopes == {"CPython": None, "PyInstaller": "excluded", "Pillow": "required", "ruamel.yaml": "required"}
    assert "pkg:pypi/ruamel-yaml@0.18" in {part.get("purl") for part in bom["components"]}
    references = [part["bom-ref"] for part in bom["components"]]
    assert len(references) == len(set(references))


def test_a_diff_belongs_to_later_versions_only() -> None:
    assert "diff.patch" not in evidence_files(facts(), diff="--- a\n")
    assert evidence_files(facts(version=2), diff="--- a\n")["diff.patch"] == b"--- a\n"


def test_the_same_facts_give_the_same_bytes() -> None:
    assert evidence_files(facts(), screenshot=b"x") == evidence_files(facts(), screenshot=b"x")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the system has no sha256sum")
def test_the_checksums_can_be_checked_by_anyone(tmp_path: Path) -> None:
    evidence = tmp_path / "calculator.exe-evidence"
    evidence.mkdir()
    (tmp_path / "calculator.exe").write_bytes(ARTIFACT)
    for name, data in evidence_files(facts(version=2), screenshot=b"png", diff="--- ё\n").items():
        (evidence / name).write_bytes(data)
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    done = subprocess.run(check, cwd=evidence, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.count(": OK") == 6
    (tmp_path / "calculator.exe").write_bytes(b"other")
    assert subprocess.run(check, cwd=evidence, capture_output=True, check=False, timeout=30).returncode != 0


def test_half_a_character_does_not_stop_a_delivery() -> None:
    files = evidence_files(facts(request="caf\udce9", version=2), diff="+\ud800\n")
    assert "caf?" in files["report.md"].decode()
    assert json.loads(files["report.json"])["request"] == "caf?"
    assert files["diff.patch"] == b"+?\n"
