"""What a visit writes and whom it calls, as the kernel sees it: nothing and nobody, but for the session agreed to."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from real_visit import WELCOME, Patient, RealKiosk

CALLS = (
    "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,link,linkat,symlink,symlinkat,rename,renameat,renameat2,"
    "truncate,memfd_create,shmget,connect,bind"
)
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE")
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (?!-1)", re.MULTILINE)
_PATHS = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"')
TERMINALS = re.compile(r"/dev/(?:tty|pts/\d+|null)")


def may_trace() -> str:
    """Return why nothing can be watched here, an empty text where it can."""
    if shutil.which("strace") is None:
        return "there is no strace here"
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, text=True)
    return f"strace may not watch programs here: {tried.stderr.strip()}" if tried.returncode else ""


def written(log: str) -> set[str]:
    """Return what was opened for writing or made, and whoever was called, in lines of strace."""
    found = set()
    for call, arguments in _CALL.findall(log):
        if call.startswith("open") and not _WRITES.search(arguments):
            continue
        paths = [os.path.normpath(Path(folder or "/") / name) for folder, name in _PATHS.findall(arguments)]
        found |= (
            {path for path in paths if not TERMINALS.fullmatch(path)} if paths else {f"{call}({arguments})"}
        )
    return found


def test_a_visit_writes_nothing_but_what_was_agreed_to(tmp_path: Path) -> None:
    if reason := may_trace():
        pytest.skip(reason)
    trace = tmp_path / "trace.txt"
    line = (
        "strace",
        "-f",
        "-qq",
        "-y",
        "-s",
        "300",
        "-o",
        str(trace),
        "-e",
        f"trace={CALLS}",
        "-e",
        "signal=none",
    )
    with RealKiosk(tmp_path, line=line, most_questions=0, show_causes=False) as kiosk:
        kiosk.until(WELCOME)
        begun = 0

        def since() -> set[str]:
            nonlocal begun
            content = trace.read_text(errors="replace")
            begun, new = len(content), content[begun:]
            return written(new)

        assert since(), "the start writes into its cache, and that is seen"
        for end in ("cleared", "declined", "saved"):
            who = Patient(kiosk, random.Random(end))
            if end == "cleared":
                who.go_to("where")
                who.press("escape", "tab")
                kiosk.click_words("End and clear (Esc Esc)")
                kiosk.until("forgotten at once")
            else:
                who.go_to("consent")
                who.consent("save" if end == "saved" else "discard")
            found = since()
            if end == "saved":
                assert any(path.endswith(".toml") for path in found)
                assert all(Path(path).is_relative_to(kiosk.sessions) for path in found), found
            else:
                assert found == set()
            who.press("1")
            kiosk.until(WELCOME)
            assert since() == set(), "the end of a visit and the start of the next"
