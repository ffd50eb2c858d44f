"""Reads the two drawings of the body: SVG files in a small, strict form.

A drawing has a group `left` (or `back-left`, `front-left`), whose paths show the patient's left and stand for both
sides by mirroring about the midline, and a group `midline`, whose paths lie across it. Paths use the absolute
commands M, L, C and Z only, so that reading them needs no XML parser on the way to the first frame. Everything else
in the file is for the eye alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bodymap.common import toml
from bodymap.common.trouble import Trouble

_LIMIT = 128 * 1024
_MOST_STEPS = 400
_STEPS = 5  # straight pieces a curve is cut into: finer than a terminal can show

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VIEW_BOX = re.compile(r'<svg\b[^>]{0,400}\bviewBox="0 0 (\d{1,5}) (\d{1,5})"')
_GROUP = re.compile(r"<g\b([^>]{0,200})>")
_GROUP_ID = re.compile(r'\bid="(?:[a-z]{1,20}-)?(left|midline)"')
_PATH = re.compile(r"<path\b([^>]*)>")
_ID = re.compile(r'\bid="([^"]{1,60})"')
_SHAPE = re.compile(r'\bd="([^"]*)"')
_SIGNS = re.compile(r"[MLCZ0-9.\s-]*")
_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_ORDER = re.compile(r"M[LC]+Z")
_NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view: `sided` and `midline` map a region id to its closed outline, in units of the drawing.

    Points of `sided` are (distance from the midline, height from the top), for one side; points of `midline`
    are the same and may be negative. All lie between `top` and `bottom` and within `reach` of the midline.
    """

    sided: dict[str, list[Point]]
    midline: dict[str, list[Point]]
    top: float
    bottom: float
    reach: float


def read_drawing(path: Path, *, left_is_left: bool) -> Drawing:
    """Read the drawing in `path`. `left_is_left`: the patient's left lies on the left of the picture (seen
    from behind).

    Raises `Trouble` naming the file and the path element.
    """
    content = toml.read_bytes(path, _LIMIT)
    if len(content) > _LIMIT:
        raise Trouble(f"More than {_LIMIT:,} bytes.", where=str(path), remedy="A drawing is far smaller.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Trouble(
            "This is not UTF-8 text.", where=str(path), remedy="Save the drawing as UTF-8."
        ) from None
    return parse_drawing(text, str(path), left_is_left=left_is_left)


def parse_drawing(text: str, where: str, *, left_is_left: bool) -> Drawing:
    """Read a drawing from its text; `where` is the name errors carry. Raises `Trouble`, nothing else."""
    box = _VIEW_BOX.search(text)
    if box is None:
        raise Trouble(
            "The drawing has no viewBox that starts at 0 0.",
            where=where,
            remedy='Write viewBox="0 0 width height".',
        )
    middle, height = int(box[1]) / 2, int(box[2])
    sign = -1 if left_is_left else 1
    groups: dict[str, dict[str, list[Point]]] = {"left": {}, "midline": {}}
    seen: set[str] = set()
    # Comments become blank lines, so that line numbers stay true.
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for group in _GROUP.finditer(text):
        named = _GROUP_ID.search(group[1])
        if named is None:
            continue
        line = text.count("\n", 0, group.start()) + 1
        end = text.find("</g>", group.end())
        if end < 0 or "transform" in group[1]:
            what = "The group is not closed." if end < 0 else "The group is transformed."
            raise Trouble(
                what, where=f"{where}, line {line}, group “{named[1]}”", remedy="Draw it where it belongs."
            )
        for element in _PATH.finditer(text, group.end(), end):
            line = text.count("\n", 0, element.start()) + 1
            id = _ID.search(element[1])
            shape = _SHAPE.search(element[1])
            if id is None or shape is None:
                raise Trouble(
                    "A path needs an id and a shape d.", where=f"{where}, line {line}", remedy="Give it both."
                )
            here = f"{where}, line {line}, path “{id[1]}”"
            if id[1] in seen:
                raise Trouble("This region is drawn twice.", where=here, remedy="Join the two paths.")
            seen.add(id[1])
            if "transform" in element[1]:
                raise Trouble("The path is transformed.", where=here, remedy="Draw it where it belongs.")
            points = _outline(shape[1], here)
            if any(not (0 <= x <= 2 * middle and 0 <= y <= height) for x, y in points):
                raise Trouble("A point lies outside the viewBox.", where=here, remedy="Move it inside.")
            groups[named[1]][id[1]] = [(sign * (x - middle), y) for x, y in points]
    if not seen:
        raise Trouble(
            "The drawing has no regions.",
            where=where,
            remedy='Put paths into <g id="left"> and <g id="midline">.',
        )
    for name, points in groups["left"].items():
        if min(u for u, _ in points) < -0.5:
            side = "left" if left_is_left else "right"
            raise Trouble(
                f"A region of the patient's left must lie {side} of the midline.",
                where=f"{where}, path “{name}”",
                remedy="Draw the patient's left side, or move the path into the group “midline”.",
            )
    every = [point for group_ in groups.values() for points in group_.values() for point in points]
    return Drawing(
        sided=groups["left"],
        midline=groups["midline"],
        top=min(y for _, y in every),
        bottom=max(y for _, y in every),
        reach=max(abs(u) for u, _ in every),
    )


def _outline(shape: str, where: str) -> list[Point]:
    """Return the closed outline of a path as points, its curves cut into straight pieces."""
    if not _SIGNS.fullmatch(shape):
        raise Trouble(
            "The shape holds something other than M, L, C, Z and numbers.", where=where, remedy=_REMEDY
        )
    steps = _STEP.findall(shape)
    order = "".join([command for command, _ in steps])
    if not _ORDER.fullmatch(order):
        raise Trouble(
            "The shape is not one closed outline.", where=where, remedy="Start with M and end with Z, once."
        )
    if len(order) > _MOST_STEPS:
        raise Trouble(f"More than {_MOST_STEPS} pieces in one path.", where=where, remedy="Simplify it.")
    points: list[Point] = []
    for command, text in steps:
        try:
            numbers = [float(number) for number in text.split()]
        except ValueError:
            raise Trouble(f"“{text.strip()[:40]}” are not numbers.", where=where, remedy=_REMEDY) from None
        if len(numbers) != _NUMBERS[command]:
            raise Trouble(
                f"The command {command} takes {_NUMBERS[command]} numbers, not {len(numbers)}.",
                where=where,
                remedy=_REMEDY,
            )
        if command == "C":
            (x0, y0), (x1, y1, x2, y2, x3, y3) = points[-1], numbers
            for a, b, c, d in _WEIGHTS:
                points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
        elif command != "Z":
            points.append((numbers[0], numbers[1]))
    if len(points) < 3:
        raise Trouble("The shape has too few points.", where=where, remedy=_REMEDY)
    return points


_REMEDY = "Use absolute M, L, C and Z, each with its own plain numbers, parted by blanks."


def _weights() -> tuple[tuple[float, float, float, float], ...]:
    steps = [step / _STEPS for step in range(1, _STEPS + 1)]
    return tuple(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in steps)


_WEIGHTS = _weights()
