"""From findings to an assessment: three-valued, additive, exact, explained. Pure functions, no input or output."""

from bodymap.engine.assessment import (
    AnswerRef,
    AssessedAlarm,
    AssessedCause,
    AssessedLine,
    Assessment,
    FindingRef,
    NextQuestion,
    PlaceRef,
)
from bodymap.engine.engine import Engine, compile_pack
from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.engine.reading import findings_table, read_findings

__all__ = [
    "AnswerRef",
    "AnswerValue",
    "AssessedAlarm",
    "AssessedCause",
    "AssessedLine",
    "Assessment",
    "Engine",
    "FindingRef",
    "Findings",
    "Mark",
    "NextQuestion",
    "PlaceRef",
    "compile_pack",
    "findings_table",
    "read_findings",
]
