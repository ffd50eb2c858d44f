"""Out of the real kiosk by whatever a person at the terminal can do: no way ends it, opens a shell or leaves a file."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import assaults
import pytest
import textual
from real_kiosk import RealKiosk

from bodymap.kiosk.child import KEYBOARD
from bodymap.kiosk.pin import hash_pin
from bodymap.kiosk.terminal_reset import RESET
from bodymap.tui.keyboard import QUIET_SECONDS

SETTINGS = f'pin_hash = "{hash_pin("402871")}"\nlanguages = ["en"]\n'
SIGNALS = (
    *(signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGWINCH),
    *(signal.SIGCONT, signal.SIGPIPE),
)
"""Those that a terminal sends to its foreground, but for the one that says it is gone."""


def send(kiosk: RealKiosk, pieces: Iterable[bytes], together: int = 40) -> int:
    """Type the pieces, some at a time, until visits have read them all, and return how many there were.

    Those that end a visit are typed again for the next one: what stood behind them was thrown away with it.
    """
    rest = list(pieces)
    count = len(rest)
    while rest:
        some, rest = b"".join(rest[:together]), rest[together:]
        for _ in range(4):
            before = kiosk.vocabulary.resets
            kiosk.write(some)
            kiosk.all_read()
            if kiosk.vocabulary.resets == before:
                break
            kiosk.at_visit(before)
    return count


def paste(kiosk: RealKiosk) -> int:
    """One of them is never ended; the keyboard comes back when nothing has come for a while."""
    count = send(kiosk, assaults.pastes())
    while kiosk.read(QUIET_SECONDS + 0.2):
        pass
    return count


def resize(kiosk: RealKiosk) -> int:
    for size in assaults.SIZES:
        kiosk.resize(*size)
        before = kiosk.vocabulary.read
        kiosk.write(b"\x0c\t1\r")  # the first asks for everything to be drawn again
        kiosk.until(lambda before=before: kiosk.vocabulary.read > before)
        kiosk.all_read()
    return len(assaults.SIZES)


def signals(kiosk: RealKiosk) -> int:
    """Send them to the whole foreground, as a terminal does, and to the supervisor, as it would before a visit."""
    for number in SIGNALS:
        os.killpg(os.tcgetpgrp(kiosk.fd), number)
        os.kill(kiosk.pid, number)
        kiosk.write(b"\t")
        kiosk.all_read()
    return 2 * len(SIGNALS)


ASSAULTS: dict[str, Callable[[RealKiosk], int]] = {
    "bytes": lambda kiosk: send(kiosk, assaults.controls()),
    "function keys": lambda kiosk: send(kiosk, assaults.functions()),
    "kitty's keys": lambda kiosk: send(kiosk, assaults.kitty()),
    "answers": lambda kiosk: send(kiosk, assaults.answers()),
    "every cell": lambda kiosk: send(kiosk, assaults.mouse()),
    "other mice": lambda kiosk: send(kiosk, assaults.other_mouse()),
    "sizes": resize,
    "signals": signals,
    "pastes": paste,
}


def begin(kiosk: RealKiosk) -> set[str]:
    """Wait for the first welcome and for the next visit beside it; return the files that are there then."""
    kiosk.at_visit(0)
    kiosk.until("Begin")
    kiosk.until(lambda: len(kiosk.processes) == 3)
    return kiosk.files()


def goes_on(kiosk: RealKiosk, before: set[str]) -> None:
    """It holds, left no file, and takes the next person."""
    kiosk.resize(80, 24)
    kiosk.holds()
    assert kiosk.files() - before <= {"cache/bodymap/kiosk/tries"}
    kiosk.welcome()
    kiosk.holds()


def test_nothing_that_can_be_typed_clicked_or_told_leads_out(tmp_path: Path) -> None:
    with RealKiosk(tmp_path, SETTINGS) as kiosk:
        before = begin(kiosk)
        for assault in ASSAULTS.values():
            assault(kiosk)
            kiosk.holds()
        goes_on(kiosk, before)


def test_no_thread_of_a_visit_hears_a_signal_of_the_keyboard(tmp_path: Path) -> None:
    """However Textual sets them up, and between any two of its steps."""
    with RealKiosk(tmp_path, SETTINGS) as kiosk:
        begin(kiosk)
        threads = list(Path(f"/proc/{os.tcgetpgrp(kiosk.fd)}/task").glob("*/status"))
        assert len(threads) > 2
        for status in threads:
            (blocked,) = re.findall(r"^SigBlk:\s*([0-9a-f]+)$", status.read_text(), re.MULTILINE)
            for number in KEYBOARD:
                assert int(blocked, 16) >> number - 1 & 1, (status, number.name)


# ----- the variables


def known_to_textual() -> list[str]:
    """Return every variable that the installed Textual reads."""
    found = set()
    for file in Path(textual.__file__).parent.rglob("*.py"):
        found |= set(re.findall(r"TEXTUAL_[A-Z_]+", file.read_text(encoding="utf-8")))
    return sorted(found)


def values(folder: Path) -> dict[str, str]:
    """Return the variables of Textual, Python and the shell that could lead somewhere, each with a value that would."""
    special = {
        "TEXTUAL_DRIVER": "antigravity:Nothing",
        "TEXTUAL_PRESS": "ctrl+q,1,2",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_LOG": str(folder / "here/trace"),
        "TEXTUAL_SCREENSHOT_LOCATION": str(folder / "here"),
        "TEXTUAL_SCREENSHOT_FILENAME": "trace.svg",
        "TEXTUAL_DEVTOOLS_PORT": "1",
        "TEXTUAL_FILTERS": "nothing",
    }
    others = {
        "BROWSER": f"touch {folder}/here/trace",
        "PYTHONINSPECT": "1",
        "PYTHONBREAKPOINT": "os.system",
        "PYTHONSTARTUP": "/dev/stdin",
        "PYTHONFAULTHANDLER": "1",
        "BODYMAP_DEBUG": "1",
        "RICH_FORCE_TERMINAL": "1",
        "SHELL": "/bin/sh",
        "EDITOR": "/bin/sh",
        "PAGER": "/bin/sh",
        "ENV": "/dev/tty",
        "BASH_ENV": "/dev/tty",
        "LINES": "1",
        "COLUMNS": "1",
    }
    return {name: special.get(name, "1") for name in known_to_textual()} | others


def test_textual_is_read_right() -> None:
    assert {"TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_ALLOW_SIGNALS"} <= set(known_to_textual())


def holds_with(folder: Path, variables: dict[str, str]) -> None:
    with RealKiosk(folder, SETTINGS, **variables) as kiosk:
        before = begin(kiosk)
        send(kiosk, [b"\x03", b"\x11", b"\x10", b"\x1a", b"\x1c", b"\t"])
        goes_on(kiosk, before)
        os.kill(kiosk.pid, signal.SIGTERM)
        assert kiosk.wait() == 128 + signal.SIGTERM
        assert kiosk.sent.endswith(RESET)


def test_no_variable_leads_out(tmp_path: Path) -> None:
    holds_with(tmp_path, values(tmp_path))


# ----- the long form


def to_staff(kiosk: RealKiosk) -> None:
    kiosk.click_words("Staff")
    kiosk.until("Erase")


def to_ending(kiosk: RealKiosk) -> None:
    kiosk.click_words("End and clear")
    kiosk.until("Yes, clear it now")


def to_question(kiosk: RealKiosk) -> None:
    kiosk.press("1")
    kiosk.until("Why we ask")


def to_map(kiosk: RealKiosk) -> None:
    """Say no to whatever is asked before."""
    to_question(kiosk)

    def drawn() -> bool:
        there = kiosk.shows("Closer") or kiosk.shows("Whole body")
        if kiosk.shows("None of these"):
            kiosk.click_words("None of these")
        elif not there:
            kiosk.press("2")
        if not there:
            kiosk.read(0.5)
        return there

    kiosk.until(drawn)


PLACES: dict[str, Callable[[RealKiosk], None]] = {
    "welcome": lambda kiosk: None,
    "staff": to_staff,
    "ending": to_ending,
    "question": to_question,
    "map": to_map,
}
WATCHED = (
    "execve,execveat,creat,open,openat,openat2,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
    "connect"
)
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*?)(?:\) += (-?\d+|\?).*)?$")


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_nothing_leads_out_from_anywhere_by_what_the_system_was_asked(place: str, tmp_path: Path) -> None:
    """Every assault begins there. Each file opened for writing, each program, each connection is a known one."""
    strace = shutil.which("strace")
    calls = tmp_path / "calls"
    under = (
        (strace, "-D", "-f", "--seccomp-bpf", "-qq", "-o", str(calls), "-e", f"trace={WATCHED}")
        if strace
        else ()
    )
    sent = 0
    with RealKiosk(tmp_path, SETTINGS, under=under) as kiosk:
        before = begin(kiosk) | {"calls"}
        for name, assault in ASSAULTS.items():
            kiosk.welcome()
            PLACES[place](kiosk)
            sent += assault(kiosk)
            try:
                kiosk.holds()
            except AssertionError as error:
                raise AssertionError(f"{name} at {place}") from error
        goes_on(kiosk, before)
        visits, sessions = kiosk.vocabulary.resets, kiosk.sessions
        os.kill(kiosk.pid, signal.SIGTERM)
        assert kiosk.wait() == 128 + signal.SIGTERM
    print(f"\n{place}: {sent} assaults, {visits} visits, {sessions} sessions saved")
    if strace:
        assert foreign(calls.read_text(errors="replace"), tmp_path) == []


def foreign(calls: str, folder: Path) -> list[str]:
    """Return the system calls that started, wrote or called up what no kiosk does."""
    own = f'"{folder}/(?:visits|cache/bodymap)[/"]'
    # The file that is written in the folder of sessions before the first visit, and taken away again.
    trial = r'"\.bodymap-[0-9a-f]+-\d+-\d+-\d+\.tmp", [A-Z_|]*O_EXCL'
    found = []
    for line in calls.splitlines():
        call = _CALL.match(line)
        if call is None or call[3] is None or call[3].startswith("-"):
            continue
        name, given, _ = call.groups()
        if name.startswith("exec"):
            fine = f'"{sys.executable}"' in given and ("kiosk_child" in given or '"kiosk"' in given)
        elif name == "connect":
            fine = '"/dev/log"' in given
        elif name.startswith(("open", "creat")) and not re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", given):
            fine = True
        else:
            fine = bool(re.search(f'{own}|{trial}|"/dev/(?:null|tty|pts/\\d+)"', given))
        if not fine:
            found.append(line)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", [*known_to_textual(), "BROWSER", "PYTHONINSPECT", "BODYMAP_DEBUG"])
def test_no_variable_alone_leads_out(name: str, tmp_path: Path) -> None:
    holds_with(tmp_path, {name: values(tmp_path)[name]})
