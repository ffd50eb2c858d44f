"""A session as assessed today beside what was shown for it, as plain text, 80 columns wide."""

from __future__ import annotations

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS, TIER_WORDS
from bodymap.desk.today import AlarmThenAndNow, CauseThenAndNow, Reason, Today
from bodymap.knowledge.pack import Pack
from bodymap.report.wording import WIDTH, folded
from bodymap.sessions.record import PackReference, Session


def today_text(today: Today, session: Session, pack: Pack) -> str:
    """Return what `pack` says of the session now and how that differs from what was shown. It is not a diagnosis."""
    lines = ["AS ASSESSED TODAY", "-" * WIDTH]
    lines += folded(f"Shown then with {_pack(session.pack)}; assessed now with {_pack(today.pack)}.")
    lines += folded(relation_words(today))
    if today.assessment is None:
        return "\n".join(lines) + "\n"
    for left in today.left_out:
        lines += folded(f"Left out, so not known today: {left.place}. {left.what}", "  ! ", "    ")
    if not today.shown:
        lines += folded("Nothing had been assessed then.")
    for alarm in today.changed_alarms:
        lines += folded(alarm_words(alarm, pack), "!! ", "!! ")
    if today.leads_now:
        lines += folded(leader_words(today))
    for cause in today.causes:
        lines += folded(cause_words(cause), "  " if cause.differs else "    ", "      ")
        for reason in cause.reasons if cause.differs else ():
            lines += folded(reason_words(reason, cause, pack), "      - ", "        ")
    if today.shown and not today.differs:
        lines += folded("Nothing that was shown would be shown otherwise today.")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def relation_words(today: Today) -> str:
    """Return how the pack of today stands to the session's, in a sentence."""
    if today.reason:
        return f"{today.reason} Equal names may mean other things there, so nothing was assessed."
    if today.relation == "other-pack":
        return "This is another pack: equal names may mean other things in it."
    if today.relation == "other-version":
        return "The pack has changed since."
    if today.differs:
        return (
            "It is the same pack, and yet the result is another: the program reasons otherwise now, or the file was "
            "changed."
        )
    return "It is the same pack."


def leader_words(today: Today) -> str:
    """Return which cause leads now and which did then, in a sentence."""
    names = {cause.id: cause.name for cause in today.causes}
    then, now = (names.get(id, "none fits") for id in (today.leader_then, today.leader_now))
    return f"Leading then: {then}. Leading now: {now}."


def alarm_words(alarm: AlarmThenAndNow, pack: Pack) -> str:
    """Return what became of an alarm, in a sentence that starts with the tier that weighs more."""
    title = {known.id: known.title for known in pack.alarms}.get(alarm.id, alarm.id)
    if alarm.now is None:
        assert alarm.then is not None
        return f"{TIER_WORDS[alarm.then.tier]} was shown then and would not be today: {title}"
    if alarm.then is None:
        return f"{TIER_WORDS[alarm.now.alarm.tier]} today, and was not shown then: {title}"
    then = TIER_WORDS[alarm.then.tier]
    return f"{TIER_WORDS[alarm.now.alarm.tier]} today, and {then} then: {title}"


def cause_words(cause: CauseThenAndNow) -> str:
    """Return a cause with rank and band now, and then where they differ: "1 (then 2) Disc pain: weak"."""
    if cause.now is None:
        assert cause.then is not None
        return (
            f"- (then {cause.then.rank}) {cause.name}: not in the pack (then {BAND_WORDS[cause.then.band]})"
        )
    rank, band = str(cause.now.rank), BAND_WORDS[cause.now.band]
    if cause.then is None:
        return f"{rank} (not in the pack then) {cause.name}: {band}"
    rank += f" (then {cause.then.rank})" if cause.then.rank != cause.now.rank else ""
    band += f" (then {BAND_WORDS[cause.then.band]})" if cause.then.band != cause.now.band else ""
    return f"{rank} {cause.name}: {band}"


_COUNTS = {
    ("for", True): "Speaks for it now: ",
    ("for", False): "Spoke for it then, and does not now: ",
    ("against", True): "Speaks against it now: ",
    ("against", False): "Spoke against it then, and does not now: ",
    ("need", True): "Needed now, and absent: ",
    ("need", False): "Was needed and absent then, and is not now: ",
}


def reason_words(reason: Reason, cause: CauseThenAndNow, pack: Pack) -> str:
    """Return one reason in a sentence; lines that `pack` does not know stand there by their ids."""
    if reason.kind == "new":
        return "The pack did not know it then."
    if reason.kind == "gone":
        return "The pack does not know it now."
    if reason.kind == "bands":
        return "The pack calls the same score otherwise now."
    assert cause.then is not None
    assert cause.now is not None
    if reason.kind == "evidence":
        then, now = GRADE_WORDS[cause.then.evidence], GRADE_WORDS[cause.now.cause.evidence]
        return f"Its evidence counts as {now} now, as {then} then."
    if reason.kind == "points":
        return f"The same counts with other points: {cause.now.score} now, {cause.then.score} then."
    says = {line.id: line.says for known in pack.causes for line in known.lines}
    texts = [says.get(line, f"{line} (not in the pack any more)") for line in reason.lines]
    return _COUNTS[reason.kind, reason.now] + " / ".join(texts)


def _pack(reference: PackReference) -> str:
    return f"{reference.id} {reference.version} ({reference.sha256[:12]})"
