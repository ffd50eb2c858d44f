"""A desk on a folder of sessions, one of each kind that matters, and a clinician in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from desk_driver import DeskDriver
from desk_names import id_at, keep

from bodymap.common.settings import Settings
from bodymap.engine import compile_pack
from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack
from bodymap.sessions import Session, compose
from bodymap.tui.review import list_layout
from bodymap.tui.review.desk import Desk
from bodymap.tui.review.list_screen import ListScreen
from bodymap.tui.review.review_app import ReviewApp

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
Open = Callable[..., AbstractAsyncContextManager[DeskDriver]]


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    return load_anatomy()


@pytest.fixture(scope="session")
def people(pack: Pack, anatomy: Anatomy) -> dict[str, Session]:
    """One session of each kind that matters, oldest first, an hour apart."""
    engine = compile_pack(pack, anatomy)
    found = {}
    for number, (name, (marks, answers, complete)) in enumerate(PEOPLE.items()):
        started = NOW - timedelta(hours=len(PEOPLE) - number)
        findings = Findings(marks, MappingProxyType(answers), complete)
        finished = None if name == "unfinished" else started + timedelta(minutes=7)
        found[name] = compose(
            pack,
            anatomy,
            findings,
            engine.assess(findings),
            id=id_at(started, number),
            started=started,
            finished=finished,
        )
    return found


UPPER, LOWER = (
    Mark("buttock-upper", "left", 7, ("ache",)),
    Mark("thigh-back", "left", 3, ("tingling", "tight")),
)
LEGS = (Mark("calf", "left", 6, ("numb",)), Mark("calf", "right", 6))
PEOPLE: dict[str, tuple[tuple[Mark, ...], dict[str, AnswerValue], bool]] = {
    "read-long-ago": ((Mark("low-back", "left", 4), UPPER), {"sits-most-of-day": "yes", "age": 47}, True),
    "emergency": ((Mark("saddle", "midline", 0, ("numb",)), *LEGS), {"saddle-numbness": "yes"}, False),
    "stenosis": (
        LEGS,
        {"walking-worse": "yes", "sitting-eases": "yes", "age": 74, "numbness": "unsure"},
        True,
    ),
    "unfinished": ((Mark("knee-front", "right", 2),), {}, False),
    "same-day": (
        (Mark("lumbar-spine", "midline", 8), Mark("foot-top", "left", 5)),
        {"foot-drop": "yes"},
        True,
    ),
    "leading": (
        (LOWER, UPPER, Mark("iliac-crest", "left", 6)),
        {"sits-most-of-day": "yes", "bending-forward-worse": "no", "recent-injury": "unsure"},
        True,
    ),
    "nothing": ((), {"age": 30}, False),
}


@pytest.fixture(autouse=True)
def own_folders(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Keep every test out of the person's own folders; returns the folder of sessions."""
    for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("HOME", "home")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(name, str(tmp_path / folder))
    warm = Path(tmp_path_factory.getbasetemp()) / "warm-cache"
    warm.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    monkeypatch.setenv("BODYMAP_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.chdir(tmp_path / "home")
    for name in ("NO_COLOR", "BODYMAP_PACK", "BODYMAP_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "sessions"


@pytest.fixture
def folder(own_folders: Path, people: dict[str, Session]) -> Path:
    """The folder with the sessions of `people` in it."""
    keep(own_folders, *people.values())
    return own_folders


@pytest.fixture(autouse=True)
def a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk stand on the day after all of them, whenever the test runs."""
    monkeypatch.setattr(list_layout, "today", lambda: (NOW + timedelta(days=1)).date())


@pytest.fixture
def open_desk(own_folders: Path) -> Open:
    """Return a function that opens a desk of a size and waits until it has read its folder."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), **changes: object) -> AsyncIterator[DeskDriver]:
        settings = Settings(sessions=own_folders)._replace(**changes)
        desk = Desk(settings)
        app = ReviewApp(settings, ListScreen(desk))
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                driver = DeskDriver(app, pilot, desk)
                await driver.settle()
                yield driver
        finally:
            desk.index.close()

    return opened
