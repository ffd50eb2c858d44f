"""Nothing is cut off, nothing overlaps, nothing is too small for a finger: every step, both languages, every size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from guided import act, knowledge
from rich.cells import cell_len

from bodymap.tui.kiosk.board import SMALLEST, Board
from bodymap.tui.kiosk.layout import MORE, lay_out
from bodymap.tui.kiosk.looks import TALL, WIDE
from bodymap.tui.kiosk.paint import paint
from bodymap.tui.kiosk.scene import Act, Said, Scene, Wanted
from bodymap.tui.kiosk.scenes import Scenes
from bodymap.tui.kiosk.visit_state import MOST_NEAR
from bodymap.visit import Choice, GuidedVisit, Options, Step

SIZES = ((60, 20), (80, 24), (120, 40), (200, 60))


def questions(language: str) -> Iterator[Step]:
    """Every question of the pack as the visit puts it."""
    pack, engine, anatomy = knowledge()
    visit = GuidedVisit(pack, engine, anatomy, Options(clinic="Riverside Practice"), language)
    from bodymap.visit.state import State

    for question in pack.questions.values():
        kind = "number" if question.kind == "number" else "question"
        visit.state = State(kind=kind, question=question.id)
        yield visit.step


def walks(language: str, visits: int = 12) -> Iterator[Step]:
    """Every step of some visits, by people who press whatever is there."""
    pack, engine, anatomy = knowledge()
    seen: set[Step] = set()
    for seed in range(visits):
        dice = random.Random(seed)
        options = Options(clinic="Riverside Practice", phone="+49 30 1234567", most_questions=6)
        visit = GuidedVisit(pack, engine, anatomy, options, language)
        visit.choose("begin")
        for _ in range(120):
            if visit.step not in seen:
                seen.add(visit.step)
                yield visit.step
            if visit.over:
                break
            act(visit, dice, anatomy.places)


def scenes(language: str) -> Iterator[Scene]:
    words = Scenes(language, staff=True)
    for step in (*questions(language), *walks(language)):
        if step.kind == "where":
            named = knowledge()[2].spoken(language)
            longest = max((named.named(place) for place in named.places), key=len)
            for close_up in (False, True):
                yield words.map(step, longest, view="back", close_up=close_up, both=True)
        else:
            yield words.step(step, typed="120", note="", large=False)
    yield from (
        words.ending(),
        words.ending(saved=True),
        words.idle(29),
        words.idle(1),
        words.pin(12, ""),
        words.pin(0, words.wrong_pin("wait", 299)),
    )
    yield words.sure()
    spoken = knowledge()[2].spoken(language)
    longest_first = sorted(spoken.places, key=lambda place: -len(spoken.named(place)))
    yield words.near([(place, spoken.named(place)) for place in longest_first[:MOST_NEAR]])


def pages(scene: Scene, size: tuple[int, int], large: bool, drawn: str = TALL) -> list[Board]:
    first = lay_out(scene, *size, large=large, drawn=drawn)
    return [first] + [
        lay_out(scene, *size, large=large, drawn=drawn, page=page) for page in range(1, first.pages)
    ]


def sound(board: Board) -> None:
    """Nothing outside, nothing small, nothing over anything else, every label whole."""
    for target in board.targets:
        box = target.box
        assert box.width >= SMALLEST[0], target
        assert box.height >= SMALLEST[1], target
        assert box.x >= 0, target
        assert box.y >= 0, target
        assert box.x + box.width <= board.columns, target
        assert box.y + box.height <= board.rows, target
        sign = 0 if target.drawn or target.chosen is None else 4
        key = 3 if target.key and not target.drawn else 0
        assert max(map(cell_len, target.lines)) + sign + key <= box.width - 2, target
        assert len(target.lines) <= box.height - 2, target
    spans = [(target.act, target.box) for target in board.targets]
    spans += [(words, words_box(words)) for words in board.words]
    if board.figure is not None:
        spans.append(("figure", board.figure))
    for (one, a), (other, b) in combinations(spans, 2):
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
        assert apart, (one, other)
    for words in board.words:
        box = words_box(words)
        assert box.x >= 0, words
        assert box.y >= 0, words
        assert box.x + box.width <= board.columns, words
        assert box.y + box.height <= board.rows, words


def words_box(words):
    from bodymap.tui.kiosk.board import Box

    return Box(words.x, words.y, max(map(cell_len, words.lines)), len(words.lines))


def said_plainly(boards: list[Board]) -> str:
    """All words of some pages, one after another."""
    return " ".join(" ".join(" ".join(words.lines) for words in board.words) for board in boards)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_every_step_is_whole_at_every_size(language: str, size: tuple[int, int], large: bool) -> None:
    for scene in scenes(language):
        acts: set[Act] = set()
        boards = pages(scene, size, large)
        for board in boards:
            sound(board)
            acts |= {target.act for target in board.targets}
        assert {wanted.act for wanted in scene.wanted} <= acts
        for wanted in (scene.go, scene.end, scene.back, scene.aside):
            assert wanted is None or wanted.act in acts, (scene, wanted)
        for board in boards[:-1]:
            assert board.of(MORE) is not None


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_step_is_one_screen_at_80_by_24(language: str) -> None:
    for scene in scenes(language):
        assert lay_out(scene, 80, 24).pages == 1, scene.said
        assert lay_out(scene, 80, 24, drawn=WIDE).pages == 1, scene.said
        assert lay_out(scene, 80, 24, drawn="").pages == 1, scene.said


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=["60x20", "80x24"])
def test_no_word_is_lost(language: str, size: tuple[int, int]) -> None:
    """In plain letters every word that is said can be read; a hint may go where the room is least."""
    for scene in scenes(language):
        shown = said_plainly(pages(scene, size, large=False, drawn="")).split()
        for said in scene.said:
            if said.role in ("hint", "code") or (said.role == "why" and size == (60, 20)):
                continue
            for word in said.text.split():
                assert word in shown, (said, shown)
        for wanted in scene.wanted:
            board = next(b for b in pages(scene, size, large=False, drawn="") if b.of(wanted.act) is not None)
            label = " ".join(board.targets[board.of(wanted.act)].lines)
            assert label.split() == wanted.label.split()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_leads_in_drawn_letters_at_80_by_24(language: str) -> None:
    """Only the longest, and those that share the screen with the keys of a telephone, are set in plain ones."""
    words = Scenes(language, staff=False)
    plain = {
        step.question
        for step in questions(language)
        if any(w.role == "heading" and len(w.lines) < 4 for w in lay_out(words.step(step), 80, 24).words)
    }
    longest = {"known-aneurysm", "bladder-bowel-change", "sudden-severe-with-faintness", "recent-infection"}
    assert plain <= longest | {"duration-weeks", "worst-pain", "sitting-minutes"}


def test_a_wide_screen_is_centred_and_not_stretched() -> None:
    words = Scenes("en", staff=False)
    for step in questions("en"):
        board = lay_out(words.step(step), 240, 70)
        left = min(target.box.x for target in board.targets)
        right = max(target.box.x + target.box.width for target in board.targets)
        assert right - left <= 80
        assert abs(left - (240 - right)) <= 2


def test_digits_stand_on_everything_that_can_be_chosen() -> None:
    for scene in scenes("en"):
        board = lay_out(scene, 80, 24)
        keys = [target.key for target in board.targets if target.key]
        assert len(keys) == len(set(keys))
        choosing = [target for target in board.targets if target.act.verb == "choose"]
        if scene.shape != "pad":
            assert all(target.key for target in choosing), scene


def test_arrows_reach_every_target() -> None:
    for scene in (*scenes("en"), *scenes("es")):
        if scene.shape == "map":
            continue
        for size in ((60, 20), (80, 24)):
            board = lay_out(scene, *size)
            reached, waiting = {0}, [0]
            while waiting:
                here = waiting.pop()
                for way in ("left", "right", "up", "down"):
                    there = board.next_to(here, way)
                    if there is not None and there not in reached:
                        reached.add(there)
                        waiting.append(there)
            assert len(reached) == len(board.targets), (scene, size)


HOSTILE = (
    "[@click=app.quit]press[/] \x1b[2J\x9b31m\u202e "
    + "Lopadotemachoselachogaleokranioleipsano " * 6
    + "漢字" * 40
)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_whatever_a_pack_says_fits_on_pages(size: tuple[int, int], large: bool) -> None:
    from bodymap.common.text import clean

    said = clean(HOSTILE)
    many = tuple(Choice(f"c{number}", said[: 15 * number]) for number in range(1, 13))
    words = Scenes("en", staff=False)
    for kind in ("question", "several", "number", "confirm", "results", "consent"):
        step = Step(
            kind,
            said,
            said,
            choices=many if kind != "results" else many[:1],
            highest=10,
            skip=True,
            back=True,
        )
        boards = pages(words.step(step), size, large)
        assert len(boards) < 60
        for board in boards:
            for target in board.targets:
                assert target.box.height >= SMALLEST[1]
                assert target.box.x + target.box.width <= size[0]
                assert target.box.y + target.box.height <= size[1]
            sound(board)


def test_a_painted_board_has_a_cell_for_every_column() -> None:
    scene = Scene(
        (Said("heading", "漢字 Yes"), Said("text", "e\u0301 漢" * 30)), (Wanted(Act("x"), "漢字", "1"),)
    )
    for size in ((60, 20), (61, 21)):
        painted = paint(lay_out(scene, *size), 0)
        for row, roles in zip(painted.rows, painted.roles, strict=True):
            assert len(row) == len(roles) == size[0]
            assert cell_len("".join(row)) == size[0]
