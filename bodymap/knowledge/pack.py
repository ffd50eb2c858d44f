"""A knowledge pack as the rest of the program sees it: plain, frozen, already checked.

Built by `bodymap.knowledge.loader` from the pydantic models, or from the cache of an earlier load. Nothing
here imports pydantic, so that a screen can be drawn before pydantic is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# The words of a pack, part of it for everybody who has one.
from bodymap.knowledge.vocabulary import BANDS as BANDS
from bodymap.knowledge.vocabulary import GRADES as GRADES
from bodymap.knowledge.vocabulary import QUALITIES as QUALITIES
from bodymap.knowledge.vocabulary import SIDES as SIDES
from bodymap.knowledge.vocabulary import TIERS as TIERS
from bodymap.knowledge.vocabulary import Band as Band
from bodymap.knowledge.vocabulary import Grade as Grade
from bodymap.knowledge.vocabulary import Side as Side
from bodymap.knowledge.vocabulary import Tier as Tier

Voice = Literal["article", "literature", "opinion"]


@dataclass(frozen=True, slots=True)
class Answer:
    """True when question `id` was answered with `value` (`"yes"`, `"no"`, or a choice such as `"male"`)."""

    id: str
    value: str = "yes"


@dataclass(frozen=True, slots=True)
class Number:
    """True when the number given for question `id` lies between `at_least` and `at_most`, both inclusive."""

    id: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """True when a place in one of `regions` is marked.

    `sides`: `"any"`, `"left"`, `"right"`, `"both"` (left and right), `"one"` (left or right but not both). A
    mark counts from `intensity_at_least` (1–10), with any of `qualities` if some are given, and with
    `worse_with` among the answers true at this place if one is given.
    """

    regions: tuple[str, ...]
    sides: Literal["any", "left", "right", "both", "one"] = "any"
    intensity_at_least: int = 1
    qualities: tuple[str, ...] = ()
    worse_with: str | None = None


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when at least one part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false; unknown stays unknown."""

    part: Condition


Condition = Answer | Number | Marked | All | Any | Not


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from; `voice`, the article, literature or opinion, decides where it is shown."""

    id: str
    voice: Voice
    cite: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of evidence for or against a cause, or one thing it needs.

    `points` is signed: positive for, negative against. A need costs its (negative) points when known to be
    absent. `says` is for the patient, `clinician` for the desk; `source` is the id of a source; `ratio`
    quotes a published likelihood or odds ratio and is empty where there is none.
    """

    id: str
    kind: Literal["for", "against", "need"]
    when: Condition
    points: int
    strength: str
    says: str
    clinician: str
    source: str
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: what the article says of it, what the literature adds, the lines for and against it."""

    id: str
    name: str
    plain: str
    evidence: Grade
    evidence_says: str
    evidence_source: str
    prior: int
    prior_says: str
    prior_source: str
    usual: tuple[str, ...]
    possible: tuple[str, ...]
    article_section: str
    article_says: str
    article_helps: str
    clinic_next: str
    literature_says: str
    literature_sources: tuple[str, ...]
    clinician: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One finding that can be asked for.

    `kind`: `"yes-no"` (yes, no, unsure), `"number"` (whole, `lowest`–`highest`, in `unit`), `"choice"` (one
    of `choices`, or unsure). `asks` is the whole question, `short` its label in a list, `why` the reason we
    ask, `yes` and `no` how an answer is read back.
    """

    id: str
    group: str
    kind: Literal["yes-no", "number", "choice"]
    asks: str
    short: str
    why: str
    clinician: str
    yes: str = ""
    no: str = ""
    unit: str = ""
    lowest: int = 0
    highest: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    ask_first: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A heading under which questions stand."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that must not wait. `opens` are asked at once when `opened_by` becomes true."""

    id: str
    tier: Tier
    title: str
    when: Condition
    says: str
    do: str
    clinician: str
    source: str
    opens: tuple[str, ...] = ()
    opened_by: Condition | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole knowledge pack.

    `sha256` is over the bytes of its files; `caps` maps a grade of evidence to the highest band it may show.
    `bands` maps `strong`, `possible` and `weak` to the lowest score that reaches them; below `weak` a cause
    is `unlikely`. `margin` is the difference in score within which leading causes count as indistinguishable.
    `areas` names lists of regions (`below-knee`).
    """

    id: str
    version: str
    title: str
    language: str
    sha256: str
    bands: Mapping[str, int]
    margin: int
    strengths: Mapping[str, int]
    caps: Mapping[str, Band]
    areas: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    groups: tuple[Group, ...]
    questions: Mapping[str, Question]
    alarms: tuple[Alarm, ...]
    causes: tuple[Cause, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    """Short texts the screens quote: `not-a-diagnosis` stands on every page; `call-the-clinic` ends one."""
    fact_sources: Mapping[str, str] = field(default_factory=dict)
    """The source of each fact that has one."""
    languages: tuple[str, ...] = ()
    """Every language the pack speaks, in the order of its file; empty means `language` alone."""
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """The texts in the other languages, in the order of `bodymap.knowledge.texts`."""

    def spoken(self, language: str) -> Pack:
        """Return this pack in another of its languages: ids, conditions, points and sum stay, texts change.

        Raises `Trouble`, naming the languages there are, for one that the pack does not speak.
        """
        from bodymap.knowledge.texts import in_language

        return in_language(self, language)

    def facts_of(self, voice: Voice) -> list[tuple[str, str]]:
        """Return the facts in one voice, each with the id of its source, in the order of the pack."""
        return [
            (text, source)
            for id, text in self.facts.items()
            if (source := self.fact_sources.get(id, "")) and self.sources[source].voice == voice
        ]

    def cause(self, id: str) -> Cause:
        """Return the cause `id`; raises `KeyError`."""
        for cause in self.causes:
            if cause.id == id:
                return cause
        raise KeyError(id)
