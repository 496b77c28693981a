"""What a person who looks at a page does not see: elements that are hidden, text without size, invisible signs.

Instructions for programs are hidden there. Recognised is what the page itself says, in attributes and in its own style
sheets; sheets elsewhere are not fetched, so text that only they hide is taken for seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NEVER_SHOWN: Final = frozenset(
    {
        *("script", "style", "template", "noscript", "svg", "math", "object", "iframe", "embed", "canvas", "audio"),
        *("video", "map", "head", "input", "select", "textarea", "button", "datalist", "link", "meta", "param", "area"),
        *("frameset", "frame", "applet", "noframes", "progress", "meter", "picture", "img"),
    }
)
"""Elements whose text is none a reader reads; of pictures the text for those who do not see them, too."""
_HIDING_CLASSES: Final = frozenset(
    {
        *("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-only", "offscreen"),
        *("d-none", "is-hidden", "u-hidden", "display-none", "hide", "hidden", "invisible", "js-hidden"),
    }
)
_SHOWN_AGAIN: Final = re.compile(r"(?:^|\s)\S*:(?:block|flex|grid|inline|table|visible|contents)")
"""`hidden md:block`: hidden on small screens only."""
_BRACES: Final = re.compile(r"([{}])")
_ALWAYS: Final = ("@layer", "@supports", "@media screen{", "@media all{")
"""Blocks of rules that hold on a screen; of the others (print, narrow windows, animations) nothing is known."""
_SELECTOR: Final = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:[.#][A-Za-z0-9_-]+)*)")
_PART: Final = re.compile(r"[.#][A-Za-z0-9_-]+")
_MOST_CSS: Final = 300_000
_LENGTH: Final = re.compile(r"(-?(?:\d+(?:\.\d*)?|\.\d+))\s*(px|pt|em|rem|%|vw|vh|ex|ch|cm|mm|in|)")
_FAR_AWAY: Final = -500.0
_READABLE: Final = {"px": 3.0, "pt": 2.5, "em": 0.2, "rem": 0.2, "%": 20.0, "": 0.0}
"""Sizes up to here nobody reads."""
_FAINT: Final = 0.05
_WHITE: Final = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)"})
_CLEAR: Final = re.compile(r"transparent|(?:rgba|hsla)\([^)]*,0?\.?0+\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0")
_CLIPPED: Final = re.compile(r"rect\((?:[01](?:px)?[, ]*){4}\)|inset\((?:100|5\d)%.*|circle\(0.*")

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
    "|(?<![\u0600-\u0fff])[\u200c\u200d]|(?<=[\u200c\u200d])[\u200c\u200d]"
)
"""Tags, variation selectors, signs of direction and of no width; joiners stay where scripts need them."""
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

Style = dict[str, str]


def seen_signs(text: str) -> str:
    """A text without the signs nobody sees, its lines ended in one way."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


class Sheets:
    """What the style sheets inside a page hide: single elements, classes and ids, for that is how hiding is done."""

    def __init__(self, css: str) -> None:
        self._hiding: list[tuple[str, frozenset[str]]] = []
        self._showing: list[tuple[str, frozenset[str]]] = []
        for selectors, body in _rules(without(css[:_MOST_CSS], "/*", "*/")):
            style = read_style(body)
            shows = style.get("display", "none") != "none" or style.get("visibility") == "visible"
            wanted = self._hiding if hides(style) else self._showing if shows else None
            if wanted is not None:
                wanted += [parsed for one in selectors.split(",") if (parsed := _selector(one.strip()))]

    def hide(self, tag: str, names: frozenset[str]) -> bool:
        """Whether an element with these classes (`.x`) and id (`#x`) is hidden; a narrower rule may show it again."""
        if tag in {"html", "body"} or not self._hiding:
            return False  # pages hide themselves until their script has run
        hidden = [len(parts) for wanted, parts in self._hiding if wanted in {"", tag} and parts <= names]
        if not hidden:
            return False
        shown = [len(parts) for wanted, parts in self._showing if wanted in {"", tag} and parts <= names]
        return max(shown, default=-1) <= max(hidden)


