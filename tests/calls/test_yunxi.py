"""The invented call is a sound pack: nothing in the code may know one call's names."""

from __future__ import annotations

from knowledge.call.pack import check, load
from tests.calls.build import YUNXI


def test_the_invented_call_is_a_sound_pack() -> None:
    assert check(load(YUNXI)) == []
