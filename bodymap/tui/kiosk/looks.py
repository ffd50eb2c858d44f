"""How roomy a screen is: looks are tried from the roomiest to the closest, and the first one that fits is taken."""

from __future__ import annotations

from typing import NamedTuple

WIDE, TALL = "wide", "tall"
"""The two kinds of drawn letters, see `letters`. Two lines of wide ones read well; of more, tall ones read better."""
_ANY = 99


class Look(NamedTuple):
    """One way to set a scene.

    `heading` and `text` name the widest letters that these are drawn in, "" for plain ones; with `labels` those of the
    targets are drawn too. `high` is the height of a target, `apart` the rows between two of them, `air` the rows
    between paragraphs. Without `hints` what only helps to find one's way is left out, without `tall` letters of that
    kind are. `lines` is the most lines that a heading in wide letters may have.
    """

    heading: str = ""
    text: str = ""
    labels: bool = False
    high: int = 3
    apart: int = 0
    air: int = 1
    hints: bool = True
    tall: bool = True
    lines: int = 2

    def on(self, drawn: str) -> Look | None:
        """Return this look on a terminal whose letters may be drawn as `drawn`; None where it makes no sense there."""
        if drawn == TALL or not (self.heading or self.text or self.labels):
            return self
        if not drawn:
            return None
        return self._replace(
            heading=WIDE if self.heading else "",
            text=WIDE if self.text == WIDE else "",
            tall=False,
            lines=_ANY,
        )

    def kinds(self, widest: str) -> tuple[str, ...]:
        """Return the kinds of drawn letters to try, the widest first."""
        return tuple(
            kind
            for kind in (WIDE, TALL)
            if widest and (kind != WIDE or widest == WIDE) and (kind != TALL or self.tall)
        )


PLAIN = (
    Look(heading=WIDE, high=5, apart=1),
    Look(heading=TALL, high=5, apart=1),
    Look(heading=TALL, high=3, apart=1),
    Look(heading=TALL, high=3),
    Look(heading=TALL, high=3, air=0),
    Look(high=5, apart=1),
    Look(high=3, apart=1),
    Look(high=3),
    Look(high=3, air=0),
    Look(high=3, air=0, hints=False),
)
LARGE = (
    Look(heading=WIDE, text=WIDE, labels=True, high=6, apart=1),
    Look(heading=WIDE, text=TALL, labels=True, high=6, apart=1),
    Look(heading=TALL, text=TALL, labels=True, high=6),
    Look(heading=TALL, text=TALL, labels=True, high=6, air=0, hints=False),
    Look(heading=WIDE, labels=True, high=6),
    Look(heading=TALL, labels=True, high=6),
    Look(heading=TALL, labels=True, high=6, air=0, hints=False),
)
LARGE_LABELS = LARGE[-1]
"""A list of things to switch is rather spread over pages in this look than set closer."""
LARGE_CLOSER = (
    Look(heading=TALL, high=5, apart=1),
    Look(heading=TALL, high=5, air=0),
    Look(heading=TALL, high=3, air=0, hints=False),
)
LARGE_HEADING = LARGE_CLOSER[1]
"""A question is rather spread over pages in this look than set in plain letters."""
