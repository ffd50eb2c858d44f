"""Folders and files that are no pack: missing, foreign, hostile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import tiny_pack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pack_changed import ALARMS, CANAL, DISC, PACK, QUESTIONS, faults_of

from bodymap.common.trouble import Trouble
from bodymap.knowledge.loader import load_pack


@pytest.mark.parametrize("name", ["pack.toml", "questions.toml", "alarms.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tiny_pack.write(tmp_path) / name).unlink()
    with pytest.raises(Trouble, match="no such file") as caught:
        load_pack(tmp_path)
    assert caught.value.where.endswith(name)


def test_a_pack_without_causes_is_refused(tmp_path: Path) -> None:
    tiny_pack.write(tmp_path)
    for path in (tmp_path / "causes").iterdir():
        path.unlink()
    assert "no causes" in faults_of(tmp_path)[0].what


def test_text_that_is_no_toml_names_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tiny_pack.write(tmp_path, {CANAL: 'schema = 1\nid = "canal\n'}))
    assert (fault.file, fault.line) == (CANAL, 2)


def test_escapes_never_pass(tmp_path: Path) -> None:
    changes = tiny_pack.changed(CANAL, '"Narrow canal"', '"\\u001b]52;c;x\\u0007"')
    found = faults_of(tiny_pack.write(tmp_path, changes))
    assert "control or hidden characters" in found[0].what
    assert found[0].line == tiny_pack.line_of(CANAL, "name =")
    deep = tiny_pack.changed(ALARMS, 'number = "age"', 'number = "a\\u202e"')
    found = faults_of(tiny_pack.write(tmp_path, {**tiny_pack.FILES, **deep}))
    assert (found[0].line, found[0].place) == (
        tiny_pack.line_of(ALARMS, "number =", deep),
        "alarms[1].when.all[2].number",
    )
    assert "\x1b" not in "".join(str(fault) for fault in found)


def test_a_link_or_a_pipe_is_refused(tmp_path: Path) -> None:
    tiny_pack.write(tmp_path)
    (tmp_path / DISC).unlink()
    (tmp_path / DISC).symlink_to("/etc/passwd")
    with pytest.raises(Trouble, match="symbolic link"):
        load_pack(tmp_path)
    (tmp_path / DISC).unlink()
    os.mkfifo(tmp_path / DISC)
    with pytest.raises(Trouble, match="not a regular file"):
        load_pack(tmp_path)


def test_a_file_name_that_is_no_id_is_refused(tmp_path: Path) -> None:
    tiny_pack.write(tmp_path)
    (tmp_path / "causes" / "My \x1b[31mcause.toml").write_text("")
    with pytest.raises(Trouble, match="is not an id") as caught:
        load_pack(tmp_path)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(("given_path", "what"), [("nowhere", "no such pack"), ("rear-pian", "no such pack")])
def test_an_unknown_pack_is_refused(given_path: str, what: str) -> None:
    with pytest.raises(Trouble, match=what):
        load_pack(Path(given_path))


def test_a_file_is_not_a_pack(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("")
    with pytest.raises(Trouble, match="A pack is a folder"):
        load_pack(tmp_path / "x.toml")


@pytest.fixture(scope="module")
def one_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_pack.write(tmp_path_factory.mktemp("pack"))


PIECES = st.sampled_from(
    [
        b"[[lines]]\n",
        b"when",
        b".answer = ",
        b'"x"',
        b"= 1\n",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\n",
        b"a.b.c",
        b"'''",
        b"\xff",
    ]
)


@pytest.mark.parametrize("file", [PACK, QUESTIONS, ALARMS, DISC, "cases/all.toml"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bytes_in_any_file_raise_anything_but_trouble(
    one_folder: Path, file: str, data: st.DataObject
) -> None:
    from bodymap.knowledge.checks import check_pack

    whole = tiny_pack.FILES[file].encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    junk = data.draw(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=12).map(b"".join)))
    (one_folder / file).write_bytes(whole[:start] + junk + whole[end:])
    try:
        load_pack(one_folder)
        check_pack(one_folder)
    except Trouble:
        pass
    finally:
        (one_folder / file).write_bytes(whole)
