"""The sheet in a real browser: one page on both papers, nothing asked of the network, nothing on the console."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from carried import HOSTILE, hostile, sitting

from bodymap.knowledge.loader import load_pack
from bodymap.report.html import STYLE, page_head, session_html, sessions_html

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine"),
]
CALM = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CALM += ["--disable-component-update", "--disable-sync", "--disable-extensions", "--no-pings"]
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}


class Printed(NamedTuple):
    """What a browser made of a page."""

    pages: int
    size: tuple[int, int]
    console: list[str]


def browse(folder: Path, page: Path, *options: str) -> str:
    """Open a page without a window and return what the browser said."""
    assert BROWSER is not None
    profile = folder / "profile"
    calm = [*CALM, f"--user-data-dir={profile}", "--enable-logging=stderr"]
    ended = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", *calm, *options, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    shutil.rmtree(profile, ignore_errors=True)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stderr


def console(said: str) -> list[str]:
    return [line for line in said.splitlines() if "CONSOLE" in line]


def printed(folder: Path, page: str, paper: str) -> Printed:
    style = STYLE.read_text(encoding="utf-8")
    on_paper = style.replace("size: auto", f"size: {paper}")
    assert on_paper != style
    # The policy names the sum of the style, so that it must be that of the style for this paper.
    head, rest = page_head("", style), page.replace(style, on_paper)
    file = folder / "page.html"
    file.write_text(rest.replace(_sum_of(head), _sum_of(page_head("", on_paper))), encoding="utf-8")
    pdf = folder / "page.pdf"
    said = browse(folder, file, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    content = pdf.read_bytes()
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    assert box is not None
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", content))
    return Printed(pages, (round(float(box[1])), round(float(box[2]))), console(said))


def _sum_of(head: str) -> str:
    found = re.search(r"sha256-([^']*)'", head)
    assert found is not None
    return found[1]


SITTINGS = [(0, 0, 1), (2, 8, 1), (8, 25, 2), (20, 30, 5), (20, 59, 4), (40, 59, 3), (40, 59, 8), (48, 59, 6)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("given", SITTINGS, ids=str)
def test_a_session_is_one_sheet(tmp_path: Path, paper: str, given: tuple[int, int, int]) -> None:
    sheet = printed(tmp_path, session_html(sitting(*given), load_pack()), paper)
    assert sheet.pages == 1
    assert sheet.console == []
    assert all(abs(a - b) <= 1 for a, b in zip(sheet.size, PAPERS[paper], strict=True))


def test_what_is_beyond_one_sheet_goes_on_to_a_second(tmp_path: Path) -> None:
    assert printed(tmp_path, session_html(sitting(89, 59, 4), load_pack()), "A4").pages == 2


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and everything that was sent to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1000))

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)


def test_hostile_words_ask_nothing_of_the_network_and_run_nothing(
    tmp_path: Path, listener: tuple[int, list[bytes]]
) -> None:
    port, heard = listener
    there = f"http://127.0.0.1:{port}/x"
    file = tmp_path / "page.html"
    reaching = [
        f"<img src={there}>",
        f'"><link rel=stylesheet href="{there}">',
        f"<style>@import url({there})</style>",
    ]
    file.write_text(
        "".join(sessions_html(map(hostile, [*HOSTILE, *reaching]), lambda _: None)), encoding="utf-8"
    )
    assert console(browse(tmp_path, file, "--dump-dom")) == []
    # Should words get out of their place one day, the policy is the second wall.
    for text in reaching:
        broken = session_html(hostile(text)).replace(
            "<body>", f"<body>{text}<script>fetch('{there}')</script>"
        )
        file.write_text(broken, encoding="utf-8")
        assert console(browse(tmp_path, file, "--dump-dom")) != [], "the policy stopped nothing"
    assert heard == []


def test_the_listener_hears_what_is_sent(tmp_path: Path, listener: tuple[int, list[bytes]]) -> None:
    port, heard = listener
    file = tmp_path / "open.html"
    file.write_text(f"<img src=http://127.0.0.1:{port}/x>")
    browse(tmp_path, file, "--dump-dom")
    assert heard
