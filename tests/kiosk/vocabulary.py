"""What a kiosk may send to its terminal, and a reader that finds everything else in a stream of any length."""

from __future__ import annotations

import codecs
import re

from bodymap.kiosk.terminal_reset import RESET

_NUMBER = rb"[0-9]{1,3}"
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-9:;<=>?]*[ -/]*[@-~]|\][^\x07\x1b]*\x07|[ -/]+[0-~]|[0-Z\\^-~])")
"""Any sequence of the kinds that a kiosk uses, whole."""
_VISIT = re.compile(
    rb"\x1b\[(?:"
    rb"(?:" + _NUMBER + rb"(?:;" + _NUMBER + rb"){0,14})?m"  # colours
    rb"|(?:" + _NUMBER + rb";" + _NUMBER + rb")?H|2J"  # the cursor, a screen that is empty
    rb"|\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026)[hl]"  # wrapping, cursor, mouse, screens, pastes, frames
    rb"|\?2026\$p|>25u|<u"  # whether frames can be shown at once; plain keys or not
    rb")"
)
_RESET = frozenset(_SEQUENCE.findall(RESET))
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9:;<=>?]{0,60}[ -/]{0,4}|\][^\x07\x1b]{0,60}|[ -/]{0,4})?\Z")
_NEVER = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Controls, and signs that turn the direction of writing. Lines end with CR LF."""
_MOST_KEPT = 50


class Vocabulary:
    """Reads a stream piece by piece; `unknown` are the sequences and signs that no kiosk sends, each with its place."""

    def __init__(self) -> None:
        self.read = 0
        """Bytes read."""
        self.sequences = 0
        self.resets = 0
        self.unknown: list[str] = []
        self._rest = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")

    def feed(self, data: bytes) -> None:
        """Take the next piece. A sequence that a reset cuts off is none of its own."""
        self.read += len(data)
        data = self._rest + data
        unfinished = max(data.rfind(b"\x1b"), 0)
        # The beginning of a reset is kept back too, so that it is seen in one piece.
        keep = len(data) - unfinished if _UNFINISHED.search(data, unfinished) else 0
        keep = max(keep, _overlap(data))
        data, self._rest = (data[:-keep], data[-keep:]) if keep else (data, b"")
        *before, last = data.split(RESET)
        for piece in before:
            self.resets += 1
            self._piece(_UNFINISHED.sub(b"", piece))
            self._decoder.reset()
        self._piece(last)

    def _piece(self, data: bytes) -> None:
        kept = []
        end = 0
        for found in _SEQUENCE.finditer(data):
            self.sequences += 1
            kept.append(data[end : found.start()])
            end = found.end()
            if not _VISIT.fullmatch(found[0]) and found[0] not in _RESET:
                self._note(repr(found[0]))
        kept.append(data[end:])
        try:
            # A sequence does not stand inside of a letter.
            text = "".join(self._decoder.decode(part) for part in kept)
        except UnicodeDecodeError as error:
            self._decoder.reset()
            self._note(f"no UTF-8: {error}")
            return
        for sign in _NEVER.findall(text):
            self._note(repr(sign))

    def _note(self, what: str) -> None:
        if len(self.unknown) < _MOST_KEPT:
            self.unknown.append(f"{what} before byte {self.read}")


def _overlap(data: bytes) -> int:
    """Return how many bytes at the end of `data` may be the beginning of a reset."""
    start = max(0, len(data) - len(RESET) + 1)
    while (start := data.find(RESET[:1], start)) >= 0:
        if RESET.startswith(data[start:]):
            return len(data) - start
        start += 1
    return 0
