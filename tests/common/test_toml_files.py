"""Pipes, links, devices and disks that fail: a file that is no plain file is refused, and nothing hangs."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from bodymap.common import toml
from bodymap.common.trouble import Exit, Trouble


def refused_file(path: Path, **more: int) -> Trouble:
    with pytest.raises(Trouble) as caught:
        toml.read(path, **more)
    assert caught.value.where.startswith(str(path))
    assert caught.value.remedy
    return caught.value


def test_a_pipe_does_not_hold_us(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.toml")
    assert "regular file" in refused_file(tmp_path / "x.toml").what


def test_a_pipe_with_a_writer_is_refused_unread(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.toml")
    descriptor = os.open(tmp_path / "x.toml", os.O_RDWR)
    try:
        os.write(descriptor, b"x = 1\n")
        assert "regular file" in refused_file(tmp_path / "x.toml").what
    finally:
        os.close(descriptor)


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x = 1\n")
    (tmp_path / "x.toml").symlink_to("secret")
    assert "link" in refused_file(tmp_path / "x.toml").what
    (tmp_path / "y.toml").symlink_to("y.toml")
    assert "link" in refused_file(tmp_path / "y.toml").what


def test_folders_and_devices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    refused_file(tmp_path / "x.toml")
    assert "regular file" in refused_file(Path("/dev/zero")).what


def test_missing_forbidden_and_impossible_names(tmp_path: Path) -> None:
    assert "no such file" in refused_file(tmp_path / "x.toml").what
    assert "no such file" in refused_file(tmp_path / "y" / "x.toml").what
    (tmp_path / "z").write_text("")
    refused_file(tmp_path / "z" / "x.toml")
    refused_file(tmp_path / ("n" * 300))
    refused_file(tmp_path / "nul\0.toml")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    trouble = refused_file(tmp_path / "x.toml")
    monkeypatch.undo()
    assert "not allowed" in trouble.what


def test_a_failing_disk_is_a_failed_file_operation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.toml").write_text("x = 1\n")

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    trouble = refused_file(tmp_path / "x.toml")
    monkeypatch.undo()
    assert trouble.exit is Exit.FILE_FAILED


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "x.toml").open("wb") as file:
        file.truncate(10**12)
    assert "1,000,000,000,000" in refused_file(tmp_path / "x.toml").what


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.toml"
    path.write_text("#" * 2000)
    real = os.fstat

    def small(descriptor: int) -> object:
        status = list(real(descriptor))
        status[stat.ST_SIZE] = 10
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", small)
    assert "1,000" in refused_file(path, limit=1000).what


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text("x = 1\n")
    os.mkfifo(tmp_path / "pipe.toml")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("good.toml", "pipe.toml", "none.toml"):
        with suppress(Trouble):
            toml.read(tmp_path / name)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_relative_to_an_open_folder(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("x = 1\n")
    directory = os.open(tmp_path, os.O_RDONLY)
    try:
        assert toml.read(Path("x.toml"), directory=directory) == {"x": 1}
    finally:
        os.close(directory)
