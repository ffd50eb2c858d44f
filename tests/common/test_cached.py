"""The cache folder: what lies there is used only where it is the person's own and makes sense, and never grows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bodymap.common import cached
from bodymap.common.places import cache_folder
from bodymap.common.trouble import Trouble


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "a.toml"
    path.write_text('name = "nalga"\n[[regions]]\nid = "sole"\n')
    return path


def kept() -> list[Path]:
    return sorted((cache_folder() / "tables").glob("*.json"))


def test_a_table_is_the_same_parsed_and_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cached.read_table(file)
    assert len(kept()) == 1
    monkeypatch.setattr(cached.toml, "parse", lambda *_, **__: pytest.fail("parsed again"))
    assert cached.read_table(file) == first == {"name": "nalga", "regions": [{"id": "sole"}]}


@pytest.mark.parametrize("content", [b"", b"[", b"7", b"[1]", b"\xff", b"[" * 100_000])
def test_what_makes_no_sense_is_parsed_afresh(file: Path, content: bytes) -> None:
    first = cached.read_table(file)
    kept()[0].write_bytes(content)
    assert cached.read_table(file) == first


def test_what_others_may_write_is_parsed_afresh(file: Path) -> None:
    cached.read_table(file)
    kept()[0].write_text('{"name": "forged"}')
    kept()[0].chmod(0o622)
    assert cached.read_table(file)["name"] == "nalga"


def test_a_changed_file_is_another_table_and_old_ones_go(file: Path) -> None:
    for number in range(20):
        file.write_text(f"number = {number}\n")
        assert cached.read_table(file) == {"number": number}
    assert len(kept()) == 12


def test_a_folder_that_cannot_be_written_costs_only_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert cached.read_table(file)["name"] == "nalga"


def test_a_file_that_is_wrong_is_said_as_ever(file: Path) -> None:
    file.write_text("name = \n")
    with pytest.raises(Trouble):
        cached.read_table(file)
    assert kept() == []
