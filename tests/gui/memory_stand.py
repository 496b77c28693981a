"""A memory played by the test: a few documents, lines that are found, rules of a chat."""

from __future__ import annotations

import time

from tests.gui.scripted_engine import LATER

WHEN = time.time() - 3 * 86_400
MESSAGE = "m-01m3k8x2q7abcdef"
NOTES = "d-01m3k8x2q7notes0"
GONE = "d-01m3k8x2q7gone00"
FIX = "d-01m3k8x2q7fix000"
LINKED = [
    {"relation": "fixed_by", "toIt": False, "document": FIX, "name": "fix of <b>page</b>, round 2"},
    {"relation": "committed_as", "toIt": False, "commit": "0123456789abcdef0123"},
]
TOTAL = 900
ANSWER = f"""The bakery opens at **seven** [{NOTES}:L412-L415]; on Sunday it stays closed, as you said [{MESSAGE}:L2].

- The form sends to the address of the shop [{NOTES}:L12; {MESSAGE}:L3].
- Prices are shown with tax.
"""
STATE = {
    "messages": 8_345,
    "documents": 12,
    "lines": 120_345,
    "indexed": 120_345,
    "embedded": 84_200,
    "lost": 0,
    "vectors": "building",
    "trouble": "",
    "bytesKept": 52_000_000,
    "bytesUsed": 31_000_000,
    "facts": {},
}
NAMES = (
    ("bakery/opening-hours.md", "docs", "person", 61_000, TOTAL),
    ("bakery/page.html", "code", "own", 12_400, 310),
    ("talk-with-the-baker.txt", "dialogue", "person", 210_000, 4_120),
    ("price-list.pdf", "docs", "foreign", 1_900_000, 0),
    ("tests of page, round 2", "errors", "own", 5_300, 88),
    ("copied-from-a-site.html", "docs", "foreign", 44_000, 700),
)


def a_document(number, name, kind, trust, size, lines):
    standing = "quarantined" if name.startswith("copied") else "kept"
    reason = "tells models to ignore the rules" if standing == "quarantined" else ""
    row = {"document": NOTES if number == 0 else f"d-{number:04}", "name": name, "kind": kind, "trust": trust}
    return row | {"bytes": size, "lines": lines, "at": WHEN, "standing": standing, "reason": reason, "origin": ""}


def a_line(text, place, name="", **facts):
    source, _, line = place.partition(":L")
    row = {"place": place, "source": source, "line": int(line), "text": text, "name": name, "at": WHEN}
    row |= {"kind": "docs", "trust": "person", "score": 1.0, "project": "", "speaker": ""}
    return row | {"sessionId": "", "messageId": "", "run": "", "author": ""} | facts


def in_chat(session, text="On Sunday the bakery stays closed.", **facts):
    """The best line of a chat."""
    spot = {"sessionId": session, "messageId": "p-1", "run": "r-1", "author": "person"} | facts
    return a_line(text, f"{MESSAGE}:L2", **spot)


def _lines(params):
    source, first = params["source"], params["first"]
    if source == MESSAGE:
        spot = {"sessionId": "s-page", "messageId": "p-1", "run": "r-1", "author": "person"}
        texts = ["Make a page", "On Sunday the bakery stays closed."][first - 1 : params["last"]]
        return {"source": source, "first": first, "lines": texts, "cut": [], "total": 2, "name": ""} | spot
    if source == GONE:
        gone = {"standing": "forgotten", "reason": "was about somebody else", "total": 5, "name": "letter.txt"}
        return {"source": source, "first": first, "lines": [], "cut": [], "sessionId": ""} | gone
    texts = [f"{number}  <b>Open</b> from 7 to 18" for number in range(first, min(params["last"], TOTAL) + 1)]
    name = {"name": NAMES[0][0], "standing": "kept", "sessionId": "", "linked": LINKED if source == NOTES else []}
    return {"source": source, "first": first, "lines": texts, "cut": [], "total": TOTAL} | name


def give_memory(engine):
    """Let a scripted engine have a memory."""
    documents = {row["document"]: row for row in (a_document(place, *facts) for place, facts in enumerate(NAMES))}

    def stand(standing):
        def decide(params):
            documents[params["document"]] |= {"standing": standing, "reason": params["reason"]}
            return {"document": documents[params["document"]]}

        return decide

    engine.answers |= {
        "_multicoder/memory/state": STATE,
        "_multicoder/memory/documents": lambda _params: {"documents": list(documents.values()), "next": ""},
        "_multicoder/memory/recall": {
            "lines": [a_line("On Sunday the bakery stays closed.", f"{NOTES}:L414", "notes")]
        },
        "_multicoder/memory/search": LATER,
        "_multicoder/memory/lines": _lines,
        "_multicoder/memory/quarantine": stand("quarantined"),
        "_multicoder/memory/release": stand("kept"),
        "_multicoder/memory/forget": stand("forgotten"),
        "_multicoder/memory/pinned": {
            "pinned": [
                {"text": "Prices are shown with tax.", "state": "active", "why": "", "places": [f"{MESSAGE}:L2"]},
                {"text": "No cookies.", "state": "retracted", "why": "a later line takes it back", "places": []},
            ]
        },
    }


def found_everywhere():
    """An answer to a search: a chat that is known by its title, one that is not, and a document."""
    return {
        "chats": [
            {"sessionId": "s-page", "title": "Web page for a small bakery", "hits": 2, "best": in_chat("s-page")},
            {"sessionId": "s-8", "title": "Timer for the kitchen", "hits": 1,
             "best": in_chat("s-8", "The oven of the bakery needs a timer", messageId="p-8", run="r-8")},
        ],
        "documents": [a_line("Opening hours of the bakery: <b>7</b> to 18", f"{NOTES}:L412", NAMES[0][0])],
    }  # fmt: skip
