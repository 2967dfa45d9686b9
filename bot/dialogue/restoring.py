"""A conversation as it was saved, and what a turn comes to as it is to be saved."""

from __future__ import annotations

from typing import Any, Final

from bot.turn.events import Turn
from bot.turn.outcome import DraftStep, Outcome, Saved
from bot.turn.session import ROWS, Session
from drafting.changes.history import changes, upgraded
from drafting.form.draft import Draft
from knowledge.call.definition import Call

NOTICE_VERSION: Final = "2026-11"


def restore(saved: Saved) -> Session:
    """The session as it was saved, with its draft; a fresh one for a chat never seen, or no longer in its draft."""
    state = dict(saved.state or {})
    if saved.removed:
        state = {key: state[key] for key in ("consent", "questions", "misses", "bureau", "desk") if key in state}
    if saved.draft is None:
        return Session.model_validate(state)
    draft = Draft.model_validate(saved.draft.facts)
    steps = upgraded(state.pop("steps", []), draft)
    return Session.model_validate({**state, "steps": steps, "draft": draft, "place": saved.draft.id})


def outcome(before: Session, turn: Turn, saved: Saved, call: Call) -> Outcome:
    """The state without what are rows of their own, the replies, and what was done to drafts."""
    after = turn.session
    # What stands at its default is left out, so that the release before this one reads the state as well.
    state = after.model_dump(mode="json", exclude=set(ROWS), exclude_defaults=True)
    given = after.consent == "given" and before.consent != "given"
    agreed = NOTICE_VERSION if given else ""
    left, current = None, None
    if after.put_by is None:
        begins = after.phase != "idle" and saved.draft is None
        step_ = _step(before, after.draft, saved, call) if begins or after.draft != before.draft else None
    else:
        left = _step(before, after.put_by, saved, call) if after.put_by != before.draft else None
        begins = not after.place and after.phase != "idle"
        step_ = DraftStep(after.draft.model_dump(mode="json"), call=call.call.id) if begins else None
        current = None if begins else after.place
    return Outcome(state, turn.replies, step_, agreed, left=left, current=current, deeds=after.deeds, acts=after.acts)


def _step(before: Session, draft: Draft, saved: Saved, call: Call) -> DraftStep:
    event = {"by": saved.chat, "asked": before.asking, "changed": _told(before.draft, draft, call)}
    id_ = saved.draft.id if saved.draft else ""
    return DraftStep(draft.model_dump(mode="json"), (event,), call.call.id, id_)


def _told(before: Draft, after: Draft, call: Call) -> dict[str, Any]:
    """What was there and what is there now, by path; of a personal field only whether there was and is anything."""
    personal = {f"fields/{key}" for key, field in call.field_by_id.items() if field.personal}
    return {
        path: tuple(None if one is None else True for one in values) if path in personal else values
        for path, values in changes(before, after).items()
    }
