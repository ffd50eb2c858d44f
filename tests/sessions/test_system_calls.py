"""Every system call of a save failed in turn by the kernel itself: it is said, and trying again makes one file.

`test_failing_disks` fails what we call; here whatever Python and the C library make of it fails, under strace.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from session_folder import FILE, everything
from session_given import SESSION, unfinished
from test_kill import forked

from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import SessionStore, read_session, writer

ERRORS = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS)
SAID = {
    errno.EIO: "The disk reported an error.",
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "Your share of the disk is used up.",
    errno.EROFS: "The disk can only be read.",
}
SAVED, TOLD, WRONG = 10, 20, 30
"""How a writer ends: its first try succeeded; it failed as it should and the second try succeeded; it failed otherwise.
"""
NEVER_PASSED_OVER = {"mkdir", "mkdirat", "write", "fsync", "linkat", "renameat"}
"""Calls without which a save is not durable: when one fails nothing may be acknowledged."""
NOT_THE_DISK = {"mmap", "mremap"}
"""Calls with a file among their arguments that ask for memory."""

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace here")


def save_and_try_again(folder: Path, number: int) -> None:
    """Wait for a signal, save, and after a failure that was said in the right words save once more."""
    store = SessionStore(folder)
    writer._system.cache_clear()  # as in a process that saves for the first time
    signal.sigwait({signal.SIGUSR1})
    try:
        store.save(SESSION)
    except Trouble as trouble:
        read = f": {os.strerror(number)}."  # what stood there before could not be read
        told = trouble.what == SAID[number] or trouble.what.endswith(read)
        if not (told and trouble.exit is Exit.FILE_FAILED and "still here" in trouble.remedy):
            os._exit(WRONG)
    else:
        os._exit(SAVED)
    store.save(SESSION)
    os._exit(TOLD)


def traced(folder: Path, log: Path, *inject: str, number: int = 0) -> int:
    """Run a writer under strace and return how it ended; `log` then holds every call that has to do with files."""
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    try:
        child = forked(lambda: save_and_try_again(folder, number))
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)
    command = ["strace", "-p", str(child), "-o", str(log), "-e", "trace=%file,%desc", *inject]
    strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert strace.stderr is not None
    said = strace.stderr.readline()
    attached = "attached" in said and "ttach:" not in said
    os.kill(child, signal.SIGUSR1 if attached else signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    strace.communicate()
    if not attached:
        pytest.skip(f"strace may not look at other processes here: {said.strip()}")
    return os.waitstatus_to_exitcode(status)


def prepared(folder: Path, begun: bool) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    if begun:
        SessionStore(folder).autosave(unfinished())
    return folder


def calls_of_a_save(folder: Path, log: Path, begun: bool) -> Counter[str]:
    """Return how often each call is made by a save that nothing disturbs."""
    assert traced(prepared(folder, begun), log) == SAVED
    names = re.findall(r"^(\w+)\(", log.read_text(), re.MULTILINE)
    return Counter(name for name in names if name not in NOT_THE_DISK)


@needs_strace
@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
@pytest.mark.parametrize(
    "turns", [1, pytest.param(len(ERRORS), marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_whatever_call_fails_it_is_said_and_trying_again_makes_one_file(
    tmp_path: Path, begun: bool, turns: int
) -> None:
    """With one turn the four errors go round among the calls; with four every call meets every error."""
    log = tmp_path / "calls.txt"
    calls = calls_of_a_save(tmp_path / "sessions", log, begun)
    assert {"openat", "write", "fsync", "unlinkat", "close"} <= calls.keys(), calls
    cases = [(name, at) for name, count in sorted(calls.items()) for at in range(1, count + 1)]
    outcomes: Counter[int] = Counter()
    for place, (name, at) in enumerate(cases):
        for turn in range(turns):
            number = ERRORS[(place + turn) % len(ERRORS)]
            folder = prepared(tmp_path / "sessions", begun)
            error = errno.errorcode[number]
            inject = f"inject={name}:error={error}:when={at}"
            status = traced(folder, log, "-e", inject, number=number)
            assert status in (SAVED, TOLD), (inject, log.read_text())
            assert status == TOLD or name not in NEVER_PASSED_OVER, inject
            assert "(INJECTED)" in log.read_text(), inject
            outcomes[status] += 1
            SessionStore(folder).sweep()  # as the next start does: a temporary file that could not be removed
            assert everything(folder) == [folder / FILE], inject
            assert read_session(folder / FILE) == SESSION, inject
    assert outcomes[TOLD] >= 10 * turns
    print(
        f"{'begun' if begun else 'new'}: {sum(outcomes.values())} failures of {len(cases)} calls {dict(calls)}: "
        f"{outcomes[TOLD]} said and saved by the second try, {outcomes[SAVED]} without harm to the first"
    )
