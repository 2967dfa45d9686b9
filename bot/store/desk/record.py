"""The record of what was done at a desk and of who looked at what was handed in: only ever added to."""

from __future__ import annotations

from bot.store.desk.bound import Bound
from bot.store.desk_tables import audit
from bot.turn.acts import Act


def noted(bound: Bound, act: Act, detail: str = "") -> None:
    """An act in the record, under its own kind."""
    seen = {"person": act.user, "name": act.name, "role": act.role, "act": act.kind, "number": act.number}
    bound.add(audit, at=bound.now, **seen, detail=detail)


def looked(bound: Bound, act: Act) -> None:
    """A look at something that an applicant handed in."""
    noted(bound, act, str(act.values.get("detail", "")))
