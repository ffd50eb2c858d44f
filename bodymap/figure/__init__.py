"""The figure: drawings of the body become grids of places at any size, and pictures in three inks."""

from __future__ import annotations

from bodymap.figure.body import CROPS, VIEWS, Body, load_body
from bodymap.figure.draw import draw
from bodymap.figure.grid import Cell, Grid
from bodymap.figure.inks import INKS
from bodymap.figure.picture import Picture, Role
from bodymap.knowledge.anatomy import Place

__all__ = ["CROPS", "INKS", "VIEWS", "Body", "Cell", "Grid", "Picture", "Place", "Role", "draw", "load_body"]
