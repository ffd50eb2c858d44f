"""The extra `fast` against the standard library: the same tables, the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import mutated

from bodymap.common import quick_json
from bodymap.common.plain_toml import read_plain
from bodymap.common.text import is_clean
from bodymap.desk.sample import sample_sessions
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions.document import checksum, content_of

pytest.importorskip("orjson")


@pytest.fixture
def extra() -> Iterator[None]:
    before = quick_json._loads, quick_json._dumps
    assert quick_json.use_extra()
    yield
    quick_json._loads, quick_json._dumps = before


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
TABLES = st.recursive(
    TEXTS | st.integers(-(10**18), 10**18) | st.booleans() | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, TABLES, max_size=5), st.integers(2**64, 2**70))
def test_the_canonical_bytes_are_the_same(table: dict[str, object], large: int) -> None:
    standard = quick_json._canonical
    before = quick_json._loads, quick_json._dumps
    try:
        quick_json.use_extra()
        assert quick_json.canonical(table) == standard(table)
        assert quick_json.canonical({"a": large}) == standard({"a": large})
    finally:
        quick_json._loads, quick_json._dumps = before


def test_files_are_read_alike(extra: None) -> None:
    until = datetime(2026, 11, 23, tzinfo=UTC)
    whole = [content_of(one) for one in sample_sessions(40, 9, load_pack(), load_anatomy(), until=until)]
    dice = random.Random(4)
    quick = 0
    for content in [*whole, *(mutated(dice, dice.choice(whole)) for _ in range(600))]:
        text = content.decode("utf-8", "replace")
        if not is_clean(text):
            continue
        with_extra = read_plain(text)
        before, quick_json._loads = quick_json._loads, quick_json.json.loads
        assert read_plain(text) == with_extra
        quick_json._loads = before
        if with_extra is not None:
            quick += 1
            sum_ = checksum(with_extra)
            before_, quick_json._dumps = quick_json._dumps, quick_json._canonical
            assert checksum(with_extra) == sum_
            quick_json._dumps = before_
    assert quick > 100
