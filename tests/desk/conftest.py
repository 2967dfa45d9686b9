"""One assistant for all stories: it keeps nothing of anybody."""

from pathlib import Path

import pytest

from bot.assistant import Assistant
from tests.conversation.office import assistant


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(Path(tmp_path_factory.mktemp("shared")))
