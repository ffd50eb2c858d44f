"""An assessment and a contrast as JSON, in the shape of the contract: the same bytes for the same input and
pack.
"""

from __future__ import annotations

import json
from typing import Any

from bodymap.engine.assessment import AssessedAlarm, AssessedCause, AssessedLine, Assessment, FindingRef
from bodymap.engine.contrast import Contrast
from bodymap.engine.engine import Engine
from bodymap.engine.facts import regions_of
from bodymap.knowledge.pack import Cause, Pack
from bodymap.report.wording import source_text

SCHEMA = 1


def assessment_json(assessment: Assessment, engine: Engine) -> str:
    """Return one JSON object, two spaces deep, ending in a newline."""
    return _written(assessment_table(assessment, engine))


def assessment_table(assessment: Assessment, engine: Engine) -> dict[str, Any]:
    """Return what `assessment_json` writes, as plain values in the order of the contract."""
    pack = engine.pack
    return {
        "schema": SCHEMA,
        "pack": pack_table(pack),
        "alarms": [_alarm(assessed) for assessed in assessment.alarms],
        "causes": [_cause(assessed, pack) for assessed in assessment.causes],
        "none_fits": assessment.none_fits,
        "indistinguishable": [list(group) for group in assessment.indistinguishable],
        "next_questions": [
            {
                "id": following.question.id,
                "asks": following.question.asks,
                "gain": following.gain,
                "why": following.why,
            }
            for following in assessment.next_questions
        ],
        "explanations": {
            assessed.cause.id: {
                "article": assessed.cause.article_says,
                "helps": assessed.cause.article_helps,
                "source": article_source(assessed.cause, pack),
            }
            for assessed in assessment.causes
        },
    }


def contrast_json(contrast: Contrast, engine: Engine) -> str:
    """Return a contrast as one JSON object, two spaces deep, ending in a newline.

    `lines` hold the points for each of the two; `changes` is null where no answers change their order, and
    `reason` then says why; `after` are the scores with the changes made.
    """
    pack = engine.pack
    first, second = contrast.first, contrast.second
    changes = None
    if contrast.changes is not None:
        changes = [
            {"id": change.question.id, "from": change.old, "to": change.new} for change in contrast.changes
        ]
    return _written(
        {
            "schema": SCHEMA,
            "pack": pack_table(pack),
            "causes": [
                {
                    "id": assessed.cause.id,
                    "name": assessed.cause.name,
                    "rank": assessed.rank,
                    "band": assessed.band,
                    "score": assessed.score,
                    "score_range": [assessed.low, assessed.high],
                }
                for assessed in (first, second)
            ],
            "difference": contrast.difference,
            "lines": [
                {
                    "id": row.line.id,
                    "says": row.line.says,
                    "counts": row.line.kind,
                    "state": state_word(row.truth),
                    "points": {first.cause.id: row.first, second.cause.id: row.second},
                    "findings": [ref.table() for ref in row.findings],
                    "source": source_text(row.line.source, pack),
                }
                for row in contrast.lines
            ],
            "lower": contrast.lower,
            "changes": changes,
            "after": None
            if contrast.after is None
            else {first.cause.id: contrast.after[0], second.cause.id: contrast.after[1]},
            "reason": contrast.reason,
        }
    )


def pack_table(pack: Pack) -> dict[str, str]:
    """Return what names a pack exactly."""
    return {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def article_source(cause: Cause, pack: Pack) -> str:
    """Return the article that a cause's explanation is taken from, with its section."""
    cite = next((source.cite for source in pack.sources.values() if source.voice == "article"), "article")
    return f"{cite}, “{cause.article_section}”" if cause.article_section else cite


def state_word(truth: bool | None) -> str:
    """Return a three-valued truth as a word."""
    return "unknown" if truth is None else "true" if truth else "false"


def _alarm(assessed: AssessedAlarm) -> dict[str, Any]:
    return {
        "id": assessed.alarm.id,
        "tier": assessed.alarm.tier,
        "because": [ref.table() for ref in assessed.because],
        "says": assessed.alarm.says,
    }


def _cause(assessed: AssessedCause, pack: Pack) -> dict[str, Any]:
    cause = assessed.cause
    return {
        "id": cause.id,
        "name": cause.name,
        "rank": assessed.rank,
        "tied_with": list(assessed.tied_with),
        "band": assessed.band,
        "evidence": cause.evidence,
        "score": assessed.score,
        "score_range": [assessed.low, assessed.high],
        "rank_range": [assessed.best_rank, assessed.worst_rank],
        "sides": list(assessed.sides),
        "for": [_line(line, pack) for line in assessed.for_lines],
        "against": [_line(line, pack) for line in assessed.against_lines],
        "unknown": [_line(line, pack) for line in assessed.unknown_lines],
        "needs_missing": [_line(line, pack) for line in assessed.needs_missing],
        "regions": list(regions_of((*cause.usual, *cause.possible), pack)),
    }


def _line(assessed: AssessedLine, pack: Pack) -> dict[str, Any]:
    return {
        "id": assessed.line.id,
        "says": assessed.line.says,
        "points": assessed.points,
        "findings": [_ref(ref) for ref in assessed.findings],
        "source": source_text(assessed.line.source, pack),
    }


def _ref(ref: FindingRef) -> dict[str, Any]:
    return ref.table()


def _written(table: dict[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"
