"""Findings, bands and numbers in words, and lines folded to a page: shared by the plain-text reports."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bodymap.common.text import clean
from bodymap.engine.assessment import AnswerRef, FindingRef, PlaceRef
from bodymap.engine.facts import at_place, regions_of
from bodymap.engine.findings import AnswerValue, Findings
from bodymap.knowledge.anatomy import Anatomy, Place
from bodymap.knowledge.pack import All, Any, Condition, Marked, Pack, Question

WIDTH = 80
NOT_A_DIAGNOSIS = "This page informs. It is not a diagnosis."
_MOST_PLACES = 3
_NO_FEELINGS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType({})


def folded(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> list[str]:
    """Return `text`, cleaned, as lines of at most `width` columns; the first starts with `first`, others
    with `rest`.
    """
    rest = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(
        clean(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
    return lines or [first.rstrip()]


def signed(points: int) -> str:
    """Return points with their sign."""
    return f"{points:+d}"


def place_words(region: str, side: str, anatomy: Anatomy) -> str:
    """Return a place as a clinician reads it: `LEFT buttock, upper part (behind)`."""
    return anatomy.brief(Place(region, side))


def answer_words(question: Question, value: AnswerValue) -> str:
    """Return an answer read back in the pack's words."""
    if value == "unsure":
        return f"{question.short}: not sure"
    if question.kind == "number":
        return f"{question.short}: {value}{' ' + question.unit if question.unit else ''}"
    if question.kind == "choice":
        return f"{question.short}: {dict(question.choices).get(str(value), str(value))}"
    said = question.yes if value == "yes" else question.no
    return said or f"{question.short}: {value}"


Feelings = Mapping[tuple[str, str], tuple[str, ...]]
"""Places with what is felt there: qualities of a mark."""


def feelings_behind(when: Condition, findings: Findings, pack: Pack) -> Feelings:
    """Return the places whose qualities make parts of `when` true, each with those qualities."""
    if isinstance(when, All | Any):
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for part in when.parts:
            for place, feelings in feelings_behind(part, findings, pack).items():
                found[place] = tuple(dict.fromkeys((*found.get(place, ()), *feelings)))
        return found
    if not isinstance(when, Marked):
        return {}
    regions = regions_of(when.regions, pack)
    here = [mark for mark in findings.marks if mark.region in regions]
    true = [mark for mark in here if at_place(when, mark, findings.map_complete, findings.answers)]
    wanted = {mark.place: set(when.qualities) for mark in true if when.qualities}
    # Without pain, all that is felt is why a place counts at all.
    wanted.update({mark.place: set(mark.qualities) for mark in true if not mark.intensity})
    return {
        mark.place: tuple(quality for quality in mark.qualities if quality in wanted[mark.place])
        for mark in true
        if mark.place in wanted
    }


def ref_words(ref: FindingRef, pack: Pack, anatomy: Anatomy, feelings: Feelings = _NO_FEELINGS) -> str:
    """Return one known finding in words, with what is felt there where `feelings` says so."""
    if isinstance(ref, AnswerRef):
        question = pack.questions.get(ref.id)
        if ref.value is None or question is None:
            return ref.id if question is None else question.short
        return answer_words(question, ref.value)
    place = place_words(ref.region, ref.side, anatomy)
    if ref.intensity is None:
        return place
    felt = ", ".join(feelings.get((ref.region, ref.side), ()))
    if ref.felt:
        return f"{place} without pain, but {felt or 'something is felt'}"
    if not ref.intensity:
        return f"nothing at {place}"
    return f"{place} {ref.intensity}/10{', ' + felt if felt else ''}"


def refs_words(
    refs: Iterable[FindingRef], pack: Pack, anatomy: Anatomy, feelings: Feelings = _NO_FEELINGS
) -> str:
    """Return findings in words on one line; many places are counted rather than listed."""
    answers = [ref_words(ref, pack, anatomy) for ref in refs if isinstance(ref, AnswerRef)]
    places = [ref for ref in refs if isinstance(ref, PlaceRef)]
    words = [ref_words(ref, pack, anatomy, feelings) for ref in places]
    if len(places) > _MOST_PLACES:
        known = [word for ref, word in zip(places, words, strict=True) if ref.intensity or ref.felt]
        rest = len(places) - len(known)
        state = "without pain" if any(ref.intensity == 0 for ref in places) else "not marked yet"
        words = known + ([f"{rest} places {state}"] if rest else [])
    return "; ".join(words + answers)


def said_lines(findings: Findings, pack: Pack, anatomy: Anatomy) -> list[str]:
    """Return everything that was said, place by place and answer by answer."""
    lines: list[str] = []
    for mark in findings.marks:
        words = place_words(mark.region, mark.side, anatomy)
        nothing = "no pain" if mark.strength else "nothing hurts here"
        text = f"{words}: {mark.intensity}/10" if mark.intensity else f"{words}: {nothing}"
        more = [*mark.qualities]
        more += [f"worse: {pack.questions[id].short}" for id in mark.worse_with if id in pack.questions]
        lines += folded(text + (f", {', '.join(more)}" if more else ""), "  ")
    state = "The map is complete." if findings.map_complete else "The map is not declared complete."
    lines += folded(state, "  ")
    for id, question in pack.questions.items():
        if id in findings.answers:
            lines += folded(answer_words(question, findings.answers[id]), "  - ")
    return lines


class Cites:
    """Numbers sources in the order in which they are first named, and lists them."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._numbers: dict[str, int] = {}

    def __call__(self, source: str) -> str:
        """Return the mark of a source, such as `[2]`."""
        return f"[{self._numbers.setdefault(source, len(self._numbers) + 1)}]" if source else ""

    def listed(self) -> list[str]:
        """Return the sources named so far as lines of a page, each with its voice: article, literature or opinion."""
        return [line for text in self.named() for line in folded(text, "", "    ")]

    def named(self) -> list[str]:
        """Return the sources named so far, one text each, not folded: a screen knows its own width."""
        return [
            f"[{number}] {source.voice + ': ' if (source := self._pack.sources.get(id)) else ''}"
            f"{source_text(id, self._pack)}"
            for id, number in self._numbers.items()
        ]


def source_text(id: str, pack: Pack) -> str:
    """Return a source in words, with its link."""
    source = pack.sources.get(id)
    if source is None:
        return id
    return f"{source.cite} ({source.link})" if source.link else source.cite
