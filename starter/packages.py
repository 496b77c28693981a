"""Locked packages: finding pip, fetching uv, installing with pip's own configuration, compiling the locks."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from starter.commands import (
    ROOT,
    STATE,
    TOOLCHAIN,
    WINDOWS,
    SetupFailed,
    call,
    child_environment,
    in_env,
    must,
    private_apt,
    say,
    step,
    works,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SETTINGS = STATE / "uv.json"
SOURCE_ONLY = {"forbiddenfruit"}
"""Needed by the development server of the graph, in the test lock only."""


def find_pip(python: str) -> list[str]:
    """Return the command that runs pip: the module, or a wheel (which runs directly), fetched when there is none."""
    if works([python, "-m", "pip", "--version"]):
        return [python, "-m", "pip"]
    bundled = importlib.util.find_spec("ensurepip")
    folders = [Path("/usr/share/python-wheels"), STATE / "pip/usr/share/python-wheels"]
    if bundled and bundled.origin:
        folders.insert(0, Path(bundled.origin).parent / "_bundled")
    wheel = next((wheel for folder in folders for wheel in folder.glob("pip-*.whl")), None)
    if wheel is None:
        with step("Fetching pip"):
            wheel = fetch_pip_wheel(folders[-1])
    return [python, str(wheel / "pip")]


def fetch_pip_wheel(folder: Path) -> Path:
    """Unpack the distribution's pip wheel below `.setup`; works without root."""
    debs = STATE / "pip"
    debs.mkdir(parents=True, exist_ok=True)
    call(["apt-get", *private_apt(), "update"])
    call(["apt-get", *private_apt(), "download", "python3-pip-whl"], cwd=debs)
    for deb in debs.glob("*.deb"):
        call(["dpkg", "-x", deb, debs])
    for wheel in folder.glob("pip-*.whl"):
        return wheel
    raise SetupFailed(
        "This Python has no pip.",
        "the pip and ensurepip modules, /usr/share/python-wheels, apt-get download python3-pip-whl",
        f"install pip for {sys.executable} (Debian, Ubuntu: apt-get install python3-pip; Fedora: dnf install "
        "python3-pip; or a Python from the python.org installer, which brings it) and start again",
    )


def pip_settings(listing: str) -> dict[str, str]:
    """Read `pip config list` by option: environment over [install] over [global], as pip itself ranks them."""
    found: dict[str, tuple[int, str]] = {}
    ranks = {"global": 0, "install": 1, ":env:": 2}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.partition(".")
        try:
            text = ast.literal_eval(value)
        except (SyntaxError, ValueError):
            continue  # a warning line between the settings
        if section in ranks and ranks[section] >= found.get(option, (0, ""))[0]:
            found[option] = (ranks[section], str(text))
    return {option: text for option, (_, text) in found.items()}


