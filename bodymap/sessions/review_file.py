"""What clinicians add to a session: `<id>.review.toml` beside it, one entry after the other, nothing taken away.

The session itself is never touched. Entries are appended with the day's folder locked, into a new file that takes
the place of the old one in one step: of two who write at once neither is lost, and whoever is killed leaves the
file as it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bodymap.common import toml
from bodymap.common.text import clean
from bodymap.common.toml import Table
from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import folders, writer
from bodymap.sessions.compose import whole_seconds
from bodymap.sessions.document import toml_text
from bodymap.sessions.fields import WORD, Fields
from bodymap.sessions.ids import ID
from bodymap.sessions.store import SessionStore
from bodymap.sessions.troubles import change_trouble, not_a_name

SCHEMA = 1
MOST_ENTRIES = 500
"""Each is a heading, and the strict reader takes 512 headings in a file of this size."""
LONGEST_NAME, LONGEST_TEXT = 100, 2000
OTHER, NO_CAUSE = "other", "none"
"""Working diagnoses that are no cause of a pack: another one, said in words, and none at all."""


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """What one clinician added at one moment; at least one of the last four is there.

    `at` carries its offset; `by` names the clinician. `reviewed` False takes an earlier True back, None says
    nothing. `working_diagnosis` is a cause's id, `"other"` (then `diagnosis_words` says which) or `"none"` (then
    they may).
    """

    at: datetime
    by: str
    reviewed: bool | None = None
    note: str = ""
    working_diagnosis: str = ""
    diagnosis_words: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All that was added to the session `session`, in the order of writing; of what can be said once only, the
    last counts.
    """

    session: str
    entries: tuple[ReviewEntry, ...] = ()

    @property
    def reviewed(self) -> ReviewEntry | None:
        """The entry that says by whom and when the session was reviewed, None where it is not."""
        said = self._last("reviewed")
        return said if said is not None and said.reviewed else None

    @property
    def diagnosis(self) -> ReviewEntry | None:
        """The entry with the working diagnosis that counts."""
        return self._last("working_diagnosis")

    @property
    def notes(self) -> tuple[ReviewEntry, ...]:
        """The entries with a note, oldest first."""
        return tuple(entry for entry in self.entries if entry.note)

    def _last(self, name: str) -> ReviewEntry | None:
        return next(
            (entry for entry in reversed(self.entries) if getattr(entry, name) not in (None, "")), None
        )


def review_path(session: Path) -> Path:
    """Return where the review of the session file `session` lies: `<id>.review.toml` beside it."""
    return session.with_name(f"{session.stem}.review.toml")


def read_review(path: Path, *, directory: int | None = None, where: str = "") -> Review:
    """Read the review file `path`; one that is not there is a review without entries. Raises `Trouble`, nothing
    else.

    `directory`, when given, is an open directory descriptor that `path` is relative to; `where` is the name
    errors carry, `path` when empty.
    """
    where = where or str(path)
    id = path.name.removesuffix(".review.toml")
    try:
        content = toml.read_bytes(path, toml.SESSION_BYTES, directory=directory, where=where)
    except Trouble:
        if _is_there(path, directory):
            raise
        return Review(id)
    return review_of(content, id, where)


