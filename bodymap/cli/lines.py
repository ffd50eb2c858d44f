"""The line of a file of findings on which a fault stands: `marks[17]` alone is a long way to count."""

from __future__ import annotations

import re

from bodymap.common.trouble import Trouble

_STEP = re.compile(r"\.?([\w-]+)|\[(\d+)\]")
_NAMED = re.compile("“([^”]+)”")


def with_line(trouble: Trouble, content: bytes, where: str) -> Trouble:
    """Return `trouble` with the line put before its place in the TOML `content`; as it is where none is known.

    `where` is the name of the file in it. A key that is named only in the sentence (“Unknown key …”) is found
    too.
    """
    from bodymap.knowledge.locate import Lines

    rest = trouble.where.removeprefix(where)
    if not trouble.where.startswith(where) or rest[:7] == ", line " or (rest and rest[:2] != ", "):
        return trouble
    place = rest[2:]
    path = tuple(key or int(number) - 1 for key, number in _STEP.findall(place))
    lines = Lines(content)
    known = lines.paths()
    named = _NAMED.search(trouble.what)
    tried = [(*path, named[1])] if named else []
    tried += [path[:length] for length in range(len(path), 0, -1)]
    found = next((each for each in tried if each in known), None)
    if found is None:
        return trouble
    line = lines.of(found)
    return Trouble(
        trouble.what,
        where=", ".join(part for part in (where, f"line {line}", place) if part),
        remedy=trouble.remedy,
        exit=trouble.exit,
    )
