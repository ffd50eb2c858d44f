"""Text from a pack may say anything. It is shown as it is written: no markup, no action, no escape on the line."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest
from explorer_driver import UPPER
from pty_terminal import BODYMAP, ROOT, Terminal

from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble
from bodymap.knowledge.loader import load_pack

QUIT = "[@click=app.quit]press me[/]"
BROKEN = "[/nope]"
NAMED = "[red]$alarm {0} %s[/red]"
HOSTILE = f"{QUIT} {BROKEN} {NAMED}"
LONG = "Lopadotemachoselachogaleokranioleipsano"
FLOOD = "e" + "\u0301" * 20
"""A combining flood: more marks on one letter than any language writes."""

TEXT_KEYS = re.compile(
    r"^(\s*)(title|says|do|asks|short|why|clinician|yes|no|name|plain|evidence_says|prior_says|helps|next|cite|section|"
    r'prevalence|intro|not-a-diagnosis)( = )"((?:[^"\\]|\\.)*)"',
    re.MULTILINE,
)


SOURCE_IDS = re.compile(r"^\[fact_sources\]\n(?:.+\n)*", re.MULTILINE)
"""A table that names sources, by their ids, under the keys of texts."""


def hostile_pack(folder: Path, said: str) -> Path:
    """Copy the shipped pack and put `said` into every text of it."""
    copy = folder / "pack"
    shutil.copytree(data_folder() / "packs" / "rear-pain", copy)
    shutil.rmtree(copy / "cases", ignore_errors=True)
    escaped = said.replace("\\", "\\\\").replace('"', '\\"')
    for path in copy.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        ids = SOURCE_IDS.search(text)
        text = TEXT_KEYS.sub(lambda match: f'{match[1]}{match[2]}{match[3]}"{match[4][:12]} {escaped}"', text)
        if ids is not None:
            text = SOURCE_IDS.sub(lambda _, kept=ids[0]: kept, text)
        path.write_text(text, encoding="utf-8")
    load_pack(copy)
    return copy


TOUR = (
    ("map", ()),
    ("map", ("q",)),
    ("questions", ()),
    ("causes", ()),
    ("causes", ("enter",)),
    ("causes", ("enter", "end")),
    ("causes", ("c",)),
    ("causes", ("a",)),
    ("causes", ("question_mark",)),
    ("causes", ("ctrl+s",)),
    ("causes", ("ctrl+n",)),
    ("causes", ("ctrl+p",)),
)


@pytest.mark.parametrize("said", [HOSTILE, f"{LONG} {FLOOD} {QUIT}"], ids=["markup", "floods"])
@pytest.mark.parametrize(
    "size", [pytest.param((120, 40), marks=pytest.mark.slow, id="120x40"), pytest.param((60, 20), id="60x20")]
)
async def test_hostile_words_do_nothing_wherever_they_are_pressed(
    open_explorer, tmp_path: Path, said: str, size: tuple[int, int]
) -> None:
    async with open_explorer(size, pack=hostile_pack(tmp_path, said)) as driver:
        await driver.mark(UPPER, 7)
        await driver.say(bladder_bowel_change="yes", saddle_numbness="yes", sits_most_of_day="yes")
        assert driver.explorer.assessment is not None
        seen = ""
        for pane, keys in TOUR:
            driver.explorer.action_go(pane)
            await driver.settle()
            if pane == "causes":
                driver.causes.highlighted = 0
            for key in keys:
                await driver.press(key)
            seen += driver.text
            before = driver.findings
            # Press every place where something hostile stands; go on where the press opened or closed a page.
            for number, row in enumerate(driver.rows()):
                for match in list(re.finditer(r"press|nope|Lopado|click", row))[:2]:
                    await driver.pilot.click(offset=(match.start() + 2, number))
            await driver.settle()
            assert not driver.app._exit, "pressing a text has ended the program"
            assert driver.findings.answers == before.answers
            for _ in range(4):
                if driver.app.screen is not driver.explorer:
                    await driver.press("escape")
            assert driver.app.screen is driver.explorer
        if said is HOSTILE:
            assert "[@click=app" in seen.replace("\n", "")
            assert BROKEN in seen
        else:
            marks = re.findall("\u0301+", seen)
            assert marks, "the flood was shown"
            assert max(map(len, marks)) <= 3


async def test_markup_in_the_receipts_path(open_explorer, tmp_path: Path) -> None:
    folder = tmp_path / "[@click=app.quit]x[" / "nope]"
    async with open_explorer(sessions=folder) as driver:
        await driver.mark(UPPER, 7)
        await driver.press("ctrl+s")
        assert "Your code" in driver.text
        assert "[@click=app.quit]x[/nope]" in driver.box
        column, row = driver.find("click=app")
        await driver.click_at(column + 2, row)
        assert not driver.app._exit


@pytest.mark.parametrize(
    "sign",
    ["\x1b]0;owned\x07", "\u009b31m", "\u202e", "\u2066", "\u200b", "\x07", "\u2028"],
    ids=["osc", "c1", "bidi", "isolate", "zero-width", "bell", "line"],
)
def test_control_characters_are_refused_when_the_pack_is_loaded(tmp_path: Path, sign: str) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(data_folder() / "packs" / "rear-pain", copy)
    path = copy / "questions.toml"
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in sign)
    path.write_text(
        path.read_text(encoding="utf-8").replace('short = "', f'short = "{escaped}', 1), encoding="utf-8"
    )
    with pytest.raises(Trouble) as caught:
        load_pack(copy)
    assert "questions.toml" in str(caught.value)
    assert sign[0] not in str(caught.value)


# ----- what leaves the program

ALLOWED = re.compile(
    rb"\x1b\[[0-9;:]*[mHJKABCDGd]"  # colours, moving, erasing
    rb"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026)[hl]"  # modes, each known
    rb"|\x1b\[\?2026\$p"  # questions about them
    rb"|\x1b\[[<>=][0-9;]*u"  # the kitty keyboard, on and off
    rb"|\x1b\[>[0-9;]*[mq]"
    rb"|\x1b\[(?:0?[0-9]{1,3}) q"
    rb"|\x1b\[(?:16|14|18)t"
    rb"|\x1b\[6n|\x1b\[c"
    rb"|\x1b\]2?2;(?:text|default|pointer)\x1b\\|\x1b\]22;[a-z-]+(?:\x1b\\|\x07)"  # the shape of the mouse pointer
)


STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd].{0,12}"
)


def strange(sent: bytes) -> list[bytes]:
    """Return every stretch that is neither text nor a known sequence."""
    rest = ALLOWED.sub(b"", sent)
    text = rest.decode("utf-8", "replace")
    return sorted({entry.encode() for entry in STRANGE.findall(text)})


def test_only_known_sequences_leave_the_program(tmp_path: Path, own_folders: Path) -> None:
    pack = hostile_pack(tmp_path, HOSTILE)
    with Terminal((*BODYMAP, "--pack", str(pack))) as terminal:
        terminal.until("Pain in the")
        terminal.press("7")
        terminal.until("7 of 10")
        for key, shown in (
            ("tab", "Question:"),
            ("tab", "evidence weak"),
            ("enter", "WHAT HELPS, IN THE ARTICLE"),
        ):
            terminal.press(key)
            terminal.until(shown)
        terminal.until(lambda: terminal.shows("Esc close"))
        terminal.press("escape")
        terminal.until(lambda: not terminal.shows("Esc close"))
        terminal.press("ctrl+s")
        terminal.until("Your code")
        terminal.press("enter")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert strange(bytes(terminal.sent)) == []


def test_a_session_with_signs_that_were_never_typed_is_not_echoed(own_folders: Path) -> None:
    """A folder name may hold an escape; the fault that names it is cleaned."""
    folder = own_folders.parent / "s\x1b]0;owned\x07\u202e"
    folder.write_text("in the way")
    with Terminal((*BODYMAP, "--sessions", str(folder))) as terminal:
        terminal.until("Pain in the buttock")
        terminal.press("7")
        terminal.until("cannot be kept on the disk")
        terminal.press("enter")
        terminal.press("ctrl+q")
        terminal.until("leave without it")
        terminal.press("y")
        terminal.wait()
        found = [entry for entry in strange(bytes(terminal.sent)) if not entry.startswith("\ufffd".encode())]
        assert found == []


# ----- the source: the only ways for text to reach a widget

TUI = ROOT / "bodymap" / "tui"
PARSING = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "Collapsible",
    "Tab",
    "TabPane",
    "Link",
    "Digits",
}
"""Textual widgets that parse a plain string as markup."""


MARKED = ("border_title", "border_subtitle", "tooltip")


def called(node: ast.Call) -> str:
    function = node.func
    return (
        function.attr
        if isinstance(function, ast.Attribute)
        else function.id
        if isinstance(function, ast.Name)
        else ""
    )


def literal(node: ast.expr) -> bool:
    """Whether an expression is a text of ours: a constant, or one of several."""
    if isinstance(node, ast.IfExp):
        return literal(node.body) and literal(node.orelse)
    return isinstance(node, ast.Constant)


def safe_content(node: ast.expr) -> bool:
    """Whether an expression is made by `bodymap.tui.safe`, or carries no text."""
    return literal(node) or (
        isinstance(node, ast.Call) and called(node) in {"shown", "lines", "pressable", "Content"}
    )


def faults(source: str, name: str) -> list[str]:
    """Return the calls of a file that could have text parsed as markup."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            where = f"{name}:{node.lineno}"
            unparsed = any(
                word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
                for word in node.keywords
            )
            texts = [*node.args[:1]]
            if called(node) in PARSING and not unparsed and not all(safe_content(text) for text in texts):
                found.append(f"{where}: {called(node)} without markup=False")
            if called(node) == "notify" and not unparsed:
                words = [*texts, *(word.value for word in node.keywords if word.arg in ("message", "title"))]
                if not all(literal(word) for word in words):
                    found.append(f"{where}: notify with text that is not ours, without markup=False")
            if called(node) in {
                "from_markup",
                "render_markup",
                "escape",
                "Text",
                "Markdown",
                "MarkdownViewer",
            }:
                found.append(f"{where}: {called(node)}")
            if called(node) == "Option" and not isinstance(node.args[0], (ast.Call, ast.Subscript)):
                found.append(f"{where}: an option made of a plain string")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                marked = isinstance(target, ast.Attribute) and target.attr in MARKED
                if marked and node.value is not None and not safe_content(node.value):
                    found.append(f"{name}:{node.lineno}: {target.attr} from something that is not a literal")
    return found


def test_no_widget_gets_text_that_is_parsed() -> None:
    found = []
    for path in sorted(TUI.rglob("*.py")):
        found += faults(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(question.short)",
        "Static(f'{name}')",
        "Button(cause.name)",
        "self.notify(f'{trouble}')",
        "self.notify(str(trouble), timeout=3)",
        "self.app.notify(message)",
        "pane.border_title = pack.title",
        "widget.tooltip = text",
        "Content.from_markup(text)",
        "Option(question.short)",
    ],
)
def test_the_scan_finds_what_it_looks_for(line: str) -> None:
    assert faults(line, "x.py")


@pytest.mark.parametrize(
    "line",
    [
        "Static(shown(question.short))",
        "Static(question.short, markup=False)",
        "Static('Hello')",
        "self.notify('Saved.', timeout=3)",
        "self.notify(text, markup=False)",
        "pane.border_title = '1 Where'",
    ],
)
def test_the_scan_lets_good_code_pass(line: str) -> None:
    assert not faults(line, "x.py")
