from __future__ import annotations

import pytest

from bodymap.figure import Body, load_body


@pytest.fixture(scope="session")
def body() -> Body:
    return load_body()
