"""What must hold for every pack and all findings."""

from __future__ import annotations

import random

from completing import completed, every_completion, mentions, turning_points
from hypothesis import assume, given
from hypothesis import strategies as st
from laws import law
from reference import Reference
from strategies import ANATOMY, QUESTIONS, causes, conditions, findings, make_pack, packs, values

from bodymap.engine import AnswerRef, Findings, PlaceRef, compile_pack
from bodymap.knowledge.pack import All, Answer, Any, Cause, Condition, Line, Marked, Not, Number, Pack


@given(packs(), findings(), st.randoms(use_true_random=False))
@law()
def test_the_order_of_marks_and_answers_is_irrelevant(
    pack: Pack, found: Findings, dice: random.Random
) -> None:
    marks, answers = list(found.marks), list(found.answers.items())
    dice.shuffle(marks)
    dice.shuffle(answers)
    shuffled = Findings(tuple(marks), dict(answers), found.map_complete)
    # Two engines, so that nothing one of them remembers can make the results agree.
    assert compile_pack(pack, ANATOMY).assess(found) == compile_pack(pack, ANATOMY).assess(shuffled)


@given(packs(), st.lists(findings(), min_size=2, max_size=6))
@law()
def test_what_was_assessed_before_is_irrelevant(pack: Pack, several: list[Findings]) -> None:
    used = compile_pack(pack, ANATOMY)
    for found in several:
        assert used.assess(found) == compile_pack(pack, ANATOMY).assess(found)


@given(packs(), st.lists(findings(), min_size=2, max_size=6))
@law()
def test_when_lines_are_looked_at_is_irrelevant(pack: Pack, several: list[Findings]) -> None:
    """Lines are worked out when they are first looked at: others may have been assessed in the meantime."""
    engine = compile_pack(pack, ANATOMY)
    assessments = [engine.assess(found) for found in several]
    for found, assessment in reversed(list(zip(several, assessments, strict=True))):
        assert assessment == compile_pack(pack, ANATOMY).assess(found)


@given(packs(), findings(), st.data())
@law()
def test_a_line_for_a_cause_never_lowers_its_score(pack: Pack, found: Findings, data: st.DataObject) -> None:
    """Whatever is changed: a score differs by exactly the points of the lines that changed, each with its sign."""
    id = data.draw(st.sampled_from(list(QUESTIONS)))
    engine = compile_pack(pack, ANATOMY)
    after = engine.assess(found.with_answer(id, data.draw(values(QUESTIONS[id]))), questions=False)
    for before in engine.assess(found, questions=False).causes:
        then = after.cause(before.cause.id)
        old, new = ({line.line.id for line in each.for_lines} for each in (before, then))
        others = [each.against_lines + each.needs_missing for each in (before, then)]
        rest = [sum(line.points for line in lines) for lines in others]
        if old <= new and rest[0] == rest[1]:
            assert then.score >= before.score
            assert (then.score > before.score) == (old < new)


@given(packs(), findings(), st.randoms(use_true_random=False))
@law()
def test_no_completion_leads_outside_the_ranges(pack: Pack, found: Findings, dice: random.Random) -> None:
    assessment = compile_pack(pack, ANATOMY).assess(found, questions=False)
    for _ in range(5):
        reference = Reference(pack, ANATOMY, completed(dice, found, ANATOMY, QUESTIONS), closed=True)
        scores = {cause.id: reference.score(cause) for cause in pack.causes}
        for assessed in assessment.causes:
            score = scores[assessed.cause.id]
            rank = 1 + sum(other > score for other in scores.values())
            assert assessed.low <= score <= assessed.high
            assert assessed.best_rank <= rank <= assessed.worst_rank
        if assessment.settled:
            first = max(assessment.causes, key=lambda assessed: assessed.low)
            assert all(scores[first.cause.id] > score for id, score in scores.items() if id != first.cause.id)


@given(packs(), findings(), st.randoms(use_true_random=False))
@law()
def test_unknown_is_never_treated_as_no(pack: Pack, found: Findings, dice: random.Random) -> None:
    """A line or alarm that counts as true or false stays so however the unknown turns out."""
    assessment = compile_pack(pack, ANATOMY).assess(found, questions=False)
    for _ in range(5):
        reference = Reference(pack, ANATOMY, completed(dice, found, ANATOMY, QUESTIONS), closed=True)
        for assessed in assessment.causes:
            for line in assessed.for_lines + assessed.against_lines:
                assert reference.truth(line.line.when) == "true"
            for line in assessed.needs_missing:
                assert reference.truth(line.line.when) == "false"
        for alarm in assessment.alarms:
            assert reference.truth(alarm.alarm.when) == "true"


@given(packs(), findings(), st.data())
@law()
def test_unsure_is_the_same_as_not_asked(pack: Pack, found: Findings, data: st.DataObject) -> None:
    id = data.draw(st.sampled_from(list(QUESTIONS)))
    engine = compile_pack(pack, ANATOMY)
    asked = engine.assess(found.with_answer(id, "unsure"), questions=False)
    assert asked == engine.assess(found.with_answer(id, None), questions=False)


