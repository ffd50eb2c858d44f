"""A pack as one JSON text and back: what the cache holds.

Nothing in a cache is believed. Decoding rebuilds every value with its type, its limits and its clean text,
and the result must pass the same `references` as a pack read from its files; the first surprise raises
`UnusableError`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import lru_cache
from typing import Any as Anything
from typing import NoReturn, TypeVar

from bodymap.common.text import is_clean
from bodymap.knowledge.limits import ID_PATTERN, LANGUAGE_PATTERN, MOST_ID, MOST_LABEL, MOST_TEXT
from bodymap.knowledge.pack import (
    BANDS,
    GRADES,
    QUALITIES,
    TIERS,
    Alarm,
    All,
    Answer,
    Any,
    Cause,
    Condition,
    Group,
    Line,
    Marked,
    Not,
    Number,
    Pack,
    Question,
    Source,
)
from bodymap.knowledge.references import misfits
from bodymap.knowledge.texts import texts_of

FORMAT = 3
_ESCAPE = re.compile(r'\\[^"\\]')
_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_MOST_ENTRIES = 400
_MOST_DEPTH = 16
_MOST_POINTS = 1_000_000

Part = TypeVar("Part")


class UnusableError(Exception):
    """The cached text is not what this program wrote, or no longer fits it."""


def encode(pack: Pack) -> str:
    """Return `pack` as JSON: each value a list in the order of its class's fields."""
    whole = [
        *(pack.id, pack.version, pack.title, pack.language, pack.sha256),
        *(dict(pack.bands), pack.margin, dict(pack.strengths), dict(pack.caps), dict(pack.areas)),
        [[source.id, source.voice, source.cite, source.link] for source in pack.sources.values()],
        [[group.id, group.title] for group in pack.groups],
        [_values(question) for question in pack.questions.values()],
        [
            [*_values(alarm)[:3], *_values(alarm)[4:9], _written(alarm.when), _written(alarm.opened_by)]
            for alarm in pack.alarms
        ],
        [
            [*_values(cause)[:-1], [[*_fields(line), _written(line.when)] for line in cause.lines]]
            for cause in pack.causes
        ],
        dict(pack.facts),
        dict(pack.fact_sources),
        list(pack.languages),
        {language: list(texts) for language, texts in pack.translations.items()},
    ]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _values(item: Anything) -> list[Anything]:
    return [getattr(item, name) for name in item.__slots__]


def _fields(line: Line) -> list[Anything]:
    return [
        line.id,
        line.kind,
        line.points,
        line.strength,
        line.says,
        line.clinician,
        line.source,
        line.ratio,
    ]


def _written(when: Condition | None) -> Anything:
    match when:
        case None:
            return None
        case Answer() | Number() | Marked():
            return [type(when).__name__, *_values(when)]
        case All(parts) | Any(parts):
            return [type(when).__name__, *(_written(part) for part in parts)]
        case Not(part):
            return ["Not", _written(part)]


def decode(text: str, sha256: str, regions: Collection[str]) -> Pack:
    """Return the pack that `encode` wrote for files with this sum and anatomy. Raises `UnusableError`."""
    # Clean text never needs an escape but for quotes and backslashes, so one look at the whole answers for
    # every part.
    if _ESCAPE.search(text) or not is_clean(text):
        _refuse()
    try:
        pack = _pack(json.loads(text))
        if pack.sha256 != sha256 or next(misfits(pack, regions), None) is not None:
            _refuse()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        _refuse()
    return pack


def _refuse() -> NoReturn:
    raise UnusableError


def _pack(whole: list[Anything]) -> Pack:
    (id, version, title, language, sha256, bands, margin, strengths, caps, areas) = whole[:10]
    (sources, groups, questions, alarms, causes, facts, fact_sources, *rest) = whole[10:]
    languages, translations = rest
    if set(bands) != {"strong", "possible", "weak"} or set(caps) != set(GRADES):
        _refuse()
    listed = _list(sources, _source), _list(questions, _question)
    pack = Pack(
        id=_id(id),
        version=_text(version),
        title=_label(title),
        language=_text(language),
        sha256=_text(sha256),
        bands={band: _number(points) for band, points in bands.items()},
        margin=_number(margin, 0),
        strengths={_id(name): _number(points, 1) for name, points in _table(strengths).items()},
        caps={grade: _one_of(BANDS, cap) for grade, cap in caps.items()},
        areas={_id(name): _list(names, _id) for name, names in _table(areas).items()},
        sources={source.id: source for source in listed[0]},
        groups=_list(groups, _group),
        questions={question.id: question for question in listed[1]},
        alarms=_list(alarms, _alarm),
        causes=_list(causes, lambda cause: _cause(cause, strengths)),
        facts={_id(name): _text(text) for name, text in _table(facts).items()},
        fact_sources={_id(name): _id(source) for name, source in _table(fact_sources).items()},
    )
    return _translated(pack, _list(languages, _language), _table(translations))


def _translated(pack: Pack, languages: tuple[str, ...], translations: dict[str, list[str]]) -> Pack:
    """Return the pack with its languages: each must have a text wherever the pack has one, and none elsewhere."""
    if {*translations, pack.language} != {*languages} or pack.language in translations:
        _refuse()
    own = list(texts_of(pack))
    for texts in translations.values():
        if type(texts) is not list or len(texts) != len(own):
            _refuse()
        for (text, label), said in zip(own, texts, strict=True):
            if (
                type(said) is not str
                or (said == "") != (text == "")
                or len(said) > (MOST_LABEL if label else MOST_TEXT)
            ):
                _refuse()
    return replace(
        pack,
        languages=languages,
        translations={language: tuple(texts) for language, texts in translations.items()},
    )


