"""The reading pages: help, one cause, two causes compared, what was said to raise an alarm."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS
from bodymap.knowledge.anatomy import Anatomy
from bodymap.report.wording import ref_words
from bodymap.tui.commands.table import PLACES, commands_for
from bodymap.tui.explain import swap, whole
from bodymap.tui.safe import lines, shown
from bodymap.tui.screens.page import Page, close
from bodymap.tui.widgets.alarm_banner import HEADINGS

if TYPE_CHECKING:
    from textual.content import Content

    from bodymap.engine import Assessment, Engine, Findings
    from bodymap.knowledge.pack import Pack


_HELP: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "What the signs mean",
        (
            ("● ○ ? ·", "answered yes (or with a number), answered no, not sure, not answered."),
            ("(…)", "a question in brackets no longer changes the result; it can still be answered."),
            ("█ ▒", "what speaks for a cause now; how far the open answers could take it."),
            ("1=", "several causes share this rank."),
            ("▲ ▼", "went up or down with the last answer."),
            ("::: ...", "where the cause in hand is often felt, and where at times."),
        ),
    ),
    (
        "With the mouse",
        (
            ("a place", "press it to mark it; turn the wheel over it to change how strong it is."),
            ("a question", "press it, then its answer above."),
            ("a cause", "press it to light it up, once more to read it."),
            ("a key", "the words in the bottom line can be pressed too."),
        ),
    ),
)


class HelpPage(Page):
    """Every key where it works, from the table of commands."""

    def __init__(self, pack: Pack | None) -> None:
        super().__init__()
        self._pack = pack

    def heading(self) -> Content:
        """Return the title."""
        return shown("How to use bodymap")

    def body(self) -> Content:
        """Return what this is, then the keys by pane."""
        rows = [
            shown(
                "Mark where it hurts, say what makes it worse or better, and see which causes fit and why."
            ),
            shown((self._pack.facts.get("not-a-diagnosis", "") if self._pack else "", "$quiet")),
            shown(""),
        ]
        for where, title in PLACES.items():
            rows.append(shown((title, "bold $mine")))
            rows += [self._row(command.written, command.help) for command in commands_for(where)]
            rows.append(shown(""))
        for title, told in _HELP:
            rows.append(shown((title, "bold $mine")))
            rows += [self._row(sign, words) for sign, words in told]
            rows.append(shown(""))
        return lines(*rows)

    def _row(self, sign: str, words: str) -> Content:
        """Return a key or a sign, and what it means in a column of its own."""
        room = max(20, min(self.app.size.width, 100) - 20)
        return shown((f"  {sign:<11}", "bold"), f"\n{'':<13}".join(textwrap.wrap(words, room)))


class CausePage(Page):
    """All there is to say about one cause."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare", show=False),
        Binding("right,n", "turn(1)", "Next cause", show=False),
        Binding("left,p", "turn(-1)", "Previous cause", show=False),
    ]

    def __init__(
        self, engine: Engine, pack: Pack, findings: Findings, assessment: Assessment, cause: str
    ) -> None:
        super().__init__()
        self._engine = engine
        self._findings = findings
        self._assessment = assessment
        self._pack = pack
        self._order = [entry.cause.id for entry in assessment.causes]
        self.cause = cause

    def heading(self) -> Content:
        """Return rank, name and the patient's name for it."""
        entry = self._assessment.cause(self.cause)
        return shown(
            (f"{entry.rank} {entry.cause.name}", "bold $cause"), (f"  {entry.cause.plain}", "$quiet")
        )

    def body(self) -> Content:
        """Return the whole explanation."""
        rival = next((id for id in self._order if id != self.cause), None)
        contrast = self._engine.contrast(self._findings, self.cause, rival) if rival else None
        return whole(self._assessment.cause(self.cause), self._pack, len(self._order), contrast)

    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return the keys of this page."""
        return (("←", "before", "turn(-1)"), ("→", "next", "turn(1)"), ("c", "compare", "compare"))

    def action_turn(self, step: int) -> None:
        """Read the next cause of the ranking."""
        self.cause = self._order[(self._order.index(self.cause) + step) % len(self._order)]
        self.refill()

    def action_compare(self) -> None:
        """Close and compare this cause."""
        close(self, f"compare:{self.cause}")


class ContrastPage(Page):
    """Two causes, line against line, and what would swap them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n", "turn(1)", "Another", show=False),
        Binding("left,p", "turn(-1)", "Another", show=False),
    ]

    def __init__(
        self, engine: Engine, pack: Pack, findings: Findings, assessment: Assessment, cause: str
    ) -> None:
        super().__init__()
        self._engine = engine
        self._pack = pack
        self._findings = findings
        self._cause = cause
        order = [entry.cause.id for entry in assessment.causes]
        self._others = [id for id in order if id != cause]
        self._other = self._others[0]

    def heading(self) -> Content:
        """Return the two names."""
        a, b = self._pack.cause(self._cause), self._pack.cause(self._other)
        return shown((a.name, "bold $cause"), "  against  ", (b.name, "bold $mine"))

    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return the keys of this page."""
        return (("←", "other before", "turn(-1)"), ("→", "next other", "turn(1)"))

    def action_turn(self, step: int) -> None:
        """Compare with another cause."""
        self._other = self._others[(self._others.index(self._other) + step) % len(self._others)]
        self.refill()

    def body(self) -> Content:
        """Return the lines on which they differ and the changes that would swap them."""
        return contrast_text(self._engine, self._pack, self._findings, self._cause, self._other)


def contrast_text(engine: Engine, pack: Pack, findings: Findings, cause: str, other: str) -> Content:
    """Return the comparison of two causes: where they stand, what would swap them, line against line."""
    contrast = engine.contrast(findings, cause, other)
    rows = []
    for entry, style in ((contrast.first, "$cause"), (contrast.second, "$mine")):
        rows.append(
            shown(
                (f"{entry.rank} {entry.cause.name}", f"bold {style}"),
                f"  {entry.score} points · {BAND_WORDS[entry.band]} · evidence {GRADE_WORDS[entry.cause.evidence]}",
            )
        )
    rows += [shown(""), *swap(contrast, pack)]
    rows += [shown(""), shown(("Line against line", "bold"))]
    states = {True: ("holds", "bold"), False: ("no", "$quiet"), None: ("open", "$quiet")}
    for line in contrast.lines:
        word, style = states[line.truth]
        if line.line.kind == "need":
            if line.truth:  # what a cause needs counts only while it is missing
                continue
            word, style = ("missing", "bold") if line.truth is False else states[None]
        rows.append(
            shown(
                (f"{_points(line.first):>4}", "bold $cause"),
                (f"{_points(line.second):>4}", "bold $mine"),
                (f"  {word:<8}", style),
                line.line.says,
            )
        )
    return lines(*rows)


def _points(points: int) -> str:
    return f"{points:+d}" if points else "·"


class AlarmPage(Page):
    """Every alarm: what was said, what to do, why it matters."""

    def __init__(self, assessment: Assessment, pack: Pack, anatomy: Anatomy) -> None:
        super().__init__()
        self._assessment = assessment
        self._pack = pack
        self._anatomy = anatomy

    def heading(self) -> Content:
        """Return the title."""
        return shown(
            "What needs attention" if self._assessment.alarms else "Nothing you said raises an alarm"
        )

    def body(self) -> Content:
        """Return the alarms, worst first."""
        rows: list[Content] = []
        for assessed in self._assessment.alarms:
            alarm = assessed.alarm
            source = self._pack.sources.get(alarm.source)
            rows += [
                shown((HEADINGS[alarm.tier], "bold $alarm")),
                shown((alarm.title, "bold")),
                shown(alarm.says),
                shown((alarm.do, "bold")),
                shown(
                    ("You said: ", "$quiet"),
                    "; ".join(
                        ref_words(reference, self._pack, self._anatomy) for reference in assessed.because
                    ),
                ),
                shown((f"{alarm.clinician} [{source.cite if source else alarm.source}]", "$quiet")),
                shown(""),
            ]
        if not rows:
            rows.append(
                shown("The safety questions can be answered at any time; they stand among the questions.")
            )
        rows.append(shown(("This is not a diagnosis.", "bold")))
        return lines(*rows)