def _is_there(path: Path, directory: int | None) -> bool:
    """Return whether something has this name, be it a link that leads nowhere."""
    try:
        os.stat(path, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def review_of(content: bytes, id: str, where: str) -> Review:
    """Return the review of the session `id` in the bytes of a file. Raises `Trouble` alone."""
    top = Fields(toml.parse(content, where), where)
    schema = top.table.get("schema")
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        raise Trouble(
            f"The review was written by a newer bodymap (schema {schema}; this one reads {SCHEMA}).",
            where=where,
            remedy="Open it with a newer bodymap; this one leaves it as it is.",
        )
    top.only(("schema", "session", "entries"))
    top.number("schema", SCHEMA, SCHEMA)
    if top.text("session", ID, "the id of the session") != id:
        raise top.trouble(
            "session",
            "This is the review of another session.",
            "It was renamed or copied; give it back its name.",
        )
    return Review(id, tuple(_entry(fields) for fields in top.tables("entries", _KEYS)))


_KEYS = ("at", "by", "reviewed", "note", "working_diagnosis", "diagnosis_words")


def _entry(fields: Fields) -> ReviewEntry:
    given = fields.table
    entry = ReviewEntry(
        at=fields.moment("at"),
        by=fields.text("by"),
        reviewed=fields.truth("reviewed") if "reviewed" in given else None,
        note=fields.text("note") if "note" in given else "",
        working_diagnosis=fields.text("working_diagnosis", WORD, "a cause's id, “other” or “none”")
        if "working_diagnosis" in given
        else "",
        diagnosis_words=fields.text("diagnosis_words") if "diagnosis_words" in given else "",
    )
    for key, what, remedy in _wrong(entry):
        raise fields.trouble(key, what, remedy)
    return entry


def _wrong(entry: ReviewEntry) -> Iterator[tuple[str, str, str]]:
    """Yield key, what and remedy of everything in an entry that does not go together."""
    if len(entry.by) > LONGEST_NAME:
        yield "by", "The name is too long.", f"At most {LONGEST_NAME} characters."
    if entry.reviewed is None and not entry.note and not entry.working_diagnosis:
        yield "reviewed", "The entry says nothing.", "Give it “reviewed”, a “note” or a “working_diagnosis”."
    if entry.working_diagnosis == OTHER and not entry.diagnosis_words:
        yield "diagnosis_words", "Another diagnosis needs words.", "Say which one in “diagnosis_words”."
    if entry.diagnosis_words and entry.working_diagnosis not in (OTHER, NO_CAUSE):
        yield (
            "diagnosis_words",
            "These words go with “other” or “none” alone.",
            "Write them as a “note”, or the diagnosis as “other”.",
        )


def append_review(folder: Path, id: str, entry: ReviewEntry, *, path: Path | None = None) -> Review:
    """Add an entry to the review of the session `id` in the sessions folder `folder`; return the whole review when
    it is durable.

    `path` is the session's file where that is known; otherwise it is looked for. Texts are cleaned, on one line.
    An entry that is there already is not written twice, so that trying again after an error is safe. Raises
    `Trouble` where the entry does not hold, there is no such session, or the review cannot be read or written: it
    is then as it was.
    """
    entry = _tidy(entry)
    session = path if path is not None else SessionStore(folder).find(id)
    if session.name != f"{id}.toml" or not ID.fullmatch(id):
        raise not_a_name(session)
    review = review_path(session)
    try:
        with folders.opened_below(folder, review.parent.relative_to(folder)) as directory:
            os.stat(session.name, dir_fd=directory, follow_symlinks=False)
            written: list[Review] = []

            def longer(present: bytes | None) -> bytes:
                content, found = _with(present, id, entry, str(review))
                written[:] = [found]
                return content

            writer.change(directory, review.name, longer, where=str(review))
    except FileNotFoundError:
        raise Trouble(
            "There is no such session any more.", where=str(session), remedy="It was removed or moved."
        ) from None
    except OSError as error:
        raise change_trouble(error, review, "An entry is never added twice.") from None
    except Trouble as trouble:
        remedy = f"{trouble.remedy} Nothing was added to the review.".strip()
        raise Trouble(trouble.what, where=trouble.where, remedy=remedy, exit=trouble.exit) from None
    return written[0]


def _tidy(entry: ReviewEntry) -> ReviewEntry:
    """Return an entry as its file keeps it. Raises `Trouble` where it does not hold."""
    texts = {}
    for key, longest in (("by", LONGEST_NAME), ("note", LONGEST_TEXT), ("diagnosis_words", LONGEST_TEXT)):
        text: str = getattr(entry, key).strip()
        if len(text) > longest:
            # Cut words of a clinician could come to mean something else.
            raise Trouble(
                f"The text has {len(text):,} characters; at most {longest:,} are kept.",
                where=f"{key} of the review",
                remedy="Shorten it, or add the rest as another entry.",
                exit=Exit.WRONG_USAGE,
            )
        texts[key] = clean(text, limit=longest)
    tidy = ReviewEntry(
        whole_seconds(entry.at), reviewed=entry.reviewed, working_diagnosis=entry.working_diagnosis, **texts
    )
    if not tidy.by:
        raise Trouble(
            "An entry needs the name of who adds it.",
            where="by of the review",
            remedy="Give a name.",
            exit=Exit.WRONG_USAGE,
        )
    if tidy.working_diagnosis and not WORD.fullmatch(tidy.working_diagnosis):
        raise Trouble(
            f"“{clean(tidy.working_diagnosis, limit=60)}” is not the id of a cause.",
            where="working_diagnosis of the review",
            remedy="Give a cause's id, “other” with words, or “none”.",
            exit=Exit.WRONG_USAGE,
        )
    for key, what, remedy in _wrong(tidy):
        raise Trouble(what, where=f"{key} of the review", remedy=remedy, exit=Exit.WRONG_USAGE)
    return tidy


def _with(present: bytes | None, id: str, entry: ReviewEntry, where: str) -> tuple[bytes, Review]:
    """Return a review's content with an entry more, and the review in it; all that was there stays byte for byte."""
    if present is None:
        present = toml_text({"schema": SCHEMA, "session": id}).encode()
    gap = b"\n" if present.endswith(b"\n") else b"\n\n"
    content = present + gap + toml_text({"entries": [_table(entry)]}).encode()
    full = Trouble(
        f"The review is full: {present.count(b'[[entries]]')} entries, {len(present):,} bytes.",
        where=where,
        remedy=f"At most {MOST_ENTRIES} entries and {toml.SESSION_BYTES:,} bytes are kept.",
        exit=Exit.FILE_FAILED,
    )
    if len(content) > toml.SESSION_BYTES:
        raise full
    # Read as it will be read: what was changed by hand, or cannot be read, takes no more entries.
    try:
        after = review_of(content, id, where)
    except Trouble:
        review_of(present, id, where)  # its own reason first
        raise
    if after.entries[-1:] != (entry,):
        raise Trouble("An entry cannot be added to this file.", where=where, remedy="Mend it by hand.")
    before = Review(id, after.entries[:-1])
    if entry in before.entries:
        return present, before
    if len(after.entries) > MOST_ENTRIES:
        raise full
    return content, after


def _table(entry: ReviewEntry) -> Table:
    table: Table = {"at": entry.at, "by": entry.by}
    if entry.reviewed is not None:
        table["reviewed"] = entry.reviewed
    texts = ("note", "working_diagnosis", "diagnosis_words")
    return table | {key: getattr(entry, key) for key in texts if getattr(entry, key)}
