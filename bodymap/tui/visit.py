"""One visit: what was said with its history, the session it becomes, and the knowledge it is assessed with.

Knows no widgets. Methods that touch the disk are called from workers, one at a time. Engine and sessions are imported
where they are first needed: this module lies on the path to the first frame.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from bodymap.engine.findings import Findings
from bodymap.tui.history import History

if TYPE_CHECKING:
    from pathlib import Path

    from bodymap.common.settings import Settings
    from bodymap.engine import Assessment, Engine
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session, SessionStore


class Knowledge(NamedTuple):
    """The pack, compiled, and the regions it speaks of."""

    pack: Pack
    engine: Engine
    anatomy: Anatomy


def load_knowledge(settings: Settings, anatomy: Anatomy) -> Knowledge:
    """Read and compile the pack. Raises `Trouble`."""
    from bodymap.engine import compile_pack
    from bodymap.knowledge.loader import load_pack

    pack = load_pack(settings.pack)
    return Knowledge(pack, compile_pack(pack, anatomy), anatomy)


class Visit:
    """One sitting in front of the map, from the first mark to the saved file.

    A finished session is never rewritten: what is changed after saving belongs to a new one.
    """

    def __init__(self, settings: Settings, resume: bool | str = False) -> None:
        """`resume` is True for the newest unfinished session, or the id or code of one."""
        self._folder = settings.sessions
        self._resume = resume
        self._started = datetime.now().astimezone()
        self._id = ""
        self._history = History(Findings())
        self._saved: Findings | None = None
        self._code = ""
        self._on_disk = False
        self._finished_id = ""
        self._kept = Findings()
        """What the disk holds for certain."""
        self.let_go = False
        """Whether the person has said that what was entered may be lost."""
        self._rescued: tuple[Findings, Path] | None = None
        self._disk = Lock()
        self._kept_store: SessionStore | None = None
        self.fault = ""
        self.warning = ""
        self.receipt: tuple[str, str] | None = None
        self.trouble: Exception | None = None
        """Why there is no knowledge to assess with."""

    @property
    def findings(self) -> Findings:
        """What has been said."""
        return self._history.now

    @property
    def begun(self) -> bool:
        """Whether anything was ever entered, be it taken back since."""
        return self._history.begun or self.findings != Findings()

    @property
    def changed(self) -> bool:
        """Whether there is anything that no finished session holds."""
        return self.findings != (self._saved or Findings())

    @property
    def state_words(self) -> str:
        """How safe what was said is, in words."""
        if self.fault:
            return "NOT kept: press ^s"
        if not self.changed:
            return f"saved · code {self._code}" if self._code else "nothing entered yet"
        return "not saved yet" if not self._code else f"changed since {self._code}"

    @property
    def kept(self) -> bool:
        """Whether an unfinished session lies on the disk, to be picked up later."""
        return self._on_disk and self.changed

    def use(self, knowledge: Knowledge) -> None:
        """Pick up the unfinished session that was asked for, if one was. Raises `Trouble`.

        Marks that were made before the pack was there are made on top of it.
        """
        wanted, self._resume = self._resume, False
        if not wanted:
            return
        from bodymap.common.trouble import Trouble
        from bodymap.sessions import findings_of

        store = self._store()
        if wanted is True:
            session = store.unfinished()
            if session is None:
                raise Trouble(
                    "There is no unfinished session.",
                    where=str(self._folder),
                    remedy="You start with an empty map.",
                )
        else:
            session = store.read(store.find(str(wanted)))
            if session.state != "unfinished":
                raise Trouble(
                    "This session is finished.",
                    where=f"session {session.code}",
                    remedy="Look at it with “bodymap show”; you start with an empty map.",
                )
        if session.integrity != "ok":
            self.warning = (
                f"The file of session {session.code} does not match its checksum: somebody or something changed it. "
                "Look through every mark and answer before you go on."
            )
        entered = self.findings
        self._history = History(findings_of(session, knowledge.pack, knowledge.anatomy))
        self._kept = picked_up = self.findings
        for mark in entered.marks:
            picked_up = picked_up.with_mark(mark)
        self._history.record(picked_up)
        self._id, self._started, self._on_disk = session.id, session.started, True

    def now(self, findings: Findings) -> None:
        """Make `findings` the present, as one step that can be undone."""
        self._history.record(findings)

    def undo(self) -> bool:
        """Go one step back; False at the beginning."""
        return self._history.undo()

    def redo(self) -> bool:
        """Take back one undo; False when there is none."""
        return self._history.redo()

    def _begin_again(self) -> None:
        """Whatever is written from here on belongs to another session. Only who holds the disk may decide that."""
        self._started, self._id, self._on_disk = datetime.now().astimezone(), "", False

    def _store(self) -> SessionStore:
        """Return the one store of this visit: it knows what a failed save has left, so that a retry makes one file."""
        from bodymap.sessions import SessionStore

        if self._kept_store is None:
            self._kept_store = SessionStore(self._folder)
        return self._kept_store

    def _session(
        self,
        knowledge: Knowledge,
        findings: Findings,
        assessment: Assessment | None,
        finished: datetime | None,
    ) -> Session:
        from bodymap.sessions import compose, new_id

        if self._finished_id and self._id == self._finished_id:
            self._begin_again()  # a finished file is never rewritten
        self._id = self._id or new_id()
        return compose(
            knowledge.pack,
            knowledge.anatomy,
            findings,
            assessment,
            id=self._id,
            started=self._started,
            finished=finished,
        )

    def keep(self, knowledge: Knowledge, findings: Findings, assessment: Assessment) -> None:
        """Write the unfinished session, or remove it when nothing is left to keep. Raises `Trouble`."""
        with self._disk:
            if findings != self.findings or self._rescued is not None:
                return  # a later step is on its way to the disk, or it is kept already on the way out
            if findings not in (Findings(), self._saved):
                self._store().autosave(self._session(knowledge, findings, assessment, None))
                self._on_disk = True
            elif self._on_disk:
                self._store().discard(self._session(knowledge, findings, assessment, None))
                self._begin_again()
            self._kept = findings

    def finish(self, knowledge: Knowledge, findings: Findings, assessment: Assessment) -> tuple[str, str]:
        """Write the finished session; returns its code and path once it is durable. Raises `Trouble`."""
        with self._disk:
            if self.receipt is not None and findings == self._saved:
                return self.receipt  # asked for twice before the first was through
            finished = datetime.now().astimezone()
            receipt = self._store().save(self._session(knowledge, findings, assessment, finished))
            self._saved, self._code, self._on_disk = findings, receipt.code, False
            self._finished_id = self._id
            self.receipt = (receipt.code, str(receipt.path))
            return self.receipt

    def start_over(self, knowledge: Knowledge) -> None:
        """Remove the unfinished file, if there is one, and begin a new session. Raises `Trouble`.

        What was said stays in the history, so that it can be undone to.
        """
        with self._disk:
            if self._on_disk:
                self._store().discard(self._session(knowledge, Findings(), None, None))
            self._begin_again()
            self._saved, self._code, self.receipt, self._kept = None, "", None, Findings()

    def rescue(self) -> Path | None:
        """Write what no session holds yet into a findings file, once; returns its path, or None where there is
        nothing to write. Raises `Trouble`.

        That is what was said before there was a pack, and what was said last when a signal came.
        """
        with self._disk:
            if self.let_go or self.findings in (Findings(), self._kept, self._saved):
                return None
            if self._rescued is None or self._rescued[0] != self.findings:
                from bodymap.sessions.findings_file import write_findings

                self._rescued = (self.findings, write_findings(self._folder, self.findings))
            return self._rescued[1]

    def sweep(self) -> None:
        """Remove what writers that were killed left behind."""
        self._store().sweep()
