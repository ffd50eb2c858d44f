"""The tiny pack with its texts in Spanish beside the English ones: what `text.es` tables look like."""

from __future__ import annotations

import tiny_pack

# For each file, the English passage and what follows on it in Spanish.
ADDED: dict[str, list[tuple[str, str]]] = {
    "pack.toml": [
        ('language = "en"\n', 'languages = ["en", "es"]\n'),
        (
            'link = "PMC1"\n',
            '\n[text.es]\ntitle = "Un paquete pequeño"\n[text.es.facts]\nintro = "Miramos dónde le duele."\n',
        ),
    ],
    "questions.toml": [
        ('title = "What makes it worse"\n', 'text.es.title = "Qué lo empeora"\n'),
        (
            'no = "sitting does not make it worse"\n',
            '[questions.text.es]\nasks = "¿Le duele más al sentarse?"\nshort = "sentarse"\n'
            'why = "Al sentarse se dobla la espalda."\nyes = "sentarse lo empeora"\nno = "sentarse no lo empeora"\n',
        ),
        (
            'no = "walking does not make it worse"\n',
            '[questions.text.es]\nasks = "¿Le duele más al andar?"\nshort = "andar"\n'
            'why = "Andar carga las piernas."\nyes = "andar lo empeora"\nno = "andar no lo empeora"\n',
        ),
        (
            'unit = "years"\n',
            '[questions.text.es]\nasks = "¿Qué edad tiene?"\nshort = "edad"\nwhy = "La edad cuenta."\nunit = "años"\n',
        ),
        (
            'says = "Male" }]\n',
            '[questions.text.es]\nasks = "¿Cuál fue su sexo al nacer?"\nshort = "sexo"\n'
            'why = "Algunos riesgos cambian."\n',
        ),
    ],
    "alarms.toml": [
        (
            'source = "study"\n',
            '[alarms.text.es]\ntitle = "Dígalo al equipo"\nsays = "Tiene más de 80 años y le duele al andar."\n'
            'do = "Dígalo hoy al equipo."\n',
        )
    ],
    "causes/disc.toml": [
        (
            'evidence_source = "study"\n',
            '[text.es]\nname = "Dolor de disco"\nplain = "un disco dolorido"\n'
            'evidence_says = "Pocos estudios lo miran."\n',
        ),
        (
            'helps = "Moves that take the load off the disc."\n',
            '[article.text.es]\nsays = "Un disco de la espalda puede doler."\n'
            'helps = "Gestos que no cargan el disco."\n',
        ),
        ('next = "We watch how you bend."\n', 'text.es.next = "Miramos cómo se dobla."\n'),
        (
            'says = "Sitting often makes disc pain worse."\n',
            'text.es.says = "Estar sentado suele empeorar el dolor."\n',
        ),
        ('says = "Sitting makes it worse."\n', 'text.es.says = "Sentarse lo empeora."\n'),
        ('says = "Your low back hurts."\n', 'text.es.says = "Le duele la zona lumbar."\n'),
    ],
    "causes/canal.toml": [
        (
            'prior_source = "leaflet"\n',
            '[text.es]\nname = "Canal estrecho"\nplain = "un canal estrecho"\nevidence_says = "Hay buenos estudios."\n'
            'prior_says = "No es común."\n',
        ),
        (
            'says = "The canal in your back can get tight."\n',
            '[article.text.es]\nsays = "El canal de la espalda se puede estrechar."\n',
        ),
        ('next = "We watch how you walk."\n', 'text.es.next = "Miramos cómo anda."\n'),
        ('says = "Walking brings on the pain."\n', 'text.es.says = "Al andar viene el dolor."\n'),
        ('says = "You are a grown-up."\n', 'text.es.says = "Usted es una persona adulta."\n'),
        ('says = "Walking makes it worse."\n', 'text.es.says = "Andar lo empeora."\n'),
        ('says = "Both legs hurt."\n', 'text.es.says = "Le duelen las dos piernas."\n'),
        (
            'says = "Sitting makes it worse, and a tight canal likes to sit."\n',
            'text.es.says = "Sentarse lo empeora, y a un canal estrecho le gusta."\n',
        ),
    ],
}
CHOICES = [
    ('says = "Female" }', 'says = "Female", text.es.says = "Mujer" }'),
    ('says = "Male" }', 'says = "Male", text.es.says = "Hombre" }'),
]


def files() -> dict[str, str]:
    """Return the files of the tiny pack with Spanish in them."""
    written = {}
    for name, added in ADDED.items():
        text = tiny_pack.FILES[name]
        for english, spanish in added:
            assert text.count(english) == 1, english
            text = text.replace(english, english + spanish)
        written[name] = text
    for english, both in CHOICES:
        written["questions.toml"] = written["questions.toml"].replace(english, both)
    return written


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """Return the Spanish tiny pack with one passage of a file replaced, which must be there once."""
    written = files()
    assert written[name].count(old) == 1, (old, written[name].count(old))
    return {**written, name: written[name].replace(old, new)}


def line_of(name: str, text: str, written: dict[str, str]) -> int:
    """Return the line on which `text` first stands in a file."""
    whole = written[name]
    return whole[: whole.index(text)].count("\n") + 1
