"""An engine that keeps shelves as the real one does: every change is told to the window as the whole state after it."""

from __future__ import annotations

import copy


class ShelvesStand:
    """Plays `_multicoder/shelves/...` on a scripted engine; `rows` is what it keeps, oldest first."""

    def __init__(self, engine, *rows):
        self.engine = engine
        self.rows = [
            {"shelf": shelf, "name": name, "created": float(number), "sessions": list(sessions)}
            for number, (shelf, name, *sessions) in enumerate(rows)
        ]
        engine.answers |= {
            "_multicoder/shelves/list": lambda _params: self._state(),
            "_multicoder/shelves/create": self._create,
            "_multicoder/shelves/rename": self._rename,
            "_multicoder/shelves/remove": self._remove,
            "_multicoder/shelves/put": self._put,
        }

    def places(self):
        """Name -> sessions."""
        return {row["name"]: row["sessions"] for row in self.rows}

    def put(self, session, shelf):
        """Another window moves a chat."""
        self._put({"sessionId": session, "shelf": shelf})

    def _state(self):
        return {"shelves": copy.deepcopy(self.rows)}

    def _tell(self):
        self.engine.tell("_multicoder/shelves", self._state())

    def _row(self, shelf):
        return next(row for row in self.rows if row["shelf"] == shelf)

    def _create(self, params):
        shelf = f"k-{len(self.rows) + 1}"
        row = {"shelf": shelf, "name": params["name"], "created": float(len(self.rows)), "sessions": []}
        self.rows.append(row)
        self._tell()
        return {"shelf": shelf}

    def _rename(self, params):
        self._row(params["shelf"])["name"] = params["name"]
        self._tell()
        return {}

    def _remove(self, params):
        self.rows.remove(self._row(params["shelf"]))
        self._tell()
        return {}

    def _put(self, params):
        for row in self.rows:
            row["sessions"] = [session for session in row["sessions"] if session != params["sessionId"]]
        if params["shelf"]:
            self._row(params["shelf"])["sessions"].append(params["sessionId"])
        self._tell()
        return {}
