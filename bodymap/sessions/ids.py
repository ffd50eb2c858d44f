"""The two names of a session: a UUIDv7 that sorts by time, and a short code that a person can say aloud.

The code has four characters from `ALPHABET`: no two of them look alike (0 and O, 1 and I and L, 2 and Z,
5 and S, 6 and G, 8 and B, U and V are all absent) and there are no vowels, so that no code spells a word.
It is worked out from the id; 104,976 codes exist, so a code finds a session among those of some days, and
only the id is unique.
"""

from __future__ import annotations

import os
import re
import threading
import time
from hashlib import sha256

ALPHABET = "3479CDFHJKMNPRTWXY"
CODE_LENGTH = 4
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a new UUIDv7 (RFC 9562), later than every one this process made before, even if the clock
    stepped back.

    48 bits of Unix milliseconds and 12 bits of their fraction come first, 62 random bits make it unique.
    """
    global _last
    with _lock:
        _last = max(_last + 1, time.time_ns() * 4096 // 1_000_000)
        moment = _last
    random = int.from_bytes(os.urandom(8), "big") >> 2
    value = (moment >> 12) << 80 | 7 << 76 | (moment & 0xFFF) << 64 | 2 << 62 | random
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def code_of(id: str) -> str:
    """Return the spoken code of a session."""
    number = int.from_bytes(sha256(id.encode("ascii")).digest()[:8], "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
