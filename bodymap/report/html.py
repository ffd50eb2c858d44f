"""A session as one page of HTML that needs nothing else: no script, no other file, one sheet when printed."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from bodymap.common.text import clean
from bodymap.common.wording import BAND_WORDS, GRADE_WORDS, TIER_WORDS
from bodymap.engine.findings import Mark
from bodymap.figure import Body, Place, load_body
from bodymap.knowledge.pack import Pack
from bodymap.report.html_figure import figures_html, shapes_svg
from bodymap.report.html_room import MANY_ALARMS, MANY_MARKS, Room, room_for
from bodymap.report.said import SaidGroup, is_synthetic, not_asked, said_groups, said_marks
from bodymap.report.session import INTEGRITY_WORDS, MAP_WORDS, PackOf, moment_words
from bodymap.sessions.record import Session, Shown, ShownCause

STYLE = Path(__file__).with_name("sheet.css")
_LIMIT = 2000


def session_html(session: Session, pack: Pack | None = None) -> str:
    """Return the page of one session; `pack` is the one it was assessed with, None where that is not at hand."""
    return "".join(sessions_html([session], lambda _: pack))


def sessions_html(sessions: Iterable[Session], pack_of: PackOf) -> Iterator[str]:
    """Yield the page of many sessions in parts, each session on a sheet of its own; the drawings stand in it once."""
    body = _body()
    style = STYLE.read_text(encoding="utf-8")
    sessions = iter(sessions)
    first = next(sessions, None)
    second = next(sessions, None)
    title = f"bodymap session {first.code}" if first is not None and second is None else "bodymap sessions"
    yield page_head(title, style) + shapes_svg(body) + "\n"
    for session in (first, second):
        if session is not None:
            yield _sheet(session, pack_of(session), body)
    for session in sessions:
        yield _sheet(session, pack_of(session), body)
    if first is None:
        yield "<p>No sessions.</p>\n"
    yield "</body>\n</html>\n"


@cache
def _body() -> Body:
    """Return the drawings, read once: pages are often made many at a time."""
    return load_body()


def page_head(title: str, style: str) -> str:
    """Return the beginning of a page up to its body: nothing may be loaded or run, and only `style` may style it."""
    allowed = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def _text(text: str) -> str:
    """Return `text` cleaned and with every sign that means something in HTML written out."""
    return html.escape(clean(text, limit=_LIMIT))


def _own(text: str) -> str:
    """Return a text that came with the session: whichever way its letters run, they turn nothing around them."""
    return f"<bdi>{_text(text)}</bdi>"


def _sheet(session: Session, pack: Pack | None, body: Body) -> str:
    room = room_for(session, pack)
    parts = [
        f'<article class="sheet room-{room.level}">',
        _head(session),
        _alarms(session.shown, pack),
        '<div class="flow">',
        figures_html(session.findings.marks, body),
        _marks(session, pack, body),
        _answers(session, pack),
        _causes(session.shown, pack, room),
        _not_asked(session, pack),
        "</div>",
        _foot(session),
        "</article>\n",
    ]
    return "".join(parts)


def _head(session: Session) -> str:
    times = f"Started {moment_words(session.started)}."
    times += " Not finished." if session.finished is None else f" Finished {moment_words(session.finished)}."
    parts = [
        f'<h1><span>bodymap session <span class="code">{_text(session.code)}</span></span>'
        f"<span>{_text(session.state)}</span></h1>",
        f"<p>{_text(times)} What was said, and what the program showed for it. It is not a diagnosis.</p>",
    ]
    if is_synthetic(session):
        parts.append('<p class="warn">Made up: nobody sat for this session.</p>')
    if session.integrity != "ok":
        parts.append(f'<p class="warn">{_text(INTEGRITY_WORDS[session.integrity])}</p>')
    return "".join(parts)


def _alarms(shown: Shown | None, pack: Pack | None) -> str:
    if shown is None:
        return ""
    if not shown.alarms:
        return "<p>No alarm was shown.</p>"
    titles = {alarm.id: alarm.title for alarm in pack.alarms} if pack else {}
    parts = []
    for alarm in shown.alarms:
        do = f" Do: {_own(alarm.do)}" if alarm.do else ""
        parts.append(
            f'<p class="alarm {_text(alarm.tier)}"><b>{_text(TIER_WORDS[alarm.tier])}: '
            f"{_text(titles.get(alarm.id, alarm.id))}</b><br>{_own(alarm.says)}{do}</p>"
        )
    many = " many" if len(parts) >= MANY_ALARMS else ""
    return f'<div class="alarms{many}">{"".join(parts)}</div>'


def _marks(session: Session, pack: Pack | None, body: Body) -> str:
    findings = session.findings
    rows = []
    for said in sorted(said_marks(session, pack, body.anatomy), key=lambda said: -said.mark.intensity):
        sign = str(said.mark.intensity) if said.mark.strength else "o"
        more = "".join(f", {_text(word)}" for word in said.more)
        differs = " <b>The words kept for this place differ.</b>" if said.differs else ""
        strength = "" if said.mark.intensity else f": {_text(said.strength)}"
        place = _text(_brief(said.mark, body) or said.place)
        rows.append(f'<li><span class="chip">{sign}</span>{place}{strength}{more}{differs}</li>')
    run = ' class="run"' if len(rows) >= MANY_MARKS else ""
    listed = f"<ul{run}>{' '.join(rows)}</ul>" if rows else "<p>No place was marked.</p>"
    return f"<h2>Where it hurts, 0 to 10</h2>{listed}<p>{_text(MAP_WORDS[findings.map_complete])}</p>"


def _brief(mark: Mark, body: Body) -> str:
    """Return the place of a mark in short, "" where the body does not have it."""
    region = body.anatomy.regions.get(mark.region)
    return body.anatomy.brief(Place(*mark.place)) if region is not None and mark.side in region.sides else ""


def _answers(session: Session, pack: Pack | None) -> str:
    findings = session.findings
    head = "<h2>What was answered</h2>"
    if not findings.answers:
        return f"{head}<p>No question was answered.</p>"
    if pack is None:
        rows = (_own(session.words.get(id, f"{id}: {value}")) for id, value in findings.answers.items())
        return f"{head}<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"
    return head + "".join(_group(group) for group in said_groups(session, pack))


def _group(group: SaidGroup) -> str:
    parts = []
    for word, labels in (("Yes", group.yes), ("No", group.no), ("Not sure", group.unsure)):
        if labels:
            said = (
                f"<b>{word}: {_text(', '.join(labels))}.</b>"
                if word == "Yes"
                else f"{word}: {_text(', '.join(labels))}."
            )
            parts.append(said)
    parts += [f"{_text(label)}: <b>{_text(value)}</b>." for label, value in group.other]
    return f"<p><i>{_text(group.title)}</i> – {' '.join(parts)}</p>"


def _causes(shown: Shown | None, pack: Pack | None, room: Room) -> str:
    head = "<h2>Which causes fit, as shown</h2>"
    if shown is None:
        return f"{head}<p>Nothing had been assessed yet.</p>"
    says = {line.id: line.says for cause in pack.causes for line in cause.lines} if pack else {}
    rows = "".join(_cause(cause, says, room) for cause in shown.ranking)
    parts = [head, f'<ol class="causes">{rows}</ol>' if rows else ""]
    if shown.none_fits:
        parts.append("<p><b>None of the causes fitted well enough.</b></p>")
    names = {cause.id: cause.name for cause in shown.ranking}
    for group in shown.indistinguishable:
        parts.append(f"<p>Could not be told apart: {'; '.join(_own(names.get(id, id)) for id in group)}.</p>")
    return "".join(parts)


def _cause(cause: ShownCause, says: dict[str, str], room: Room) -> str:
    low, high = cause.score_range
    best, worst = cause.rank_range
    ranks = f"rank {best}" if best == worst else f"rank {best} to {worst}"
    points = f"{cause.score} points ({low} to {high}), {ranks}, evidence {GRADE_WORDS[cause.evidence]}"
    named = f"{cause.rank}. {_own(cause.name)}: {_text(BAND_WORDS[cause.band])}"
    kinds = (
        ("Needed, and absent", cause.needs_missing),
        ("For", cause.for_lines),
        ("Against", cause.against),
    )
    unknown = f" Not known: {len(cause.unknown)}." if cause.unknown else ""
    if not room.gives_reasons(cause):
        counts = "".join(f" {title}: {len(ids)}." for title, ids in kinds if ids)
        return f"<li><b>{named}</b> – {_text(points)}.{counts}{unknown}</li>"
    between = " " if says else ", "
    told = [
        f"<b>{title}:</b> {_text(between.join(says.get(id, id) for id in ids))}"
        for title, ids in kinds
        if ids
    ]
    return f'<li><h3>{named}</h3><p class="quiet">{_text(points)}.{unknown}</p><p>{" ".join(told)}</p></li>'


def _not_asked(session: Session, pack: Pack | None) -> str:
    head = "<h2>Not asked</h2>"
    if pack is None:
        return f"{head}<p>The pack of this session is not at hand, so this cannot be listed.</p>"
    missing = not_asked(session, pack)
    if not missing:
        return f"{head}<p>Every question was answered.</p>"
    return head + "".join(
        f"<p><i>{_text(title)}</i> – {_text(', '.join(shorts))}.</p>" for title, shorts in missing
    )


def _foot(session: Session) -> str:
    pack = session.pack
    return (
        f'<div class="foot"><p>Session {_text(session.id)} · {_text(session.app.name)} {_text(session.app.version)}'
        f" · language {_text(session.language)}</p>"
        f"<p>Pack {_text(pack.id)} {_text(pack.version)} · sha256 {_text(pack.sha256)}</p>"
        f"<p>{_text(INTEGRITY_WORDS[session.integrity])}</p></div>"
    )
