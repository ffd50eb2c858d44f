"""What the README promises: nothing is sent anywhere. Commands run under a hook that writes down what it hears."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from real_terminal import RealTerminal, environment

ROOT = Path(__file__).parents[2]
FINDINGS = 'schema = 1\n[answers]\nsits-most-of-day = "yes"\n'
WATCHED = """
import os, sys
heard = os.open(os.environ["HEARD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
SENDING = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib", "http",
           "webbrowser", "smtplib", "ftplib")
def hook(event, arguments):
    if event.startswith(SENDING):
        os.write(heard, f"{event} {arguments}\\n".encode())
sys.addaudithook(hook)
from bodymap.cli import run
sys.exit(run(sys.argv[1:]))
"""


def watched(folder: Path) -> tuple[dict[str, str], Path]:
    """Return the environment of a watched program, and the file in which the hook writes."""
    heard = folder / "heard.txt"
    return environment(folder, PYTHONPATH=str(ROOT), HEARD=str(heard)), heard


def test_the_hook_hears(tmp_path: Path) -> None:
    env, heard = watched(tmp_path)
    call = WATCHED.replace("from bodymap.cli import run\nsys.exit(run(sys.argv[1:]))", "") + (
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 0.1)\nexcept OSError:\n    pass\n"
    )
    subprocess.run([sys.executable, "-c", call], env=env, check=True)
    assert "socket.connect" in heard.read_text()


@pytest.mark.parametrize(
    "command",
    [
        "assess findings.toml",
        "figure --width 60",
        "sessions list",
        "sessions verify",
        "pack test",
        "doctor",
        "--help",
    ],
)
def test_commands_send_nothing(command: str, tmp_path: Path) -> None:
    (tmp_path / "findings.toml").write_text(FINDINGS)
    (tmp_path / ".local/share/bodymap/sessions").mkdir(parents=True, mode=0o700)
    env, heard = watched(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, *command.split()],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert heard.read_text() == ""


def test_the_explorer_sends_nothing(tmp_path: Path) -> None:
    env, heard = watched(tmp_path)
    with RealTerminal([sys.executable, "-c", WATCHED], 120, 40, env, folder=tmp_path) as terminal:
        terminal.wait_for("Thoracolumbar joint dysfunction")
        terminal.press("7")
        terminal.wait_for("7 of 10")
        terminal.press("ctrl+s")
        terminal.wait_for("Read it with")
        terminal.press("enter")
        terminal.wait_until_gone("Read it with")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert heard.read_text() == ""