def _source(item: list[Anything]) -> Source:
    id, voice, cite, link = item
    return Source(_id(id), _one_of(("article", "literature", "opinion"), voice), _text(cite), _maybe(link))


def _group(item: list[Anything]) -> Group:
    id, title = item
    return Group(_id(id), _label(title))


def _question(item: list[Anything]) -> Question:
    id, group, kind, asks, short, why, clinician, yes, no, unit, lowest, highest, choices, ask_first = item
    if type(ask_first) is not bool:
        _refuse()
    return Question(
        *(_id(id), _id(group), _one_of(("yes-no", "number", "choice"), kind)),
        *(_text(asks), _label(short), _text(why), _text(clinician), _maybe(yes), _maybe(no), _maybe(unit)),
        *(
            _number(lowest),
            _number(highest),
            _list(choices, lambda choice: (_id(choice[0]), _label(choice[1]))),
        ),
        ask_first,
    )


def _alarm(item: list[Anything]) -> Alarm:
    id, tier, title, says, do, clinician, source, opens, when, opened_by = item
    return Alarm(
        id=_id(id),
        tier=_one_of(TIERS, tier),
        title=_label(title),
        when=_condition(when),
        says=_text(says),
        do=_text(do),
        clinician=_text(clinician),
        source=_id(source),
        opens=_list(opens, _id),
        opened_by=None if opened_by is None else _condition(opened_by),
    )


def _cause(item: list[Anything], strengths: dict[str, int]) -> Cause:
    id, name, plain, evidence, *texts, lines = item
    evidence_says, evidence_source, prior, prior_says, prior_source, usual, possible, *rest = texts
    section, says, helps, following, literature_says, literature_sources, clinician = rest
    return Cause(
        *(
            _id(id),
            _label(name),
            _label(plain),
            _one_of(GRADES, evidence),
            _text(evidence_says),
            _id(evidence_source),
        ),
        *(_number(prior), _maybe(prior_says), _maybe(prior_source), _list(usual, _id), _list(possible, _id)),
        *(_label(section), _text(says), _maybe(helps), _text(following), _text(literature_says)),
        *(
            _list(literature_sources, _id),
            _text(clinician),
            _list(lines, lambda line: _line(line, strengths)),
        ),
    )


def _line(item: list[Anything], strengths: dict[str, int]) -> Line:
    id, kind, points, strength, says, clinician, source, ratio, when = item
    # Points follow from the kind and the strength; no others are possible.
    if points != strengths[strength] * (1 if kind == "for" else -1) or (kind == "need") != (
        strength == "need"
    ):
        _refuse()
    return Line(
        *(
            _id(id),
            _one_of(("for", "against", "need"), kind),
            _condition(when),
            _number(points),
            _id(strength),
        ),
        *(_text(says), _text(clinician), _id(source), _maybe(ratio)),
    )


def _condition(item: list[Anything], depth: int = 0) -> Condition:
    form, *values = item
    if depth > _MOST_DEPTH:
        _refuse()
    if form == "Answer":
        return Answer(_id(values[0]), _id(values[1]))
    if form == "Number":
        id, low, high = values
        return Number(_id(id), None if low is None else _number(low), None if high is None else _number(high))
    if form == "Marked":
        regions, sides, intensity, qualities, worse_with = values
        if not regions or not 1 <= _number(intensity) <= 10:
            _refuse()
        return Marked(
            _list(regions, _id),
            _one_of(("any", "left", "right", "both", "one"), sides),
            intensity,
            _list(qualities, lambda quality: _one_of(QUALITIES, quality)),
            None if worse_with is None else _id(worse_with),
        )
    if form not in ("All", "Any", "Not") or not values:
        _refuse()
    parts = tuple(_condition(value, depth + 1) for value in values)
    return Not(*parts) if form == "Not" else All(parts) if form == "All" else Any(parts)


def _language(value: str) -> str:
    if type(value) is not str or not _LANGUAGE.fullmatch(value):
        _refuse()
    return value


def _text(value: str) -> str:
    return _maybe(value) or _refuse()


def _label(value: str) -> str:
    if len(value) > MOST_LABEL:
        _refuse()
    return _text(value)


def _maybe(value: str) -> str:
    if type(value) is not str or len(value) > MOST_TEXT:
        _refuse()
    return value


@lru_cache(maxsize=4096)
def _id(value: str) -> str:
    if type(value) is not str or len(value) > MOST_ID or not _ID.match(value) or value.endswith("\n"):
        _refuse()
    return value


def _number(value: int, least: int = -_MOST_POINTS) -> int:
    if type(value) is not int or not least <= value <= _MOST_POINTS:
        _refuse()
    return value


def _one_of(valid: tuple[Anything, ...], value: Anything) -> Anything:
    if type(value) is not str or value not in valid:
        _refuse()
    return value


def _table(value: dict[str, Anything]) -> dict[str, Anything]:
    if type(value) is not dict or len(value) > _MOST_ENTRIES:
        _refuse()
    return value


def _list(value: list[Anything], part: Callable[[Anything], Part]) -> tuple[Part, ...]:
    if type(value) is not list or len(value) > _MOST_ENTRIES:
        _refuse()
    return tuple([part(item) for item in value])
