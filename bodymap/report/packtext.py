"""What is in a pack, and what the checks found in it, as text for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bodymap.knowledge.pack import TIERS, Cause, Pack

if TYPE_CHECKING:
    from bodymap.knowledge.checks import CheckReport


def pack_text(pack: Pack) -> str:
    """Return the content of a pack: scales, causes with prior and lines, alarms, questions, sources."""
    return "\n".join(_pack_lines(pack)) + "\n"


def _pack_lines(pack: Pack) -> Iterator[str]:
    yield f"{pack.title}  ({pack.id} {pack.version}, {', '.join(pack.languages)})"
    yield f"sha256 {pack.sha256}"
    yield ""
    bands = ", ".join(f"{band} from {points}" for band, points in pack.bands.items())
    yield f"Bands: {bands}; below that unlikely. Causes within {pack.margin} points cannot be told apart."
    yield f"Strengths: {', '.join(f'{name} {points}' for name, points in pack.strengths.items())}."
    caps = ", ".join(f"{grade} shows at most {cap}" for grade, cap in pack.caps.items())
    yield f"Caps by evidence: {caps}."
    yield ""
    yield f"CAUSES ({len(pack.causes)})"
    for cause in pack.causes:
        yield from _cause_lines(cause)
    yield ""
    yield f"ALARMS ({len(pack.alarms)})"
    for tier in TIERS:
        for alarm in pack.alarms:
            if alarm.tier == tier:
                yield f"  {tier:10} {alarm.id}: {alarm.title}  [{alarm.source}]"
    yield ""
    yield f"QUESTIONS ({len(pack.questions)})"
    for group in pack.groups:
        ids = [question.id for question in pack.questions.values() if question.group == group.id]
        yield f"  {group.title}: {', '.join(ids)}"
    yield ""
    yield f"SOURCES ({len(pack.sources)})"
    for source in pack.sources.values():
        link = f"  {source.link}" if source.link else ""
        yield f"  {source.id} ({source.voice}): {source.cite}{link}"


def _cause_lines(cause: Cause) -> Iterator[str]:
    yield ""
    yield f"{cause.id}: {cause.name}"
    yield f"  evidence {cause.evidence}  [{cause.evidence_source}]"
    prior = f"  {cause.prior_says}  [{cause.prior_source}]" if cause.prior_says else ""
    yield f"  prior {cause.prior:+d}{prior}"
    yield f"  usual area: {', '.join(cause.usual)}"
    if cause.possible:
        yield f"  possible area: {', '.join(cause.possible)}"
    for line in cause.lines:
        ratio = f"; {line.ratio}" if line.ratio else ""
        yield f"    {line.kind:8}{line.points:+4d}  {line.id}: {line.says}  [{line.source}{ratio}]"


def check_text(report: CheckReport) -> str:
    """Return what the checks found: each fault on a line, then the totals and the reading grades."""
    return "\n".join(_check_lines(report)) + "\n"


def _check_lines(report: CheckReport) -> Iterator[str]:
    yield from (str(fault) for fault in report.faults)
    if report.faults:
        yield ""
    pack = report.pack
    if pack is None:
        yield "The pack cannot be loaded; further checks wait until these faults are mended."
    else:
        lines = sum(len(cause.lines) for cause in pack.causes)
        yield (
            f"{pack.id} {pack.version}: {len(pack.causes)} causes, {lines} lines, "
            f"{len(pack.questions)} questions, {len(pack.alarms)} alarms, "
            f"{len(pack.sources)} sources, {report.cases} cases."
        )
        yield ""
        for readings in report.readings:
            if readings.scale is None:
                yield f"Reading in “{readings.language}”: there is no formula for it here, so it is not measured."
            else:
                scale = readings.scale
                yield f"{scale.name} ({scale.unit}; {scale.bound(readings.limit)}):"
            for group in readings.groups:
                yield f"  {group.grade:5.1f}  {group.name} ({group.measure.words} words)"
            yield ""
    if report.undecided:
        yield f"Too many combinations to decide about: {'; '.join(report.undecided)}."
    count = len(report.faults)
    if count:
        yield f"{count} fault{'s' if count > 1 else ''}."
    else:
        yield "No faults in what could be decided." if report.undecided else "No faults."
