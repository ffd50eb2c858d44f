"""What one visit keeps on the disk, without a screen."""

from __future__ import annotations

from pathlib import Path

from test_explorer_saving import states

from bodymap.common.settings import Settings
from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.tui.visit import Visit, load_knowledge


def test_what_is_said_while_a_save_is_under_way_is_a_session_of_its_own(
    own_folders: Path, anatomy: Anatomy
) -> None:
    """A finished file is never rewritten, whatever overtakes whatever."""
    settings = Settings(sessions=own_folders)
    knowledge = load_knowledge(settings, anatomy)
    visit = Visit(settings)
    first = Findings().with_mark(Mark("groin", "left", 3))
    second = first.with_mark(Mark("groin", "right", 4))
    visit.now(first)
    visit.keep(knowledge, first, knowledge.engine.assess(first))
    visit.now(second)  # the person goes on while the worker still saves what was there when ^s was pressed
    code, _ = visit.finish(knowledge, first, knowledge.engine.assess(first))
    assert visit.finish(knowledge, first, knowledge.engine.assess(first))[0] == code, "^s was pressed twice"
    visit.keep(knowledge, second, knowledge.engine.assess(second))
    assert sorted(states(own_folders)) == ["finished", "unfinished"]
    assert visit.undo()
    visit.keep(knowledge, first, knowledge.engine.assess(first))
    assert states(own_folders) == ["finished"]
    assert visit.redo()
    visit.keep(knowledge, second, knowledge.engine.assess(second))
    assert sorted(states(own_folders)) == ["finished", "unfinished"]
