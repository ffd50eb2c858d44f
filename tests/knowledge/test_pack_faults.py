"""Everything that keeps a pack from loading is said with file, line, place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_pack
from pack_changed import ALARMS, CANAL, DISC, PACK, QUESTIONS, faults_of

from bodymap.knowledge.faults import PackFaults
from bodymap.knowledge.loader import load_pack

SOURCE = 'clinician = "Bilateral"\nsource = "study"\n'
LEGS = '[[lines]]\nid = "canal-legs"'
AGE = '[[questions]]\nid = "age"'
SECOND = 'id = "sitting-worse"\ngroup = "worse"\nasks = "Does it hurt more when you walk?"'
THIRD = 'id = "canal-walking"\ncounts = "for"\nstrength = "moderate"\nwhen = {'


INTRO = 'intro = "We look at where it hurts."\n'


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "what", "remedy"),
    [
        # keys and forms
        (CANAL, "\nname =", "\nnmae =", "nmae", "Unknown key “nmae”.", "Did you mean “name”?"),
        (CANAL, "\nname =", "\nnmae =", "", "The key “name” is missing.", "Add it."),
        (
            CANAL,
            "[clinic]\nnext =",
            "[clinic]\nnxet =",
            "nxet",
            "Unknown key “nxet”.",
            "Did you mean “next”?",
        ),
        (
            CANAL,
            'sides = "both"',
            'side = "both"',
            "when = { marked",
            "Unknown key “side”.",
            "Did you mean “sides”?",
        ),
        (
            CANAL,
            "when.answer",
            "when.anser",
            "when.anser",
            "none of the known forms",
            "Did you mean “answer”?",
        ),
        (
            CANAL,
            'when.answer = "walking-worse"',
            'when = { answer = "walking-worse", number = "age" }',
            "when = { answer",
            "has answer and number",
            "Put both into `all` or `any`.",
        ),
        (
            CANAL,
            'when.answer = "walking-worse"',
            'when = "walking"',
            'when = "w',
            "must be a table",
            "answer",
        ),
        (
            ALARMS,
            'number = "age", at_least = 80',
            'number = "age", at_leest = 80',
            "at_leest",
            "Unknown key “at_leest”.",
            "Did you mean “at_least”?",
        ),
        (CANAL, SOURCE, "", LEGS, "The key “source” is missing.", "Add it."),
        (DISC, 'section = "Discs"\n', "", "[article]", "The key “section” is missing.", "Add it."),
        # types and limits
        (CANAL, "prior = -3", 'prior = "-3"', "prior =", "must be a whole number", "Write it so."),
        (CANAL, "prior = -3", "prior = -3.5", "prior =", "must be a whole number", "Write it so."),
        (CANAL, "prior = -3", "prior = -5000", "prior =", "-5000 is out of range: at least -1000.", "Change"),
        (CANAL, 'name = "Narrow canal"', 'name = ""', "name =", "The text is empty.", "Write something"),
        (
            CANAL,
            '"Narrow canal"',
            f'"{"x" * 121}"',
            "name =",
            "121 characters long; at most 120",
            "Shorten it.",
        ),
        (CANAL, 'id = "canal-legs"', 'id = "Canal legs"', "Canal legs", "not a valid name", "small letters"),
        (CANAL, 'counts = "against"', 'counts = "agains"', "agains", "not one of the values", "“against”"),
        (PACK, 'version = "1.0.0"', 'version = "1.0"', "version", "not a valid version", "1.0.0"),
        (PACK, "[areas]", "[areaz]", "areaz", "Unknown key “areaz”.", "Did you mean “areas”?"),
        (PACK, "schema = 1", "schema = 2", "schema", "The file says schema = 2", "program"),
        (
            PACK,
            '["calf", "shin"]',
            '["calf", "calf"]',
            "below-knee",
            "“calf” stands twice",
            "Name each once.",
        ),
        (PACK, '["calf", "shin"]', "[]", "below-knee", "Too few entries: at least 1.", "Change the list."),
        (PACK, 'voice = "article"', 'voice = "artcle"', "artcle", "not one of the values", "“article”"),
        # scales
        (PACK, "possible = 6", "possible = 60", "[bands]", "The bands must fall", "order"),
        (PACK, 'weak = "possible"', 'weak = "strong"', "[caps]", "may never show “strong”", "Cap both"),
        (PACK, 'moderate = "strong"', 'moderate = "weak"', "[caps]", "must not rise", "Lower"),
        (PACK, "need = 40", "needs = 40", "[strengths]", "lack “need”", "Add need = 40"),
        # names that must exist
        (
            ALARMS,
            'number = "age"',
            'number = "agee"',
            "agee",
            "Unknown question “agee”.",
            "Did you mean “age”?",
        ),
        (ALARMS, 'source = "study"', 'source = "studdy"', "studdy", "Unknown source “studdy”.", "“study”"),
        (
            CANAL,
            '["below-knee", "butt',
            '["below-kne", "butt',
            'below-kne"',
            "Unknown region or area",
            "“below-knee”",
        ),
        (
            DISC,
            'usual = ["low-back"]',
            'usual = ["lowback"]',
            "lowback",
            "Unknown region or area",
            "“low-back”",
        ),
        (PACK, '["calf", "shin"]', '["calf", "shinn"]', "shinn", "Unknown region “shinn”.", "“shin”"),
        (PACK, "below-knee =", "calf =", "calf =", "is a region already", "another name"),
        (DISC, 'strength = "moderate"', 'strength = "modrate"', "modrate", "Unknown strength", "“moderate”"),
        (DISC, 'sources = ["study"]', 'sources = ["studi"]', 'studi"', "Unknown source “studi”.", "“study”"),
        (
            PACK,
            INTRO,
            INTRO + '[fact_sources]\nintr = "study"\n',
            "intr =",
            "Unknown fact “intr”.",
            "“intro”",
        ),
        (
            PACK,
            INTRO,
            INTRO + '[fact_sources]\nintro = "stdy"\n',
            "stdy",
            "Unknown source “stdy”.",
            "“study”",
        ),
        (QUESTIONS, 'group = "worse"', 'group = "wrse"', "wrse", "Unknown group “wrse”.", "“worse”"),
        # kinds that must agree
        (
            DISC,
            'when.answer = "sitting-worse"',
            'when.answer = "age"',
            "age",
            "answered with a number",
            "number =",
        ),
        (
            ALARMS,
            'number = "age", at_least = 80',
            'number = "walking-worse", at_least = 80',
            "at_least",
            "is not answered with a number",
            "answer =",
        ),
        (ALARMS, 'is = "male"', 'is = "mail"', "mail", "“mail” is no answer to “sex-at-birth”.", "“male”"),
        (ALARMS, 'is = "male"', 'is = "unsure"', "unsure", "“unsure” is unknown, never true", "female, male"),
        (
            DISC,
            'marked = ["low-back"]',
            'marked = ["low-back"]\nwhen.worse_with = "age"',
            "worse_with",
            "is not a yes-no question",
            "at a place",
        ),
        (ALARMS, "at_least = 80", "at_least = 80, at_most = 3", "at_most", "is above “at_most”", "Swap"),
        (
            ALARMS,
            ", at_least = 80",
            "",
            'number = "age"',
            "needs “at_least”, “at_most” or both",
            "Add a bound.",
        ),
        (ALARMS, 'source = "study"', 'source = "study"\nopens = ["age"]', "[[alarms]]", "go together", "Add"),
        (CANAL, 'prior_source = "leaflet"\n', "", "prior =", "A prior other than 0 needs", "Say why"),
        (QUESTIONS, "lowest = 0", "lowest = 200", "lowest =", "“lowest” must be below “highest”", "Change"),
        (QUESTIONS, "highest = 120\n", "", AGE, "kind “number” needs “highest”", "kind"),
        (QUESTIONS, 'unit = "years"', 'unit = "years"\nyes = "x"', AGE, "belongs to kind “yes-no”", "kind"),
        (QUESTIONS, 'id = "male"', 'id = "female"', "choices", "with different ids", "Mend"),
        (QUESTIONS, 'id = "male"', 'id = "unsure"', "choices", "must not be listed", "Remove it."),
        # twice
        (QUESTIONS, 'id = "walking-worse"', 'id = "sitting-worse"', SECOND, "stands twice", "own"),
        (CANAL, 'id = "canal-legs"', 'id = "canal-walking"', THIRD, "stands in causes/canal.toml", "own"),
        (
            CANAL,
            'id = "canal"\n',
            'id = "kanal"\n',
            "kanal",
            "stands in a file of another name",
            "kanal.toml",
        ),
    ],
)
def test_fault_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, at: str, what: str, remedy: str
) -> None:
    changes = tiny_pack.changed(file, old, new)
    found = faults_of(tiny_pack.write(tmp_path, changes))
    fitting = [fault for fault in found if fault.file == file and what in fault.what]
    assert fitting, found
    assert remedy in fitting[0].remedy, fitting[0]
    near = tiny_pack.line_of(file, at, changes) if at else 1
    assert fitting[0].line == near, fitting[0]


def test_the_line_of_a_key_is_exact(tmp_path: Path) -> None:
    changes = tiny_pack.changed(CANAL, "when.answer", "when.anser")
    (fault,) = faults_of(tiny_pack.write(tmp_path, changes))
    assert fault.line == tiny_pack.line_of(CANAL, "when.anser", changes)
    assert fault.place == "lines[1].when"
    changes = tiny_pack.changed(ALARMS, 'number = "age"', 'number = "agee"')
    (fault,) = faults_of(tiny_pack.write(tmp_path, changes))
    assert fault.line == tiny_pack.line_of(ALARMS, "agee", changes)
    assert fault.place == "alarms[1].when.all[2].number"


def test_all_faults_of_all_files_come_together(tmp_path: Path) -> None:
    changes = {
        **tiny_pack.changed(CANAL, "\nname =", "\nnmae ="),
        **tiny_pack.changed(DISC, 'source = "leaflet"', 'source = "leeflet"'),
        **tiny_pack.changed(ALARMS, 'is = "male"', 'is = "mail"'),
    }
    found = faults_of(tiny_pack.write(tmp_path, changes))
    assert {fault.file for fault in found} == {CANAL, DISC, ALARMS}
    assert len(found) == 4


def test_one_message_has_the_first_fault_and_the_whole_text_has_all(tmp_path: Path) -> None:
    tiny_pack.write(tmp_path, tiny_pack.changed(CANAL, "\nname =", "\nnmae ="))
    with pytest.raises(PackFaults) as caught:
        load_pack(tmp_path)
    assert "2 faults, the first: causes/canal.toml" in caught.value.what
    assert "pack check" in caught.value.remedy
    assert str(caught.value).count("causes/canal.toml, line") == 2
    assert caught.value.exit == 3
