"""The two drawings of the body for a page, with marks by number and by fill: no mark is told by its colour alone."""

from __future__ import annotations

from bodymap.engine.findings import Mark
from bodymap.figure.body import VIEWS, Body
from bodymap.figure.shapes import Sheet, load_sheet
from bodymap.knowledge.anatomy import Place

_SEEN = {"back": "seen from behind", "front": "seen from the front"}
_ROOM = 6  # units of the drawing around the body
# Three fills, each denser than the one before, as on the map of the terminal.
_FILLS = """<pattern id="low" width="9" height="9" patternUnits="userSpaceOnUse"><path class="tile" d="M0 0H9V9H0Z"/>\
<path class="hatch" d="M4 4.5H5.2"/></pattern>\
<pattern id="middle" width="7" height="7" patternUnits="userSpaceOnUse"><path class="tile2" d="M0 0H7V7H0Z"/>\
<path class="hatch" d="M0 7L7 0"/></pattern>\
<pattern id="high" width="6" height="6" patternUnits="userSpaceOnUse"><path class="tile3" d="M0 0H6V6H0Z"/>\
<path class="hatch" d="M0 6L6 0M0 0L6 6"/></pattern>"""


def shapes_svg(body: Body) -> str:
    """Return the shapes and fills that every figure of a page uses; it stands once on the page and shows nothing."""
    paths = "".join(
        f'<path id="{shape.region}" d="{shape.path}"/>'
        for view in VIEWS
        for shape in load_sheet(body, view).shapes.values()
    )
    bodies = "".join(f'<g id="{view}">{_everything(load_sheet(body, view))}</g>' for view in VIEWS)
    return f'<svg class="shapes" aria-hidden="true"><defs>{_FILLS}{paths}{bodies}</defs></svg>'


def figures_html(marks: tuple[Mark, ...], body: Body) -> str:
    """Return both views side by side with `marks`; places that the body does not have are passed over."""
    figures = "".join(_figure(load_sheet(body, view), marks) for view in VIEWS)
    return f'<div class="figures">{figures}</div>'


def _figure(sheet: Sheet, marks: tuple[Mark, ...]) -> str:
    shown = [
        mark for mark in marks if mark.region in sheet.shapes and mark.side in _sides(sheet, mark.region)
    ]
    left, right = ("L", "R") if sheet.view == "back" else ("R", "L")
    x = sheet.middle - sheet.reach - _ROOM
    wide, tall = 2 * (sheet.reach + _ROOM), sheet.bottom - sheet.top + 2 * _ROOM
    seen = _SEEN[sheet.view]
    parts = [
        f'<svg viewBox="{x:.0f} {sheet.top - _ROOM:.0f} {wide:.0f} {tall:.0f}" role="img" '
        f'aria-label="The body {seen}">',
        f'<use href="#{sheet.view}" class="body"/>',
        *(_area(sheet, mark) for mark in shown),
        *(_number(sheet, mark) for mark in shown),
        f'<text class="side" x="{x + 22:.0f}" y="{sheet.top + 14:.0f}">{left}</text>',
        f'<text class="side" x="{x + wide - 22:.0f}" y="{sheet.top + 14:.0f}">{right}</text>',
        "</svg>",
    ]
    return f"<figure>{''.join(parts)}<figcaption>{seen}</figcaption></figure>"


def _everything(sheet: Sheet) -> str:
    parts = []
    for region in sheet.shapes:
        parts.append(_use(sheet, region, "left"))
        if "right" in _sides(sheet, region):
            parts.append(_use(sheet, region, "right"))
    return "".join(parts)


def _sides(sheet: Sheet, region: str) -> tuple[str, ...]:
    return ("midline",) if sheet.shapes[region].midline else ("left", "right")


def _use(sheet: Sheet, region: str, side: str, look: str = "") -> str:
    mirrored = f' transform="matrix(-1 0 0 1 {2 * sheet.middle:.0f} 0)"' if side == "right" else ""
    return f'<use href="#{region}"{look}{mirrored}/>'


def _area(sheet: Sheet, mark: Mark) -> str:
    strength = mark.intensity
    level = 0 if not mark.strength else 1 if strength <= 3 else 2 if strength <= 6 else 3
    return _use(sheet, mark.region, mark.side, f' class="m{level}"')


def _number(sheet: Sheet, mark: Mark) -> str:
    x, y = sheet.heart(Place(mark.region, mark.side))
    sign = str(mark.intensity) if mark.strength else "o"
    return f'<text class="digit" x="{x}" y="{y + 9:.1f}">{sign}</text>'
