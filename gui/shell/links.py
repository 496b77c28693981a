"""Links of messages: the browser is opened at once only where the person has said so; citations stay inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal

from gui.markdown.inline import CITED
from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.preferences import Preferences

_MOST_HOSTS: Final = 500


class Links(QObject):
    """`opening` shows a page in the browser, `copying` puts a text on the clipboard."""

    asked = Signal(str, str)
    """Whether to leave for an address: the address as the browser reads it, its host."""
    cited = Signal(str)
    """A citation was chosen: its place, `d-…:L12-L15`."""

    def __init__(
        self,
        preferences: Preferences,
        opening: Callable[[str], None],
        copying: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._opening = opening
        self._copying = copying

    @slot(str)
    def follow(self, address: str) -> None:
        """Open an address of a trusted host, ask about any other; a citation is told."""
        if address.startswith(CITED):
            self.cited.emit(address.removeprefix(CITED))
            return
        url = QUrl(address.strip(), QUrl.ParsingMode.StrictMode)
        host = _host(url)
        if not host or host in self._preferences.value("trustedHosts"):
            self._opening(address)  # what is no address of the web is refused there, in words
        else:
            self.asked.emit(_readable(url), host)

    @slot(str, bool)
    def open(self, address: str, trust: bool) -> None:
        """Open an address the person agreed to; `trust`: ask no more for its host."""
        host = _host(QUrl(address))
        trusted = self._preferences.value("trustedHosts")
        if trust and host and host not in trusted and len(trusted) < _MOST_HOSTS:
            self._preferences.put("trustedHosts", [*trusted, host])
        self._opening(address)

    @slot(str)
    def copy(self, address: str) -> None:
        """Put an address on the clipboard."""
        self._copying(address)


def _host(url: QUrl) -> str:
    """Letters that only look Latin show as `xn--...` here."""
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded).casefold() if url.isValid() else ""


def _readable(url: QUrl) -> str:
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
