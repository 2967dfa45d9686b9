"""An office with a store of its own for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant
from tests.conversation.office import Office, assistant, opened


@pytest.fixture(scope="session")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("clerk"))


@pytest.fixture
def office(tmp_path: Path, clerk: Assistant) -> Iterator[Office]:
    place = opened(tmp_path, clerk)
    yield place
    place.store.close()
