"""Keys and passphrases at the command line: typed unseen at a terminal, or in an environment variable that is named.

They are never arguments: those stand in lists of processes and in the shell's history.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import re
import sys
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from core.errors import ConfigurationError, InputError
from core.i18n import system_locale, tr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.secret import Secret
    from core.paths import Home

PassphraseOption = Annotated[
    str, typer.Option("--passphrase-env", help="Environment variable that holds the passphrase of the key vault.")
]
KeyOption = Annotated[str, typer.Option("--key-env", help="Environment variable that holds the key.")]

_USUAL_NAME: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}|[a-z][a-z_]{0,39}")

_Value = TypeVar("_Value")


def _named(variable: str) -> str:
    """The name for a message; somebody may have given the secret itself in the place of one."""
    return variable if _USUAL_NAME.fullmatch(variable) else "…"


def is_typing() -> bool:
    """Whether a person sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def typed_key(variable: str) -> Secret | None:
    """The key from an environment variable, a hidden prompt or, in a pipe, the first line of standard input."""
    from agents.providers.secret import Secret

    if variable:
        if not os.environ.get(variable):
            raise InputError("key-variable-empty", variable=_named(variable))
        key = os.environ[variable]
    elif is_typing():
        key = getpass.getpass(tr("provider-key-prompt", system_locale()))
    else:
        key = sys.stdin.readline() if sys.stdin is not None else ""
    return Secret(key.strip()) if key.strip() else None


def typed_passphrase(variable: str, prompt: str) -> Secret:
    """The passphrase from an environment variable, or from a hidden prompt with the text `prompt`."""
    from agents.providers.secret import Secret

    if variable:
        if not os.environ.get(variable):
            raise InputError("vault-variable-empty", variable=_named(variable))
        return Secret(os.environ[variable])
    if not is_typing():
        raise InputError("vault-passphrase-asked")
    return Secret(getpass.getpass(tr(prompt, system_locale())))


def new_passphrase(variable: str) -> Secret:
    """A new passphrase is typed twice: nobody can restore one with a slip in it."""
    first = typed_passphrase(variable, "vault-new-prompt")
    if not variable and typed_passphrase(variable, "vault-again-prompt") != first:
        raise InputError("vault-passphrases-differ")
    return first


async def with_vault(home: Home, variable: str, action: Callable[[], Awaitable[_Value]]) -> _Value:
    """Do something that may need the vault; where it is locked, unlock it for this process and do it again."""
    try:
        return await action()
    except ConfigurationError as error:
        if error.code != "vault-locked":
            raise
    from agents.providers.vault import vault_of

    await asyncio.to_thread(vault_of(home).unlock, typed_passphrase(variable, "vault-passphrase-prompt"))
    return await action()
