"""The half second between the first frame and the pack: what is entered in it, and a pack that never comes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from explorer_driver import UPPER, Driver
from pty_terminal import BODYMAP, Terminal, restored
from test_explorer_saving import states

import bodymap.tui.visit
from bodymap.common.places import cache_folder
from bodymap.common.settings import Settings
from bodymap.common.trouble import Exit, Trouble
from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.sessions import SessionStore
from bodymap.tui.visit import Visit, load_knowledge


async def test_a_pack_that_cannot_be_used_ends_it(make_app, tmp_path: Path) -> None:
    app = make_app(pack=tmp_path / "nowhere")
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app._exit
        assert app.return_code == Exit.BAD_INPUT
        trouble = app._first.visit.trouble
        assert isinstance(trouble, Trouble)
        assert str(tmp_path / "nowhere") in trouble.where


async def test_nothing_happens_to_keys_that_come_before_the_pack(
    make_app, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    load = bodymap.tui.visit.load_knowledge

    def slow(*given: object) -> object:
        let_go.wait(30)
        return load(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(bodymap.tui.visit, "load_knowledge", slow)
    app = make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        driver = Driver(app, pilot)
        await pilot.press("7", "tab", "y", "tab", "enter", "c", "a", "question_mark", "escape", "ctrl+s")
        assert app.screen is driver.explorer
        assert driver.findings.marks[0].intensity == 7
        assert any("pack is not there yet" in notice for notice in driver.notices)
        assert states(own_folders) == []
        let_go.set()
        await driver.settle()
        assert driver.findings.marks[0].intensity == 7
        assert driver.explorer.assessment is not None
    assert states(own_folders) == ["unfinished"]


async def test_marks_made_before_the_pack_stand_on_what_is_picked_up(
    open_explorer, own_folders: Path, anatomy: Anatomy
) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.say(sits_most_of_day="yes")
    session = SessionStore(own_folders).unfinished()
    assert session is not None
    visit = Visit(Settings(sessions=own_folders), resume=True)
    visit.now(Findings().with_mark(Mark("groin", "left", 3)))
    visit.use(load_knowledge(Settings(sessions=own_folders), anatomy))
    assert [mark.region for mark in visit.findings.marks] == ["buttock-upper", "groin"]
    assert visit.findings.answers["sits-most-of-day"] == "yes"
    assert visit.undo()
    assert [mark.region for mark in visit.findings.marks] == ["buttock-upper"]


# ----- in a real terminal


@pytest.fixture
def no_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture of an earlier start: keys reach the map while the pack is still being read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


WAITING = """
import os, sys, time
import bodymap.tui.visit as visit
load = visit.load_knowledge
def waits(*given):
    while not os.path.exists({gate!r}):
        time.sleep(0.01)
    return load(*given)
