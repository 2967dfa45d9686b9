"""Desks that tests ask: over the shipped call and over the invented one, with indexes in memory."""

from collections.abc import Iterator

import pytest

from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack


@pytest.fixture(scope="session")
def desk(shipped: Pack) -> Iterator[AnswerEngine]:
    opened = AnswerEngine.open(shipped)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def other_desk(invented: Pack) -> Iterator[AnswerEngine]:
    opened = AnswerEngine.open(invented)
    yield opened
    opened.close()
