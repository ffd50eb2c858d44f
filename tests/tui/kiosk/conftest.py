"""What every test of the kiosk's screens needs: the shipped knowledge, and a person who sits down in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from guided import knowledge
from kiosk_driver import Clock, Person, SitDown

from bodymap.engine import compile_pack
from bodymap.figure import Body
from bodymap.kiosk.config import KioskConfig
from bodymap.kiosk.pin import PinCheck
from bodymap.knowledge.loader import load_pack
from bodymap.tui.kiosk.kiosk_app import KioskApp
from bodymap.tui.kiosk.looks import TALL
from bodymap.tui.kiosk.sitting import Sitting
from bodymap.tui.kiosk.visit_screen import VisitScreen


@pytest.fixture
def make_kiosk(body: Body, own_folders: Path, tmp_path: Path) -> Callable[..., tuple[KioskApp, Clock]]:
    """Return a function that builds the application of one visit; keywords are those of `KioskConfig`, and `drawn`."""

    def make(pack: Path | None = None, drawn: str = TALL, **changes: object) -> tuple[KioskApp, Clock]:
        config = KioskConfig(sessions=own_folders, languages=("en", "es"), language="en")._replace(**changes)
        shipped, engine, anatomy = knowledge()
        if pack is not None:
            shipped = load_pack(pack)
            engine = compile_pack(shipped, anatomy)
        clock = Clock()
        screen = VisitScreen(config, Sitting(config, shipped, engine, anatomy), body, clock, drawn=drawn)
        screen.pin_check = PinCheck(config.pin_hash, tmp_path / "tries")
        return KioskApp(config, screen), clock

    return make


@pytest.fixture
def sit_down(make_kiosk: Callable[..., tuple[KioskApp, Clock]]) -> SitDown:
    """Return a function that opens a visit on a screen of a size."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (80, 24), **changes: object) -> AsyncIterator[Person]:
        app, clock = make_kiosk(**changes)
        async with app.run_test(size=size) as pilot:
            person = Person(app, pilot, clock)
            await person.settle()
            yield person

    return opened