visit.load_knowledge = waits
from bodymap.cli import main
sys.argv = ["bodymap", *sys.argv[1:]]
main()
"""


def waiting(gate: Path, *arguments: str, before: str = "") -> Terminal:
    """Open the explorer with a pack that is read only once the file `gate` is there."""
    script = f"{before}\n{WAITING.format(gate=str(gate))}"
    return Terminal((sys.executable, "-c", script, *arguments))


def said_elsewhere(pack: Path, arguments: tuple[str, ...], capture: pytest.CaptureFixture[str]) -> str:
    """Return what another command says of a pack, its line breaks taken out."""
    from bodymap.cli import run

    assert run([*arguments, "--pack", str(pack)]) == Exit.BAD_INPUT
    return " ".join(capture.readouterr().err.split())


@pytest.mark.parametrize("kind", ["nowhere", "a file", "broken"])
def test_a_pack_that_is_of_no_use_is_said_once_as_everywhere(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack"
    if kind == "a file":
        pack.write_text("not a folder")
    elif kind == "broken":
        pack.mkdir()
        (pack / "pack.toml").write_text('id = "p"\nidd = 3\n')
    findings = tmp_path / "findings.toml"
    findings.write_text("schema = 1\n")
    said = said_elsewhere(pack, ("assess", str(findings)), capsys)
    with Terminal((*BODYMAP, "--pack", str(pack)), size=(120, 40)) as terminal:
        assert terminal.wait() == Exit.BAD_INPUT
        restored(bytes(terminal.sent))
        after = bytes(terminal.sent).rpartition(b"\x1b[?1004l")[2]
        assert said in " ".join(
            after.decode().replace("\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l", "").split()
        )
    assert not list(tmp_path.rglob("findings-*.toml"))


@pytest.mark.usefixtures("no_look")
def test_what_was_entered_before_a_pack_of_no_use_is_kept_as_a_findings_file(
    tmp_path: Path, own_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = tmp_path / "gate"
    with waiting(gate, "--pack", str(tmp_path / "nowhere")) as terminal:
        terminal.until("your low back")
        terminal.press("7", "t", "left", "3")
        terminal.until("3 of 10")
        gate.touch()
        assert terminal.wait() == Exit.BAD_INPUT
        restored(bytes(terminal.sent))
        (file,) = own_folders.glob("findings-*.toml")
        assert "What you entered is in" in terminal.words
        assert str(file) in "".join(terminal.words.split())
    assert file.stat().st_mode & 0o777 == 0o600
    assert own_folders.stat().st_mode & 0o777 == 0o700
    from bodymap.cli import run

    assert run(["assess", str(file)]) == Exit.DONE
    assert "7" in capsys.readouterr().out
    assert "intensity = 3" in file.read_text()
    assert run(["sessions", "verify"]) == Exit.DONE, "it is no session and no fault"


@pytest.mark.usefixtures("no_look")
@pytest.mark.parametrize("how", ["quit", "signal", "hang up"])
def test_leaving_before_the_pack_is_there_loses_nothing(how: str, tmp_path: Path, own_folders: Path) -> None:
    gate = tmp_path / "gate"
    with waiting(gate) as terminal:
        terminal.until("your low back")
        terminal.press("7")
        terminal.until("7 of 10")
        if how == "quit":
            terminal.press("ctrl+q")
        elif how == "signal":
            os.kill(terminal.pid, signal.SIGTERM)
        else:
            terminal.close()
        gate.touch()
        assert terminal.wait() == {"quit": 0, "signal": 143, "hang up": 129}[how]
        if how != "hang up":
            restored(bytes(terminal.sent))
    # A pack that comes in the last moment makes it a session, which is as good.
    (file,) = own_folders.rglob("*.toml")
    assert "intensity = 7" in file.read_text()


@pytest.mark.usefixtures("no_look")
@pytest.mark.slow
def test_a_pack_that_never_comes_keeps_nobody(tmp_path: Path, own_folders: Path) -> None:
    with waiting(tmp_path / "gate") as terminal:
        terminal.until("your low back")
        terminal.press("7")
        terminal.until("7 of 10")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        restored(bytes(terminal.sent))
    (file,) = own_folders.glob("findings-*.toml")
    assert "intensity = 7" in file.read_text()


@pytest.mark.usefixtures("no_look")
@pytest.mark.parametrize("answer", ["stay", "leave"])
def test_where_nothing_can_be_written_it_asks(answer: str, tmp_path: Path, own_folders: Path) -> None:
    own_folders.write_text("in the way")
    nowhere = f"import tempfile; tempfile.tempdir = {str(tmp_path / 'missing')!r}"
    gate = tmp_path / "gate"
    with waiting(gate, before=nowhere) as terminal:
        terminal.until("your low back")
        terminal.press("7")
        terminal.until("7 of 10")
        terminal.press("ctrl+q")
        terminal.until("y: leave without it")
        if answer == "leave":
            terminal.press("y")
            gate.touch()
            assert terminal.wait() == 0
            assert own_folders.read_text() == "in the way"
            return
        terminal.press("n")
        terminal.until(lambda: not terminal.shows("leave without it"))
        own_folders.unlink()
        terminal.press("ctrl+q")
        terminal.until(lambda: own_folders.is_dir())
        gate.touch()
        assert terminal.wait() == 0
    assert len(list(own_folders.glob("findings-*.toml"))) == 1


def test_keys_that_wait_behind_a_picture_are_kept_too(
    tmp_path: Path, own_folders: Path, no_look: None
) -> None:
    with Terminal() as terminal:
        terminal.until(lambda: list((cache_folder() / "looks").glob("*.json")) != [])
    gate = tmp_path / "gate"
    useless = """
from bodymap.common.trouble import Trouble
import bodymap.tui.visit as visit
def useless(*given):
    raise Trouble("It is of no use.", where="pack.toml")
visit.load_knowledge = useless
"""
    with waiting(gate, before=useless) as terminal:
        terminal.until("your low back")
        terminal.press("7", "t")
        gate.touch()
        assert terminal.wait() == Exit.BAD_INPUT
        restored(bytes(terminal.sent))
        assert "It is of no use." in terminal.words
    (file,) = own_folders.glob("findings-*.toml")
    assert "intensity = 7" in file.read_text()
