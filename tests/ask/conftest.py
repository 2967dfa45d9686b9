"""Desks that tests ask: over the shipped call and over the invented one, with indexes in memory."""

from collections.abc import Iterator

import pytest

from knowledge.answers.engine import Desk
from knowledge.call.pack import Pack


@pytest.fixture(scope="session")
def desk(shipped: Pack) -> Iterator[Desk]:
    opened = Desk.open(shipped)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def other_desk(invented: Pack) -> Iterator[Desk]:
    opened = Desk.open(invented)
    yield opened
    opened.close()
