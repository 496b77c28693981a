from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from functools import cache
from typing import get_args

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, FluentSerializer, visitor
from fluent.syntax import ast as ftl
from source_tree import name, nodes

import core.errors
from core.errors import PROVIDER_FAULTS, BuildFailed, MultiCoderError, ProviderError, ResearchError, ResearchFault
from core.i18n import LOCALES, LOCALES_FOLDER, at_window, tr

NOT_FACTS = {"BuildFailed": {"log"}}
"""Keywords of an error's constructor that do not go into its texts."""


class Variables(visitor.Visitor):
    """Collects the facts a text mentions."""

    def __init__(self):
        self.found = set()

    def visit_VariableReference(self, node):  # noqa: N802 - the library's name
        self.found.add(node.id.name)


@cache
def entries(file):
    """What stands in a file, without its comments."""
    body = FluentParser().parse(file.read_text(encoding="utf-8")).body
    return [entry for entry in body if isinstance(entry, ftl.Message | ftl.Term | ftl.Junk)]


def parts_of(entry):
    texts = {"": entry.value} if entry.value else {}
    texts.update({f".{attribute.id.name}": attribute.value for attribute in entry.attributes})
    parts = {}
    for suffix, pattern in texts.items():
        variables = Variables()
        variables.visit(pattern)
        parts[suffix] = variables.found
    return parts


@pytest.fixture(scope="module")
def catalogue():
    """Locale -> message id -> part (`` or `.attribute`) -> variables; fails on junk and doubled ids."""
    result = {}
    for locale in LOCALES:
        messages = result.setdefault(locale, {})
        for file in sorted((LOCALES_FOLDER / locale).glob("*.ftl")):
            for entry in entries(file):
                assert not isinstance(entry, ftl.Junk), f"{locale}/{file.name}: {entry.content[:80]!r}"
                if isinstance(entry, ftl.Message):
                    assert entry.id.name not in messages, f"{locale}/{file.name}: {entry.id.name} stands twice"
                    messages[entry.id.name] = parts_of(entry)
    return result


def error_classes(root):
    """Names of `root` and of every error derived from it, in core.errors or anywhere in the product."""
    classes = {name: item for name, item in vars(core.errors).items() if inspect.isclass(item)}
    known = {name for name, item in classes.items() if issubclass(item, root)}
    grown = True
    while grown:
        derived = {
            node.name
            for _, node in nodes(ast.ClassDef)
            if any(getattr(base, "id", getattr(base, "attr", "")) in known for base in node.bases)
        }
        grown = not derived <= known
        known |= derived
    return known


