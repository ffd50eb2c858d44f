"""Letters drawn with blocks, for what must be read from a step away or with poor eyes.

The drawings are our own: eight dots high, capitals seven, small letters five with one below the line. A line of text is
four rows high in two widths: `wide` has a dot as wide as a cell, `tall` two dots in a cell, so that a question of some
ninety letters takes twelve rows of 80 columns. `huge` draws each dot as two whole cells, which every terminal can show,
ASCII alone included.
"""

from __future__ import annotations

from functools import cache

HIGH = 8
ROWS = HIGH // 2
_SPACE = 3
_BETWEEN = 1

_DRAWN = """
A     B     C     D     E     F     G     H     I   J     K     L     M     N
.###. ####. .###. ####. ##### ##### .###. #...# ### ..### #...# #.... #...# #...#
#...# #...# #...# #...# #.... #.... #...# #...# .#. ...#. #..#. #.... ##.## ##..#
#...# #...# #.... #...# #.... #.... #.... #...# .#. ...#. #.#.. #.... #.#.# #.#.#
##### ####. #.... #...# ####. ####. #.### ##### .#. ...#. ##... #.... #.#.# #..##
#...# #...# #.... #...# #.... #.... #...# #...# .#. ...#. #.#.. #.... #...# #...#
#...# #...# #...# #...# #.... #.... #...# #...# .#. #..#. #..#. #.... #...# #...#
#...# ####. .###. ####. ##### #.... .###. #...# ### .##.. #...# ##### #...# #...#
..... ..... ..... ..... ..... ..... ..... ..... ... ..... ..... ..... ..... .....

O     P     Q     R     S     T     U     V     W     X     Y     Z
.###. ####. .###. ####. .#### ##### #...# #...# #...# #...# #...# #####
#...# #...# #...# #...# #.... ..#.. #...# #...# #...# #...# #...# ....#
#...# #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#.
#...# ####. #...# ####. .###. ..#.. #...# #...# #.#.# ..#.. ..#.. ..#..
#...# #.... #.#.# #.#.. ....# ..#.. #...# #...# #.#.# .#.#. ..#.. .#...
#...# #.... #..#. #..#. ....# ..#.. #...# .#.#. ##.## #...# ..#.. #....
.###. #.... .##.# #...# ####. ..#.. .###. ..#.. #...# #...# ..#.. #####
..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

Á     É     Í   Ó     Ú     Ü     Ñ     À     Ç
...#. ...#. ..# ...#. ...#. .#.#. .###. .#... .###.
..... ..... ... ..... ..... ..... ..... ..... #...#
.###. ##### ### .###. #...# #...# #...# .###. #....
#...# #.... .#. #...# #...# #...# ##..# #...# #....
##### ####. .#. #...# #...# #...# #.#.# ##### #...#
#...# #.... .#. #...# #...# #...# #..## #...# .###.
#...# ##### ### .###. .###. .###. #...# #...# ..#..
..... ..... ... ..... ..... ..... ..... ..... .#...

a    b    c    d    e    f   g    h    i j  k    l m     n    o    p    q
.... #... .... ...# .... .## .... #... # .# #... # ..... .... .... .... ....
.... #... .... ...# .... #.. .... #... . .. #... # ..... .... .... .... ....
.##. ###. .### .### .##. #.. .### ###. # .# #..# # ##.#. ###. .##. ###. .###
...# #..# #... #..# #..# ### #..# #..# # .# #.#. # #.#.# #..# #..# #..# #..#
.### #..# #... #..# #### #.. #..# #..# # .# ##.. # #.#.# #..# #..# #..# #..#
#..# #..# #... #..# #... #.. .### #..# # .# #.#. # #.#.# #..# #..# ###. .###
.### ###. .### .### .### #.. ...# #..# # .# #..# # #.#.# #..# .##. #... ...#
.... .... .... .... .... ... .##. .... . #. .... . ..... .... .... #... ...#

r   s    t   u    v     w     x    y    z    ç
... .... ... .... ..... ..... .... .... .... ....
... .... #.. .... ..... ..... .... .... .... ....
#.# .### ### #..# #...# #...# #..# #..# #### .###
##. #... #.. #..# #...# #.#.# #..# #..# ...# #...
#.. .##. #.. #..# .#.#. #.#.# .##. #..# .##. #...
#.. ...# #.. #..# .#.#. #.#.# #..# .### #... .###
#.. ###. .## .### ..#.. .#.#. #..# ...# #### ..#.
... .... ... .... ..... ..... .... .##. .... .#..

á    é    í  ó    ú    ü    ñ    à
...# ...# .# ...# ...# .... .... #...
..#. ..#. #. ..#. ..#. #..# #### .#..
.##. .##. .. .##. .... .... .... .##.
...# #..# #. #..# #..# #..# ###. ...#
.### #### #. #..# #..# #..# #..# .###
#..# #... #. #..# #..# #..# #..# #..#
.### .### #. .##. .### .### #..# .###
.... .... .. .... .... .... .... ....

0     1   2     3     4     5     6     7     8     9
.##.  .#. .###. .###. ...#. ##### ..##. ##### .###. .###.
#..#  ##. #...# #...# ..##. #.... .#... ....# #...# #...#
#..#  .#. ....# ....# .#.#. ####. #.... ...#. #...# #...#
#..#  .#. ...#. ..##. #..#. ....# ####. ..#.. .###. .####
#..#  .#. ..#.. ....# ##### ....# #...# .#... #...# ....#
#..#  .#. .#... #...# ...#. #...# #...# .#... #...# ...#.
.##.  ### ##### .###. ...#. .###. .###. .#... .###. .##..
....  ... ..... ..... ..... ..... ..... ..... ..... .....

.  ,  :  ;  !  ¡  '  -   …     (  )  /   +   "   ?    ¿    [  ]  ●    _
.  .. .  .. #  .  #  ... ..... .# #. ... ... #.# .##. .... ## ## .... ....
.  .. .  .. #  #  #  ... ..... #. .# ..# ... #.# #..# ..#. #. .# .... ....
.  .. #  .# #  .  .  ... ..... #. .# ..# .#. ... ...# .... #. .# .##. ....
.  .. .  .. #  #  .  ### ..... #. .# .#. ### ... ..#. ..#. #. .# #### ....
.  .. .  .. #  #  .  ... ..... #. .# .#. .#. ... ..#. .#.. #. .# #### ....
.  .. .  .. .  #  .  ... ..... #. .# #.. ... ... .... #... #. .# .##. ....
#  .# #  .# #  #  .  ... #.#.# .# #. #.. ... ... ..#. #..# ## ## .... ####
.  #. .  #. .  #  .  ... ..... .. .. ... ... ... .... .##. .. .. .... ....
"""

