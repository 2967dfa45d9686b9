"""An office with a store of its own for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversation.office import Office, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    place = opened(tmp_path)
    yield place
    place.store.close()
