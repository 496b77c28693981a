"""The error tree. Every error a person can meet has three texts in `core/locales/*/errors.ftl`.

    MultiCoderError
        InputError            what was typed or passed cannot be used
        ConfigurationError    no provider, bad settings, missing system part
        ProviderError         bad_key, no_money, region, model_gone, rate_limited, too_long,
                              refused, transient, malformed
        BudgetExceeded        the next call would pass the run's cap
        Cancelled             the person stopped it
        RunnerUnavailable     generated code cannot be run safely here
        BuildFailed           a builder's tool failed; carries its report
        DeliveryFailed        the artifact could not be placed
        ActionBlocked         a dangerous action waits for a person's decision
        StorageError          data folder, database or checkpoint damaged or unusable
        DataFolderBusy        another MultiCoder works on this data folder
        ResearchError         something on the internet could not be looked at or taken

The message id of an error is `error-<code>`; its value says what happened, its `.did` attribute what MultiCoder
did about it and `.next` what the person can do. Facts shown in the text are keyword arguments; secrets never are.
"""

from __future__ import annotations

from typing import ClassVar, Final, Literal

ProviderFault = Literal[
    "bad_key",
    "no_money",
    "region",
    "model_gone",
    "rate_limited",
    "too_long",
    "refused",
    "transient",
    "malformed",
]

ResearchFault = Literal[
    "offline", "timeout", "refused", "blocked", "limited", "missing", "too_large", "wrong_type", "malformed"
]
"""offline: nobody was reached. timeout: no whole answer in time. refused: our own rules forbid the address.
blocked: the site or its robots file forbids it (403, 451). limited: too many questions (429). missing: 404, 410.
too_large: more than is taken. wrong_type: no text. malformed: an answer nobody can read."""

PROVIDER_FAULTS: Final[tuple[ProviderFault, ...]] = (
    "bad_key",
    "no_money",
    "region",
    "model_gone",
    "rate_limited",
    "too_long",
    "refused",
    "transient",
    "malformed",
)


class MultiCoderError(Exception):
    """Base of all errors shown to a person; `code` selects the texts, `facts` fill them."""

    default_code: ClassVar[str] = "internal"
    exit_code: ClassVar[int] = 1

    def __init__(self, code: str | None = None, /, **facts: str | float) -> None:
        self.code = code or self.default_code
        self.facts = facts
        super().__init__(f"{self.code} {facts!r}" if facts else self.code)


class InputError(MultiCoderError):
    """What the person gave cannot be used; nothing was started."""

    default_code = "input"
    exit_code = 2


class ConfigurationError(MultiCoderError):
    """A provider, setting or system part is missing or wrong."""

    default_code = "configuration"
    exit_code = 2


class ProviderError(MultiCoderError):
    """A model could not answer; `fault` decides what the gateway tries next."""

    default_code = "provider-transient"
    exit_code = 4

    def __init__(
        self,
        fault: ProviderFault,
        /,
        *,
        model: str = "",
        detail: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"provider-{fault.replace('_', '-')}", model=model, detail=detail)
        self.fault: ProviderFault = fault
        self.retry_after = retry_after
        """Seconds the provider asked to wait, None when it did not say."""


class BudgetExceeded(MultiCoderError):  # noqa: N818 - the name says what happened
    """The reservation for the next paid call was refused; nothing was sent."""

    default_code = "budget"
    exit_code = 3


class Cancelled(MultiCoderError):  # noqa: N818 - the name says what happened
    """The person stopped the run."""

    default_code = "cancelled"
    exit_code = 130


class RunnerUnavailable(MultiCoderError):  # noqa: N818 - the name says what happened
    """No sandbox on this machine: generated code is not run, never run unprotected."""

    default_code = "runner-unavailable"
    exit_code = 5


class BuildFailed(MultiCoderError):  # noqa: N818 - the name says what happened
    """A build tool failed or produced a broken file; `log` is its trimmed output."""

    default_code = "build-failed"
    exit_code = 6

    def __init__(self, code: str | None = None, /, *, log: str = "", **facts: str | float) -> None:
        super().__init__(code, **facts)
        self.log = log


class DeliveryFailed(MultiCoderError):  # noqa: N818 - the name says what happened
    """The finished file could not be placed; it is kept in the data folder."""

    default_code = "delivery-failed"
    exit_code = 7


class ActionBlocked(MultiCoderError):  # noqa: N818 - the name says what happened
    """The guard stopped a dangerous action; it can go on once a person decided, with a reason."""

    default_code = "action-blocked"
    exit_code = 3


class StorageError(MultiCoderError):
    """The data folder, a database or a checkpoint is unusable."""

    default_code = "storage"
    exit_code = 8


class DataFolderBusy(MultiCoderError):  # noqa: N818 - the name says what happened
    """Another MultiCoder holds this data folder."""

    default_code = "data-folder-busy"
    exit_code = 9


class ResearchError(MultiCoderError):
    """Something on the internet could not be looked at or taken; `fault` says in one word why."""

    default_code = "research-offline"
    exit_code = 14

    def __init__(self, fault: ResearchFault, /, *, url: str, detail: str = "", **facts: str | float) -> None:
        self.fault: ResearchFault = fault
        super().__init__(f"research-{fault.replace('_', '-')}", url=url, detail=detail, **facts)
