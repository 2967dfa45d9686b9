"""A Bot API server, a data folder with the database of the test's choice, and no proxy on the way."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.botapi import BotApi


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A data folder; with the parameter "postgresql" its database is on the server."""
    folder = tmp_path / "data"
    folder.mkdir()
    if getattr(request, "param", "sqlite") == "sqlite":
        yield folder
        return
    with request.getfixturevalue("postgres").database() as fresh:
        (folder / "database").write_text(fresh)
        yield folder


@pytest.fixture
def never() -> Iterator[threading.Event]:
    gate = threading.Event()
    yield gate
    gate.set()
