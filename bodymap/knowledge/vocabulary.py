"""Names that need none of the classes of a pack: to load those costs ten milliseconds of the first frame."""

from __future__ import annotations

from typing import Literal

Grade = Literal["strong", "moderate", "weak", "very-low"]
Band = Literal["strong", "possible", "weak", "unlikely"]
Tier = Literal["emergency", "same-day", "mention"]
Side = Literal["left", "right", "midline"]

GRADES: tuple[Grade, ...] = ("strong", "moderate", "weak", "very-low")
BANDS: tuple[Band, ...] = ("strong", "possible", "weak", "unlikely")
TIERS: tuple[Tier, ...] = ("emergency", "same-day", "mention")
SIDES: tuple[Side, ...] = ("left", "right", "midline")
QUALITIES: tuple[str, ...] = ("ache", "sharp", "burning", "shooting", "tingling", "numb", "tight", "weak")
