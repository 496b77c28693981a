"""Which third-party packages a generated program may bring: names only, the well-known ones without asking."""

from __future__ import annotations

import re
import sys
from importlib import resources
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_PLAIN = re.compile(r"[\x20-\x7e]{1,200}")


def known_packages() -> frozenset[str]:
    """Return the normalised names that install silently."""
    text = resources.files(__package__).joinpath("known_packages.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def strangers(dependencies: Sequence[str]) -> tuple[str, ...]:
    """Return the requirements outside the known list, normalised and sorted; InputError `dependency-invalid`."""
    known = known_packages()
    wanted = [_parsed(text) for text in dependencies]
    return tuple(sorted({str(one) for one in wanted if one.name not in known and not _built_in(one)}))


def well_known(dependencies: Sequence[str]) -> tuple[str, ...]:
    """Return the names on the known list among `dependencies`, sorted; InputError `dependency-invalid`."""
    known = known_packages()
    wanted = [_parsed(text) for text in dependencies]
    return tuple(sorted({one.name for one in wanted if one.name in known and not _built_in(one)}))


def named(package: str, texts: Iterable[str]) -> bool:
    """Whether one of `texts` holds the name of a package as a word, however its parts are joined."""
    spelled = r"[-_. ]?".join(re.escape(part) for part in package.split("-"))
    pattern = re.compile(rf"(?<![\w-]){spelled}(?![\w-])", re.IGNORECASE)
    return any(pattern.search(text) for text in texts)


def accepted_requirements(dependencies: Sequence[str], permitted: Collection[str] = ()) -> tuple[str, ...]:
    """Normalise `dependencies`; standard library names fall away. `permitted` are those of `strangers` allowed anyway.

    Raises InputError `dependency-invalid` for addresses, paths, options and anything that is no requirement, and
    `dependency-consent` for packages outside the known list: a model may have invented the name.
    """
    unknown = set(strangers(dependencies)) - set(permitted)
    if unknown:
        raise InputError("dependency-consent", packages=", ".join(sorted(unknown)))
    wanted = [_parsed(text) for text in dependencies]
    return tuple(sorted({str(one) for one in wanted if not _built_in(one)}))


def _built_in(requirement: Requirement) -> bool:
    return requirement.name in sys.stdlib_module_names


def _parsed(text: str) -> Requirement:
    if not _PLAIN.fullmatch(text):
        raise InputError("dependency-invalid", requirement=ascii(text)[:100])
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        raise InputError("dependency-invalid", requirement=text[:100]) from error
    if requirement.url:
        raise InputError("dependency-invalid", requirement=text[:100])
    if requirement.name not in sys.stdlib_module_names:
        requirement.name = canonicalize_name(requirement.name)
    return requirement
