"""What every test may use: the shipped call and the invented one, and a database of each kind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from knowledge.call import pack
from knowledge.call.definition import Call
from knowledge.call.pack import Pack

if TYPE_CHECKING:
    from tests.postgres import Server

# A machine under load is slow, not wrong.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

YUNXI = Path(__file__).parent / "calls" / "yunxi_2031"


@pytest.fixture(scope="session")
def shipped() -> Pack:
    return pack.load(pack.DEFAULT)


@pytest.fixture(scope="session")
def invented() -> Pack:
    return pack.load(YUNXI)


@pytest.fixture(scope="session")
def call(shipped: Pack) -> Call:
    return shipped.call


@pytest.fixture(scope="session")
def other(invented: Pack) -> Call:
    return invented.call


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server all tests share; it must be left running."""
    from tests.postgres import served  # noqa: PLC0415 - most runs of a few tests need none

    with served(os.environ.get("PYTEST_XDIST_TESTRUNUID", "")) as server:
        yield server


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables, to be copied: that takes a tenth of the time of making them."""
    from bot.store import open_store  # noqa: PLC0415 - most runs of a few tests need none

    file = tmp_path_factory.mktemp("empty") / "shenbao.db"
    open_store(f"sqlite:///{file}").close()
    return file


@contextmanager
def _fresh(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    if request.param == "sqlite":
        file.parent.mkdir(exist_ok=True, mode=0o700)
        shutil.copyfile(request.getfixturevalue("empty_file"), file)
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("postgres").database() as fresh:
        yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database is that has no tables yet, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'shenbao.db'}"
        return
    with request.getfixturevalue("postgres").bare() as fresh:
        yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database is in which nobody has written anything, once of each kind."""
    with _fresh(request, tmp_path / "data" / "shenbao.db") as fresh:
        yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where another such database is, once of each kind."""
    with _fresh(request, tmp_path / "elsewhere" / "shenbao.db") as fresh:
        yield fresh
