"""Nothing is left of a visit in a terminal that others wrote: tmux shows its scrollback, its buffers and its title."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_visit import WELCOME, Patient, RealKiosk

ENDS = ("saved", "killed", "cleared", "crashed")
SETTINGS = """
set -g status off
set -g history-limit 10000
set -g set-clipboard on
set -g exit-empty on
setw -g allow-rename on
setw -g alternate-screen {other}
"""

pytestmark = [
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here"),
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(), reason="the system tells nothing of processes in /proc"
    ),
]


class InTmux(RealKiosk):
    """The kiosk in a pane; without an `other` screen everything is drawn where the scrollback grows."""

    def __init__(self, folder: Path, other: str, **settings: object) -> None:
        (folder / "tmux.conf").write_text(SETTINGS.format(other=other))
        self._tmux = ("tmux", "-S", str(folder / "socket"), "-f", str(folder / "tmux.conf"))
        super().__init__(folder, watched=True, line=(*self._tmux, "new-session"), **settings)

    def ask(self, *command: str) -> str:
        done = subprocess.run(
            (*self._tmux, *command), capture_output=True, text=True, env=self._environment()
        )
        return done.stdout

    @property
    def supervisor(self) -> int:
        return int(self.ask("display-message", "-p", "#{pane_pid}"))

    def everything(self) -> tuple[str, ...]:
        """Return the screen with all that scrolled away, in colour, the other screen, the clipboard and the titles."""
        return (
            self.ask("capture-pane", "-p", "-e", "-S", "-", "-E", "-"),
            self.ask("capture-pane", "-p", "-e", "-a", "-q"),
            self.ask("list-buffers"),
            self.ask("display-message", "-p", "#{history_size} #{pane_title} #{window_name}"),
        )


@pytest.fixture(params=["off", pytest.param("on", marks=pytest.mark.slow)])
def kiosk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[InTmux]:
    folder = tmp_path / request.param
    folder.mkdir()
    with InTmux(folder, request.param, most_questions=0, show_causes=False) as kiosk:
        yield kiosk
        kiosk.ask("kill-server")


def test_tmux_remembers_nothing(kiosk: InTmux) -> None:
    kiosk.until(WELCOME)
    while kiosk.read(0.5):
        pass
    before = kiosk.everything()
    assert "Larger letters" in before[0]
    assert before[2] == "", "nothing is in the clipboard"
    assert before[3].startswith("0 bodymap "), "no scrollback, and a title that says nothing"
    for end in ENDS:
        who = Patient(kiosk, random.Random(end))
        who.go_to("consent" if end == "saved" else "strength")
        assert who.places
        assert kiosk.everything() != before
        if end == "saved":
            who.consent("save")
            who.press("1")
        elif end == "killed":
            os.kill(kiosk.visit, signal.SIGKILL)
        elif end == "cleared":
            who.press("escape")
            kiosk.press("escape")
            kiosk.until("End and clear?")
            who.press("1")
        else:
            (kiosk.orders / "crash").write_text("")
            who.press("escape")  # one step back, which is not shown any more
            kiosk.until(lambda: "ended with status 70" in kiosk.log)
            (kiosk.orders / "crash").unlink()
        kiosk.until(lambda: kiosk.everything() == before)
