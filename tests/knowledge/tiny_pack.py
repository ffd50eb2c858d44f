"""A whole pack of two causes, small enough to see at once, written into a folder and changed by the tests."""

from __future__ import annotations

from pathlib import Path

PACK = """\
schema = 1
id = "tiny"
version = "1.0.0"
title = "A tiny pack"
language = "en"

[bands]
strong = 12
possible = 6
weak = 1

[ranking]
margin = 2

[strengths]
slight = 3
moderate = 6
need = 40

[caps]
strong = "strong"
moderate = "strong"
weak = "possible"
very-low = "possible"

[areas]
below-knee = ["calf", "shin"]

[facts]
intro = "We look at where it hurts."

[sources.leaflet]
voice = "article"
cite = "Clinic leaflet, 2024"

[sources.study]
voice = "literature"
cite = "A study, 2010"
link = "PMC1"
"""

QUESTIONS = """\
[[groups]]
id = "worse"
title = "What makes it worse"

[[questions]]
id = "sitting-worse"
group = "worse"
asks = "Does it hurt more when you sit?"
short = "sitting"
why = "Sitting bends the back."
clinician = "Worse sitting"
yes = "sitting makes it worse"
no = "sitting does not make it worse"

[[questions]]
id = "walking-worse"
group = "worse"
asks = "Does it hurt more when you walk?"
short = "walking"
why = "Walking loads the legs."
clinician = "Worse walking"
yes = "walking makes it worse"
no = "walking does not make it worse"

[[questions]]
id = "age"
group = "worse"
kind = "number"
asks = "How old are you?"
short = "age"
why = "Age changes what is likely."
clinician = "Age"
lowest = 0
highest = 120
unit = "years"

[[questions]]
id = "sex-at-birth"
group = "worse"
kind = "choice"
asks = "What was your sex at birth?"
short = "sex"
why = "Some risks differ."
clinician = "Sex assigned at birth"
choices = [{ id = "female", says = "Female" }, { id = "male", says = "Male" }]
"""

ALARMS = """\
[[alarms]]
id = "old-and-walking"
tier = "mention"
title = "Tell the team"
when.all = [
  { answer = "walking-worse" },
  { number = "age", at_least = 80 },
  { answer = "sex-at-birth", is = "male" },
]
says = "You are over 80 and walking hurts."
do = "Tell the team today."
clinician = "Age above 80, worse walking"
source = "study"
"""

DISC = """\
schema = 1
id = "disc"
name = "Disc pain"
plain = "a sore disc"
evidence = "weak"
evidence_says = "Few studies looked at this."
evidence_source = "study"

[regions]
usual = ["low-back"]
possible = ["below-knee"]

[article]
section = "Discs"
says = "A disc in your back can get sore."
helps = "Moves that take the load off the disc."

[clinic]
next = "We watch how you bend."

[literature]
says = "Sitting often makes disc pain worse."
sources = ["study"]
clinician = "Provocation by sitting"

[[lines]]
id = "disc-sitting"
counts = "for"
strength = "moderate"
when.answer = "sitting-worse"
says = "Sitting makes it worse."
clinician = "Worse sitting"
source = "study"

[[lines]]
id = "disc-back"
counts = "for"
strength = "slight"
when.marked = ["low-back"]
says = "Your low back hurts."
clinician = "Low back marked"
source = "leaflet"
"""

CANAL = """\
schema = 1
id = "canal"
name = "Narrow canal"
plain = "a tight canal"
evidence = "strong"
evidence_says = "Good studies looked at this."
evidence_source = "study"
prior = -3
prior_says = "This is not common."
prior_source = "leaflet"

[regions]
usual = ["buttock-lower", "below-knee"]

[article]
section = "Canal"
says = "The canal in your back can get tight."

[clinic]
next = "We watch how you walk."

[literature]
says = "Walking brings on the pain."
sources = ["study"]
clinician = "Neurogenic claudication"

[[needs]]
id = "canal-adult"
when = { number = "age", at_least = 18 }
says = "You are a grown-up."
clinician = "Adult"
source = "study"

[[lines]]
id = "canal-walking"
counts = "for"
strength = "moderate"
when.answer = "walking-worse"
says = "Walking makes it worse."
clinician = "Worse walking"
source = "study"

[[lines]]
id = "canal-legs"
counts = "for"
strength = "moderate"
when = { marked = ["below-knee", "buttock-lower"], sides = "both" }
says = "Both legs hurt."
clinician = "Bilateral"
source = "study"

[[lines]]
id = "canal-sitting"
counts = "against"
strength = "slight"
when.answer = "sitting-worse"
says = "Sitting makes it worse, and a tight canal likes to sit."
clinician = "Worse sitting"
source = "study"
"""

CASES = """\
schema = 1

[[cases]]
id = "walker"
says = "70-year-old, both calves heavy on walking"
source = "study"
covers = ["canal"]

[cases.findings]
map_complete = true

[[cases.findings.marks]]
region = "calf"
side = "left"
intensity = 6

[[cases.findings.marks]]
region = "calf"
side = "right"
intensity = 5

[cases.findings.answers]
walking-worse = "yes"
sitting-worse = "no"
age = 70

[cases.expect]
top = ["canal"]
bands = { canal = ["possible"] }
not_top = ["disc"]
alarms = []
"""

FILES = {
    "pack.toml": PACK,
    "questions.toml": QUESTIONS,
    "alarms.toml": ALARMS,
    "causes/disc.toml": DISC,
    "causes/canal.toml": CANAL,
    "cases/all.toml": CASES,
}


def write(folder: Path, changes: dict[str, str] | None = None) -> Path:
    """Write the tiny pack into `folder`, with whole files replaced by `changes`."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """Return the file `name` with one passage replaced, which must be there."""
    assert FILES[name].count(old) >= 1, old
    return {name: FILES[name].replace(old, new, 1)}


def line_of(name: str, text: str, changes: dict[str, str] | None = None) -> int:
    """Return the line on which `text` first stands in a file."""
    whole = {**FILES, **(changes or {})}[name]
    return whole[: whole.index(text)].count("\n") + 1
