"""What every test of the screens needs: folders of its own, and an explorer that has read its pack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from explorer_driver import Driver

from bodymap.common.settings import Settings
from bodymap.figure import Body, load_body
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.tui.app import BodymapApp
from bodymap.tui.screens.explorer import ExplorerScreen
from bodymap.tui.visit import Visit

Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    return load_anatomy()


@pytest.fixture(scope="session")
def body(anatomy: Anatomy) -> Body:
    return load_body(anatomy)


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of compiled packs for all tests here: it saves each of them a second."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, warm_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test out of the person's own folders; returns the folder of sessions."""
    for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("HOME", "home")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm_cache))
    monkeypatch.setenv("BODYMAP_SESSIONS", str(tmp_path / "sessions"))
    for name in ("NO_COLOR", "BODYMAP_PACK", "BODYMAP_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "sessions"


@pytest.fixture
def make_app(anatomy: Anatomy, body: Body, own_folders: Path) -> Callable[..., BodymapApp]:
    """Return a function that builds an explorer; keywords are those of `Settings`, and `resume`."""

    def make(*, resume: bool | str = False, **changes: object) -> BodymapApp:
        settings = Settings(sessions=own_folders)._replace(**changes)
        return BodymapApp(settings, ExplorerScreen(settings, anatomy, body, Visit(settings, resume)))

    return make


@pytest.fixture
def open_explorer(make_app: Callable[..., BodymapApp]) -> Open:
    """Return a function that opens an explorer of a size and waits until it has read its pack."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), **keywords: object) -> AsyncIterator[Driver]:
        app = make_app(**keywords)
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            yield driver

    return opened
