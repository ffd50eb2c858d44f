"""What stands in the third pane: the ranking, what moved, and the cause in hand in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Static

from bodymap.tui.explain import beforehand, preview
from bodymap.tui.safe import lines, shown
from bodymap.tui.widgets.cause_list import CauseList, headings, moved

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from bodymap.engine import Assessment
    from bodymap.knowledge.pack import Pack


class CauseArea(Vertical):
    """The ranking, what moved and what cannot be told apart, and the cause in hand in short."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    CauseArea > .headings { height: 1; }
    CauseArea > .note { height: 7; padding: 0 1; color: $quiet; }
    .-narrow CauseArea > .note { height: 3; }
    CauseArea > .reading { height: 1fr; padding: 0 1; border-top: solid $faint; }
    .-small CauseArea > .reading { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.list = CauseList(id="causes")
        self.headings = Static(classes="headings", markup=False)
        self.note = Static(classes="note", markup=False)
        self.reading = Static(classes="reading", markup=False)
        self._names = 0

    def compose(self) -> ComposeResult:
        """Ranking, note, and the preview: the page behind Enter holds all of it."""
        yield self.headings
        yield self.list
        yield self.note
        yield self.reading

    def show(self, assessment: Assessment, previous: Assessment | None, pack: Pack) -> None:
        """Show an assessment."""
        self.list.show(assessment, previous, pack)
        self.note.update(note(assessment, previous, pack), layout=False)
        self._names = max(len(entry.cause.name) for entry in assessment.causes)
        self.on_resize()

    def on_resize(self) -> None:
        """Put the words above the columns where the columns are."""
        self.headings.update(shown((headings(self.list.width, self._names), "$quiet")), layout=False)

    def read(self, assessment: Assessment, pack: Pack, cause: str) -> None:
        """Show one cause in short, or how to read one."""
        if cause:
            self.reading.update(preview(assessment.cause(cause), pack), layout=False)
        else:
            self.reading.update(beforehand(pack), layout=False)


def note(assessment: Assessment, previous: Assessment | None, pack: Pack) -> Content:
    """Return the lines under the ranking: whether anything fits, what cannot be told apart, whether asking on helps,
    and, because it may be long, last: what moved and why.
    """
    rows = []
    if assessment.none_fits:
        rows.append(shown(("Nothing fits well yet.", "bold")))
    for group in assessment.indistinguishable:
        which = f"the first {len(group)}"
        telling = [
            q.question.short for q in assessment.next_questions if q.gain > 0 and q.question.group != "safety"
        ][:2]
        until = f" until known: {', '.join(telling)}" if telling else ""
        rows.append(shown(("Cannot be told apart: ", "bold"), f"{which}{until}."))
    if assessment.settled:
        rows.append(shown(("More answers cannot change who leads.", "bold")))
    if (movement := _movement(assessment, previous)).plain:
        rows.append(movement)
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
