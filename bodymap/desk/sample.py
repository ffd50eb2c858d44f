"""Made-up sessions to try the desk on: people who never were, assessed by the real engine, equal for equal seeds."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from bodymap import __version__
from bodymap.desk.rows import SAMPLE
from bodymap.engine import compile_pack
from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import QUALITIES, Cause, Pack, Question
from bodymap.sessions import folders
from bodymap.sessions.compose import compose
from bodymap.sessions.document import content_of
from bodymap.sessions.record import App, Session
from bodymap.sessions.troubles import write_trouble

_OPENS, _CLOSES = 8 * 60, 18 * 60  # minutes of the day in which people come
_A_DAY = 40
_MOST_DAYS = 365
_UNFINISHED, _SAFETY_YES = 0.04, 0.006


def is_sample(session: Session) -> bool:
    """Return whether a session was made up."""
    return session.app.name == SAMPLE


def sample_sessions(
    count: int, seed: int, pack: Pack, anatomy: Anatomy, *, until: datetime | None = None
) -> Iterator[Session]:
    """Yield `count` made-up sessions, oldest first, the last of them on the day before `until` (now when None).

    Equal arguments give equal sessions. They are spread over the days before `until`, about 40 a day, over a year at
    most; `until` carries its offset.
    """
    until = until or datetime.now().astimezone()
    dice = random.Random(seed)
    engine = compile_pack(pack, anatomy)
    days = min(_MOST_DAYS, max(1, count // _A_DAY))
    first = until.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
    for number in range(count):
        day, within = divmod(number * days, count)
        minute = _OPENS + (_CLOSES - _OPENS) * within / count
        started = first + timedelta(days=day, minutes=minute, milliseconds=dice.randrange(20_000))
        findings = _findings(dice, pack, anatomy)
        finished = None if dice.random() < _UNFINISHED else started + timedelta(minutes=dice.randint(3, 14))
        session = compose(
            pack,
            anatomy,
            findings,
            engine.assess(findings, questions=False),
            id=_id(dice, started),
            started=started,
            finished=finished,
        )
        yield replace(session, app=App(SAMPLE, __version__))


def write_samples(folder: Path, sessions: Iterable[Session]) -> Iterator[Path]:
    """Write made-up sessions into `folder` as their files, and yield each path; one that is there already stays.

    Nothing is waited for until it is durable: they can be made again. Raises `Trouble` (exit 4).
    """
    made: Path | None = None
    for session in sessions:
        day = folders.day_of(session.started.date())
        path = folder / day / f"{session.id}.toml"
        try:
            folders.make_root(folder)
            with folders.opened_root(folder) as root:
                if day != made:
                    with folders.opened(root, day, make=True):
                        made = day
                with folders.opened(root, day) as directory, suppress(FileExistsError):
                    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
                    with os.fdopen(os.open(path.name, flags, 0o600, dir_fd=directory), "wb") as file:
                        file.write(content_of(session))
        except OSError as error:
            raise write_trouble(error, path, trying=True) from None
        yield path


def _findings(dice: random.Random, pack: Pack, anatomy: Anatomy) -> Findings:
    cause = dice.choice(pack.causes)
    marks = _marks(dice, cause, anatomy)
    speaking = {line.when.id for line in cause.lines if hasattr(line.when, "id") and line.points > 0}
    answers: dict[str, AnswerValue] = {}
    for question in pack.questions.values():
        if dice.random() < 0.6:
            answers[question.id] = _answer(dice, question, question.id in speaking)
    return Findings(marks, MappingProxyType(answers), map_complete=dice.random() < 0.8)


def _marks(dice: random.Random, cause: Cause, anatomy: Anatomy) -> tuple[Mark, ...]:
    usual = [id for id in (*cause.usual, *cause.usual, *cause.possible) if id in anatomy.regions]
    side = dice.choice(("left", "right"))
    marks: dict[tuple[str, str], Mark] = {}
    for _ in range(dice.choice((1, 1, 2, 2, 3, 4))):
        region = anatomy.regions[
            dice.choice(usual) if dice.random() < 0.85 else dice.choice(list(anatomy.regions))
        ]
        place = (region.id, side if side in region.sides else region.sides[0])
        qualities = tuple(sorted(dice.sample(QUALITIES, dice.choice((0, 1, 1, 2)))))
        intensity = 0 if dice.random() < 0.03 else dice.randint(2, 9)
        marks.setdefault(place, Mark(*place, intensity, qualities if intensity else ()))
    return tuple(marks.values())


def _answer(dice: random.Random, question: Question, speaks: bool) -> AnswerValue:
    if question.kind == "number":
        return dice.randint(question.lowest, min(question.highest, question.lowest + 80))
    if question.kind == "choice":
        return dice.choice([id for id, _ in question.choices] or ["unsure"])
    if dice.random() < 0.1:
        return "unsure"
    # Most people have nothing that must not wait; a desk on which everybody had would teach nothing.
    likely = _SAFETY_YES if question.ask_first or question.group == "safety" else 0.75 if speaks else 0.25
    return "yes" if dice.random() < likely else "no"


def _id(dice: random.Random, started: datetime) -> str:
    """Return a UUIDv7 of that moment whose random part comes from `dice`."""
    since = started - datetime.fromtimestamp(0, started.tzinfo)
    value = (
        (since // timedelta(milliseconds=1)) << 80
        | 7 << 76
        | dice.getrandbits(12) << 64
        | 2 << 62
        | dice.getrandbits(62)
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
