"""`sessions sample` and `sessions index` as a person runs them."""

from __future__ import annotations

from command import Home
from test_sessions import sitting

from bodymap.sessions import SessionStore


def test_samples_are_written_and_indexed(home: Home) -> None:
    done = home.run("sessions", "sample", "12", "--seed", "3")
    assert (done.status, done.out) == (0, f"12 made-up sessions in {home.sessions}.\n"), done.err
    done = home.run("sessions", "index")
    assert done.status == 0, done.err
    assert "12 files, 0 of them cannot be read.\n12 new, 0 changed, 0 gone" in done.out
    assert f"Index: {home.sessions / '.index.sqlite'}\n" in done.out
    (next(home.sessions.rglob("0*.toml"))).write_text("schema = 1\n")
    assert "0 new, 1 changed" in home.run("sessions", "index", "--check").out
    assert "12 files, 1 of them cannot be read.\n12 new" in home.run("sessions", "index", "--rebuild").out


def test_samples_never_come_among_real_people_unasked(home: Home) -> None:
    SessionStore(home.sessions).save(sitting())
    done = home.run("sessions", "sample", "2")
    assert done.status == 2
    assert "not made up" in done.err
    assert "--among" in done.err
    assert len(list(home.sessions.rglob("*.toml"))) == 1
    assert home.run("sessions", "sample", "2", "--among").status == 0
    assert len(list(home.sessions.rglob("*.toml"))) == 3
