"""Session files with one thing wrong in them, and one that fills its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import tomli_w
from session_given import FINDINGS, ID, SESSION

from bodymap.common import toml
from bodymap.engine.findings import Findings, Mark
from bodymap.sessions.document import checksum, content_of
from bodymap.sessions.record import Session


def changed(change: Callable[[dict], object], session: Session = SESSION) -> bytes:  # type: ignore[type-arg]
    table = toml.parse(content_of(session), "x.toml")
    change(table)
    if "integrity" in table and table["integrity"] == toml.parse(content_of(session), "x")["integrity"]:
        table["integrity"] = {"sha256": checksum(table)}
    return tomli_w.dumps(table).encode()


def put(path: str, value: object) -> Callable[[dict], object]:  # type: ignore[type-arg]
    def change(table: dict) -> None:  # type: ignore[type-arg]
        *parents, last = path.split(".")
        for parent in parents:
            table = table[int(parent)] if parent.isdigit() else table[parent]
        if value is None:
            del table[last]
        else:
            table[last] = value

    return change


FAULTS = [
    ("schema", 2, "newer bodymap (schema 2", "x.toml"),
    ("schema", 0, "no schema 0", "x.toml, schema"),
    ("schema", True, "not a session file", "x.toml"),
    ("schema", "1", "not a session file", "x.toml"),
    ("schema", None, "not a session file", "x.toml"),
    ("id", None, "not a session file", "x.toml"),
    ("id", ID.upper(), "does not fit", "x.toml, id"),
    ("id", ID.replace("-73ef", "-43ef"), "does not fit", "x.toml, id"),
    ("id", "../../etc/passwd", "does not fit", "x.toml, id"),
    ("id", 7, "text in quotes", "x.toml, id"),
    ("code", "K0PM", "does not fit", "x.toml, code"),
    ("code", "K7PMX", "does not fit", "x.toml, code"),
    ("started", "2026-11-23", "date and time", "x.toml, started"),
    ("started", SESSION.started.replace(tzinfo=None), "offset", "x.toml, started"),
    ("finished", None, "missing", "x.toml, finished"),
    ("state", "done", "not one of", "x.toml, state"),
    ("state", "unfinished", "no end", "x.toml, finished"),
    ("language", "English", "does not fit", "x.toml, language"),
    ("colour", "red", "Unknown key “colour”", "x.toml"),
    ("assessment", None, "missing", "x.toml, assessment"),
    ("app.name", "", "one line", "x.toml, app.name"),
    ("app.name", "a\nb", "one line", "x.toml, app.name"),
    ("app.version", None, "missing", "x.toml, app.version"),
    ("pack", None, "missing", "x.toml, pack"),
    ("pack.sha256", "abc", "does not fit", "x.toml, pack.sha256"),
    ("pack.id", "Rear Pain", "does not fit", "x.toml, pack.id"),
    ("findings", [], "must be a table", "x.toml, findings"),
    ("findings.map_complete", 1, "true or false", "x.toml, findings.map_complete"),
    ("findings.mark", [], "Unknown key “mark”", "x.toml, findings"),
    ("findings.marks", {}, "must be a list", "x.toml, findings.marks"),
    ("findings.marks", ["a"], "must be a table", "x.toml, findings.marks[1]"),
    ("findings.marks.1.side", "up", "not one of", "x.toml, findings.marks[2].side"),
    ("findings.marks.0.sides", "left", "Unknown key “sides”", "x.toml, findings.marks[1]"),
    ("findings.marks.0.intensity", 11, "out of range", "x.toml, findings.marks[1].intensity"),
    ("findings.marks.0.intensity", -1, "out of range", "x.toml, findings.marks[1].intensity"),
    ("findings.marks.0.intensity", 7.0, "whole number", "x.toml, findings.marks[1].intensity"),
    ("findings.marks.0.intensity", True, "whole number", "x.toml, findings.marks[1].intensity"),
    ("findings.marks.0.qualities", ["achy"], "unknown here", "x.toml, findings.marks[1].qualities[1]"),
    (
        "findings.marks.0.qualities",
        ["ache", "ache"],
        "stands twice",
        "x.toml, findings.marks[1].qualities[2]",
    ),
    ("findings.marks.0.worse_with", ["<b>"], "must be an id", "x.toml, findings.marks[1].worse_with[1]"),
    ("findings.marks.0.region", "a/b", "does not fit", "x.toml, findings.marks[1].region"),
    ("findings.answers.age", 4.5, "whole number", "x.toml, findings.answers.age"),
    ("findings.answers.age", False, "whole number", "x.toml, findings.answers.age"),
    ("findings.answers.age", "a b", "does not fit", "x.toml, findings.answers.age"),
    ("findings.answers.Age", "yes", "not the id", "x.toml, findings.answers.Age"),
    ("findings.words.height", "x", "Unknown key", "x.toml, findings.words"),
    ("assessment.alarms.0.tier", "urgent", "not one of", "x.toml, assessment.alarms[1].tier"),
    ("assessment.ranking.1.band", "sure", "not one of", "x.toml, assessment.ranking[2].band"),
    ("assessment.ranking.0.rank", 0, "out of range", "x.toml, assessment.ranking[1].rank"),
    ("assessment.ranking.0.score_range", [3], "Two numbers", "x.toml, assessment.ranking[1].score_range"),
    (
        "assessment.ranking.0.score_range",
        [3, 1],
        "above the second",
        "x.toml, assessment.ranking[1].score_range",
    ),
    ("assessment.ranking.0.for", ["a"] * 1001, "1,001 items", "x.toml, assessment.ranking[1].for"),
    ("assessment.indistinguishable", ["a"], "list of ids", "x.toml, assessment.indistinguishable[1]"),
    ("assessment.none_fits", "no", "true or false", "x.toml, assessment.none_fits"),
    ("integrity", {"sha256": "x"}, "does not fit", "x.toml, integrity.sha256"),
    ("integrity", {"md5": "x"}, "Unknown key", "x.toml, integrity"),
]


def crowded(places: int) -> Session:
    marks = tuple(
        Mark(
            f"region-number-{n:04}",
            "left",
            5,
            ("ache", "sharp", "burning"),
            ("sitting-worse", "walking-worse"),
        )
        for n in range(places)
    )
    words = MappingProxyType(dict.fromkeys(FINDINGS.answers, "Is it so? Yes."))
    return replace(
        SESSION,
        findings=Findings(marks, FINDINGS.answers, True),
        places=("your LEFT place with a long name, seen from behind",) * places,
        words=words,
    )
