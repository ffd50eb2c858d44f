"""Draw the pictures of the documentation: the real program in a real terminal, its screen written as SVG.

Run it with `make pictures`. Each scene presses keys as a person would, waits for the words that it is about, and writes
what stands on the screen then. The files name no font and no host to fetch anything from; a test reads their words.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "docs")]

from real_terminal import RealTerminal, environment  # noqa: E402
from screen_svg import svg  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
MARK_LEFT_UPPER_BUTTOCK = ("left", "down", "down", "7")
SITS_MOST_OF_THE_DAY = "Question: sits most of the day"
BENDING_FORWARD = "Question: bending forward"


@dataclass(frozen=True)
class Scene:
    """A picture: `steps` are keys, a tuple (key, words) to press a key until the words stand there; `shows` must be
    readable in the picture.
    """

    name: str
    title: str
    columns: int
    rows: int
    steps: tuple[str | tuple[str, str], ...]
    shows: tuple[str, ...]


_STORY = (
    *MARK_LEFT_UPPER_BUTTOCK,
    "tab",
    ("down", SITS_MOST_OF_THE_DAY),
    "y",
    ("down", BENDING_FORWARD),
    "n",
)

SCENES = (
    Scene(
        "explorer",
        "The explorer, 120 by 40 characters: the left upper buttock is marked 7, two questions are answered, and "
        "thoracolumbar joint dysfunction leads; its area is lit up on the body.",
        120,
        40,
        (*_STORY, "tab"),
        (
            "LEFT buttock, upper part",
            "Thoracolumbar joint dysfunction",
            "BACK",
            "FRONT",
            "1 Where",
            "3 What fits",
        ),
    ),
    Scene(
        "cause",
        "What the explorer says about one cause: the article, what speaks for it, what against, what is open.",
        120,
        40,
        (*_STORY, "tab", "enter"),
        ("Thoracolumbar joint dysfunction", "sitting"),
    ),
    Scene(
        "narrow",
        "The map alone, as it opens in a terminal of 80 by 24 characters.",
        80,
        24,
        MARK_LEFT_UPPER_BUTTOCK,
        ("LEFT buttock, upper part", "BACK", "FRONT", "7 of 10"),
    ),
    Scene(
        "alarm",
        "An alarm stands above everything else as soon as an answer calls for it.",
        80,
        24,
        ("tab", ("down", "Question: numb between the legs"), "y"),
        ("numb between the legs",),
    ),
)


def play(scene: Scene, terminal: RealTerminal) -> None:
    """Bring `terminal` to the screen of `scene`."""
    terminal.wait_for("your low back, over the spine")
    terminal.wait_for(
        "Thoracolumbar joint dysfunction" if scene.columns >= 110 else "Pain in the buttock or leg"
    )
    terminal.settle()
    for step in scene.steps:
        if isinstance(step, str):
            terminal.press_and_see(step)
        else:
            terminal.press_until(*step)
    for words in scene.shows:
        terminal.wait_for(words)
    terminal.settle()


def take(scene: Scene, folder: Path) -> Path:
    """Play a scene in a home of its own and write its picture into `folder`."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "bodymap"]
        env = environment(Path(home), PYTHONPATH=str(ROOT))
        with RealTerminal(command, scene.columns, scene.rows, env, folder=Path(home)) as terminal:
            play(scene, terminal)
            path = folder / f"{scene.name}.svg"
            path.write_text(svg(terminal.screen, scene.title), encoding="utf-8")
            return path


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(exist_ok=True)
    for scene in SCENES:
        path = take(scene, PICTURES)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
