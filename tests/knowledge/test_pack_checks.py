"""Each check of `pack check` is provoked once on the tiny pack and names its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_pack

from bodymap.knowledge.checks import CheckReport, check_pack
from bodymap.knowledge.faults import Fault

CANAL, DISC, CASES = "causes/canal.toml", "causes/disc.toml", "cases/all.toml"
PACK, QUESTIONS, ALARMS = "pack.toml", "questions.toml", "alarms.toml"
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
LINE = """
[[lines]]
id = "extra"
counts = "for"
strength = "slight"
when = {when}
says = "One more thing."
clinician = "Extra"
source = "study"
"""


def check(folder: Path, *changes: dict[str, str]) -> CheckReport:
    together: dict[str, str] = {}
    for change in changes:
        assert not together.keys() & change.keys()
        together.update(change)
    return check_pack(tiny_pack.write(folder, together))


def only(report: CheckReport) -> Fault:
    assert len(report.faults) == 1, report.faults
    return report.faults[0]


def with_line(when: str, file: str = DISC) -> dict[str, str]:
    return {file: tiny_pack.FILES[file] + LINE.replace("{when}", when)}


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


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ answer = "sitting-worse" }, { answer = "sitting-worse", is = "no" }] }',
        '{ all = [{ answer = "sitting-worse" }, { not = { answer = "sitting-worse" } }] }',
        '{ all = [{ answer = "sex-at-birth", is = "male" }, { answer = "sex-at-birth", is = "female" }] }',
        '{ all = [{ number = "age", at_least = 60 }, { number = "age", at_most = 59 }] }',
        '{ number = "age", at_least = 121 }',
        '{ marked = ["sacrum", "saddle"], sides = "left" }',
        '{ marked = ["saddle"], sides = "both" }',
        '{ all = [{ marked = ["calf"] }, { not = { marked = ["calf"] } }] }',
        '{ all = [{ marked = ["calf"], sides = "both" }, { marked = ["calf"], sides = "one" }] }',
        '{ all = [{ marked = ["calf"], intensity_at_least = 7 }, { not = { marked = ["below-knee"] } }] }',
        '{ all = [{ marked = ["calf"], worse_with = "sitting-worse" }, { answer = "sitting-worse", is = "no" }] }',
        '{ all = [{ marked = ["calf"], qualities = ["numb"], sides = "left" }, '
        '{ not = { marked = ["calf"], qualities = ["numb", "ache"] } }] }',
    ],
)
def test_a_line_that_can_never_be_true(tmp_path: Path, when: str) -> None:
    fault = only(check(tmp_path, with_line(when)))
    assert fault.what == "The line “extra” can never be true."
    assert (fault.file, fault.place) == (DISC, "lines[3].when")
    assert fault.line == tiny_pack.line_of(DISC, "when = {", with_line(when))


@pytest.mark.parametrize(
    "when",
    [
        '{ any = [{ answer = "sitting-worse" }, { answer = "sitting-worse", is = "no" }] }',
        '{ number = "age", at_least = 0 }',
        '{ any = [{ number = "age", at_least = 40 }, { number = "age", at_most = 39 }] }',
        '{ not = { all = [{ marked = ["calf"] }, { not = { marked = ["calf"] } }] } }',
    ],
)
def test_a_line_that_is_always_true(tmp_path: Path, when: str) -> None:
    fault = only(check(tmp_path, with_line(when)))
    assert fault.what == "The line “extra” is true for everybody, so it tells nothing."


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ number = "age", at_least = 60 }, { number = "age", at_most = 60 }] }',
        '{ all = [{ marked = ["calf"], sides = "both" }, { marked = ["shin"], sides = "one" }] }',
        '{ all = [{ marked = ["calf"], worse_with = "sitting-worse" }, '
        '{ marked = ["calf"], worse_with = "walking-worse" }] }',
        '{ all = [{ marked = ["calf"], qualities = ["numb"] }, { marked = ["calf"], qualities = ["ache"] }, '
        '{ not = { marked = ["calf"], sides = "left" } }] }',
        '{ not = { marked = ["calf"], qualities = ["ache", "sharp", "burning", "shooting", '
        '"tingling", "numb", "tight"] } }',
    ],
)
def test_a_line_that_some_patient_meets_is_no_fault(tmp_path: Path, when: str) -> None:
    assert check(tmp_path, with_line(when)).faults == ()


def test_a_need_that_can_never_be_met_or_always_is(tmp_path: Path) -> None:
    found = check(tmp_path / "a", tiny_pack.changed(CANAL, "at_least = 18", "at_least = 0"))
    assert "The need “canal-adult” is met by everybody" in only(found).what
    found = check(tmp_path / "b", tiny_pack.changed(CANAL, "at_least = 18", "at_least = 200"))
    assert "The need “canal-adult” can never be met" in found.faults[0].what


def test_an_alarm_that_cannot_fire(tmp_path: Path) -> None:
    changes = tiny_pack.changed(ALARMS, "at_least = 80", "at_least = 130")
    fault = only(check(tmp_path, changes))
    assert fault.what == "The alarm “old-and-walking” can never fire."
    assert fault.line == tiny_pack.line_of(ALARMS, "when.all", changes)


def test_an_alarm_that_always_fires_and_one_that_never_opens(tmp_path: Path) -> None:
    opened = 'source = "study"\nopens = ["age"]\nopened_by = { number = "age", at_least = 200 }'
    fault = only(check(tmp_path / "a", tiny_pack.changed(ALARMS, 'source = "study"', opened)))
    assert fault.what == "The questions of the alarm “old-and-walking” are never opened."
    always = '{ any = [{ answer = "walking-worse" }, { not = { answer = "walking-worse" } }] },\n  '
    head, tail = tiny_pack.ALARMS.split("when.all = [")
    found = check(tmp_path / "b", {ALARMS: f"{head}when.any = [\n  {always}{tail.lstrip()}"})
    assert only(found).what == "The alarm “old-and-walking” fires for everybody."


def test_a_cause_that_never_reaches_possible(tmp_path: Path) -> None:
    fault = only(check(tmp_path, tiny_pack.changed(CANAL, "prior = -3", "prior = -7")))
    assert fault.what == "The cause can never lead: its best score is 5, “possible” begins at 6."
    assert fault.file == CANAL


def test_lines_that_exclude_each_other_are_not_added_up(tmp_path: Path) -> None:
    changes = tiny_pack.changed(
        DISC, 'when.marked = ["low-back"]', 'when.all = [{ answer = "sitting-worse", is = "no" }]'
    )
    report = check(tmp_path, changes, tiny_pack.changed(PACK, "possible = 6", "possible = 7"))
    assert "its best score is 6, “possible” begins at 7" in report.faults[0].what


def test_a_cause_whose_evidence_is_capped_below_possible(tmp_path: Path) -> None:
    changes = tiny_pack.changed(
        PACK, 'weak = "possible"\nvery-low = "possible"', 'weak = "weak"\nvery-low = "weak"'
    )
    fault = only(check(tmp_path, changes))
    assert "weak evidence is capped at “weak”" in fault.what
    assert (fault.file, fault.place) == (DISC, "evidence")


TWIN = tiny_pack.DISC.replace('"disc', '"twin').replace("Discs", "Twins")


def test_two_causes_that_can_never_be_told_apart(tmp_path: Path) -> None:
    fault = only(check(tmp_path, {"causes/twin.toml": TWIN}))
    assert fault.what.startswith("“disc” and “twin” can never be told apart")
    assert fault.file == "causes/twin.toml"


def test_causes_within_the_margin_of_each_other_are_never_told_apart_either(tmp_path: Path) -> None:
    twin = TWIN + LINE.replace("{when}", '{ answer = "walking-worse" }')
    assert check(tmp_path / "a", {"causes/twin.toml": twin}).faults == ()
    wide = tiny_pack.changed(PACK, "margin = 2", "margin = 3")
    assert "never be told apart" in only(check(tmp_path / "b", {"causes/twin.toml": twin}, wide)).what


def test_a_cause_that_another_always_beats(tmp_path: Path) -> None:
    prior = 'evidence_source = "study"\nprior = 5\nprior_says = "Common."\nprior_source = "study"'
    twin = TWIN.replace('evidence_source = "study"', prior)
    fault = only(check(tmp_path, {"causes/twin.toml": twin}))
    assert fault.what == "The cause can never lead: “twin” always scores higher."
    assert fault.file == DISC


def test_what_a_search_cannot_decide_is_said_and_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bodymap.knowledge.situations.BUDGET", 0)
    report = check(tmp_path)
    assert report.faults == ()
    assert set(report.undecided) >= {"disc-sitting", "canal-legs", "old-and-walking"}


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
