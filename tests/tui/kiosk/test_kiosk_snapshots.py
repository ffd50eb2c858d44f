"""How the steps of a visit look. What they say is asserted elsewhere; here nothing about their looks changes unseen.

`pytest tests/tui/kiosk/test_kiosk_snapshots.py --snapshot-update` takes the pictures anew; look at them before they are
committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from guided import BUTTOCK, SADDLE, mark
from kiosk_driver import Clock, Person
from textual.pilot import Pilot

from bodymap.tui.kiosk.kiosk_app import KioskApp

PLAIN = {"clinic": "Riverside Practice", "phone": "555 0100", "most_questions": 60}
SPANISH = PLAIN | {"language": "es"}
LARGE = PLAIN | {"large_type": True}

KINDS = (
    *(
        "welcome",
        "question",
        "where",
        "confirm",
        "strength",
        "feel",
        "another",
        "several",
        "number",
        "results",
    ),
    *("consent", "goodbye", "hand-off", "ending", "idle", "pin", "sure"),
)
PICTURES = [
    *(((80, 24), kind, PLAIN) for kind in KINDS),
    *(((60, 20), kind, PLAIN) for kind in ("question", "where", "several", "number", "results", "hand-off")),
    *(((80, 24), kind, SPANISH) for kind in ("welcome", "where", "hand-off")),
    *(((80, 24), kind, LARGE) for kind in ("question", "where", "feel")),
    *(((120, 40), kind, PLAIN) for kind in ("question", "where")),
    ((80, 24), "strength", PLAIN | {"theme": "light"}),
    ((80, 24), "hand-off", PLAIN | {"theme": "high-contrast"}),
]


def name(picture: tuple[tuple[int, int], str, dict[str, object]]) -> str:
    (columns, rows), kind, config = picture
    changed = "-".join(f"{key}={value}" for key, value in config.items() if key not in PLAIN)
    return f"{columns}x{rows}-{kind}{'-' * bool(changed)}{changed}"


async def go_to(person: Person, kind: str) -> None:
    """Bring a visit to a step, or the screen to a question of its own."""
    visit = person.visit
    if kind in ("ending", "idle", "pin", "sure"):
        person.screen.left = 27
        person.screen.open_box(kind)
        return
    if kind in ("confirm", "strength", "feel", "another", "results"):
        await person.reach("where")
        if kind in ("another", "results"):
            mark(visit, BUTTOCK, 7, "ache")
            while visit.step.kind == "question":
                visit.choose("no")
        else:
            visit.point(BUTTOCK)
        if kind in ("strength", "feel"):
            visit.choose("yes")
        if kind == "feel":
            visit.number(7)
            visit.choose("burning")
        if kind == "results":
            visit.choose("complete")
            await person.reach("results")
    elif kind == "hand-off":
        await person.reach("where")
        visit.point(SADDLE)
        visit.choose("yes")
    elif kind == "goodbye":
        await person.reach("consent")
        visit.choose("save")
        visit.saved_as("K7PM")
    elif kind == "number":
        await person.reach("number", value="skip")
    elif kind != "welcome":
        await person.reach(kind)
    person.screen.arrive()
    assert person.step.kind == kind


@pytest.mark.parametrize("picture", PICTURES, ids=name)
def test_picture(
    picture: tuple[tuple[int, int], str, dict[str, object]],
    make_kiosk: Callable[..., tuple[KioskApp, Clock]],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size, kind, config = picture
    # The plugin makes this folder in the first process of pytest-xdist alone, and the others miss it.
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", ""))
    app, clock = make_kiosk(**config)

    async def before(pilot: Pilot[int]) -> None:
        person = Person(app, pilot, clock)
        await person.settle()
        await go_to(person, kind)
        await person.settle()

    assert snap_compare(app, terminal_size=size, run_before=before)
