"""What is wrong with a pack, one fault a line, and the trouble that carries all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bodymap.common.text import clean
from bodymap.common.trouble import Exit, Trouble


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a pack.

    `file` is relative to the pack's folder, `place` lies in it (`lines[3].when.answer`), `line` is 0 where
    there is none. `what` and `remedy` are full sentences.
    """

    file: str
    place: str
    line: int
    what: str
    remedy: str

    @property
    def where(self) -> str:
        """File, line and place, as far as they are known: "causes/x.toml, line 12, lines[3].when"."""
        parts = [self.file, f"line {self.line}" if self.line else "", self.place]
        return clean(", ".join(part for part in parts if part))

    def __str__(self) -> str:
        return f"{self.where}: {clean(f'{self.what} {self.remedy}'.rstrip())}"


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults by file and line, each once."""
    return tuple(
        sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.place, fault.what))
    )


class PackFaults(Trouble):  # named after what it carries
    """A pack that cannot be used. `what` names the first fault, `faults` and `str()` have every one."""

    def __init__(self, where: str, faults: tuple[Fault, ...], *, exit: Exit = Exit.BAD_INPUT) -> None:
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults, the first"
        super().__init__(
            f"The pack has {count}: {faults[0]}",
            where=where,
            remedy="`bodymap pack check` with the pack's folder lists all of them.",
            exit=exit,
        )
        self.faults = faults

    def __str__(self) -> str:
        listed = [f"  {fault}" for fault in self.faults]
        return "\n".join([f"{self.where}: the pack cannot be used.", *listed])
