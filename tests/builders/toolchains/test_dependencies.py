"""Well-known packages pass silently, everything else asks or is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from builders.toolchains.dependencies import accepted_requirements, known_packages
from core.errors import InputError


def test_known_packages_are_normalised_and_repeated_ones_melt() -> None:
    wanted = ["Flask>=3", "flask>=3", "PyYAML", "ruamel.yaml==0.18.*", "uvicorn[standard]"]
    assert accepted_requirements(wanted) == ("flask>=3", "pyyaml", "ruamel-yaml==0.18.*", "uvicorn[standard]")


def test_the_standard_library_is_no_dependency() -> None:
    assert accepted_requirements(["tkinter", "sqlite3", "json"]) == ()


@pytest.mark.parametrize("name", ["flsk", "huggingface-cli", "requestss", "numpy-utils", "multicoder"])
def test_unknown_packages_ask_first(name: str) -> None:
    with pytest.raises(InputError) as caught:
        accepted_requirements(["flask", name])
    assert caught.value.code == "dependency-consent"
    assert caught.value.facts == {"packages": name}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "./flask",
        "/tmp/flask.whl",
        "-r other.txt",
        "--index-url=http://localhost/",
        "-e .",
        "git+https://localhost/flask",
        "flask @ https://localhost/flask.whl",
        "flask @ file:///tmp/flask.whl",
        "flask\n--extra-index-url http://localhost",
        "flask --no-binary :all:",
        "flask;",
        "flаsk",  # a Cyrillic letter
        "flask" + " " * 300,
    ],
)
def test_addresses_paths_options_and_tricks_are_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        accepted_requirements([text])
    assert caught.value.code == "dependency-invalid"


@given(st.lists(st.text(max_size=40) | st.sampled_from(sorted(known_packages())).map(lambda name: name + ">=1")))
@example(["flask # comment"])
def test_what_is_accepted_is_always_a_plain_known_requirement(texts: list[str]) -> None:
    try:
        accepted = accepted_requirements(texts)
    except InputError as error:
        accepted = ()
        code = error.code
    else:
        code = ""
    assert code in {"", "dependency-invalid", "dependency-consent"}
    for text in accepted:
        requirement = Requirement(text)
        assert requirement.name in known_packages()
        assert not requirement.url
        assert text.isprintable()
