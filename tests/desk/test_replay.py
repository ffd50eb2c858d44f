"""All sessions under another pack: every one looked at, changes told with their reason, nothing written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desk_folder import made, put
from test_today import FINDINGS, another, sitting

from bodymap.desk.replay import Outcome, replay
from bodymap.engine import compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack
from bodymap.report.replay import outcome_text, replayed_text
from bodymap.sessions import SessionStore

PACK, ANATOMY = load_pack(), load_anatomy()


def replayed(folder: Path, pack: Pack) -> tuple[Outcome, str]:
    outcome, texts = Outcome(), []
    for each in replay(SessionStore(folder), pack, ANATOMY):
        outcome.add(each)
        texts.append(replayed_text(folder, each, pack))
    return outcome, " ".join("".join([*texts, outcome_text(folder, outcome, pack)]).split())


def changed_pack() -> tuple[Pack, str]:
    """Return a pack under which the leading cause of `FINDINGS` falls back, and that cause's id."""
    leader = compile_pack(PACK, ANATOMY).assess(FINDINGS).causes[0].cause
    weaker = replace(leader, prior=leader.prior - 40)
    causes = tuple(weaker if cause.id == leader.id else cause for cause in PACK.causes)
    return another(PACK, causes=causes), leader.id


def test_the_same_pack_changes_nobody(tmp_path: Path) -> None:
    put(tmp_path, *[sitting(PACK, ANATOMY) for _ in range(5)])
    outcome, text = replayed(tmp_path, PACK)
    assert (outcome.files, outcome.changed) == (5, 0)
    assert text.endswith("0 would be shown something else, 5 the same.")
    assert text.startswith("Under rear-pain")


def test_who_changes_and_why(tmp_path: Path) -> None:
    sessions = [sitting(PACK, ANATOMY) for _ in range(3)]
    paths = put(tmp_path, *sessions)
    before = {path: path.read_bytes() for path in paths}
    pack, leader = changed_pack()
    outcome, text = replayed(tmp_path, pack)
    assert (outcome.files, outcome.changed, outcome.reasons["points"]) == (3, 3, 3)
    assert sum(outcome.leaders.values()) == 3
    assert {then for then, _ in outcome.leaders} == {leader}
    assert outcome.bands, "the leader does not fit as it did"
    assert all(then != now for _, then, now in outcome.bands)
    for session in sessions:
        assert session.code in text
    assert "The same counts with other points" in text
    assert "at other ranks because of that" in text
    assert "3 would be shown something else, 0 the same." in text
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before


def test_bad_files_and_other_packs_stop_nothing(tmp_path: Path) -> None:
    good = sitting(PACK, ANATOMY)
    (broken,) = put(tmp_path, made(1))
    broken.write_text("schema = 1\n[")
    bare = replace(sitting(PACK, ANATOMY), shown=None, state="unfinished", finished=None)
    foreign = replace(sitting(PACK, ANATOMY), pack=replace(good.pack, id="other-pain"))
    put(tmp_path, good, bare, foreign)
    outcome, text = replayed(tmp_path, PACK)
    assert (outcome.files, outcome.unreadable, outcome.unassessed, outcome.changed) == (4, 1, 1, 0)
    assert broken.name in text
    assert "1 file cannot be read." in text
    assert "1 session had not been assessed." in text
    assert "2 the same" in text


def test_what_the_new_pack_does_not_know_is_named(tmp_path: Path) -> None:
    put(tmp_path, sitting(PACK, ANATOMY))
    questions = {id: question for id, question in PACK.questions.items() if id != "sits-most-of-day"}

    def without(condition: object) -> bool:
        return "sits-most-of-day" not in repr(condition)

    causes = tuple(
        replace(cause, lines=tuple(line for line in cause.lines if without(line.when)))
        for cause in PACK.causes
    )
    smaller = another(PACK, questions=questions, causes=causes)
    outcome, text = replayed(tmp_path, smaller)
    assert outcome.incomplete == 1
    assert "Left out: answers.sits-most-of-day." in text
    assert "the pack or the map does not know it" in text


def test_alarms_that_would_not_be_raised_are_told_first(tmp_path: Path) -> None:
    put(tmp_path, sitting(PACK, ANATOMY))
    outcome, text = replayed(tmp_path, another(PACK, alarms=()))
    assert outcome.alarms
    assert all(not raised for _, raised in outcome.alarms)
    assert "EMERGENCY was shown then and would not be today" in text


def test_no_sessions(tmp_path: Path) -> None:
    outcome, text = replayed(tmp_path / "nowhere", PACK)
    assert outcome.files == 0
    assert text.startswith("No sessions in")
