"""Two sessions beside each other as plain text, 80 columns wide. Says what differs, and never whether that is good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bodymap.common.wording import BAND_WORDS, TIER_WORDS
from bodymap.desk.comparing import AlarmPair, AnswerPair, CausePair, Comparison, Overlap, PlacePair, State
from bodymap.engine.findings import AnswerValue, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import Pack
from bodymap.report.wording import WIDTH, answer_words, folded
from bodymap.sessions.record import Session

_KINDS = (
    ("gained", "Felt in the second alone"),
    ("lost", "Felt in the first alone"),
    ("changed", "Felt otherwise"),
    ("same", "Felt the same"),
    ("absent", "Marked, and nothing felt"),
)
_STATES: dict[State, str] = {
    "felt": "felt",
    "absent": "nothing is felt there",
    "unknown": "not marked, so not known",
}
_NOT_ASKED = "not asked"


def comparison_text(comparison: Comparison, anatomy: Anatomy, pack: Pack | None = None) -> str:
    """Return the page; `pack` gives questions their words, which are ids without it."""
    first, second = comparison.first, comparison.second
    lines = ["=" * WIDTH, "TWO SESSIONS COMPARED", "=" * WIDTH]
    for title, session in (("First", first), ("Second", second)):
        lines.append(f"{title:<8}{_session(session)}")
    lines += folded(between_words(comparison))
    lines += folded("That both are of one person no file tells. This is not a diagnosis.")
    lines += ["", "PLACES", "-" * WIDTH]
    for sentence in overlap_words(comparison.overlap):
        lines += folded(sentence)
    for kind, title in _KINDS:
        pairs = comparison.of_kind(kind)
        if pairs:
            lines.append(f"{title}:")
        for pair in pairs:
            lines += folded(place_line(pair, anatomy, pack), "  ", "      ")
    lines += ["", "ANSWERS THAT DIFFER", "-" * WIDTH]
    lines += _answers(comparison.answers, pack) or ["None."]
    lines += ["", "ALARMS AND CAUSES, AS SHOWN", "-" * WIDTH]
    for sentence in shown_words(comparison):
        lines += folded(sentence)
    for alarm in comparison.alarms:
        lines += folded(alarm_line(alarm, pack), "!! ", "!! ")
    for cause in comparison.causes:
        lines += folded(cause_line(cause), "  " if cause.differs else "    ", "      ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def overlap_words(overlap: Overlap) -> Iterator[str]:
    """Yield what is to be said of the overlap and the extent, as sentences: figures first, then how to take them."""
    jaccard, known = overlap.jaccard, overlap.redrawing
    if jaccard is None:
        yield "Nothing is felt anywhere in either session."
        return
    yield (
        f"{overlap.shared} of the {overlap.either} places felt in either are felt in both: an overlap (Jaccard) of "
        f"{hundredths(jaccard)}. Extent: {_places(overlap.first)} in the first, {_places(overlap.second)} in the "
        "second."
    )
    floor = (
        f"{hundredths(known.overlap_mean)} ± {hundredths(known.overlap_spread)}, so down to "
        f"{hundredths(known.least_overlap)}; the extent agreed, ICC {hundredths(known.extent_agreement)}"
    )
    if jaccard == 1:
        yield "They are the same places."
    elif overlap.within_redrawing:
        yield (
            "So much differs when people draw the same pain again within a minute (overlap "
            f"{floor}): these places alone tell of no change."
        )
    else:
        yield (
            "That is less overlap than people have who draw the same pain again within a minute "
            f"(overlap {floor})."
        )
    if not overlap.complete:
        yield (
            "A map was not declared complete: a place without a mark on it is not known, and the overlap may be "
            "larger than it seems."
        )
    yield f"Source: {known.cite}{f' ({known.link})' if known.link else ''}."


def shown_words(comparison: Comparison) -> Iterator[str]:
    """Yield what has to be said before alarms and causes of both are looked at."""
    if not comparison.assessed:
        yield "One of them had not been assessed, so there is nothing to set beside the other."
        return
    if not comparison.same_pack:
        one, two = comparison.first.pack, comparison.second.pack
        yield (
            f"They were assessed with different packs ({one.id} {one.version}, {two.id} {two.version}): ranks and "
            "bands may differ for that alone."
        )
    if not comparison.alarms:
        yield "No alarm was shown in either."
    for title, session in (("first", comparison.first), ("second", comparison.second)):
        if session.shown is not None and session.shown.none_fits:
            yield f"In the {title} none of the causes fitted well enough."


def between_words(comparison: Comparison) -> str:
    """Return how long lies between the two, in words."""
    seconds = abs(comparison.seconds_between)
    for length, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * length or (seconds >= length and unit == "minute"):
            count = seconds // length
            text = f"{count:,} {unit}{'' if count == 1 else 's'}"
            break
    else:
        text = "less than a minute"
    order = ", and the second is the older one" if comparison.seconds_between < 0 else ""
    return f"Between them: {text}{order}."


def place_line(pair: PlacePair, anatomy: Anatomy, pack: Pack | None = None) -> str:
    """Return a place with what was felt there in the first and the second session."""
    region = anatomy.regions.get(pair.place.region)
    known = region is not None and pair.place.side in region.sides
    words = anatomy.brief(pair.place) if known else f"{pair.place.side.upper()} {pair.place.region}"
    first = _mark(pair.first, pair.first_state, pack)
    second = _mark(pair.second, pair.second_state, pack)
    return f"{words}: {first}" if pair.kind == "same" else f"{words}: {first} → {second}"


def answer_line(pair: AnswerPair, pack: Pack | None = None) -> str:
    """Return a question with its two answers."""
    first, second = (_answer(pair.id, value, pack) for value in (pair.first, pair.second))
    return f"{_question(pair.id, pack)}: {first} → {second}"


def _answers(pairs: Sequence[AnswerPair], pack: Pack | None) -> list[str]:
    """Return what was answered otherwise, line by line, and what was asked in one session alone, run together."""
    lines: list[str] = []
    alone: dict[str, list[str]] = {"first": [], "second": []}
    for pair in pairs:
        if pair.first is not None and pair.second is not None:
            lines += folded(answer_line(pair, pack), "  - ", "      ")
        else:
            words = _answer(pair.id, pair.second if pair.first is None else pair.first, pack)
            alone["second" if pair.first is None else "first"].append(f"{_question(pair.id, pack)}: {words}")
    for title, texts in alone.items():
        if texts:
            lines += folded(f"Asked in the {title} alone: {'; '.join(texts)}.", "", "  ")
    return lines


def _question(id: str, pack: Pack | None) -> str:
    question = pack.questions.get(id) if pack else None
    return question.short if question else id


def _answer(id: str, value: AnswerValue | None, pack: Pack | None) -> str:
    if value is None:
        return _NOT_ASKED
    question = pack.questions.get(id) if pack else None
    if question is None or question.kind == "yes-no":
        return "not sure" if value == "unsure" else str(value)
    return answer_words(question, value).removeprefix(f"{question.short}: ")


def cause_line(pair: CausePair) -> str:
    """Return a cause with rank and band in the first and the second session."""
    first, second = (
        "not in the ranking" if cause is None else f"{cause.rank}, {BAND_WORDS[cause.band]}"
        for cause in (pair.first, pair.second)
    )
    return f"{pair.name}: {first} → {second}" if pair.differs else f"{pair.name}: {first}"


def alarm_line(pair: AlarmPair, pack: Pack | None = None) -> str:
    """Return an alarm with its tier in the first and the second session."""
    titles = {alarm.id: alarm.title for alarm in pack.alarms} if pack else {}
    first, second = (
        "not shown" if alarm is None else TIER_WORDS[alarm.tier] for alarm in (pair.first, pair.second)
    )
    title = titles.get(pair.id, pair.id)
    return f"{title}: {first} → {second}" if pair.differs else f"{title}: {first}"


def hundredths(share: Fraction) -> str:
    """Return a share from 0 to 1 with two digits, rounded half up: `0.67`."""
    whole = (200 * share.numerator + share.denominator) // (2 * share.denominator)
    return f"{whole // 100}.{whole % 100:02}"


def _mark(mark: Mark | None, state: State, pack: Pack | None) -> str:
    if mark is None or state != "felt":
        return _STATES[state]
    short = {id: question.short for id, question in pack.questions.items()} if pack else {}
    strength = f"{mark.intensity}/10" if mark.intensity else "no pain"
    return ", ".join([strength, *mark.qualities, *(f"there: {short.get(id, id)}" for id in mark.worse_with)])


def _session(session: Session) -> str:
    return f"{session.code}  {session.started:%Y-%m-%d %H:%M}  {session.state}"


def _places(count: int) -> str:
    return f"{count} place{'' if count == 1 else 's'}"
