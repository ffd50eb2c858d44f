"""An assessment as a page of plain text, 80 columns wide: alarms first, then the ranking and its reasons."""

from __future__ import annotations

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS, TIER_WORDS
from bodymap.engine.assessment import AssessedAlarm, AssessedCause, AssessedLine, Assessment
from bodymap.engine.engine import Engine
from bodymap.engine.findings import Findings
from bodymap.knowledge.pack import Cause, Voice
from bodymap.report.tables import article_source
from bodymap.report.wording import (
    NOT_A_DIAGNOSIS,
    WIDTH,
    Cites,
    feelings_behind,
    folded,
    refs_words,
    said_lines,
    signed,
)

_BAR = 22
_SAFETY = "safety"
_FITS = ("strong", "possible")
_QUESTIONS = 5


def assessment_text(assessment: Assessment, engine: Engine, findings: Findings | None = None) -> str:
    """Return the page; with `findings` it also reads back what was said. ASCII but for names the pack
    brings.
    """
    page = _Page(assessment, engine, findings or Findings())
    lines = page.head()
    lines += page.alarms()
    if findings is not None:
        lines += page.safety()
        lines += ["", *_title("What was said"), *said_lines(findings, engine.pack, engine.anatomy)]
    lines += page.ranking()
    for assessed in assessment.causes:
        lines += page.cause(assessed)
    lines += page.questions()
    lines += page.article()
    lines += page.studies()
    lines += page.sources()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(text: str) -> list[str]:
    return [text.upper(), "-" * WIDTH]


