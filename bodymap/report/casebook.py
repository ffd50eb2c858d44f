"""Run a pack's vignettes and say how they came out. They are made up: this measures no accuracy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bodymap.engine import AssessedCause, AssessedLine, Assessment, Engine, read_findings
from bodymap.knowledge.cases import Case, Expect

NOT_ACCURACY = (
    "These are synthetic vignettes, written from published descriptions. They show whether the pack does\n"
    "what its authors meant; they are no measured accuracy and say nothing about real patients."
)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case run: what came out and, a sentence each, what was not as expected."""

    case: Case
    assessment: Assessment
    misses: tuple[str, ...]
    missed_alarms: tuple[str, ...]
    false_alarms: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not (self.misses or self.missed_alarms or self.false_alarms)

    def best_rank(self) -> int:
        """Return the best rank among the causes expected to lead; 0 where none is expected."""
        ranks = [
            cause.rank for cause in self.assessment.causes if cause.cause.id in self.case.vignette.expect.top
        ]
        return min(ranks, default=0)


@dataclass(frozen=True, slots=True)
class Casebook:
    """All results of a run."""

    results: tuple[CaseResult, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The results that were not as expected."""
        return tuple(result for result in self.results if not result.passed)

    def ranked_within(self, rank: int) -> tuple[int, int]:
        """Return in how many cases an expected cause ranks within `rank`, and how many cases expect one."""
        ranks = [result.best_rank() for result in self.results if result.case.vignette.expect.top]
        return sum(1 for best in ranks if best <= rank), len(ranks)


def run_cases(engine: Engine, cases: Iterable[Case]) -> Casebook:
    """Assess each case with `engine` and compare. Raises `Trouble` where a case's findings cannot be read."""
    return Casebook(tuple(_run(engine, case) for case in cases))


def _run(engine: Engine, case: Case) -> CaseResult:
    where = f"{case.file}, line {case.line}, case {case.vignette.id}"
    findings = read_findings(case.findings, engine.pack, engine.anatomy, where)
    assessment = engine.assess(findings, questions=False)
    expected = case.vignette.expect.alarms
    fired = [assessed.alarm.id for assessed in assessment.alarms]
    return CaseResult(
        case=case,
        assessment=assessment,
        misses=tuple(_misses(case.vignette.expect, assessment)),
        missed_alarms=tuple(id for id in expected if id not in fired),
        false_alarms=tuple(id for id in fired if id not in expected),
    )


def _misses(expect: Expect, assessment: Assessment) -> Iterable[str]:
    leaders = [assessed for assessed in assessment.causes if assessed.rank == 1]
    leading = ", ".join(assessed.cause.id for assessed in leaders)
    if expect.top and not any(assessed.cause.id in expect.top for assessed in leaders):
        yield f"{' or '.join(expect.top)} should lead; {leading} does."
    for assessed in leaders:
        if assessed.cause.id in expect.not_top:
            yield f"{assessed.cause.id} leads and should not."
    for id, bands in expect.bands.items():
        band = assessment.cause(id).band
        if band not in bands:
            yield f"{id} should be {' or '.join(bands)}; it is {band}."
    if expect.none_fits is not None and expect.none_fits != assessment.none_fits:
        yield (
            f"No cause should fit; {leading} does." if expect.none_fits else "A cause should fit; none does."
        )
    for group in expect.indistinguishable:
        if not any(set(group) <= set(found) for found in assessment.indistinguishable):
            yield f"{' and '.join(group)} should be impossible to tell apart; they are not."


def casebook_text(book: Casebook) -> str:
    """Return the run as text: totals, then the trace of each case that was not as expected."""
    total, failed = len(book.results), len(book.failed)
    first, third = book.ranked_within(1), book.ranked_within(3)
    missed = sum(len(result.missed_alarms) for result in book.results)
    false = sum(len(result.false_alarms) for result in book.results)
    none = sum(1 for result in book.results if result.case.vignette.expect.none_fits)
    head = [
        f"cases             {total}",
        f"as expected       {total - failed} of {total}",
        f"top 1             {first[0]} of {first[1]} that expect a leading cause",
        f"top 3             {third[0]} of {third[1]}",
        f"none fits         expected in {none} of {total}",
        f"missed alarms     {missed}",
        f"false alarms      {false}",
        "",
        NOT_ACCURACY,
    ]
    return "\n".join([*head, *(line for result in book.failed for line in _trace(result))]) + "\n"


def _trace(result: CaseResult) -> Iterable[str]:
    case = result.case
    yield ""
    yield f"{case.vignette.id} ({case.file}, line {case.line}): {case.vignette.says}"
    yield from (f"  ! {miss}" for miss in result.misses)
    yield from (f"  ! The alarm {id} should go off and did not." for id in result.missed_alarms)
    yield from (f"  ! The alarm {id} went off and should not." for id in result.false_alarms)
    if result.misses:
        named = {*case.vignette.expect.top, *case.vignette.expect.bands, *case.vignette.expect.not_top}
        for assessed in result.assessment.causes:
            if assessed.rank == 1 or assessed.cause.id in named:
                yield from _trace_cause(assessed)


def _trace_cause(assessed: AssessedCause) -> Iterable[str]:
    yield (
        f"  {assessed.rank}. {assessed.cause.id}: {assessed.band}, score {assessed.score} "
        f"({assessed.low} to {assessed.high}), prior {assessed.cause.prior}"
    )
    parts: tuple[tuple[str, tuple[AssessedLine, ...]], ...] = (
        ("for", assessed.for_lines),
        ("against", assessed.against_lines),
        ("missing", assessed.needs_missing),
        ("unknown", assessed.unknown_lines),
    )
    for word, lines in parts:
        for line in lines:
            yield f"       {word:8}{line.line.points:+4d}  {line.line.id}"
