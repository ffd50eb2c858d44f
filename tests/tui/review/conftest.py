"""A desk on a folder of made-up sessions, one of each kind that matters."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk_driver import DeskDriver

from bodymap.common.settings import Settings
from bodymap.desk.sample import sample_sessions
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack
from bodymap.sessions import Session, SessionStore
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
def made_up(pack: Pack, anatomy: Anatomy) -> tuple[Session, ...]:
    """Sixty sessions over two days, oldest first."""
    return tuple(sample_sessions(60, 7, pack, anatomy, until=NOW))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
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


def keep(folder: Path, *sessions: Session) -> None:
    """Write sessions into a folder."""
    store = SessionStore(folder)
    for session in sessions:
        (store.save if session.state == "finished" else store.autosave)(session)


@pytest.fixture
def folder(own_folders: Path, made_up: tuple[Session, ...]) -> Path:
    """The folder with the made-up sessions in it."""
    keep(own_folders, *made_up)
    return own_folders


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