def uv_environment(settings: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` with pip's configuration, which uv does not read, as uv's variables; those already set win."""
    translated = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_CACHE_DIR": str(STATE / "uv-cache")}
    names = {
        "index-url": ("UV_DEFAULT_INDEX",),
        "cert": ("SSL_CERT_FILE",),
        "client-cert": ("SSL_CLIENT_CERT",),
        "proxy": ("HTTPS_PROXY", "HTTP_PROXY"),
        "default-timeout": ("UV_HTTP_TIMEOUT",),
        "timeout": ("UV_HTTP_TIMEOUT",),
    }
    for option, variables in names.items():
        if settings.get(option):
            translated.update(dict.fromkeys(variables, settings[option]))
    for option, variable, separator in (
        ("extra-index-url", "UV_INDEX", " "),
        ("find-links", "UV_FIND_LINKS", ","),
        ("trusted-host", "UV_INSECURE_HOST", " "),
    ):
        if settings.get(option):
            translated[variable] = separator.join(settings[option].split())
    if settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        translated["UV_NO_INDEX"] = "1"
    return {**translated, **environ}


def keep_settings(variables: Mapping[str, str]) -> None:
    """Keep the translation for later starts: MultiCoder installs packages for generated programs by uv, too."""
    fresh = SETTINGS.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)  # an index address may hold a password
    fresh.write_text(json.dumps(variables), encoding="utf-8")
    fresh.replace(SETTINGS)  # whole or not at all: a start that finds the environments ready reads it unasked


def wheels_only(lock: str) -> list[str]:
    """Options that forbid building, except of what is published as source only (its hash is checked all the same)."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)
    if SOURCE_ONLY.isdisjoint(names):
        return ["--only-binary", ":all:"]
    return [word for name in names if name not in SOURCE_ONLY for word in ("--only-binary", name)]


def pinned(lock: str, name: str) -> str:
    """Cut the entry of one package with its hashes out of a lock."""
    entry = re.search(rf"^{re.escape(name)}==.*(?:\n[ \t]+--hash=.*)*", lock, re.MULTILINE)
    if entry is None:
        raise SetupFailed(f"The lock has no entry for {name}.", "reading locks/run.lock", "restore locks/ from git")
    return entry.group() + "\n"


def get_uv(pip: Sequence[str]) -> Path | None:
    """Install the uv that the lock names into `.setup`; None when it does not run here and pip must do."""
    entry = pinned((ROOT / "locks/run.lock").read_text(encoding="utf-8"), "uv")
    folder = STATE / f"uv-{hashlib.sha256(entry.encode()).hexdigest()[:12]}"
    uv = folder / "bin" / ("uv.exe" if WINDOWS else "uv")
    if not works([uv, "--version"]):
        shutil.rmtree(folder, ignore_errors=True)  # a killed set-up may have left half of it
        wanted = STATE / "uv.txt"
        wanted.write_text(entry, encoding="utf-8")
        options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--disable-pip-version-check"]
        with step("Fetching uv"):
            call([*pip, "install", "--quiet", *options, "--target", folder, "-r", wanted], child_environment())
    return uv if works([uv, "--version"]) else None


class Installer:
    """Puts locked packages into environments: uv, or plain pip where uv does not run."""

    def __init__(self) -> None:
        self.pip = find_pip(sys.executable)
        settings = pip_settings(call([*self.pip, "config", "list"])[1])
        keep_settings(uv_environment(settings, {}))
        self.env = uv_environment(settings, child_environment())
        self.uv = get_uv(self.pip)

    def sync(self, folder: Path, lock: Path) -> None:
        """Make the environment hold exactly what the lock names."""
        network = "check the network and pip's own settings (`pip config list`: index-url, proxy, cert), start again"
        python = in_env(folder, "python")
        options = ["--require-hashes", *wheels_only(lock.read_text(encoding="utf-8"))]
        # The sandbox reads these packages and may not write: what is not compiled now is compiled at each of its runs.
        compiled = ["--compile-bytecode"] if folder == TOOLCHAIN else []
        with step(f"Installing {lock.name} into {folder.name}"):
            if self.uv:
                tools: list[str | Path] = [*compiled, "--build-constraints", ROOT / "locks/toolchain.lock"]
                command: list[str | Path] = [self.uv, "pip", "sync", "--python", python, *options, *tools, lock]
                if works(command, self.env):
                    return
                say("  uv could not; trying plain pip")
            # pip 22.3 and newer install into another environment by its interpreter.
            must([*self.pip, "--python", python, "install", "--quiet", *options, "-r", lock], network, self.env)


def compile_locks(arguments: Sequence[str]) -> int:
    """Write the locks anew from pyproject.toml and toolchain.in, without a trace of this machine's indexes."""
    installer = Installer()
    if installer.uv is None:
        raise SetupFailed("uv does not run here.", "uv pip compile", "compile the locks on another machine")
    env = {name: value for name, value in installer.env.items() if name not in {"UV_INDEX", "UV_FIND_LINKS"}}
    options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links"
    left_out = ["--overrides", "locks/overrides.in"]
    extras = ["--extra", "test", "--extra", "freeze"]
    inputs = {
        "run": ["pyproject.toml", *left_out, "--overrides", "locks/overrides-run.in"],
        "test": ["pyproject.toml", *extras, "--constraints", "locks/run.lock", *left_out],
        "toolchain": ["locks/toolchain.in"],
    }
    for name, sources in inputs.items():
        lock = f"locks/{name}.lock"
        with step(f"Compiling {lock}"):
            quiet = ["--no-header", "--no-annotate", "--quiet", "--output-file", lock]
            command: list[str | Path] = [installer.uv, "pip", "compile", *options.split(), *quiet, *arguments, *sources]
            must(command, "read what uv says about the requirements and change them", env)
    return 0
