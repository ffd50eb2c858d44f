"""The whole visit in a real terminal emulator, by clicks of the mouse alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import xterm_window
from guided import knowledge
from kiosk_driver import SitDown
from pty_terminal import ROOT
from real_terminal import environment
from test_kiosk_same_answers import storyteller
from three_ways import Said, say
from xterm_window import Window

from bodymap.knowledge.anatomy import Place
from bodymap.report.assessment import assessment_json
from bodymap.sessions import SessionStore, findings_of
from bodymap.tui.kiosk.looks import WIDE
from bodymap.visit import GuidedVisit, Options, Step
from bodymap.visit.step import DONE

CLINIC, PHONE = "Riverside Practice", "01234 567890"
SIZES = [(80, 24), (120, 40)]
Cells = dict[Place, tuple[int, int]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(xterm_window.why_not()), reason=xterm_window.why_not() or "it can be had"),
]


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_visit_by_mouse_in_xterm(
    sit_down: SitDown, own_folders: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    """What somebody with four sore places clicks makes their session, and the next person sees nothing of it.

    A picture of each step lies in the folder of the test afterwards, to be looked at.
    """
    cells = await cells_of_the_body(sit_down, size)
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'sessions = "{own_folders}"\nclinic = "{CLINIC}"\nphone = "{PHONE}"\n')
    command = (sys.executable, "-m", "bodymap", "kiosk", "--config", str(settings))
    env = environment(tmp_path / "home", PYTHONPATH=str(ROOT), XDG_CACHE_HOME=str(tmp_path / "cache"))
    pack, engine, anatomy = knowledge()
    with Window(command, size, env) as window:
        visit = GuidedVisit(pack, engine, anatomy, Options(CLINIC, PHONE))
        while not visit.wants_saving:
            step = visit.step
            wait_for(window, step)
            keep_picture(window, tmp_path, step.kind)
            said = storyteller(visit)
            click(window, step, said, cells)
            say(visit, said)
        window.until(lambda: window.shows("Sign by sign"), "the code")
        keep_picture(window, tmp_path, "goodbye")
        (file,) = own_folders.rglob("*.toml")
        session = SessionStore(own_folders).read(file)
        assert f"Sign by sign: {' '.join(session.code)}" in window.words
        window.press_words("Done: clear the screen")
        window.until(lambda: CLINIC in window.words, "the next welcome")
        assert session.code not in window.text
        inside = window.processes()
        assert inside
    _, left = psutil.wait_procs(inside, timeout=15)
    assert not left, "closing the window ends all that ran in it"
    assert session.state == "finished"
    assert session.findings == visit.findings
    kept = findings_of(session, pack, anatomy)
    assert assessment_json(engine.assess(kept), engine) == assessment_json(visit.assessment, engine)


async def cells_of_the_body(sit_down: SitDown, size: tuple[int, int]) -> Cells:
    """Return a cell in the middle of each place that the kiosk draws in a window of a size."""
    async with sit_down(size, drawn=WIDE) as person:
        await person.reach("where")
        canvas = person.screen.map
        assert canvas.sheet is not None
        origin = canvas.content_region.offset
        return {
            place: (origin.x + start + cells[len(cells) // 2][0], origin.y + 1 + cells[len(cells) // 2][1])
            for start, grid in canvas.sheet.grids.values()
            for place in grid.places
            if (cells := sorted(grid.cells(place)))
        }


def wait_for(window: Window, step: Step) -> None:
    """Wait until every word of a step stands in the window, but for those that are drawn."""
    words = {
        word for text in (step.text, step.done, *(c.label for c in step.choices)) for word in text.split()
    }
    window.until(lambda: words <= set(window.words.split()), f"{step.kind}: {sorted(words)}")


def click(window: Window, step: Step, said: Said, cells: Cells) -> None:
    """Click what answers a step so."""
    labels = {choice.id: choice.label for choice in step.choices} | {DONE: step.done}
    if isinstance(said.value, Place):
        window.press(*cells[said.value])
    elif step.kind == "number":
        for digit in str(said.value):
            click_and_see(window, lambda digit=digit: window.press_words(digit))
        window.press_words("Go on")
    elif step.kind == "strength":
        window.press_words(str(said.value))
    elif isinstance(said.value, tuple):
        for id in said.value:
            click_and_see(window, lambda id=id: window.press_words(labels[id]))
        window.press_words("That is all" if said.value and step.kind == "feel" else "None of these")
    else:
        window.press_words(labels[str(said.value)])


def click_and_see(window: Window, press: Callable[[], None]) -> None:
    """Click, and wait until something in the window is another."""
    before = window.text
    press()
    window.until(lambda: window.text != before, "an answer to a click")


def keep_picture(window: Window, folder: Path, kind: str) -> None:
    number = len(list(folder.glob("*.png")))
    window.picture(folder / f"{number:02}-{kind}.png")
