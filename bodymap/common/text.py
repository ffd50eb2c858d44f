"""Text from files and people, made safe to show: no escapes, no control or direction-changing characters."""

from __future__ import annotations

import re
import unicodedata

# C0 except tab and newline, DEL, C1, the Unicode direction overrides and isolates, line and paragraph
# separators, zero-width and invisible format characters, the tag block, interlinear annotation, lone
# surrogates, private use.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_MAX_COMBINING = 3


def clean(text: str, *, lines: bool = False, limit: int = 4000) -> str:
    """Return `text` with every unsafe character replaced by U+FFFD, at most `limit` characters long.

    Without `lines`, newlines and tabs become single spaces. Floods of combining marks are cut to three on
    a letter.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    # One character more than allowed tells that something was cut; more than that is never looked at.
    cut = len(text) > limit
    text = text[: limit + 1].replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)
    text = text.replace("\t", "    ") if lines else text.replace("\t", " ").replace("\n", " ")
    if not text.isascii():
        text = _limit_combining(text)
    if cut or len(text) > limit:
        text = text[: max(0, limit - 1)] + "…"[:limit]
    return text


def _limit_combining(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if run <= _MAX_COMBINING:
            kept.append(character)
    return "".join(kept)


_PLAIN = bytes([*b"\t\n", *range(0x20, 0x7F)])


def is_clean(text: str) -> bool:
    """Return whether `text` holds no character that `clean` would replace."""
    # Plain ASCII is taken out first: deleting bytes is many times faster than looking at each character.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return _UNSAFE.search(rest.decode("utf-8", "surrogatepass")) is None


PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "→": "->", "×": "x"}
)
"""Typographic characters and what stands for them in ASCII."""
_ASCII = PLAIN | str.maketrans({"«": '"', "»": '"', "¿": "", "¡": "", "ß": "ss"})


def in_ascii(text: str) -> str:
    """Return `text` in ASCII alone, as near as that comes: accents fall off, other letters become "?"."""
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFKD", text.translate(_ASCII))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode("ascii")
