"""The staff's PIN: kept as a hash that says nothing, tried slower and slower, in this process and in the next."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.kiosk import pin as pins
from bodymap.kiosk.pin import LONGEST_WAIT, PinCheck, hash_pin, matches, tries_file, valid_hash, wait_after

PIN, OTHER = "402871", "402872"


@pytest.fixture(scope="module")
def hashed() -> str:
    """A hash that costs little: the tests try hundreds of times."""
    with patch.object(pins, "_LOG_N", 10), patch.object(pins, "_P", 1):
        return hash_pin(PIN)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "tries"


def test_the_hash_is_scrypt_with_a_salt_and_its_costs() -> None:
    hashed = hash_pin(PIN)
    kind, log_n, r, p, _salt, _digest = hashed.split("$")
    assert (kind, int(log_n), int(r), int(p)) == ("scrypt", 15, 8, 3)
    assert PIN not in hashed
    assert hash_pin(PIN) != hashed, "another salt"
    assert matches(PIN, hashed)
    assert not matches(OTHER, hashed)


def test_it_is_the_scrypt_of_the_library(hashed: str) -> None:
    salt, digest = (base64.urlsafe_b64decode(part + "==") for part in hashed.split("$")[4:])
    again = hashlib.scrypt(PIN.encode(), salt=salt, n=2**10, r=8, p=1, dklen=32)
    assert again == digest


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "12345a", "12 456", "１２３４５６", "-12345"])
def test_what_is_no_pin_is_not_hashed(pin: str) -> None:
    with pytest.raises(ValueError, match="not a PIN"):
        hash_pin(pin)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "402871",
        "scrypt$15$8$3$x$y",
        "scrypt$40$8$1$" + "a" * 22 + "$" + "b" * 43,  # would take the machine down
        "scrypt$20$32$1$" + "a" * 22 + "$" + "b" * 43,
        "scrypt$1$8$1$" + "a" * 22 + "$" + "b" * 43,
        "scrypt$15$0$1$" + "a" * 22 + "$" + "b" * 43,
    ],
)
def test_what_is_no_hash_is_refused_and_matches_nothing(text: str) -> None:
    assert not valid_hash(text)
    assert not matches(PIN, text)
    assert not matches("", text)


def test_the_comparison_takes_the_same_time_for_every_digest(
    hashed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def compare(one: bytes, other: bytes) -> bool:
        calls.append((one, other))
        return one == other

    monkeypatch.setattr(hmac, "compare_digest", compare)
    assert matches(PIN, hashed)
    assert not matches(OTHER, hashed)
    assert not matches("1", hashed), "what cannot be a PIN costs the same"
    assert len(calls) == 3


def test_each_wrong_try_doubles_the_wait() -> None:
    assert [wait_after(wrong) for wrong in range(5)] == [0, 1, 2, 4, 8]
    assert wait_after(9) == 256
    assert wait_after(10) == wait_after(10**8) == LONGEST_WAIT


def test_a_try_that_comes_too_early_is_not_looked_at(hashed: str, file: Path) -> None:
    check = PinCheck(hashed, file)
    assert check.try_pin(OTHER, 100.0) == "wrong"
    assert check.try_pin(PIN, 100.9) == "wait"
    assert check.wait_seconds(100.9) == 1
    assert check.try_pin(OTHER, 101.0) == "wrong"
    assert check.try_pin(PIN, 102.9) == "wait"
    assert check.try_pin(PIN, 103.0) == "right"
    assert check.wait_seconds(103.0) == 0
    assert check.try_pin(OTHER, 103.0) == "wrong"
    assert check.wait_seconds(103.0) == 1, "a right one begins the count anew"


def test_waiting_is_not_made_longer_by_trying(hashed: str, file: Path) -> None:
    check = PinCheck(hashed, file)
    assert check.try_pin(OTHER, 0.0) == "wrong"
    for _ in range(50):
        assert check.try_pin(OTHER, 0.5) == "wait"
    assert check.try_pin(PIN, 1.0) == "right"


def test_the_count_outlives_the_process(hashed: str, file: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bodymap.kiosk.pin import PinCheck\n"
        "print(PinCheck(sys.argv[1], Path(sys.argv[2])).try_pin(sys.argv[3], float(sys.argv[4])))"
    )

    def elsewhere(pin: str, now: float) -> str:
        arguments = [sys.executable, "-c", program, hashed, str(file), pin, str(now)]
        return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.strip()

    assert elsewhere(OTHER, 0.0) == "wrong"
    assert elsewhere(PIN, 0.5) == "wait"
    assert elsewhere(OTHER, 1.0) == "wrong"
    assert elsewhere(PIN, 2.0) == "wait"
    assert PinCheck(hashed, file).try_pin(PIN, 2.9) == "wait"
    assert elsewhere(PIN, 3.0) == "right"


def test_a_try_counts_before_it_is_looked_at(
    hashed: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pulling the plug while the hash is made is no free try."""

    def killed(pin: str, hashed: str) -> bool:
        raise SystemExit

    monkeypatch.setattr(pins, "matches", killed)
    with pytest.raises(SystemExit):
        PinCheck(hashed, file).try_pin(OTHER, 0.0)
    assert PinCheck(hashed, file).try_pin(PIN, 0.9) == "wait"


