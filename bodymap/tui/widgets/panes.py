"""The three panes of the explorer, side by side on a wide screen and one at a time on a narrow one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.engine.findings import Findings
from bodymap.tui.explain import preview
from bodymap.tui.safe import lines, shown
from bodymap.tui.widgets.cause_list import CauseList, headings, moved
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.question_card import QuestionCard
from bodymap.tui.widgets.question_list import QuestionList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from bodymap.engine import Assessment
    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack

FRAME_CSS = """
    Pane { border: round $faint; padding: 0; border-title-color: $quiet; }
    Pane:focus-within { border: heavy $mine; border-title-color: $foreground; border-title-style: bold; }
    .-narrow Pane { border: none; width: 1fr; }
"""


class Pane(Vertical):
    """One of the three; its frame shows which has the keyboard."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = FRAME_CSS


class MarkList(Static):
    """The marks in words, strongest first, and what the pattern on the map means."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    MarkList { height: auto; max-height: 8; padding: 0 1; color: $foreground; }
    .-narrow MarkList { max-height: 1; }
    .-small MarkList { display: none; }
    """
    findings: reactive[Findings] = reactive(Findings(), layout=True)
    lit_name: reactive[str] = reactive("", layout=True)

    def __init__(self, anatomy: Anatomy) -> None:
        super().__init__()
        self._anatomy = anatomy

    def render(self) -> Content:
        """Return one row a mark, as many as fit, then the legend."""
        marks = sorted(self.findings.marks, key=lambda mark: -mark.intensity)
        narrow = self.screen.has_class("-narrow")
        room = 1 if narrow else 7
        rows: list[Content] = []
        if narrow:
            if self.lit_name:
                return shown(
                    (self.lit_name, "$cause"),
                    (": felt here ", "$quiet"),
                    ("::: often ... at times", "$cause"),
                )
            if marks:
                names = ", ".join(
                    f"{mark.intensity} {self._short(mark.region, mark.side)}" for mark in marks[:3]
                )
                more = f" and {len(marks) - 3} more" if len(marks) > 3 else ""
                return shown((names + more, "$mine"))
            return shown(
                ("Move with the arrows to where it hurts, then press Enter; or use the mouse.", "$mine")
            )
        if not marks:
            rows.append(shown(("Move with the arrows to where it hurts and press Enter,", "$mine")))
            rows.append(shown(("or press the place with the mouse.", "$mine")))
        for mark in marks[: room - (1 if self.lit_name else 0)]:
            felt = f" · {', '.join(mark.qualities)}" if mark.qualities else ""
            none = " · nothing hurts here" if mark.intensity == 0 else ""
            rows.append(
                shown(
                    (f"{mark.intensity:>2} ", "bold $mine"),
                    self._short(mark.region, mark.side),
                    (felt + none, "$quiet"),
                )
            )
        if marks and self.findings.map_complete:
            rows.append(shown(("   Everything that hurts is marked (e).", "$quiet")))
        if self.lit_name:
            rows.append(
                shown(
                    (self.lit_name, "$cause"),
                    (": felt here ", "$quiet"),
                    ("::: often ... at times", "$cause"),
                )
            )
        return lines(*rows)

    def _short(self, region: str, side: str) -> str:
        name = self._anatomy.regions[region].name
        return name if side == "midline" else f"{side.upper()} {name}"


class MapPane(Pane):
    """The body, and under it the marks in words."""

    DEFAULT_CSS = "MapPane { width: 1fr; }"

    def __init__(self, body: Body, anatomy: Anatomy) -> None:
        super().__init__(id="map-pane")
        self.border_title = "1 Where"
        self.canvas = MapCanvas(body, id="map")
        self.marks = MarkList(anatomy)

    def compose(self) -> ComposeResult:
        """The canvas over the list."""
        yield self.canvas
        yield self.marks


class QuestionPane(Pane):
    """The question in hand over all the questions."""

    DEFAULT_CSS = "QuestionPane { width: 39; }"

    def __init__(self) -> None:
        super().__init__(id="question-pane")
        self.border_title = "2 What changes it"
        self.card = QuestionCard()
        self.list = QuestionList(id="questions")

    def compose(self) -> ComposeResult:
        """The card over the list."""
        yield self.card
        yield self.list


class CausePane(Pane):
    """The ranking, what moved and what cannot be told apart, and the cause in hand in short."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    CausePane { width: 39; }
    CausePane > .headings { height: 1; }
    CausePane > .note { height: auto; max-height: 6; padding: 0 1; color: $quiet; }
    CausePane > .reading { height: 1fr; padding: 0 1; border-top: solid $faint; scrollbar-size-vertical: 1;
        scrollbar-color: $faint; scrollbar-background: $background; }
    .-small CausePane > .reading { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="cause-pane")
        self.border_title = "3 What fits"
        self.list = CauseList(id="causes")
        self.headings = Static(classes="headings", markup=False)
        self.note = Static(classes="note", markup=False)
        self.text = Static(markup=False)
        self._names = 0

    def compose(self) -> ComposeResult:
        """Ranking, note, and the preview, which the keyboard skips: the page behind Enter holds more."""
        yield self.headings
        yield self.list
        yield self.note
        reading = VerticalScroll(self.text, classes="reading")
        reading.can_focus = False
        yield reading

    def show(self, assessment: Assessment, previous: Assessment | None, pack: Pack) -> None:
        """Show an assessment."""
        self.list.show(assessment, previous, pack)
        self.note.update(note(assessment, previous, pack))
        self._names = max(len(entry.cause.name) for entry in assessment.causes)
        self.on_resize()

    def on_resize(self) -> None:
        """Put the words above the columns where the columns are."""
        self.headings.update(shown((headings(self.list.size.width, self._names), "$quiet")))

    def read(self, assessment: Assessment, pack: Pack, cause: str) -> None:
        """Show one cause in short, or how to read one."""
        if cause:
            self.text.update(preview(assessment.cause(cause), pack))
        else:
            self.text.update(shown((pack.facts.get("prevalence", ""), "$quiet")))


def note(assessment: Assessment, previous: Assessment | None, pack: Pack) -> Content:
    """Return the lines under the ranking: what moved and why, what cannot be told apart, whether asking on helps."""
    rows = [movement] if (movement := _movement(assessment, previous)).plain else []
    if assessment.none_fits:
        rows.append(shown(("Nothing fits well yet. ", "bold"), "That is an honest result, not an error."))
    for group in assessment.indistinguishable:
        which = (
            f"the first {len(group)}" if len(group) > 2 else _series([pack.cause(id).name for id in group])
        )
        telling = [
            q.question.short for q in assessment.next_questions if q.gain > 0 and q.question.group != "safety"
        ][:2]
        until = f" until known: {', '.join(telling)}" if telling else ""
        rows.append(shown(("Cannot be told apart: ", "bold"), f"{which}{until}."))
    if assessment.settled:
        rows.append(shown(("More answers cannot change who leads.", "bold")))
    return lines(*rows)


def _movement(assessment: Assessment, previous: Assessment | None) -> Content:
    if previous is None:
        return shown("")
    before = {entry.cause.id: entry for entry in previous.causes}
    entries = [entry for entry in assessment.causes if entry.score != before[entry.cause.id].score]
    if not entries:
        return shown("")
    most = max(entries, key=lambda entry: abs(entry.score - before[entry.cause.id].score))
    change = most.score - before[most.cause.id].score
    told = moved(most, before[most.cause.id])
    return shown((f"{change:+d} ", "bold"), most.cause.name, " ", told)


def _series(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
