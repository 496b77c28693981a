"""The parts of the Windows runner that are pure: quoting, environment, limits, layouts."""

import ctypes
import importlib
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.runner.windows_container import (
    ProcessInformation,
    SecurityCapabilities,
    StartupInfo,
    clean_environment,
    command_line,
    environment_block,
    exit_code,
)
from builders.runner.windows_job import MIB, BasicLimits, ExtendedLimits, limit_structure
from builders.runner.windows_screen import BitmapHeader, bitmap_header
from core.ports import Job, Limits


def taken_apart(line: str) -> list[str]:
    """The documented rules of the Microsoft C runtime for arguments after the program's name."""
    arguments, current, quoted, seen, at = [], "", False, False, 0
    while at < len(line):
        slashes = 0
        while at < len(line) and line[at] == "\\":
            slashes += 1
            at += 1
        if at < len(line) and line[at] == '"':
            current += "\\" * (slashes // 2)
            seen = True
            if slashes % 2:
                current += '"'
            else:
                quoted = not quoted
            at += 1
            continue
        current += "\\" * slashes
        seen = seen or bool(slashes)
        if at < len(line):
            if line[at] in " \t" and not quoted:
                arguments += [current] if seen else []
                current, seen = "", False
            else:
                current += line[at]
                seen = True
            at += 1
    return arguments + ([current] if seen else [])


@given(st.lists(st.text(alphabet='a \t"\\жC:', max_size=8), max_size=5))
def test_arguments_survive_quoting(arguments):
    assert taken_apart(command_line(["program.exe", *arguments])) == ["program.exe", *arguments]


def test_a_nul_is_no_argument():
    with pytest.raises(ValueError, match="NUL"):
        command_line(["program.exe", "a\0b"])


@given(
    st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=5), st.text("xyz =ж", max_size=5), max_size=5)
)
def test_an_environment_block_is_sorted_and_ended(variables):
    block = environment_block(variables)
    assert block.endswith("\0")
    entries = block[:-1].split("\0")[:-1]
    assert dict(entry.split("=", 1) for entry in entries) == variables
    names = [entry.split("=", 1)[0].upper() for entry in entries]
    assert names == sorted(names)


@pytest.mark.parametrize("variables", [{"": "x"}, {"a=b": "x"}, {"a": "x\0y"}, {"a\0": "x"}])
def test_a_bad_variable_is_refused(variables):
    with pytest.raises(ValueError, match="not an environment variable"):
        environment_block(variables)


def test_the_environment_of_a_job_is_clean():
    outer = {
        "SystemRoot": "D:\\Win",
        "MULTICODER_API_KEY": "canary",
        "USERPROFILE": "C:\\Users\\person",
        "Path": "C:\\bin",
    }
    environment = clean_environment(Job(("x",), Path("work"), env={"OWN": "given"}), outer)
    assert "canary" not in environment.values()
    assert "C:\\Users\\person" not in environment.values()
    assert environment["PATH"] == "D:\\Win\\System32;D:\\Win"
    assert environment["OWN"] == "given"


def test_limits_become_a_job_limit():
    structure = limit_structure(Limits(cpu_seconds=3, memory_mb=200, processes=7))
    assert structure.BasicLimitInformation.PerProcessUserTimeLimit == 30_000_000
    assert structure.BasicLimitInformation.ActiveProcessLimit == 7
    assert structure.JobMemoryLimit == 200 * MIB
    assert structure.BasicLimitInformation.LimitFlags == 0x2000 | 0x400 | 0x200 | 0x8 | 0x2
    assert limit_structure(None).BasicLimitInformation.LimitFlags == 0x2400


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes of 64-bit Windows")
@pytest.mark.parametrize(
    ("structure", "size"),
    [
        (BasicLimits, 64),
        (ExtendedLimits, 144),
        (SecurityCapabilities, 24),
        (ProcessInformation, 24),
        (StartupInfo, 112),
        (BitmapHeader, 40),
    ],
)
def test_structures_have_the_size_windows_expects(structure, size):
    assert ctypes.sizeof(structure) == size


def test_a_crash_code_becomes_negative():
    assert exit_code(0) == 0
    assert exit_code(259) == 259
    assert exit_code(0xC0000005) < 0


def test_a_picture_is_asked_for_from_the_top():
    header = bitmap_header(30, 20)
    assert (header.biWidth, header.biHeight, header.biBitCount) == (30, -20, 32)


def test_the_windows_runner_can_be_imported_everywhere():
    assert importlib.import_module("builders.runner.windows").__doc__
