"""What clinicians added to a session, as plain text, 80 columns wide."""

from __future__ import annotations

from bodymap.report.wording import WIDTH, folded
from bodymap.sessions.ids import code_of
from bodymap.sessions.review_file import Review, ReviewEntry


def review_text(review: Review) -> str:
    """Return every entry with name and time, oldest first, and above them what counts now."""
    title = f"REVIEW OF SESSION {code_of(review.session)}"
    lines = [title, "-" * WIDTH]
    if not review.entries:
        return "\n".join([*lines, "Nobody has added anything."]) + "\n"
    seen, found = review.reviewed, review.diagnosis
    lines += folded(f"Reviewed by {seen.by}, {_moment(seen)}." if seen else "Not reviewed.")
    if found is not None:
        lines += folded(f"Working diagnosis: {diagnosis_words(found)} ({found.by}, {_moment(found)}).")
    lines.append("")
    for entry in review.entries:
        lines += folded(f"{_moment(entry)}  {entry.by}: {entry_words(entry)}", "", "  ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def entry_words(entry: ReviewEntry) -> str:
    """Return what one entry says, in words."""
    parts = []
    if entry.reviewed is not None:
        parts.append("reviewed" if entry.reviewed else "not reviewed after all")
    if entry.working_diagnosis:
        parts.append(f"working diagnosis: {diagnosis_words(entry)}")
    if entry.note:
        parts.append(entry.note)
    return "; ".join(parts)


def diagnosis_words(entry: ReviewEntry) -> str:
    """Return the working diagnosis of an entry: the id of a cause, or the words for it."""
    name = {"other": "another", "none": "none of the causes"}.get(
        entry.working_diagnosis, entry.working_diagnosis
    )
    return f"{name}: {entry.diagnosis_words}" if entry.diagnosis_words else name


def _moment(entry: ReviewEntry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M}"
