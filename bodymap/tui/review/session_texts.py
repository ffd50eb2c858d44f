"""What a session says, as content for its panes: places, causes as shown, answers, what was not asked, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS
from bodymap.report.said import not_asked, said_groups, said_marks
from bodymap.report.session import INTEGRITY_WORDS
from bodymap.sessions.review_file import NO_CAUSE, OTHER
from bodymap.tui.review.list_layout import TIERS
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from datetime import datetime

    from textual.content import Content

    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session
    from bodymap.sessions.record import ShownCause
    from bodymap.sessions.review_file import Review, ReviewEntry
    from bodymap.tui.review.opened import Opened

_ALARMS = 4


def day_and_time(when: datetime) -> str:
    """Return a moment as it was written down, without its offset: "23 Nov 2026 09:41"."""
    return f"{when.day} {when:%b} {when.year:04} {when:%H:%M}"


def alarm_rows(session: Session, pack: Pack | None, *, brief: bool) -> Content:
    """Return one row for each alarm that was shown, worst first; what it said stands there unless it is `brief`."""
    alarms = session.shown.alarms if session.shown else ()
    titles = _titles(pack)
    rows = [
        shown(
            (f"{TIERS[alarm.tier].upper():<9} ", "bold"),
            (titles.get(alarm.id, alarm.id.replace("-", " ")), "bold"),
            "" if brief else f"  {alarm.says}",
        )
        for alarm in alarms[:_ALARMS]
    ]
    if len(alarms) > _ALARMS:
        rows.append(shown(f"and {len(alarms) - _ALARMS} more; all stand under “What was said”"))
    return lines(*rows)


def _titles(pack: Pack | None) -> dict[str, str]:
    return {alarm.id: alarm.title for alarm in pack.alarms} if pack else {}


def _alarms_in_full(session: Session, pack: Pack | None) -> list[Content]:
    """Return every alarm with what it said and what it told to do."""
    titles = _titles(pack)
    rows: list[Content] = []
    for alarm in session.shown.alarms if session.shown else ():
        rows.append(shown((f"{TIERS[alarm.tier].upper()}: {titles.get(alarm.id, alarm.id)}", "bold $alarm")))
        rows.append(shown(alarm.says))
        rows.append(shown((alarm.do, "bold")) if alarm.do else shown(""))
    return [shown(("ALARMS AS SHOWN", "bold")), *rows, shown("")] if rows else []


def mark_rows(session: Session, pack: Pack | None, anatomy: Anatomy) -> list[Content]:
    """Return one row for each mark, strongest first, then whether that is all."""
    rows = []
    for said in sorted(said_marks(session, pack, anatomy), key=lambda said: -said.mark.intensity):
        strength = (f"{said.mark.intensity:>2} ", "bold $mine")
        more = f" · {', '.join(said.more)}" if said.more else ""
        nothing = "" if said.mark.intensity else f" · {said.strength}"
        rows.append(shown(strength, said.place.removeprefix("your "), (f"{more}{nothing}", "$quiet")))
        if said.differs:
            rows.append(shown(("   The words kept for this place say something else.", "$alarm")))
    if not rows:
        rows.append(shown("   No place was marked."))
    complete = session.findings.map_complete
    rows.append(
        shown(
            (
                "   Everything that hurts was marked." if complete else "   More may hurt than was marked.",
                "$quiet",
            )
        )
    )
    return rows


def mark_rows_in(room: int, session: Session, pack: Pack | None, anatomy: Anatomy) -> Content:
    """Return the rows of `mark_rows`, as many as fit into `room`, and how many more there are."""
    rows = mark_rows(session, pack, anatomy)
    if len(rows) > room:
        more = len(rows) - room + 1
        rows = [*rows[: room - 1], shown((f"   and {more} more; all stand under “What was said”", "$quiet"))]
    return lines(*rows)


def reasons_shown(cause: ShownCause, pack: Pack | None) -> Content:
    """Return why a cause stood where it stood, as it was shown: for, against, missing, open."""
    says = {line.id: line.says for entry in pack.causes for line in entry.lines} if pack else {}
    low, high = cause.score_range
    best, worst = cause.rank_range
    ranks = f"rank {best}" if best == worst else f"rank {best} to {worst}"
    rows = [
        shown((cause.name, "bold $cause")),
        shown(
            (BAND_WORDS[cause.band], "bold"),
            f" · {cause.score} points, could be {low} to {high} · {ranks}",
            (f" · evidence {GRADE_WORDS[cause.evidence]}", "$quiet"),
        ),
    ]
    for title, sign, style, ids in (
        ("FOR", "+", "$success", cause.for_lines),
        ("AGAINST", "−", "$warning", cause.against),
        ("MISSING", "✗", "$warning", cause.needs_missing),
        ("NOT KNOWN", "?", "$quiet", cause.unknown),
    ):
        if ids:
            rows.append(shown((title, "bold")))
            rows += [shown((f"{sign} ", f"bold {style}"), says.get(id, id)) for id in ids]
    if pack is None:
        rows.append(
            shown(("The pack it was assessed with is not at hand: reasons stand by their ids.", "$quiet"))
        )
    return lines(*rows)


def said_rows(session: Session, pack: Pack | None, todays: Pack | None, anatomy: Anatomy) -> Content:
    """Return alarms and places in full, the answers by group, then everything that was not asked.

    `todays` is the pack of today: it gives the questions their groups where the session's own is not at hand.
    """
    known = pack or todays
    rows = _alarms_in_full(session, known)
    rows += [shown(("WHERE IT HURTS", "bold")), *mark_rows(session, known, anatomy), shown("")]
    before = len(rows)
    if known is None:
        rows += [
            shown(session.words.get(id, f"{id}: {value}")) for id, value in session.findings.answers.items()
        ]
        rows.append(shown(("No pack is at hand, so what was not asked cannot be listed.", "$alarm")))
        return lines(*rows)
    if pack is None:
        rows.append(shown(("In the groups of today's pack; the session's own is another.", "$quiet")))
    for group in said_groups(session, known):
        rows.append(shown((group.title, "bold $mine")))
        rows += [shown(("● yes  ", "bold"), (label, "bold")) for label in group.yes]
        rows += [shown((f"● {value}  ", "bold"), label) for label, value in group.other]
        for sign, labels in (("○ no  ", group.no), ("? not sure  ", group.unsure)):
            if labels:
                rows.append(shown((sign, "$quiet"), "; ".join(labels)))
    if len(rows) == before:
        rows.append(shown("No question was answered."))
    rows.append(shown(""))
    missing = not_asked(session, known)
    rows.append(shown(("NOT ASKED" if missing else "Everything was asked.", "bold")))
    for title, labels in missing:
        rows.append(shown((f"{title}: ", "$quiet"), ("; ".join(labels), "$quiet")))
    return lines(*rows)


def diagnosis_words(entry: ReviewEntry, pack: Pack | None) -> str:
    """Return a working diagnosis in words."""
    id = entry.working_diagnosis
    if id in (OTHER, NO_CAUSE):
        return entry.diagnosis_words or "none of the causes"
    names = {cause.id: cause.name for cause in pack.causes} if pack else {}
    return names.get(id, id)


def latest(review: Review, pack: Pack | None) -> Content:
    """Return in two rows who has reviewed the session, with what diagnosis, and the newest note."""
    said = review.reviewed
    if said is None:
        first = shown(("Not reviewed yet", "bold"), ("  r marks it as reviewed", "$quiet"))
    else:
        first = shown(("✓ Reviewed", "bold $success"), f" by {said.by}, {day_and_time(said.at)}")
    diagnosis = review.diagnosis
    if diagnosis is not None:
        first += shown((" · working diagnosis: ", "$quiet"), (diagnosis_words(diagnosis, pack), "bold"))
    note = review.notes[-1] if review.notes else None
    second = (
        shown((f"{note.by}: ", "$quiet"), note.note)
        if note
        else shown(("No note yet  n writes one", "$quiet"))
    )
    return lines(first, second)


def review_rows(opened: Opened, pack: Pack | None) -> Content:
    """Return everything that clinicians added, the newest first, then what the file says of itself."""
    session = opened.session
    rows: list[Content] = []
    if opened.review_trouble:
        rows += [shown((f"The review cannot be read: {opened.review_trouble}", "$alarm")), shown("")]
    for entry in reversed(opened.review.entries):
        said = []
        if entry.reviewed is not None:
            said.append("marked as reviewed" if entry.reviewed else "took “reviewed” back")
        if entry.working_diagnosis:
            said.append(f"working diagnosis: {diagnosis_words(entry, pack)}")
        rows.append(shown((entry.by, "bold"), (f"  {day_and_time(entry.at)}  ", "$quiet"), "; ".join(said)))
        if entry.note:
            rows.append(shown(f"  {entry.note}"))
    if not opened.review.entries:
        rows.append(shown("Nobody has added anything yet."))
    if session is None:
        return lines(*rows)
    reference = session.pack
    rows += [
        shown(""),
        shown(("THE FILE", "bold")),
        shown((INTEGRITY_WORDS[session.integrity], "bold $alarm" if session.integrity != "ok" else "")),
        shown(("session  ", "$quiet"), session.id),
        shown(("started  ", "$quiet"), session.started.isoformat()),
        shown(("finished ", "$quiet"), session.finished.isoformat() if session.finished else "not finished"),
        shown(("pack     ", "$quiet"), f"{reference.id} {reference.version}"),
        shown(("         ", "$quiet"), (reference.sha256, "$quiet")),
        shown(
            ("program  ", "$quiet"), f"{session.app.name} {session.app.version}, language {session.language}"
        ),
    ]
    return lines(*rows)
