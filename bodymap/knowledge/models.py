"""The files of a pack as pydantic models: what may stand in them, within which limits.

One model a kind of file: `PackFile`, `QuestionsFile`, `AlarmsFile`, `CauseFile` (and `CasesFile` in `cases`).
Their JSON Schemas are what `bodymap pack schema` prints.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bodymap.knowledge.conditions import When
from bodymap.knowledge.limits import MOST_LANGUAGES
from bodymap.knowledge.spoken import (
    AlarmText,
    ArticleText,
    CauseText,
    ChoiceText,
    ClinicText,
    GroupText,
    InLanguages,
    Language,
    PackText,
    QuestionText,
    ReadingText,
    SaysText,
)
from bodymap.knowledge.words import (
    Amount,
    Cost,
    Id,
    Ids,
    Label,
    MaybeText,
    Points,
    ShortText,
    SomeIds,
    Table,
    Text,
    whole,
)

SchemaOne = Annotated[Literal[1], Field(description="version of this file format")]
AnyBand = Literal["strong", "possible", "weak", "unlikely"]


class Bands(Table):
    """The lowest score that reaches each band; below `weak` a cause is `unlikely`."""

    strong: Points
    possible: Points
    weak: Points


class Ranking(Table):
    """How near leading causes may be before they count as impossible to tell apart."""

    margin: int = Field(ge=0, le=100, description="points")


class Caps(Table):
    """The highest band that each grade of evidence may show."""

    strong: AnyBand
    moderate: AnyBand
    weak: AnyBand
    very_low: AnyBand = Field(alias="very-low")


class SourceTable(Table):
    """Where a claim comes from; the voice decides where it is shown."""

    voice: Literal["article", "literature", "opinion"]
    cite: Text
    link: ShortText = ""


class Reading(Table):
    """How the reading grade of patient texts is judged."""

    highest_grade: float | int = Field(
        default=7.5, ge=1, le=14, description="English: the highest US school grade of a text"
    )
    lowest_ease: float | int = Field(
        default=65,
        ge=0,
        le=100,
        description="Spanish: the lowest reading ease of a text on the INFLESZ scale",
    )
    known_words: list[Label] = Field(
        default=[],
        max_length=200,
        description="long words that are explained where they stand: each counts as two syllables",
    )
    text: InLanguages[ReadingText] = Field(default={})


class PackFile(Table):
    """`pack.toml`: the name of the pack, and the scales, areas, sources and short texts it uses."""

    schema_: SchemaOne = Field(alias="schema")
    id: Id
    version: str = Field(pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$", description="three numbers: 1.0.0")
    title: Label
    language: Language = Field(description="the language that the texts of all files are written in: en")
    languages: Annotated[list[Language], AfterValidator(whole)] = Field(
        default=[],
        max_length=MOST_LANGUAGES,
        description="every language the pack speaks, its own among them; nothing means its own alone",
    )
    bands: Bands
    ranking: Ranking
    strengths: dict[Id, Cost] = Field(
        description="points of each strength; `need` is what the absence of a need costs"
    )
    caps: Caps
    areas: dict[Id, SomeIds] = Field(default={})
    facts: dict[Id, Text] = Field(default={}, description="short texts that the screens and pages quote")
    fact_sources: dict[Id, Id] = Field(
        default={}, description="the source of each fact that is the article's, a study's or an opinion"
    )
    sources: dict[Id, SourceTable] = Field(min_length=1)
    reading: Reading = Reading()
    text: InLanguages[PackText] = Field(default={})


class GroupTable(Table):
    """A heading under which questions stand."""

    id: Id
    title: Label
    text: InLanguages[GroupText] = Field(default={})


class Choice(Table):
    """One of the answers to a question of kind `choice`."""

    id: Id
    says: Label
    text: InLanguages[ChoiceText] = Field(default={})


class QuestionTable(Table):
    """One finding that can be asked for."""

    id: Id
    group: Id
    kind: Literal["yes-no", "number", "choice"] = "yes-no"
    asks: Text
    short: Label
    why: Text
    clinician: Text
    yes: MaybeText = Field(default="", description="how a yes is read back (kind yes-no)")
    no: MaybeText = Field(default="", description="how a no is read back (kind yes-no)")
    unit: ShortText = ""
    lowest: Amount | None = Field(default=None, description="kind number: the lowest number accepted")
    highest: Amount | None = Field(default=None, description="kind number: the highest number accepted")
    choices: list[Choice] = Field(default=[], max_length=12)
    ask_first: bool = False
    record_only: MaybeText = Field(
        default="",
        description="why this is asked although nothing counts it; without it that is a fault",
    )
    text: InLanguages[QuestionText] = Field(default={})

    @model_validator(mode="after")
    def _of_its_kind(self) -> QuestionTable:
        owned = {"yes-no": ("yes", "no"), "number": ("lowest", "highest", "unit"), "choice": ("choices",)}
        for kind, keys in owned.items():
            for key in keys:
                given = key in self.model_fields_set and getattr(self, key) not in ("", [])
                if given and kind != self.kind:
                    raise PydanticCustomError(
                        "kind", f"“{key}” belongs to kind “{kind}”, this is “{self.kind}”."
                    )
                if not given and kind == self.kind and key != "unit":
                    raise PydanticCustomError("kind", f"A question of kind “{kind}” needs “{key}”.")
        return self


class QuestionsFile(Table):
    """`questions.toml`: the headings and every finding that can be asked for."""

    schema_: SchemaOne = Field(default=1, alias="schema")
    groups: list[GroupTable] = Field(min_length=1, max_length=40)
    questions: list[QuestionTable] = Field(min_length=1, max_length=400)


class AlarmTable(Table):
    """Something that must not wait."""

    id: Id
    tier: Literal["emergency", "same-day", "mention"]
    title: Label
    when: When
    says: Text
    do: Text
    clinician: Text
    source: Id
    opens: Ids = Field(default=[], description="questions asked at once when `opened_by` becomes true")
    opened_by: When | None = None
    text: InLanguages[AlarmText] = Field(default={})


class AlarmsFile(Table):
    """`alarms.toml`: what must not wait, whatever the causes say."""

    schema_: SchemaOne = Field(default=1, alias="schema")
    alarms: list[AlarmTable] = Field(default=[], max_length=100)


class Regions(Table):
    """The referral area of a cause, which lights up on the map: ids of regions or areas."""

    usual: SomeIds
    possible: Ids = Field(default=[])


class Article(Table):
    """The facts of the article in plain words for a patient, and the section they stand in."""

    section: Label
    says: Text
    helps: MaybeText = ""
    text: InLanguages[ArticleText] = Field(default={})


class Clinic(Table):
    """What the clinic does next."""

    next: Text
    text: InLanguages[ClinicText] = Field(default={})


class Literature(Table):
    """What guidelines and studies add, kept apart from the article."""

    says: Text
    sources: SomeIds
    clinician: Text
    text: InLanguages[SaysText] = Field(default={})


class NeedTable(Table):
    """Something without which the cause cannot be: its known absence costs the points of `strengths.need`."""

    id: Id
    when: When
    says: Text
    clinician: Text
    source: Id
    ratio: ShortText = ""
    text: InLanguages[SaysText] = Field(default={})


class LineTable(NeedTable):
    """One piece of evidence for or against the cause."""

    counts: Literal["for", "against"]
    strength: Id


class CauseFile(Table):
    """`causes/<id>.toml`: one cause, what is said of it and what speaks for and against it."""

    schema_: SchemaOne = Field(alias="schema")
    id: Id
    name: Label
    plain: Label
    evidence: Literal["strong", "moderate", "weak", "very-low"]
    evidence_says: Text
    evidence_source: Id
    prior: Points = 0
    prior_says: MaybeText = ""
    prior_source: Id | Literal[""] = ""
    regions: Regions
    article: Article
    clinic: Clinic
    literature: Literature
    needs: list[NeedTable] = Field(default=[], max_length=40)
    lines: list[LineTable] = Field(min_length=1, max_length=120)
    text: InLanguages[CauseText] = Field(default={})
