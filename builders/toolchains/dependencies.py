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
    from collections.abc import Sequence

_PLAIN = re.compile(r"[\x20-\x7e]{1,200}")


def known_packages() -> frozenset[str]:
    """Return the normalised names that install silently."""
    text = resources.files(__package__).joinpath("known_packages.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def accepted_requirements(dependencies: Sequence[str]) -> tuple[str, ...]:
    """Normalise `dependencies`; standard library names fall away.

    Raises InputError `dependency-invalid` for addresses, paths, options and anything that is no requirement, and
    `dependency-consent` for packages outside the known list: a model may have invented the name.
    """
    accepted: set[str] = set()
    unknown: set[str] = set()
    known = known_packages()
    for text in dependencies:
        requirement = _parsed(text)
        name = canonicalize_name(requirement.name)
        if requirement.name in sys.stdlib_module_names or name in sys.stdlib_module_names:
            continue
        if name not in known:
            unknown.add(name)
        requirement.name = name
        accepted.add(str(requirement))
    if unknown:
        raise InputError("dependency-consent", packages=", ".join(sorted(unknown)))
    return tuple(sorted(accepted))


def _parsed(text: str) -> Requirement:
    if not _PLAIN.fullmatch(text):
        raise InputError("dependency-invalid", requirement=ascii(text)[:100])
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        raise InputError("dependency-invalid", requirement=text[:100]) from error
    if requirement.url:
        raise InputError("dependency-invalid", requirement=text[:100])
    return requirement
