"""Each check of `pack check` on names, texts and cases is provoked once on the tiny pack and names its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_pack
from pack_changed import ALARMS, CANAL, CASES, DISC, PACK, QUESTIONS, check, only, with_line

HARD = (
    "Repetitive mechanical irritation of intervertebral articulations occasionally precipitates considerable "
    "neurological symptomatology, necessitating comprehensive multidisciplinary rehabilitation incorporating "
    "individualised progressive exercise interventions alongside educational components and reassurance "
    "regarding prognosis, notwithstanding contemporary uncertainty."
)
ALSO = """
[[questions]]
id = "lying-eases"
group = "worse"
asks = "Is it better when you lie down?"
short = "lying down"
why = "Lying takes the load off."
clinician = "Eased by lying"
yes = "lying eases it"
no = "lying does not ease it"
"""


def test_the_tiny_pack_has_no_faults(tmp_path: Path) -> None:
    report = check(tmp_path)
    assert report.faults == ()
    assert report.pack is not None
    assert report.cases == 1
    assert {graded.name for graded in report.grades} >= {
        "canal: explanation",
        "disc: lines",
        "alarms",
        "facts",
    }


def test_an_unused_finding(tmp_path: Path) -> None:
    changes = {QUESTIONS: tiny_pack.QUESTIONS + ALSO}
    fault = only(check(tmp_path, changes))
    assert fault.what == "Nothing uses the finding “lying-eases”."
    assert fault.line == tiny_pack.line_of(QUESTIONS, '[[questions]]\nid = "lying', changes)
    assert "record_only" in fault.remedy


def test_a_finding_for_the_record_needs_no_use_but_its_reason(tmp_path: Path) -> None:
    with_reason = ALSO + 'record_only = "The clinic asks it at every visit."\n'
    assert check(tmp_path / "a", {QUESTIONS: tiny_pack.QUESTIONS + with_reason}).faults == ()
    fault = only(
        check(
            tmp_path / "b",
            {QUESTIONS: tiny_pack.QUESTIONS + with_reason},
            with_line('{ answer = "lying-eases" }'),
        )
    )
    assert "says record_only, but" in fault.what


@pytest.mark.parametrize(
    ("file", "text", "what", "at"),
    [
        (
            PACK,
            '\n[sources.other]\nvoice = "opinion"\ncite = "One of us"\n',
            "Nothing cites the source “other”.",
            "[sources.other]",
        ),
        (
            QUESTIONS,
            '\n[[groups]]\nid = "more"\ntitle = "More"\n',
            "No question stands in the group “more”.",
            '[[groups]]\nid = "more"',
        ),
    ],
)
def test_what_nothing_uses(tmp_path: Path, file: str, text: str, what: str, at: str) -> None:
    changes = {file: tiny_pack.FILES[file] + text}
    fault = only(check(tmp_path, changes))
    assert fault.what == what
    assert fault.line == tiny_pack.line_of(file, at, changes)


def test_an_unused_area(tmp_path: Path) -> None:
    fault = only(check(tmp_path, tiny_pack.changed(PACK, "[facts]", 'feet = ["sole"]\n[facts]')))
    assert (fault.what, fault.place) == ("Nothing uses the area “feet”.", "areas.feet")


def test_ids_that_clash_across_kinds(tmp_path: Path) -> None:
    changes = tiny_pack.changed(CANAL, 'id = "canal-legs"', 'id = "disc"')
    fault = only(check(tmp_path / "a", changes))
    assert (fault.what, fault.line) == (
        "The line “disc” has the id of a cause.",
        tiny_pack.line_of(CANAL, 'id = "disc"', changes),
    )
    fault = only(check(tmp_path / "b", tiny_pack.changed(ALARMS, 'id = "old-and-walking"', 'id = "age"')))
    assert fault.what == "The alarm “age” has the id of a question."


def test_the_voices_are_kept_apart(tmp_path: Path) -> None:
    fault = only(
        check(tmp_path / "a", tiny_pack.changed(DISC, 'sources = ["study"]', 'sources = ["leaflet"]'))
    )
    assert "which is the article" in fault.what
    fault = only(check(tmp_path / "b", tiny_pack.changed(PACK, 'voice = "article"', 'voice = "opinion"')))
    assert "No source speaks with the voice “article”" in fault.what


def test_a_long_text_that_is_too_hard(tmp_path: Path) -> None:
    changes = tiny_pack.changed(DISC, "A disc in your back can get sore.", HARD)
    fault = only(check(tmp_path, changes))
    assert fault.what.startswith("This text reads at grade ")
    assert fault.place == "article.says"
    assert fault.line == tiny_pack.line_of(DISC, 'says = "Repetitive', changes)
    assert "multidisciplinary" in fault.remedy


def test_short_texts_that_are_too_hard_together(tmp_path: Path) -> None:
    changes = {
        DISC: tiny_pack.DISC.replace(
            "Sitting makes it worse.", "Sedentary positioning aggravates symptomatology."
        ).replace("Your low back hurts.", "Lumbar discomfort predominates.")
    }
    fault = only(check(tmp_path, changes))
    assert fault.what.startswith("“disc: lines” reads at grade ")
    assert fault.place == "lines[1].says"


def test_known_words_and_the_limit_are_the_packs_own(tmp_path: Path) -> None:
    hard = tiny_pack.changed(
        DISC, "Your low back hurts.", "Your thoracolumbar area hurts, your thoracolumbar muscles hurt."
    )
    limit = tiny_pack.changed(PACK, "[facts]", "[reading]\nhighest_grade = 3\n[facts]")
    assert "disc: lines" in only(check(tmp_path / "a", hard, limit)).what
    known = tiny_pack.changed(
        PACK,
        "[facts]",
        '[reading]\nhighest_grade = 4\nknown_words = ["thoracolumbar", "area", "kyphotic"]\n[facts]',
    )
    fault = only(check(tmp_path / "b", hard, known))
    assert fault.what == "The known word “kyphotic” stands in no text."


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('source = "study"', 'source = "studdy"', "Unknown source “studdy”."),
        ('top = ["canal"]', 'top = ["kanal"]', "Unknown cause “kanal”."),
        ('not_top = ["disc"]', 'not_top = ["disk"]', "Unknown cause “disk”."),
        ("bands = { canal", "bands = { kanal", "Unknown cause “kanal”."),
        ('["possible"]', '["posible"]', "“posible” is not one of the values allowed here."),
        ("alarms = []", 'alarms = ["fire"]', "Unknown alarm “fire”."),
        ("alarms = []", 'indistinguishable = [["disc", "x"]]', "Unknown cause “x”."),
        ("alarms = []", "none_fits = true", "A case cannot expect a leading cause and that none fits."),
        ('region = "calf"', 'region = "claf"', "Unknown region “claf”."),
        ('side = "left"', 'side = "midline"', "“calf” has no side “midline”."),
        ('side = "left"', 'side = "right"', "This place is marked twice."),
        ("intensity = 6", "intensity = 11", "11 is out of range: at most 10."),
        ("intensity = 6", 'intensity = 6\nworse_with = ["siting-worse"]', "Unknown question “siting-worse”."),
        ('walking-worse = "yes"', 'walkin-worse = "yes"', "Unknown question “walkin-worse”."),
        ('walking-worse = "yes"', 'walking-worse = "maybe"', "“maybe” is no answer to “walking-worse”."),
        ("age = 70", "age = 700", "“age” takes a whole number from 0 to 120."),
        ("map_complete", "map_compleet", "Unknown key “map_compleet”."),
    ],
)
def test_cases_that_name_what_is_not_there(tmp_path: Path, old: str, new: str, what: str) -> None:
    fault = only(check(tmp_path, tiny_pack.changed(CASES, old, new)))
    assert (fault.file, fault.what) == (CASES, what)
    assert fault.line > 0


def test_two_cases_of_one_name(tmp_path: Path) -> None:
    again = tiny_pack.CASES.replace("schema = 1\n", "schema = 1\n# again\n")
    fault = only(check(tmp_path, {"cases/more.toml": again}))
    assert fault.what == "The case “walker” stands in cases/all.toml already."


def test_files_that_nothing_reads(tmp_path: Path) -> None:
    found = check(tmp_path, {"alarm.toml": "", "cause/x.toml": ""}).faults
    assert [(fault.file, fault.remedy) for fault in found] == [
        ("alarm.toml", "Did you mean “alarms.toml”?"),
        ("cause", "Did you mean “causes”?"),
    ]


def test_faults_that_keep_a_pack_from_loading_are_reported_with_those_of_its_cases(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        tiny_pack.changed(DISC, "\nname", "\nnmae"),
        tiny_pack.changed(CASES, "intensity = 6", "intensity = 11"),
    )
    assert report.pack is None
    assert {fault.file for fault in report.faults} == {DISC, CASES}