_SAME = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}


@cache
def _glyphs() -> dict[str, tuple[str, ...]]:
    """Return every letter as `HIGH` rows of `#` and `.`, all of one width."""
    glyphs: dict[str, tuple[str, ...]] = {" ": ("." * _SPACE,) * HIGH}
    for band in _DRAWN.strip("\n").split("\n\n"):
        names, *rows = band.splitlines()
        columns = [column for column, letter in enumerate(names) if letter != " "]
        for column in columns:
            glyphs[names[column]] = tuple(row[column:].split(" ", 1)[0] for row in rows)
    for letter, like in _SAME.items():
        glyphs[letter] = glyphs[like]
    return glyphs


def drawable(text: str) -> bool:
    """Return whether there is a drawing of every letter of `text`."""
    return all(letter in _glyphs() for letter in text)


@cache
def _widths() -> dict[str, int]:
    return {letter: len(rows[0]) + _BETWEEN for letter, rows in _glyphs().items()}


def wide_width(text: str) -> int:
    """Return the columns that a drawable text takes in wide letters."""
    return max(0, sum(map(_widths().__getitem__, text)) - _BETWEEN)


def tall_width(text: str) -> int:
    """Return the columns that a drawable text takes in tall letters."""
    return (wide_width(text) + 1) // 2


def _dots(text: str) -> list[str]:
    glyphs = _glyphs()
    return [("." * _BETWEEN).join(glyphs[letter][row] for letter in text) for row in range(HIGH)]


def wide(text: str) -> tuple[str, ...]:
    """Return a drawable text as `ROWS` rows of half blocks."""
    dots = _dots(text)
    return tuple(
        "".join(_HALVES[above + below] for above, below in zip(dots[row], dots[row + 1], strict=True))
        for row in range(0, HIGH, 2)
    )


_HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


def tall(text: str) -> tuple[str, ...]:
    """Return a drawable text as `ROWS` rows of quarter blocks."""
    dots = [row + "." * (len(row) % 2) for row in _dots(text)]
    return tuple(
        "".join(_quarter(above[x : x + 2] + below[x : x + 2]) for x in range(0, len(above), 2))
        for above, below in zip(dots[::2], dots[1::2], strict=True)
    )


def _quarter(dots: str) -> str:
    return _QUARTERS[sum(1 << place for place, dot in enumerate(dots) if dot == "#")]


_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By the dots that are set: 1 above left, 2 above right, 4 below left, 8 below right."""


def huge(text: str) -> tuple[str, ...]:
    """Return a drawable text in capitals, each dot two cells wide: `HIGH` − 1 rows."""
    return tuple("".join("██" if dot == "#" else "  " for dot in row) for row in _dots(text)[: HIGH - 1])