class _Page:
    def __init__(self, assessment: Assessment, engine: Engine, findings: Findings) -> None:
        self._assessment = assessment
        self._findings = findings
        self._engine = engine
        self._pack = engine.pack
        self._cite = Cites(engine.pack)

    def head(self) -> list[str]:
        pack = self._pack
        name = f"pack {pack.id} {pack.version}, {pack.sha256[:12]}"
        lines = ["=" * WIDTH, f"BODYMAP ASSESSMENT{name:>{WIDTH - 18}}", "=" * WIDTH]
        return lines + folded(pack.facts.get("not-a-diagnosis", NOT_A_DIAGNOSIS))

    def alarms(self) -> list[str]:
        lines: list[str] = []
        for assessed in self._assessment.alarms:
            lines += ["", *self._alarm(assessed)]
        return lines or ["", "No alarm was raised by what has been said so far."]

    def safety(self) -> list[str]:
        """Return how much no alarm is worth: as much as the safety questions that have an answer."""
        asked = [id for id, question in self._pack.questions.items() if question.group == _SAFETY]
        unknown = sum(self._findings.answers.get(id, "unsure") == "unsure" for id in asked)
        if not asked:
            return []
        if not unknown:
            return ["", *folded(f"All {len(asked)} safety questions have an answer.")]
        return ["", *folded(f"{unknown} of {len(asked)} safety questions have no clear answer yet.")]

    def _alarm(self, assessed: AssessedAlarm) -> list[str]:
        alarm = assessed.alarm
        feelings = feelings_behind(alarm.when, self._findings, self._pack)
        because = refs_words(assessed.because, self._pack, self._engine.anatomy, feelings)
        lines = folded(f"{TIER_WORDS[alarm.tier]}: {alarm.title}", "!! ", "!! ")
        lines += folded(alarm.says, "!! ", "!! ")
        lines += folded(f"Do: {alarm.do}", "!! ", "!! ")
        lines += folded(f"Because: {because}", "!! ", "!! ")
        lines += folded(f"Clinician: {alarm.clinician} {self._cite(alarm.source)}", "!! ", "!! ")
        return lines

    def ranking(self) -> list[str]:
        lines = ["", *_title("Which causes fit")]
        widest = max([0, *(assessed.high for assessed in self._assessment.causes)])
        for assessed in self._assessment.causes:
            bar = _bar(assessed, max(widest, self._pack.bands["strong"]))
            rank = f"{assessed.rank}{'=' if assessed.tied_with else ''}"
            sides = ", ".join(assessed.sides)
            lines += folded(assessed.cause.name + (f" ({sides})" if sides else ""), f"{rank:>3} ", "    ")
            score = f"{assessed.score} ({assessed.low} to {assessed.high})"
            rest = f"    {BAND_WORDS[assessed.band]:<12} [{bar}] {score:<16} "
            lines.append(f"{rest}evidence {GRADE_WORDS[assessed.cause.evidence]}")
        lines += [
            "",
            "# points so far   - still open   numbers: score (lowest to highest possible)",
        ]
        if self._assessment.none_fits:
            lines.append("None of the causes fits well enough so far.")
        names = {cause.id: cause.name for cause in self._pack.causes}
        for group in self._assessment.indistinguishable:
            lines += folded(f"Cannot be told apart so far: {'; '.join(names[id] for id in group)}.")
        if self._assessment.settled:
            lines.append("No further answer can change which cause leads.")
        return lines

    def cause(self, assessed: AssessedCause) -> list[str]:
        cause = assessed.cause
        title = f"{assessed.rank}. {cause.name}: {BAND_WORDS[assessed.band]}"
        lines = ["", *folded(title, "", "   "), "-" * WIDTH]
        if assessed.band != "unlikely":
            lines += folded(f"{cause.article_says} [{article_source(cause, self._pack)}]")
            if cause.article_helps:
                lines += folded(f"What helps: {cause.article_helps}")
        if assessed.band in _FITS:
            lines += self._studies(cause)
        if cause.prior:
            text = f"Before any answer: {cause.prior_says} {self._cite(cause.prior_source)}"
            lines += folded(text, f"  {signed(cause.prior):>5} ", " " * 8)
        lines += self._lines("Needed, and known to be absent", assessed.needs_missing)
        lines += self._lines("Speaks for it", assessed.for_lines)
        lines += self._lines("Speaks against it", assessed.against_lines)
        if assessed.band != "unlikely":
            lines += self._lines("Not known yet", assessed.unknown_lines)
        elif assessed.unknown_lines:
            count = len(assessed.unknown_lines)
            lines += folded(f"Not known yet: {count} thing{'' if count == 1 else 's'} that could count.")
        return lines

    def _studies(self, cause: Cause) -> list[str]:
        """Return the other voice, apart from the article's: studies, the clinician's line, the next step."""
        cites = "".join(self._cite(source) for source in cause.literature_sources)
        grade = f"{cause.evidence_says} {self._cite(cause.evidence_source)}"
        said = (
            ("What studies say", f"{cause.literature_says} {cites}" if cause.literature_says else ""),
            (f"Evidence {GRADE_WORDS[cause.evidence]}", grade if cause.evidence_says else ""),
            ("Clinician", cause.clinician),
            ("What the clinic does next", cause.clinic_next),
        )
        return [line for title, text in said if text for line in folded(f"{title}: {text}")]

    def _lines(self, title: str, assessed_lines: tuple[AssessedLine, ...]) -> list[str]:
        if not assessed_lines:
            return []
        lines = [f"{title}:"]
        for assessed in assessed_lines:
            refs = refs_words(assessed.findings, self._pack, self._engine.anatomy)
            text = f"{assessed.line.says} [{refs}] {self._cite(assessed.line.source)}"
            lines += folded(text, f"  {signed(assessed.points):>5} ", " " * 8)
        return lines

    def questions(self) -> list[str]:
        following = self._assessment.next_questions
        if not following:
            return []
        lines = ["", *_title("What to ask next")]
        for number, question in enumerate(following[:_QUESTIONS], start=1):
            lines += folded(question.question.asks, f"{number:>3}. ", "     ")
            lines += folded(question.why, "     ")
        more = sum(question.gain > 0 for question in following[_QUESTIONS:])
        if more:
            lines.append(f"     ({more} more could still help.)")
        return lines

    def article(self) -> list[str]:
        """Return what the article says about pain in the buttock and leg in general, as far as the pack has it."""
        return self._general("From the article", "article")

    def studies(self) -> list[str]:
        """Return what studies say of such pain in general, as far as the pack has it."""
        return self._general("From studies", "literature")

    def _general(self, title: str, voice: Voice) -> list[str]:
        told = [
            line
            for text, source in self._pack.facts_of(voice)
            for line in folded(f"{text} {self._cite(source)}")
        ]
        return ["", *_title(title), *told] if told else []

    def sources(self) -> list[str]:
        listed = self._cite.listed()
        return ["", *_title("Sources"), *listed] if listed else []


def _bar(assessed: AssessedCause, full: int) -> str:
    """Return a bar from 0 to `full` points: what there is, and what may still be added."""
    score, high = (max(0, min(full, points)) * _BAR // full for points in (assessed.score, assessed.high))
    return ("#" * score + "-" * (high - score)).ljust(_BAR)
