"""One step back: what a change replaced, kept so that it can be put back exactly."""

from __future__ import annotations

from typing import Any

from drafting.draft import Draft

Delta = dict[str, Any]


def delta(before: Draft, after: Draft) -> Delta:
    """The parts of the draft that a change touched, as they were before it; empty when nothing changed."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {part: value for part, value in old.items() if new[part] != value}


def restored(draft: Draft, step: Delta) -> Draft:
    """The draft with those parts put back: `restored(after, delta(before, after)) == before`."""
    return Draft.model_validate({**draft.model_dump(mode="json"), **step})
