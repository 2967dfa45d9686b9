"""What every test may use: the shipped call and the invented one, and a database of each kind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from knowledge import pack
from knowledge.call import Call
from knowledge.pack import Pack

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


@contextmanager
def _fresh(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("postgres").database() as fresh:
        yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty database is, once of each kind."""
    with _fresh(request, tmp_path / "data" / "shenbao.db") as fresh:
        yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where another empty database is, once of each kind."""
    with _fresh(request, tmp_path / "elsewhere" / "shenbao.db") as fresh:
        yield fresh
