"""The proof beside every artifact: what was run, what it said, what is inside, and what nobody could check.

Everything is computed from recorded facts; a model's words enter only as the plan's texts, quoted as data.
"""

from __future__ import annotations

import hashlib
import json
import platform
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from packaging.utils import canonicalize_name

from builders.delivery import CHECKSUMS
from core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.events import Json
    from core.plan import AcceptanceExample, Verdict

FORMAT: Final = 1

_CYCLONEDX: Final = "1.6"


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """The recorded facts of one delivered version."""

    title: str
    request: str
    project: str
    run: str
    version: int
    commit: str
    artifact: str
    """File name at the destination."""
    sha256: str
    size: int
    started: float
    finished: float
    locale: str
    acceptance: Sequence[AcceptanceExample] = ()
    tests: Mapping[str, Json] = field(default_factory=dict)
    """`TestReport.as_dict()`."""
    build: Mapping[str, Json] = field(default_factory=dict)
    """`commands` (lists of words), `seconds`, `log`."""
    smoke: Mapping[str, Json] = field(default_factory=dict)
    """`ok`, `facts`, `unchecked`, `failure`, `acceptance` (id -> passed)."""
    verdicts: Sequence[Verdict] = ()
    models: Sequence[Mapping[str, Json]] = ()
    """Per role: `role`, `model`, `calls`, `prompt_tokens`, `completion_tokens`, `cost_usd`, `priced`."""
    notes: Sequence[str] = ()
    environment: Mapping[str, Json] = field(default_factory=dict)
    """`python`, `packages` and `required`, see `builders.build.built_with`."""


def evidence_files(
    facts: EvidenceInput, *, screenshot: bytes | None = None, diff: str = "", third_party: str = ""
) -> dict[str, bytes]:
    """Return the files of the evidence folder by name; `diff` belongs to versions after the first.

    `third_party` says whose code the program may hold, and under which licence.
    """
    files = {
        "report.json": _json(_report(facts)),
        "report.md": _bytes(_readable(facts)),
        "sbom.cdx.json": _json(_sbom(facts)),
    }
    if screenshot:
        files["screenshot.png"] = screenshot
    if third_party:
        files["THIRD_PARTY.md"] = _bytes(third_party)
    if diff and facts.version > 1:
        files["diff.patch"] = _bytes(diff)
    files[CHECKSUMS] = _sums(facts, files)
    return files


def _json(value: Json | Mapping[str, Any]) -> bytes:
    return _bytes(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def _bytes(text: str) -> bytes:
    """Encode a file; half a character, which JSON and command lines can hold, must not stop a finished program."""
    return text.encode("utf-8", "replace")


def _sums(facts: EvidenceInput, files: Mapping[str, bytes]) -> bytes:
    """Write what `sha256sum -c` reads, run inside the evidence folder."""
    lines = [f"{facts.sha256}  ../{facts.artifact}"]
    lines += [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items())]
    return ("\n".join(lines) + "\n").encode()


def _report(facts: EvidenceInput) -> dict[str, Any]:
    report = asdict(facts) | {"format": FORMAT, "machine": f"{platform.system()} {platform.machine()}"}
    for moment in ("started", "finished"):
        report[moment] = _time(report[moment])
    report["seconds"] = round(facts.finished - facts.started, 3)
    report["cost_usd"] = round(sum(_number(row, "cost_usd") for row in facts.models), 6)
    report["cost_complete"] = all(row.get("priced") for row in facts.models)
    return report


def _sbom(facts: EvidenceInput) -> dict[str, Any]:
    """List the parts in CycloneDX form; the serial number follows from the artifact, so that equal builds agree."""
    required = set(_texts(facts.environment.get("required")))
    packages = _mapping(facts.environment.get("packages"))
    version = facts.environment.get("python")
    components = [_component(name, str(packages[name]), required) for name in sorted(packages)]
    if version:
        components.insert(0, {"type": "platform", "bom-ref": "python", "name": "CPython", "version": str(version)})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": _CYCLONEDX,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, facts.sha256)}",
        "version": 1,
        "metadata": {
            "timestamp": _time(facts.finished),
            "tools": {"components": [{"type": "application", "name": "MultiCoder"}]},
            "component": {
                "type": "application",
                "bom-ref": "artifact",
                "name": facts.artifact,
                "version": str(facts.version),
                "hashes": [{"alg": "SHA-256", "content": facts.sha256}],
            },
        },
        "components": components,
    }


def _component(name: str, version: str, required: set[str]) -> dict[str, Json]:
    """Describe one package; `excluded` is CycloneDX's word for what only building takes."""
    canonical = str(canonicalize_name(name))
    purl = f"pkg:pypi/{canonical}@{version}"
    scope = "required" if canonical in required else "excluded"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "scope": scope}


# ------------------------------------------------------------------------------------------------ for people


