"""What every test may use: the shipped call and the invented one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge import pack
from knowledge.call import Call
from knowledge.pack import Pack

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
