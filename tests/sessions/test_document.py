"""What docs/the-session-file.md promises is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from session_given import ID, SESSION

from bodymap.common import toml
from bodymap.sessions.document import content_of
from bodymap.sessions.ids import ALPHABET
from bodymap.sessions.reader import session_of

TEXT = (Path(__file__).parents[2] / "docs" / "the-session-file.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    return TEXT.split(f"```{kind}\n")[1].split("```")[0]


def test_the_example_is_a_session() -> None:
    assert block("toml") == content_of(SESSION).decode()
    assert session_of(block("toml").encode(), "example") == SESSION


def test_every_field_is_explained() -> None:
    def keys(value: Any, path: str = "") -> set[str]:
        if isinstance(value, list):
            return {key for inner in value for key in keys(inner, path)}
        if not isinstance(value, dict):
            return set()
        found = set()
        for key, inner in value.items():
            found |= {key} if path not in ("answers", "words") else set()
            found |= keys(inner, key)
        return found

    fields = keys(toml.parse(block("toml").encode(), "example"))
    explained = set(re.findall(r"`\[?([a-z_0-9]+)\]?`", TEXT))
    assert fields <= explained
    assert f"`{ALPHABET}`" in TEXT


def test_the_program_for_the_checksum_works(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for content, said in ((block("toml"), "True"), (block("toml").replace(ID[:4], "0000"), "False")):
        Path("session.toml").write_text(content)
        exec(block("python"), {})
        assert capsys.readouterr().out.strip() == said