def without(text: str, begin: str, end: str) -> str:
    """A text without the parts between two marks; one that is never closed takes all that follows along."""
    parts = []
    place = 0
    while (found := text.find(begin, place)) >= 0:
        parts.append(text[place:found])
        closed = text.find(end, found + len(begin))
        if closed < 0:
            return "".join(parts)
        place = closed + len(end)
    return "".join([*parts, text[place:]])


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on every screen."""
    open_blocks: list[str] = []
    before = ""
    for piece in _BRACES.split(css):
        if piece == "{":
            open_blocks.append(before.rpartition(";")[2].strip())
        elif piece == "}":
            head = open_blocks.pop() if open_blocks else "@"
            if not head.startswith("@") and all(f"{block}{{".lower().startswith(_ALWAYS) for block in open_blocks):
                yield head, before
            before = ""
            continue
        before = piece


def _selector(text: str) -> tuple[str, frozenset[str]] | None:
    match = _SELECTOR.fullmatch(text)
    return (match["tag"] or "", frozenset(_PART.findall(match["rest"]))) if match and text else None


def read_style(text: str) -> Style:
    """The declarations of a style, lower case."""
    style = {}
    for declaration in text[:4_000].split(";"):
        name, mark, value = declaration.partition(":")
        if mark:
            style[name.strip().lower()] = re.sub(r"\s+", " ", value.replace("!important", "")).strip().lower()
    return style


def hides(style: Mapping[str, str]) -> bool:
    """Whether a style makes what it is for invisible."""
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return True
    if style.get("content-visibility") == "hidden" or _number(style.get("opacity", "1")) <= _FAINT:
        return True
    return _no_size(style) or _away(style) or _no_colour(style)


def _no_size(style: Mapping[str, str]) -> bool:
    size = _LENGTH.match(style.get("font-size", ""))
    if size and float(size[1]) <= _READABLE.get(size[2], 0.0):
        return True
    boxes = ("height", "width", "max-height", "max-width")
    closed = any(name in style and _tiny(style[name]) for name in boxes)
    return (closed and "hidden" in style.get("overflow", "")) or style.get("transform", "")[:7].rstrip(")") == "scale(0"


def _tiny(value: str) -> bool:
    length = _LENGTH.match(value)
    return length is not None and abs(float(length[1])) <= 1 and length[2] in {"px", "", "pt", "em", "%"}


def _away(style: Mapping[str, str]) -> bool:
    names = ["text-indent"]
    if style.get("position") in {"absolute", "fixed"}:
        names += ["left", "top", "right", "bottom"]
    if any((length := _LENGTH.match(style.get(name, ""))) and float(length[1]) <= _FAR_AWAY for name in names):
        return True
    return bool(_CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", "")))


def _no_colour(style: Mapping[str, str]) -> bool:
    colour = style.get("color", "").replace(" ", "")
    if not colour:
        return False
    ground = style.get("background-color", style.get("background", "")).replace(" ", "")
    same = colour == ground or (colour in _WHITE and (not ground or ground in _WHITE))
    return same or bool(_CLEAR.fullmatch(colour))


def _number(text: str) -> float:
    match = _LENGTH.match(text)
    if not match:
        return 1.0
    return float(match[1]) / (100 if match[2] == "%" else 1)


def is_hidden(element: Any, sheets: Sheets, *, grounded: bool = False) -> bool:
    """Whether an element is hidden by itself; `grounded`: it stands on a background of its own, white may be seen."""
    tag, attributes = element.tag, element.attrib
    if tag in NEVER_SHOWN or "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    classes = attributes.get("class", "")
    words = set(classes.split())
    if words & _HIDING_CLASSES and not _SHOWN_AGAIN.search(classes):
        return True
    style = read_style(attributes.get("style", ""))
    if grounded and style.get("color", "").replace(" ", "") in _WHITE:
        style.pop("color")
    if style and hides(style):
        return True
    if attributes.get("color", "").lower() in _WHITE and not grounded:  # <font color=white>
        return True
    named = {f".{word}" for word in words} | ({f"#{attributes['id']}"} if attributes.get("id") else set())
    return sheets.hide(tag, frozenset(named))
