"""One assistant for all stories: it keeps nothing of anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant
from knowledge.answers.engine import AnswerEngine
from tests.conversation.office import Office, assistant
from tests.desk.faq_office import based, offices


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(Path(tmp_path_factory.mktemp("shared")))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """One whose answers come from the library of an office."""
    made = based(tmp_path_factory.mktemp("base"))
    yield made
    assert isinstance(made.asker, AnswerEngine)
    made.asker.close()


@pytest.fixture
def answering(base: Assistant, tmp_path: Path, address: str) -> Iterator[Office]:
    """An office whose answers come from its own library, on each database."""
    with offices(base, tmp_path, address) as opened:
        yield opened


@pytest.fixture
def small(base: Assistant, tmp_path: Path) -> Iterator[Office]:
    """The same on SQLite alone."""
    with offices(base, tmp_path, f"sqlite:///{tmp_path / 'shenbao.db'}") as opened:
        yield opened
