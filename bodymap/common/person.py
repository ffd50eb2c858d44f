"""Who sits in front of the program, as far as that is known."""

from __future__ import annotations

import os

from bodymap.common.text import clean

LONGEST = 100


def person_here() -> str:
    """Return the name that BODYMAP_BY gives, else that of the account; never empty, cleaned, on one line.

    Several clinicians may share one account; then whoever starts the program for them (a line of `authorized_keys`,
    a script) says who they are.
    """
    said = clean(os.environ.get("BODYMAP_BY", "").strip(), limit=LONGEST)
    if said:
        return said
    import pwd

    try:
        return clean(pwd.getpwuid(os.getuid()).pw_name, limit=LONGEST) or f"user {os.getuid()}"
    except KeyError:
        return f"user {os.getuid()}"
