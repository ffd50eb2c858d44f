"""How far working diagnoses and what was shown agree in one clinic, as text and as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from bodymap.desk.calibration import Agreement, Calibration, Tally
from bodymap.desk.figures import DeskFigures
from bodymap.knowledge.pack import Pack
from bodymap.report.wording import WIDTH, folded

SCHEMA = 1
MEANING = (
    "This counts how often clinicians here and the program said the same, in the sessions that somebody gave a "
    "working diagnosis. A working diagnosis is not proof, and whoever gave it may have seen the ranking. It says "
    "nothing about other clinics, or about people nobody gave a diagnosis."
)


def calibration_text(counts: Calibration, figures: DeskFigures, pack: Pack | None = None) -> str:
    """Return the page, 80 columns wide; `pack` names the causes, which are ids without it."""
    least = figures.least_diagnoses
    lines = ["AGREEMENT WITH WORKING DIAGNOSES IN THIS CLINIC", "-" * WIDTH, *folded(MEANING), ""]
    if not counts.every.sessions and not counts.none:
        lines += folded("No finished session has a working diagnosis yet.")
    if counts.ranked.sessions:
        lines.append("Diagnoses among the causes that were ranked")
        lines += _tally(counts.ranked, least)
    if counts.outside:
        noun = "diagnosis was" if counts.outside == 1 else "diagnoses were"
        lines += folded(
            f"{counts.outside:,} other {noun} none of the causes that were ranked, and could not be shown."
        )
        lines.append("All of them")
        lines += _tally(counts.every, least)
    if counts.none:
        noun = "session" if counts.none == 1 else "sessions"
        lines += folded(
            f"In {counts.none:,} {noun} the working diagnosis was none of the causes; in {counts.none_shown:,} of them "
            "none fitted."
        )
    names = {cause.id: cause.name for cause in pack.causes} if pack else {}
    if len(counts.by_cause) > 1:
        lines += ["", "By diagnosis"]
        for id, tally in sorted(counts.by_cause.items(), key=lambda item: (-item[1].sessions, item[0])):
            lines += folded(f"{names.get(id, id)}: {_brief(tally, least)}", "  ", "    ")
    if len(counts.by_pack) > 1:
        lines += ["", "By pack"]
        for (id, version), tally in sorted(counts.by_pack.items()):
            lines += folded(f"{id} {version}: {_brief(tally, least)}", "  ", "    ")
    for reason, number in sorted(counts.left_out.items()):
        lines += folded(f"Not counted: {number:,}, {reason}.")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def calibration_json(counts: Calibration, figures: DeskFigures) -> str:
    """Return one JSON object with all counts; shares and intervals are null where there are too few."""
    least = figures.least_diagnoses
    value = {
        "schema": SCHEMA,
        "meaning": MEANING,
        "least": least,
        "ranked": _table(counts.ranked, least),
        "every": _table(counts.every, least),
        "outside": counts.outside,
        "none": {"sessions": counts.none, "none_fitted": counts.none_shown},
        "by_cause": {id: _table(tally, least) for id, tally in sorted(counts.by_cause.items())},
        "by_pack": [
            {"id": id, "version": version, **_table(tally, least)}
            for (id, version), tally in sorted(counts.by_pack.items())
        ],
        "left_out": dict(sorted(counts.left_out.items())),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def share_words(agreement: Agreement) -> str:
    """Return a share with its interval in whole percents, rounded outwards: "70 %, 95 % interval 51 to 84 %"."""
    low, high = _percents(agreement)
    share = (200 * agreement.agreed + agreement.of) // (2 * agreement.of)
    return f"{share} %, 95 % interval {low} to {high} %"


def _percents(agreement: Agreement) -> tuple[int, int]:
    low, high = agreement.interval
    return math.floor(100 * low), math.ceil(100 * high)


def _tally(tally: Tally, least: int) -> list[str]:
    lines = []
    for title, agreement in (("shown first", tally.top1), ("among the first three", tally.top3)):
        share = f" ({share_words(agreement)})" if tally.sessions >= least else ""
        lines += folded(f"{title}: {agreement.agreed:,} of {agreement.of:,}{share}", "  ", "    ")
    if tally.sessions < least:
        lines += folded(f"Too few to tell a share: {tally.sessions:,} of at least {least}.", "  ", "    ")
    return lines


def _brief(tally: Tally, least: int) -> str:
    counts = f"{tally.first:,} of {tally.sessions:,} first, {tally.among_three:,} among the first three"
    if tally.sessions < least:
        return f"{counts}; too few to tell a share"
    return f"{counts}; first {share_words(tally.top1)}"


def _table(tally: Tally, least: int) -> dict[str, Any]:
    enough = tally.sessions >= least
    intervals = {
        name: list(_percents(agreement)) if enough else None
        for name, agreement in (("top1_interval_percent", tally.top1), ("top3_interval_percent", tally.top3))
    }
    counts = {"sessions": tally.sessions, "top1": tally.first, "top3": tally.among_three}
    return {**counts, "enough": enough, **intervals}
