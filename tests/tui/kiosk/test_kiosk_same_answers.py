"""The same answers make the same assessment, byte for byte: typed, at the kiosk, in the explorer, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from asked import ask, findings_file
from command import Home
from guided import knowledge
from kiosk_driver import SitDown
from test_kiosk_story import FOUR, YES
from three_ways import Said, Telling, lines_of, made_up, tell_the_explorer, tell_the_kiosk, told_by

from bodymap.knowledge.anatomy import Place
from bodymap.report.assessment import assessment_json
from bodymap.visit import GuidedVisit


class Kept(NamedTuple):
    """What came of it: two tables of the session file as they stand there, and what `bodymap assess` says of it."""

    findings: str
    assessment: str
    assessed: str


def kept(file: Path, home: Home) -> Kept:
    before, _, rest = file.read_text(encoding="utf-8").partition("\n[findings]\n")
    findings, _, rest = rest.partition("\n[assessment]\n")
    assessment, _, after = rest.partition("\n[app]\n")
    assert all((before, findings, assessment, after))
    findings_file(file, home.folder / "findings.toml")
    said = home.run("assess", "findings.toml", "--format", "json")
    assert (said.status, said.err) == (0, "")
    return Kept(findings, assessment, said.out)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "typed" / "home"
    folder.mkdir(parents=True)
    return Home(folder)


@pytest.fixture
def three_ways(sit_down: SitDown, open_explorer, home: Home, own_folders: Path):  # type: ignore[no-untyped-def]
    """Return a function that gives a telling in every way and compares what came of it."""

    async def compared(telling: Telling, seed: int, language: str) -> Kept:
        ended = ask(home, lines_of(telling, language), "--language", language)
        assert (ended.status, ended.err) == (0, ""), ended.out[-500:]
        typed = kept(only(home.sessions), home)

        async with sit_down(sessions=own_folders / "kiosk", language=language) as person:
            await tell_the_kiosk(person, telling, seed)
        pressed = kept(only(own_folders / "kiosk"), home)

        async with open_explorer(sessions=own_folders / "explorer") as driver:
            await tell_the_explorer(driver, telling.findings)
            assert driver.findings == telling.findings
        explored = kept(only(own_folders / "explorer"), home)

        assert pressed == typed
        if language == "en":  # the explorer's own
            assert explored == typed
        assert explored.assessed == typed.assessed
        _, engine, _ = knowledge()
        assert typed.assessed == assessment_json(telling.visit.assessment, engine)
        return typed

    return compared


def only(folder: Path) -> Path:
    (file,) = sorted(path for path in folder.rglob("*") if path.is_file())
    return file


def storyteller(visit: GuidedVisit) -> Said:
    """Answer as the person with pain in four places does."""
    step = visit.step
    if step.kind == "question":
        return Said("question", "yes" if step.question in YES else "no")
    if step.kind == "number":
        return Said("number", 47)
    if step.kind == "where":
        return Said("where", next(place for place in FOUR if visit.findings.mark_at(*place) is None))
    if step.kind in ("strength", "feel"):
        assert step.place is not None
        strength, felt = FOUR[step.place]
        return Said(step.kind, strength if step.kind == "strength" else (felt,))
    if step.kind == "another":
        return Said("another", "more" if len(visit.findings.marks) < len(FOUR) else "complete")
    ways: dict[str, str | tuple[str, ...]] = {"several": (), "consent": "save", "results": "next"}
    return Said(step.kind, ways.get(step.kind, {"welcome": "begin", "confirm": "yes"}.get(step.kind, "")))


async def test_four_places_are_the_same_in_every_way(three_ways) -> None:  # type: ignore[no-untyped-def]
    told = await three_ways(told_by(storyteller), 0, "en")
    assert [told.findings.count(f'region = "{place.region}"') for place in FOUR] == [1] * 4
    assert '"thoracolumbar-joint-dysfunction"' in told.assessment


BELLY_AND_BACK = (Place("abdomen-upper", "left"), Place("low-back", "left"))


def older_man(visit: GuidedVisit) -> Said:
    """Answer as a man of 70 does whose belly and back hurt: he is asked what has answers of its own."""
    step = visit.step
    left = [place for place in BELLY_AND_BACK if visit.findings.mark_at(*place) is None]
    ways: dict[str, str | int | Place | tuple[str, ...]] = {
        "question": "male" if step.question == "sex-at-birth" else "no",
        "number": 70 if step.question == "age" else step.lowest,
        "where": left[0] if left else "nothing",
        "strength": 6,
        "feel": (),
        "another": "more" if left else "complete",
    }
    return Said(step.kind, ways[step.kind]) if step.kind in ways else storyteller(visit)


@pytest.mark.parametrize("language", ["en", "es"])
async def test_an_answer_of_a_questions_own_is_the_same_in_every_way(three_ways, language: str) -> None:  # type: ignore[no-untyped-def]
    told = await three_ways(told_by(older_man, language), 0, language)
    assert 'sex-at-birth = "male"' in told.findings
    assert '"belly-pain-older-man"' in told.assessment, (
        "which a visit that asks for neither age nor sex never raises"
    )


@pytest.mark.parametrize(("seed", "language"), [(0, "en"), (1, "es")])
async def test_what_anybody_says_is_the_same_in_every_way(three_ways, seed: int, language: str) -> None:  # type: ignore[no-untyped-def]
    await three_ways(made_up(seed, language), seed, language)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
async def test_what_a_hundred_people_say_is_the_same_in_every_way(three_ways, seed: int) -> None:  # type: ignore[no-untyped-def]
    language = "es" if seed % 4 == 3 else "en"
    await three_ways(made_up(seed, language), seed, language)


def test_the_people_differ_and_meet_everything() -> None:
    """Otherwise the tests above would prove little."""
    tellings = [made_up(seed) for seed in range(100, 200)]
    kinds = {one.kind for telling in tellings for one in telling.said}
    assert kinds >= {"hand-off", "several", "number", "results", "another", "question"}
    values = {one.value for telling in tellings for one in telling.said if isinstance(one.value, str)}
    assert values >= {"back", "skip", "unsure", "yes", "no", "other-side", "more", "nothing"}
    marks = [mark for telling in tellings for mark in telling.findings.marks]
    assert {mark.intensity for mark in marks} == set(range(11))
    assert any(mark.intensity == 0 and mark.qualities for mark in marks)
    assert {Place(*mark.place).side for mark in marks} == {"left", "right", "midline"}
    assert any(not telling.findings.marks for telling in tellings)
    assert 0 < sum("hand-off" in [one.kind for one in telling.said] for telling in tellings) < len(tellings)
    assert len({telling.findings.answers.get("age") for telling in tellings}) > 5
