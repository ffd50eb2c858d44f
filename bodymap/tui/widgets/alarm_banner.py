"""What must not wait, above everything: it can be folded to one line, never away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from bodymap.tui.safe import Pressable, lines, pressable, shown

if TYPE_CHECKING:
    from textual.content import Content

    from bodymap.engine import AssessedAlarm

HEADINGS = {
    "emergency": "GET HELP NOW: TELL A MEMBER OF STAFF, OR CALL AN AMBULANCE",
    "same-day": "TO BE SEEN TODAY",
    "mention": "TELL THE CLINICIAN",
}


class AlarmBanner(Pressable):
    """The alarms of the assessment; `said` is what raised the worst one, `folded` leaves its heading and title."""

    DEFAULT_CSS = """
    AlarmBanner { display: none; height: auto; max-height: 8; padding: 0 1;
        background: $alarm-ground; color: $alarm-text; border-left: thick $alarm-text; }
    AlarmBanner.-any { display: block; }
    AlarmBanner.-mention { background: $panel; color: $foreground; border-left: thick $mine; }
    """
    alarms: reactive[tuple[AssessedAlarm, ...]] = reactive((), layout=True)
    said: reactive[str] = reactive("", layout=True)
    folded: reactive[bool] = reactive(False, layout=True)

    def watch_alarms(self, alarms: tuple[AssessedAlarm, ...]) -> None:
        """Show the banner while there is any alarm."""
        self.set_class(bool(alarms), "-any")
        self.set_class(bool(alarms) and alarms[0].alarm.tier == "mention", "-mention")

    def render(self) -> Content:
        """Return heading, what was said and what to do for the worst alarm, and how many more there are."""
        if not self.alarms:
            return shown("")
        worst = self.alarms[0].alarm
        heading = HEADINGS[worst.tier]
        more = len(self.alarms) - 1
        others = f"  and {more} more" if more else ""
        if self.folded:
            return shown(
                (f"{heading}", "bold"),
                f"  {worst.title}{others}  ",
                pressable("[a: show]", "screen.alarms", "underline"),
            )
        return lines(
            shown((f"{heading}", "bold"), others),
            shown(("You said: ", "bold"), f"{self.said}."),
            shown(f"{worst.do} ", ("This is not a diagnosis.", "italic")),
            shown(
                pressable("[ What I said: a ]", "screen.alarms", "underline"),
                "  ",
                pressable("[ Smaller ]", "screen.fold_alarms", "underline"),
            ),
        )
