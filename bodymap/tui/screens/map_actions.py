"""What can be done on the map."""

from __future__ import annotations

from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Place
from bodymap.tui.screens.explorer_state import ExplorerState
from bodymap.tui.widgets.map_steps import behind_on, step_on

FIRST_STRENGTH = 5
"""A new mark starts in the middle of the scale; the line below the map says so and which keys change it."""


class MapActions(ExplorerState):
    """Moving by anatomy, marking, strength and feel."""

    def go_to(self, place: Place) -> None:
        """Put the cursor on a place, in the view where it is drawn."""
        self.view = self.anatomy.regions[place.region].view
        self.place = place

    def action_move(self, direction: str) -> None:
        """Move by anatomy; past the edge of one view lies the other, where both are shown."""
        sheet = self.map_pane.canvas.sheet
        if sheet is None:
            return
        self.go_to(step_on(sheet, self.view, self.place, direction))

    def action_mark(self) -> None:
        """Mark the place under the cursor if it is not marked."""
        if self.findings.mark_at(*self.place) is None:
            self.findings = self.findings.with_mark(Mark(self.place.region, self.place.side, FIRST_STRENGTH))

    def action_strength(self, strength: int) -> None:
        """Set how strong it is under the cursor, marking the place if need be.

        What it feels like stays, at 0 too: numb without pain is a finding, and a grave one in the saddle.
        """
        old = self.findings.mark_at(*self.place)
        mark = Mark(
            self.place.region,
            self.place.side,
            strength,
            old.qualities if old else (),
            old.worse_with if old else (),
        )
        self.findings = self.findings.with_mark(mark)

    def action_unmark(self) -> None:
        """Take the mark away."""
        self.findings = self.findings.without_mark(*self.place)

    def action_feel(self) -> None:
        """Ask what it feels like here."""
        from bodymap.tui.screens.choices import FeelBox

        mark = self.findings.mark_at(*self.place) or Mark(self.place.region, self.place.side, FIRST_STRENGTH)
        worse = []
        if self.knowledge is not None:
            worse = [(q.id, q.short) for q in self.knowledge.pack.questions.values() if q.group == "worse"]

        def take(changed: Mark | None) -> None:
            if changed is not None:
                self.findings = self.findings.with_mark(changed)

        self.app.push_screen(FeelBox(mark, self.anatomy.words(self.place), worse), take)

    def action_other_side(self) -> None:
        """Go to the same region on the other side."""
        other = {"left": "right", "right": "left"}.get(self.place.side)
        if other:
            self.place = Place(self.place.region, other)

    def action_turn(self) -> None:
        """Go to the other view, to the region that lies behind this one as nearly as can be told."""
        sheet = self.map_pane.canvas.sheet
        if sheet is None:
            return
        self.go_to(behind_on(self.body, sheet, self.view, self.place))

    def action_zoom(self) -> None:
        """Between the whole body and the close-up."""
        sheet = self.map_pane.canvas.sheet
        self.close_up = not sheet.close_up if sheet else None

    def action_map_complete(self) -> None:
        """Say, or take back, that everything that hurts is marked."""
        self.findings = self.findings.with_map_complete(not self.findings.map_complete)