def literals(node):
    """The texts an expression can be: a constant, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def default_code(error):
    return getattr(getattr(core.errors, error, None), "default_code", None)


@cache
def raised():
    """(place, code, facts or None when they are passed on as `**facts`) of every error the product makes."""
    known = error_classes(MultiCoderError) - error_classes(ProviderError) - error_classes(ResearchError)
    # The codes of these two come from their faults.
    found = []
    for file, node in nodes(ast.Call):
        error = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if error not in known:
            continue
        codes = literals(node.args[0]) if node.args else [default_code(error)]
        facts = {item.arg for item in node.keywords}
        facts = None if None in facts else facts - NOT_FACTS.get(error, set())
        found += [(f"{name(file)}:{node.lineno}", code, facts) for code in codes if code]
    return found


def test_the_scan_finds_the_errors_of_the_program():
    codes = {code for _, code, _ in raised()}
    assert {"home-missing", "data-folder-busy", "newer-data", "bad-setting"} <= codes


def test_every_error_has_its_three_texts_in_every_language(catalogue):
    codes = {code for _, code, _ in raised()}
    codes |= {f"provider-{fault.replace('_', '-')}" for fault in PROVIDER_FAULTS}
    codes |= {f"research-{fault.replace('_', '-')}" for fault in get_args(ResearchFault)}
    for _, node in nodes(ast.Assign, ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(getattr(target, "id", "") == "default_code" for target in targets):
            codes |= set(literals(node.value))
    lacking = [
        f"{locale}: error-{code}{part}"
        for code in sorted(codes)
        for locale in LOCALES
        for part in ("", ".did", ".next")
        if part not in catalogue[locale].get(f"error-{code}", {})
    ]
    assert not lacking, "\n".join(lacking)


def test_every_error_carries_the_facts_its_texts_mention(catalogue):
    lacking = []
    for place, code, facts in raised():
        parts = catalogue["en"].get(f"error-{code}", {})
        wanted = set().union(*parts.values()) if parts else set()
        if facts is not None and wanted - facts:
            lacking.append(f"{place} {code}: {sorted(wanted - facts)}")
    assert not lacking, "\n".join(lacking)


def test_provider_texts_use_only_the_facts_a_provider_error_has(catalogue):
    facts = set(ProviderError("transient", model="m", detail="d").facts)
    for fault in PROVIDER_FAULTS:
        for variables in catalogue["en"][f"error-provider-{fault.replace('_', '-')}"].values():
            assert variables <= facts


def test_research_texts_use_only_the_facts_a_research_error_has(catalogue):
    facts = set(ResearchError("offline", url="u", detail="d").facts)
    for fault in get_args(ResearchFault):
        for variables in catalogue["en"][f"error-research-{fault.replace('_', '-')}"].values():
            assert variables <= facts


def test_all_languages_say_the_same_things(catalogue):
    reference = catalogue[LOCALES[0]]
    for locale in LOCALES[1:]:
        assert set(catalogue[locale]) == set(reference)
        for message, parts in reference.items():
            other = catalogue[locale][message]
            assert set(other) == set(parts), message
            assert set().union(*other.values()) == set().union(*parts.values()), message


WAYS = ("terminal", "window")
AT_A_TERMINAL = {
    "cli.ftl": "the command line itself",
    "fleet.ftl": "its commands for providers",
    "run.ftl": "runs of the command line",
    "window.ftl": "a window that could not be opened",
    "vault.ftl": "a passphrase is typed at a terminal",
}
BEFORE_ANY_WINDOW = {
    "error-home-missing",
    "error-home-unwritable",
    "error-home-in-install",
    "error-data-folder-busy",
    "error-engine-foreign",
    "error-report-exists",  # the window asks in the dialog of the system
}
"""Texts that only somebody reads who started a command, and what is wrong before there is anything to show."""
OPTION = re.compile(r"(?<![\w-])--[a-z]")


def ways(locale, way):
    body = entries(LOCALES_FOLDER / locale / "ways" / f"{way}.ftl")
    return {entry.id.name: entry for entry in body if isinstance(entry, ftl.Term)}


def test_every_way_has_its_words_at_the_terminal_and_at_the_window_in_every_language():
    assert len({frozenset(ways(locale, way)) for locale in LOCALES for way in WAYS}) == 1


def test_texts_name_commands_and_options_only_where_nobody_can_be_at_the_window():
    found = []
    for file in LOCALES_FOLDER.glob("*/*.ftl"):
        for entry in entries(file):
            if not isinstance(entry, ftl.Message) or file.name in AT_A_TERMINAL:
                continue
            terminal_only = entry.id.name in BEFORE_ANY_WINDOW or entry.id.name.startswith(
                ("doctor-", "provider-check-")
            )
            text = FluentSerializer().serialize_entry(entry)
            if not terminal_only and ("{ -command }" in text or OPTION.search(text)):
                found.append(f"{file.parent.name}/{file.name}: {entry.id.name}")
    assert not found, "\n".join(found)


def test_every_way_a_text_names_is_known():
    known = {"command", *ways(LOCALES[0], WAYS[0])}
    named = set()
    for file in LOCALES_FOLDER.glob("**/*.ftl"):
        named |= set(re.findall(r"\{ -([a-z-]+) \}", file.read_text(encoding="utf-8")))
    assert named == known


@pytest.mark.parametrize("tag", [*LOCALES, *map(at_window, LOCALES)])
def test_a_text_read_by_itself_says_what_it_says_among_all_others(tag, catalogue):
    locale, _, window = tag.partition("-")
    whole = FluentBundle([locale], use_isolating=False)
    whole.add_resource(FluentResource("-command = multicoder\n"))
    whole.add_resource(ftl.Resource([*ways(locale, WAYS[bool(window)]).values()]))
    for file in LOCALES_FOLDER.glob(f"{locale}/*.ftl"):
        whole.add_resource(ftl.Resource(entries(file)))
    facts = dict.fromkeys(set().union(*(facts for parts in catalogue[locale].values() for facts in parts.values())), 5)
    for key, parts in catalogue[locale].items():
        message = whole.get_message(key)
        for part in parts:
            pattern = message.attributes[part[1:]] if part else message.value
            assert whole.format_pattern(pattern, facts) == (tr(f"{key}{part}", tag, **facts), [])


def test_all_languages_have_the_same_files():
    files = {locale: {file.name for file in (LOCALES_FOLDER / locale).glob("*.ftl")} for locale in LOCALES}
    assert len(set(map(frozenset, files.values()))) == 1


def test_a_build_error_keeps_its_log_out_of_its_texts():
    assert "log" not in BuildFailed(log="secret paths").facts


def test_every_default_code_of_the_tree_is_an_error_of_its_own():
    errors = [
        item for item in vars(core.errors).values() if inspect.isclass(item) and issubclass(item, MultiCoderError)
    ]
    assert len({item.default_code for item in errors}) == len(errors)


def test_every_module_of_core_can_be_imported():
    modules = [module.name for module in pkgutil.iter_modules(core.__path__, "core.")]
    assert "core.i18n" in modules
    for module in modules:
        importlib.import_module(module)