@given(packs(), findings(), st.data())
@law()
def test_an_alarm_stays_whatever_is_said_about_something_else(
    pack: Pack, found: Findings, data: st.DataObject
) -> None:
    engine = compile_pack(pack, ANATOMY)
    raised = engine.assess(found, questions=False).alarms
    for assessed in raised:
        ids, _ = mentions(assessed.alarm.when)
        others = [id for id in QUESTIONS if id not in ids]
        if not others:
            continue
        id = data.draw(st.sampled_from(others))
        after = found.with_answer(id, data.draw(st.none() | values(QUESTIONS[id])))
        assert assessed in engine.assess(after, questions=False).alarms


@given(packs(), findings())
@law()
def test_an_alarm_rests_on_what_it_names(pack: Pack, found: Findings) -> None:
    """With nothing known but its reasons, an alarm is still raised."""
    engine = compile_pack(pack, ANATOMY)
    for assessed in engine.assess(found, questions=False).alarms:
        assert all(None not in ref for ref in assessed.because)
        places = {(ref.region, ref.side) for ref in assessed.because if isinstance(ref, PlaceRef)}
        marks = tuple(mark for mark in found.marks if mark.place in places)
        said = {ref.id: ref.value for ref in assessed.because if isinstance(ref, AnswerRef)}
        rest = Findings(marks, said, found.map_complete)
        assert assessed.alarm.id in {left.alarm.id for left in engine.assess(rest, questions=False).alarms}


# Ranges that are exact


def few() -> st.SearchStrategy[Condition]:
    """Conditions on one region and three questions, so that every completion can be tried."""
    atoms: st.SearchStrategy[Condition] = (
        st.builds(Answer, st.sampled_from(["sit", "bend"]), st.sampled_from(["yes", "no"]))
        | st.builds(Number, st.just("age"), st.sampled_from([10, 50, 100]), st.none())
        | st.builds(Number, st.just("age"), st.none(), st.sampled_from([20, 60, 120]))
        | st.builds(
            Marked,
            st.just(("calf",)),
            st.sampled_from(["any", "left", "right", "both", "one"]),
            st.sampled_from([1, 4, 7]),
            st.sampled_from([(), ("ache",), ("numb",), ("ache", "numb")]),
            st.sampled_from([None, None, "sit"]),
        )
    )
    return st.recursive(
        atoms,
        lambda inner: (
            st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple))
            | st.builds(Any, st.lists(inner, min_size=2, max_size=3).map(tuple))
            | st.builds(Not, inner)
        ),
        max_leaves=4,
    )


@given(causes(), few(), st.sampled_from([9, -9]), findings())
@law()
def test_the_range_of_a_line_is_exact(cause: Cause, when: Condition, points: int, found: Findings) -> None:
    """Also where one condition mentions a finding twice: both ends are what completions really lead to."""
    kind = "for" if points > 0 else "need"
    line = Line("only", kind, when, points, "", "says", "only", "study")  # type: ignore[arg-type]
    one = _with_lines(cause, (line,))
    pack = make_pack((one,))
    assessed = compile_pack(pack, ANATOMY).assess(found, questions=False).causes[0]
    low, high = _ends(pack, one, found)
    assert (assessed.low, assessed.high) == (low, high)


@given(
    causes(), st.lists(conditions(), min_size=2, max_size=4), findings(), st.randoms(use_true_random=False)
)
@law()
def test_both_ends_are_reached_where_no_unknown_finding_is_shared(
    cause: Cause, several: list[Condition], found: Findings, dice: random.Random
) -> None:
    lines: list[Line] = []
    seen: set[str] = set()
    for number, when in enumerate(several):
        ids, marked = mentions(when)
        regions = {region for each in marked for name in each.regions for region in _regions(name)}
        if len(regions) > 1 or not seen.isdisjoint(ids | regions) or len(ids) > 2:
            continue
        if any(each.worse_with not in (None, "sit") for each in marked):
            continue
        seen |= ids | regions
        kind, points = dice.choice([("for", 5), ("against", -3), ("need", -40)])
        lines.append(Line(f"l{number}", kind, when, points, "", "says", "l", "study"))  # type: ignore[arg-type]
    assume(len(lines) > 1)
    pack = make_pack((_with_lines(cause, tuple(lines)),))
    assessed = compile_pack(pack, ANATOMY).assess(found, questions=False).causes[0]
    low = high = cause.prior
    for line in lines:
        ends = _ends(pack, _with_lines(cause, (line,)), found)
        low, high = low + ends[0] - cause.prior, high + ends[1] - cause.prior
    assert (assessed.low, assessed.high) == (low, high)


def _regions(name: str) -> tuple[str, ...]:
    return ("calf", "buttock") if name == "leg" else (name,)


def _with_lines(cause: Cause, lines: tuple[Line, ...]) -> Cause:
    from dataclasses import replace

    return replace(cause, lines=lines)


def _ends(pack: Pack, cause: Cause, found: Findings) -> tuple[int, int]:
    """Return the lowest and the highest score that a completion leads to, by trying all of them."""
    ids, marked = mentions(cause.lines[0].when)
    regions = {region for each in marked for name in each.regions for region in _regions(name)}
    places = [(region, side) for region in sorted(regions) for side in ANATOMY.regions[region].sides]
    scores = {
        Reference(pack, ANATOMY, one, closed=True).score(cause)
        for one in every_completion(
            found, sorted(ids), places, QUESTIONS, turning_points(cause.lines[0].when)
        )
    }
    return min(scores), max(scores)
