"""Two hundred forms damaged and edited at random; `make soak` takes a hundred times as many, others each time."""

from __future__ import annotations

from tests.soak.forms import run


def test_any_damaged_form_is_read_or_refused() -> None:
    figures = run(20260323, 200)
    assert figures["failures"] == []
    assert figures["read"]
    assert figures["refused"]