def _readable(facts: EvidenceInput) -> str:
    sections = (
        _head(facts),
        _tests(facts),
        _started(facts),
        _acceptance(facts),
        _verdicts(facts),
        _models(facts),
        _commands(facts),
        _list(facts, "evidence-notes", facts.notes),
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _head(facts: EvidenceInput) -> list[str]:
    say = _speaker(facts)
    return [
        f"# {_line(facts.title)}",
        "",
        say("evidence-intro"),
        "",
        f"> {_line(facts.request)}",
        "",
        f"- {say('evidence-file', name=facts.artifact, size=_size(facts.size))}",
        f"- SHA-256: `{facts.sha256}`",
        f"- {say('evidence-version', version=facts.version, commit=facts.commit[:12])}",
        f"- {say('evidence-time', time=_time(facts.finished), minutes=_minutes(facts))}",
    ]


def _tests(facts: EvidenceInput) -> list[str]:
    say, tests = _speaker(facts), facts.tests
    if not tests:
        return [f"## {say('evidence-tests')}", "", say("evidence-no-tests")]
    counts = {name: int(_number(tests, name)) for name in ("passed", "failed", "errors")}
    return [f"## {say('evidence-tests')}", "", say("evidence-test-counts", **counts)]


def _started(facts: EvidenceInput) -> list[str]:
    say, smoke = _speaker(facts), facts.smoke
    if not smoke:
        return []
    verdict = say("evidence-smoke-ok" if smoke.get("ok") else "evidence-smoke-failed")
    lines = [f"- {_line(fact)}" for fact in _texts(smoke.get("facts"))]
    failure = _line(str(smoke.get("failure") or ""))
    return [f"## {say('evidence-smoke')}", "", verdict, "", *lines, *([f"- {failure}"] if failure else [])]


def _acceptance(facts: EvidenceInput) -> list[str]:
    if not facts.acceptance:
        return []
    say, results = _speaker(facts), _mapping(facts.smoke.get("acceptance"))
    lines = [f"## {say('evidence-acceptance')}", ""]
    for example in facts.acceptance:
        passed = results.get(example["id"])
        mark = "evidence-unchecked" if passed is None else "evidence-passed" if passed else "evidence-failed"
        lines.append(f"- **{say(mark)}** {_line(example['when'])} → {_line(example['then'])}")
    return lines


def _verdicts(facts: EvidenceInput) -> list[str]:
    if not facts.verdicts:
        return []
    say = _speaker(facts)
    lines = [f"## {say('evidence-verdicts')}", ""]
    for verdict in facts.verdicts:
        level = say(f"evidence-level-{verdict['level']}") if verdict["judged"] else say("evidence-not-judged")
        reasons = _line("; ".join(verdict["reasons"]))
        subject = say("evidence-subject-" + verdict["subject"])
        lines.append(f"- {subject}: **{level}**. {reasons}".rstrip())
    return lines


def _models(facts: EvidenceInput) -> list[str]:
    if not facts.models:
        return []
    say = _speaker(facts)
    lines = [f"## {say('evidence-models')}", "", say("evidence-models-header"), "| --- | --- | --- | --- | --- |"]
    for row in facts.models:
        tokens = int(_number(row, "prompt_tokens") + _number(row, "completion_tokens"))
        cost = f"${_number(row, 'cost_usd'):.4f}" if row.get("priced") else say("evidence-unpriced")
        cells = (row.get("role"), row.get("model"), row.get("calls"), tokens, cost)
        lines.append("| " + " | ".join(_line(str(cell)).replace("|", "\\|") for cell in cells) + " |")
    return lines


def _commands(facts: EvidenceInput) -> list[str]:
    commands = [list(map(str, one)) for one in _items(facts.build.get("commands")) if isinstance(one, list)]
    tested = list(map(str, _items(facts.tests.get("command"))))
    if not commands and not tested:
        return []
    lines = [" ".join(command).replace("`", "'") for command in (tested, *commands) if command]
    return [f"## {_speaker(facts)('evidence-commands')}", "", "```", *map(_line, lines), "```"]


def _list(facts: EvidenceInput, heading: str, texts: Sequence[str]) -> list[str]:
    return [f"## {_speaker(facts)(heading)}", "", *(f"- {_line(text)}" for text in texts)] if texts else []


# ------------------------------------------------------------------------------------------------ small forms


class _Speaker:
    def __init__(self, locale: str) -> None:
        self._locale = locale

    def __call__(self, message: str, **facts: str | float) -> str:
        return tr(message, self._locale, **facts)


def _speaker(facts: EvidenceInput) -> _Speaker:
    return _Speaker(facts.locale)


def _line(text: str) -> str:
    """One line of Markdown that cannot start a block or an element of its own."""
    return " ".join(text.split()).replace("<", "&lt;")


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _minutes(facts: EvidenceInput) -> str:
    return f"{max(facts.finished - facts.started, 0) / 60:.1f}"


def _size(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{size / 1024:.1f} KB"


def _number(row: Mapping[str, Json], name: str) -> float:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _texts(value: Json) -> list[str]:
    return [str(item) for item in _items(value)]


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