def test_the_file_holds_two_numbers_for_its_owner_alone(hashed: str, file: Path) -> None:
    check = PinCheck(hashed, file)
    check.try_pin(OTHER, 7.25)
    assert file.read_text().split() == ["1", "8.250"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    size = file.stat().st_size
    check.try_pin(PIN, 100.0)
    assert file.stat().st_size == size


def test_after_a_restart_of_the_machine_nobody_waits_for_the_old_clock(hashed: str, file: Path) -> None:
    check = PinCheck(hashed, file)
    now = 900_000.0
    for _ in range(12):
        assert check.try_pin(OTHER, now) == "wrong"
        now += LONGEST_WAIT
    check.try_pin(OTHER, now)
    assert check.wait_seconds(5.0) == LONGEST_WAIT, "never more than the last wrong try cost"


@pytest.mark.parametrize("content", [b"no numbers\n", b"\xff\xfe", b"-1 0.000\n", b"9" * 99])
def test_a_file_that_was_tampered_with_is_no_way_to_start_anew(
    content: bytes, hashed: str, file: Path
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    check = PinCheck(hashed, file)
    assert check.try_pin(OTHER, 0.0) == "wrong"
    assert check.wait_seconds(0.0) == LONGEST_WAIT
    assert file.read_text().split() == ["10", "300.000"]


def test_a_link_in_its_place_is_not_followed(hashed: str, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("keep me")
    file.parent.mkdir()
    file.symlink_to(target)
    check = PinCheck(hashed, file)
    assert not check.can_keep()
    assert check.try_pin(OTHER, 0.0) == "wrong"
    assert check.try_pin(PIN, 0.5) == "wait", "then this process remembers"
    assert target.read_text() == "keep me"


def test_without_a_hash_no_pin_is_right(file: Path) -> None:
    assert PinCheck("", file).try_pin("", 0.0) == "wrong"
    assert PinCheck("", file).try_pin(PIN, 10.0) == "wrong"


def test_the_file_lies_in_the_cache_folder() -> None:
    assert tries_file().is_relative_to(os.environ["XDG_CACHE_HOME"])


@given(tries=st.lists(st.floats(0, 3600), max_size=60))
def test_nobody_gets_more_tries_than_the_waits_allow(tries: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(pins, "matches", lambda pin, hashed: False):
        check = PinCheck("", Path(folder) / "tries")
        looked = sum(check.try_pin(OTHER, now) == "wrong" for now in sorted(tries))
        assert looked <= 9 + 3600 / LONGEST_WAIT + 1
