"""The figures of `data/desk.toml`: how far two drawings of the same pain lie apart, and how many are too few."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from bodymap.common import toml
from bodymap.common.places import data_folder
from bodymap.sessions.fields import Fields

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Redrawing:
    """What was found of people who drew the same pain twice within a minute.

    `overlap_mean` and `overlap_spread` are of the Jaccard coefficient, `extent_agreement` is the intraclass
    correlation of how much was marked. From `least_overlap` on a difference is what redrawing alone brings.
    """

    overlap_mean: Fraction
    overlap_spread: Fraction
    extent_agreement: Fraction
    least_overlap: Fraction
    cite: str
    link: str


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """All of them; `least_diagnoses` is how many working diagnoses it takes to tell a share."""

    redrawing: Redrawing
    least_diagnoses: int


@cache
def desk_figures(path: Path | None = None) -> DeskFigures:
    """Read the figures (the shipped ones when `path` is None). Raises `Trouble`."""
    path = path or data_folder() / "desk.toml"
    top = Fields(toml.read(path), str(path))
    top.only(("schema", "redrawing", "calibration"))
    top.number("schema", SCHEMA, SCHEMA)
    hundredths = ("overlap_mean_hundredths", "overlap_spread_hundredths", "extent_agreement_hundredths")
    fields = top.inner("redrawing", (*hundredths, "spreads", "cite", "link"))
    mean, spread, extent = (Fraction(fields.number(key, 0, 100), 100) for key in hundredths)
    return DeskFigures(
        Redrawing(
            overlap_mean=mean,
            overlap_spread=spread,
            extent_agreement=extent,
            least_overlap=max(Fraction(0), mean - fields.number("spreads", 0, 10) * spread),
            cite=fields.text("cite"),
            link=fields.text("link"),
        ),
        top.inner("calibration", ("least",)).number("least", 1),
    )
