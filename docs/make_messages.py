"""Bring the catalogues of the interface up to what the code says: run it with `make messages`.

New strings come in without a translation, those that were reworded keep the old one as a proposal that is marked as
fuzzy, those that nothing says any more go. What is left to do is printed; docs/translating.md tells how.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bodymap.common.language import LANGUAGES  # noqa: E402
from bodymap.common.text import is_clean  # noqa: E402
from hatch_build import read  # noqa: E402

KEYWORDS = {"_": (1,), "_n": (1, 2), "gettext": (1,), "ngettext": (1, 2), "marked": (1,)}
"""What marks a string in the code, and which of its arguments are strings to translate."""
SPOKEN = LANGUAGES[1:]
"""The languages that need a catalogue: all but that of the code."""
HEAD = """\
# What bodymap says in {name}. How to add to it or mend it: docs/translating.md
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Placeholders = frozenset[tuple[str, str, str]]


def catalogue_file(code: str, root: Path = ROOT) -> Path:
    """Return where the catalogue of a language is."""
    return root / "bodymap" / "locale" / code / "LC_MESSAGES" / "bodymap.po"


def extracted(root: Path = ROOT) -> Catalog:
    """Return every string that the code in `root` marks for translation, in the order of the code."""
    strings = Catalog()
    found = extract_from_dir(
        root / "bodymap", keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    )
    for file, line, message, comments, _context in found:
        if message:
            strings.add(message, None, [(f"bodymap/{Path(file).as_posix()}", line)], auto_comments=comments)
    return strings


def updated(file: Path, code: str, strings: Catalog) -> bytes:
    """Return the catalogue in `file`, or a new one, with the strings of the code: what to write there."""
    catalogue = read(file) if file.exists() else Catalog(locale=code)
    catalogue.update(strings)
    head = HEAD.format(name=dict(LANGUAGES)[code], code=code, plural_forms=catalogue.plural_forms)
    body = BytesIO()
    # Without lines of the code and without folding: what did not change stays as it is.
    write_po(
        body,
        catalogue,
        width=0,
        include_lineno=False,
        include_previous=True,
        ignore_obsolete=True,
        omit_header=True,
        sort_by_file=True,
    )
    return (head.encode() + body.getvalue()).rstrip(b"\n") + b"\n"


def faults(file: Path, strings: Catalog) -> Iterator[str]:
    """Yield what keeps the catalogue in `file` from saying all that the code says, each with place and remedy."""
    if not file.exists():
        yield f"{file.name}: there is no catalogue. Run make messages."
        return
    catalogue = read(file)
    for message in strings:
        if message.id and message.id not in catalogue:
            yield f"{message.locations[0][0]}: “{_first(message)}” is not in {_name(file)}. Run make messages."
    for message in catalogue:
        if message.id:
            where = f"{_name(file)}, line {message.lineno}: “{_first(message)}”"
            yield from (f"{where} {fault}" for fault in _faults_of(message, strings, catalogue.num_plurals))


def _faults_of(message: Message, strings: Catalog, forms: int) -> Iterator[str]:
    if message.id not in strings:
        yield "is said nowhere. Run make messages."
        return
    ids = message.id if message.pluralizable else (message.id,)
    says = message.string if message.pluralizable else (message.string,)
    if strings.get(message.id).pluralizable != message.pluralizable or (
        message.pluralizable and len(says) != forms
    ):
        yield "has other forms for one and many than the code. Run make messages."
        return
    if not all(says):
        yield "is not translated. Write its translation between the quotes."
        return
    if message.fuzzy:
        yield "was reworded. Look at its translation, then remove the line that says fuzzy."
    for number, said in enumerate(says):
        allowed = {_placeholders(ids[-1])} | ({_placeholders(ids[0])} if number == 0 else set())
        if _placeholders(said) not in allowed:
            yield "has other placeholders than its translation. Names in {braces} stay as they are."
        if _edges(said) != _edges(ids[0]):
            yield "begins or ends with other blanks or line breaks than its translation."
        if not is_clean(said):
            yield "has a translation with characters that cannot be shown. Type it again."


def _placeholders(text: str) -> Placeholders | None:
    """Return the names in {braces} with all that stands in there; None where the braces are not in order."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    return frozenset((name, form or "", how or "") for _, name, form, how in parts if name is not None)


def _edges(text: str) -> tuple[str, str]:
    inner = text.strip()
    return text.partition(inner)[0], text.rpartition(inner)[2]


def unseen(root: Path = ROOT) -> Iterator[str]:
    """Yield the places where a string is put together before it is translated: no catalogue can hold those."""
    for file in sorted((root / "bodymap").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for argument in node.args[: len(KEYWORDS.get(name, ()))]:
                if not isinstance(argument, (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)):
                    yield (
                        f"{file.relative_to(root)}, line {node.lineno}: what is given to {name} must stand there as it "
                        "is, with names in {braces}; fill them in after it is translated."
                    )


def _first(message: Message) -> str:
    return re.sub(r"\s+", " ", message.id[0] if message.pluralizable else message.id)


def _name(file: Path) -> str:
    return file.relative_to(file.parents[4]).as_posix()


def main() -> None:
    """Write every catalogue again and print what is left to do."""
    strings = extracted()
    for place in unseen():
        print(place)
    for code, name in SPOKEN:
        file = catalogue_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(updated(file, code, strings))
        left = list(faults(file, strings))
        print(*left, f"{name}: {len(strings)} strings, {len(left)} to look at.", sep="\n")


if __name__ == "__main__":
    main()
