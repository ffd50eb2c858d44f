"""From findings to an assessment: three-valued, additive, exact, explained. Pure functions, no input or output.

Names are loaded when they are first used, so that a screen that only holds findings does not pay for the engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from bodymap.engine.contrast import Contrast
    from bodymap.engine.engine import Engine, compile_pack
    from bodymap.engine.findings import AnswerValue, Findings, Mark
    from bodymap.engine.reading import findings_table, read_findings

_HOMES = {
    **dict.fromkeys(
        ("AnswerRef", "AssessedAlarm", "AssessedCause", "AssessedLine", "Assessment"), "assessment"
    ),
    **dict.fromkeys(("FindingRef", "NextQuestion", "PlaceRef"), "assessment"),
    **dict.fromkeys(("Contrast",), "contrast"),
    **dict.fromkeys(("Engine", "compile_pack"), "engine"),
    **dict.fromkeys(("AnswerValue", "Findings", "Mark"), "findings"),
    **dict.fromkeys(("findings_table", "read_findings"), "reading"),
}

__all__ = [
    "AnswerRef",
    "AnswerValue",
    "AssessedAlarm",
    "AssessedCause",
    "AssessedLine",
    "Assessment",
    "Contrast",
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


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"bodymap.engine.{_HOMES[name]}"), name)
