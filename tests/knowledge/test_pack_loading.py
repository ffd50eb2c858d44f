"""A good pack loads, from its files as from the cache, and a cache is never believed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tiny_pack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bodymap.knowledge import loader
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.compiled import UnusableError, decode, encode
from bodymap.knowledge.folder import read_folder, shipped_packs
from bodymap.knowledge.loader import load_pack, pack_folder, read_pack
from bodymap.knowledge.pack import Answer, Marked, Number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_pack.write(tmp_path / "tiny")


def test_the_files_become_a_pack(folder: Path) -> None:
    pack = load_pack(folder)
    assert [cause.id for cause in pack.causes] == ["canal", "disc"]
    canal, disc = pack.causes
    assert canal.usual == ("buttock-lower", "calf", "shin")
    assert disc.possible == ("calf", "shin")
    assert [(line.kind, line.points) for line in canal.lines] == [
        ("need", -40),
        ("for", 6),
        ("for", 6),
        ("against", -3),
    ]
    assert canal.lines[0].when == Number("age", 18, None)
    assert canal.lines[1].when == Answer("walking-worse", "yes")
    assert canal.lines[2].when == Marked(("calf", "shin", "buttock-lower"), "both")
    assert pack.questions["sex-at-birth"].choices == (("female", "Female"), ("male", "Male"))
    assert (pack.margin, pack.bands["strong"], pack.caps["very-low"]) == (2, 12, "possible")
    assert pack.facts["intro"] == "We look at where it hurts."


def test_wrapped_text_becomes_one_line(tmp_path: Path) -> None:
    changes = tiny_pack.changed(
        "causes/disc.toml", '"A disc in your back can get sore."', '"""\nA disc in\n   your back\n"""'
    )
    assert load_pack(tiny_pack.write(tmp_path, changes)).cause("disc").article_says == "A disc in your back"


def test_the_sum_is_over_knowledge_and_nothing_else(folder: Path) -> None:
    before = load_pack(folder).sha256
    (folder / "cases" / "all.toml").write_text("schema = 1\n")
    (folder / "README.md").write_text("notes")
    assert load_pack(folder).sha256 == before
    with (folder / "causes" / "disc.toml").open("a") as file:
        file.write("# a remark\n")
    assert load_pack(folder).sha256 != before


def test_one_changed_letter_changes_the_sum_and_passes_the_cache_by(folder: Path) -> None:
    before = load_pack(folder)
    path = folder / "causes" / "disc.toml"
    path.write_text(path.read_text().replace("Disc pain", "Disk pain"))
    after = load_pack(folder)
    assert after.sha256 != before.sha256
    assert after.cause("disc").name == "Disk pain"


def test_bytes_that_move_from_one_file_to_the_next_change_the_sum(tmp_path: Path) -> None:
    one = tiny_pack.write(tmp_path / "a", {"pack.toml": tiny_pack.PACK + "# x\n"})
    two = tiny_pack.write(tmp_path / "b", {"questions.toml": "# x\n" + tiny_pack.QUESTIONS})
    assert load_pack(one).sha256 != load_pack(two).sha256


def test_a_region_is_usual_or_possible_but_not_both(tmp_path: Path) -> None:
    changes = tiny_pack.changed(
        "causes/disc.toml", 'possible = ["below-knee"]', 'possible = ["low-back", "below-knee"]'
    )
    disc = load_pack(tiny_pack.write(tmp_path, changes)).cause("disc")
    assert (disc.usual, disc.possible) == (("low-back",), ("calf", "shin"))


def test_a_warm_pack_equals_a_cold_one(folder: Path, own_cache: Path) -> None:
    cold = load_pack(folder)
    (kept,) = own_cache.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    warm = load_pack(folder)
    assert warm == cold == read_pack(read_folder(folder))
    assert list(warm.questions) == list(cold.questions)
    assert list(own_cache.iterdir()) == [kept]


def test_a_warm_load_imports_no_parser_and_no_pydantic(folder: Path) -> None:
    load_pack(folder)
    program = (
        "import sys; from pathlib import Path; from bodymap.knowledge.loader import load_pack;"
        "load_pack(Path(sys.argv[1])); print(sorted({'pydantic', 'tomllib', 'tempfile'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert ran.stdout.strip() == "[]"


def test_a_cache_that_cannot_be_written_is_no_matter(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert load_pack(folder) == load_pack(folder)


def test_only_the_newest_compiled_packs_are_kept(folder: Path, own_cache: Path) -> None:
    for number in range(15):
        with (folder / "pack.toml").open("a") as file:
            file.write(f"# {number}\n")
        pack = load_pack(folder)
    assert len(list(own_cache.iterdir())) == 12
    assert any(path.name.startswith(pack.sha256) for path in own_cache.iterdir())


def spoil(whole: list[Any], path: list[int | str], value: object) -> str:
    part: Any = whole
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return json.dumps(whole, ensure_ascii=False)


CAUSES, ALARMS, QUESTIONS, SOURCES = 14, 13, 12, 10


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ([0], "Not An Id"),
        ([2], "x" * 121),
        ([2], ""),
        ([4], "0" * 64),
        ([5, "strong"], 1),
        ([5, "stronger"], 1),
        ([6], -1),
        ([7, "moderate"], "6"),
        ([8, "weak"], "strong"),
        ([9, "below-knee"], ["nowhere"]),
        ([SOURCES, 0, 1], "rumour"),
        ([QUESTIONS, 0, 3], "asks\u001b[31m"),
        ([QUESTIONS, 0, 3], "asks\u202eback"),
        ([QUESTIONS, 0, 13], 1),
        ([QUESTIONS, 0, 1], "no-such-group"),
        ([ALARMS, 0, 1], "harmless"),
        ([ALARMS, 0, 8], ["Answer", "no-such-question", "yes"]),
        ([ALARMS, 0, 8], ["Answer", "walking-worse", "unsure"]),
        ([ALARMS, 0, 8], ["Exec", "walking-worse"]),
        ([ALARMS, 0, 8], ["Not", ["Answer", "walking-worse", "yes"], ["Answer", "walking-worse", "yes"]]),
        ([ALARMS, 0, 8], ["Marked", [], "any", 1, [], None]),
        ([ALARMS, 0, 8], ["Marked", ["calf"], "any", 11, [], None]),
        ([ALARMS, 0, 8], ["Marked", ["calf"], "any", True, [], None]),
        ([ALARMS, 0, 8], ["Marked", ["nowhere"], "any", 1, [], None]),
        ([CAUSES, 0, 3], "certain"),
        ([CAUSES, 0, 6], 10**9),
        ([CAUSES, 0, 9], ["nowhere"]),
        ([CAUSES, 0, 18, 1, 2], 600),
        ([CAUSES, 0, 18, 1, 1], "need"),
        ([CAUSES, 0, 18, 1, 6], "no-such-source"),
        ([CAUSES, 0], []),
        ([CAUSES], {}),
        ([15], None),
    ],
)
def test_a_changed_cache_is_refused(folder: Path, path: list[int | str], value: object) -> None:
    pack = read_pack(read_folder(folder))
    regions = load_anatomy().regions
    text = encode(pack)
    assert decode(text, pack.sha256, regions) == pack
    with pytest.raises(UnusableError):
        decode(spoil(json.loads(text), path, value), pack.sha256, regions)


def test_a_cache_for_other_files_is_refused(folder: Path) -> None:
    pack = read_pack(read_folder(folder))
    with pytest.raises(UnusableError):
        decode(encode(pack), "f" * 64, load_anatomy().regions)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff\xfe", b"null", b"[" * 100_000, b'{"a": 1}', b"9" * 5000]
)
def test_a_corrupt_cache_is_read_past_and_mended(folder: Path, own_cache: Path, content: bytes) -> None:
    pack = load_pack(folder)
    (kept,) = own_cache.iterdir()
    good = kept.read_bytes()
    kept.write_bytes(content)
    assert load_pack(folder) == pack
    assert kept.read_bytes() == good


def test_a_cache_that_others_may_write_or_that_is_a_link_is_not_read(
    folder: Path, own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack(folder)
    (kept,) = own_cache.iterdir()
    read = []
    monkeypatch.setattr(loader, "decode", lambda *given: read.append(given) or pack)
    kept.chmod(0o622)
    load_pack(folder)
    assert not read
    other = tmp_path / "other.json"
    kept.rename(other)
    kept.symlink_to(other)
    load_pack(folder)
    assert not read


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_cache_gives_the_same_pack_or_none(folder: Path, data: st.DataObject) -> None:
    pack = read_pack(read_folder(folder))
    regions = load_anatomy().regions
    text = encode(pack)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    junk = data.draw(st.text(max_size=20))
    try:
        found = decode(text[:start] + junk + text[end:], pack.sha256, regions)
    except UnusableError:
        return
    # What passes has kept every rule; only words and names may differ, and they are clean.
    assert [[line.points for line in cause.lines] for cause in found.causes]
    assert "\x1b" not in repr(found)


def test_a_pack_is_found_by_folder_and_by_shipped_id(folder: Path) -> None:
    assert pack_folder(folder) == folder
    assert "rear-pain" in shipped_packs()
    assert pack_folder(Path("rear-pain")) == pack_folder(None)
