"""Reads the two drawings of the body: SVG files in a small, strict form.

A drawing has `<g id="left">`, whose paths show the patient's left and stand for both sides by mirroring about
the midline, and `<g id="midline">`, whose paths lie across it. Paths use the absolute commands M, L, C and Z
only, so that reading them needs no XML parser on the way to the first frame. Everything else in the file is
for the eye alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bodymap.common import toml
from bodymap.common.trouble import Trouble

_LIMIT = 256 * 1024
_MOST_POINTS = 400
_STEPS = 6  # straight pieces a curve is cut into: finer than a terminal can show

_VIEW_BOX = re.compile(r'<svg\b[^>]*\bviewBox="0 0 (\d{1,5}) (\d{1,5})"')
_GROUP = re.compile(r'<g\b[^>]*\bid="(left|midline)"[^>]*>(.*?)</g>', re.DOTALL)
_PATH = re.compile(r"<path\b([^>]*)>")
_ID = re.compile(r'\bid="([^"]{1,60})"')
_SHAPE = re.compile(r'\bd="([^"]*)"')
_TOKEN = re.compile(r"[A-Za-z]|-?\d{1,5}(?:\.\d{1,3})?")
_TOKENS = re.compile(r"(?:\s|,|[A-Za-z]|-?\d{1,5}(?:\.\d{1,3})?(?![\d.]))*")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view: `sided` and `midline` map a region id to its closed outline, in units of the drawing.

    Points of `sided` are (distance from the midline, height from the top), for one side; points of `midline`
    are the same and may be negative. `height` and `reach` bound all of them: y ≤ height, |distance| ≤ reach.
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
    for group in _GROUP.finditer(text):
        for element in _PATH.finditer(group[2]):
            line = text.count("\n", 0, group.start(2) + element.start()) + 1
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
            points = _outline(shape[1], here)
            if any(not (0 <= x <= 2 * middle and 0 <= y <= height) for x, y in points):
                raise Trouble("A point lies outside the viewBox.", where=here, remedy="Move it inside.")
            groups[group[1]][id[1]] = [(sign * (x - middle), y) for x, y in points]
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
    if not _TOKENS.fullmatch(shape):
        raise Trouble(
            "The shape holds something other than commands and plain numbers.", where=where, remedy=_REMEDY
        )
    tokens = _TOKEN.findall(shape)
    if (
        not tokens
        or tokens[0] != "M"
        or tokens[-1] != "Z"
        or tokens.count("M") != 1
        or tokens.count("Z") != 1
    ):
        raise Trouble(
            "The shape is not one closed outline.", where=where, remedy="Start with M and end with Z, once."
        )
    points: list[Point] = []
    command = ""
    numbers: list[float] = []
    for token in tokens:
        if token.isalpha():
            if numbers:
                raise Trouble(f"The command {command} has too few numbers.", where=where, remedy=_REMEDY)
            if token not in "MLCZ":
                raise Trouble(f"The command “{token}” is not read.", where=where, remedy=_REMEDY)
            command = token
            continue
        numbers.append(float(token))
        if command in ("M", "L") and len(numbers) == 2:
            points.append((numbers[0], numbers[1]))
            numbers = []
        elif command == "C" and len(numbers) == 6:
            points.extend(_curve(points[-1], numbers))
            numbers = []
        elif command == "Z":
            raise Trouble("Numbers follow the command Z.", where=where, remedy=_REMEDY)
    if numbers or len(points) < 3:
        raise Trouble("The shape has too few points.", where=where, remedy=_REMEDY)
    if len(points) > _MOST_POINTS * _STEPS:
        raise Trouble(
            f"More than {_MOST_POINTS} curves in one path.", where=where, remedy="Simplify the outline."
        )
    return points


_REMEDY = "Use absolute M, L, C and Z with plain numbers."


def _weights() -> tuple[tuple[float, float, float, float], ...]:
    steps = [step / _STEPS for step in range(1, _STEPS + 1)]
    return tuple(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in steps)


_WEIGHTS = _weights()


def _curve(start: Point, numbers: list[float]) -> list[Point]:
    """Return the end points of the straight pieces of a cubic Bézier curve."""
    x0, y0 = start
    x1, y1, x2, y2, x3, y3 = numbers
    return [(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in _WEIGHTS]
