"""The order in which a bureau recommends: on one message, by buttons, as many as the call allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast, get_args

from bot.desk.applications.handing_in import names_of
from bot.desk.applications.life import Step, Submission, moved, placed
from bot.desk.crew import Line, done, title
from bot.interview import filling
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say
from drafting.form.values import find_recommender
from drafting.papers.scan import scan
from knowledge.call.definition import Call

BOARD: Final = "rank"
LEFT: Final = 10
STEPS: Final = get_args(Step)


@dataclass(frozen=True)
class Ranking:
    """What was accepted, the number the next change of the order gets, and the last one in the record."""

    accepted: tuple[Submission, ...]
    revision: int
    last: Line | None = None

    @property
    def ranked(self) -> tuple[Submission, ...]:
        """Those with a rank, in order."""
        return tuple(sorted((one for one in self.accepted if one.rank), key=lambda one: (one.rank, one.number)))

    @property
    def unranked(self) -> tuple[Submission, ...]:
        """The others, in the order in which they came."""
        return tuple(sorted((one for one in self.accepted if not one.rank), key=lambda one: one.number))


def rank(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The order shown, or changed by one step and shown in the same place."""
    found: Ranking = event.found
    wish, before = event.wish, tuple(one.number for one in found.ranked)
    if not wish.number:
        return Turn(session, (_board(found, before, event, ground),))
    if wish.number not in {one.number for one in found.accepted}:
        return filling.told(session, say("ranking.not_accepted", number=wish.number), ground)
    order = _order(before, wish.number, wish.text)
    most = ground.call.consortium.quota
    if most is not None and len(order) > max(most, len(before)):
        rule = ground.call.clauses.get("quota", "")
        return Turn(session, (Reply(say("ranking.full", most=most, rule=rule)),))
    if order == before:
        return Turn(session, (_board(found, before, event, ground),))
    numbered = event.wish.number
    kept = done(session, event, ground, "rank", revision=found.revision, order=list(order), moved=numbered)
    return Turn(kept, (_board(found, order, event, ground, by=ground.name),))


def _order(before: tuple[int, ...], number: int, text: str) -> tuple[int, ...]:
    if text.isdecimal():
        return placed(before, number, min(max(1, int(text)), 999))
    return moved(before, number, cast(Step, text)) if text in STEPS else before


def _board(found: Ranking, order: Sequence[int], event: Consulted, ground: Ground, by: str | None = None) -> Reply:
    known = {one.number: one for one in found.accepted}
    ranked = [known[number] for number in order]
    left = [one for one in sorted(found.accepted, key=lambda one: one.number) if one.number not in order]
    most = ground.call.consortium.quota
    full = say("ranking.of", count=len(ranked), most=most) if most else say("ranking.count", count=len(ranked))
    lines = [say("ranking.head", bureau=title(event.scope.bureau, ground.call), full=full)]
    lines += [say("ranking.line", rank=at, what=names_of(one, ground.call), number=one.number)
              for at, one in enumerate(ranked, 1)]  # fmt: skip
    lines += [say("ranking.left", count=len(left))] if left else []
    lines += [say("ranking.waits", what=names_of(one, ground.call), number=one.number) for one in left[:LEFT]]
    lines += [say("ranking.note", text=one) for one in remarks([*ranked, *left], event.scope.bureau, ground.call)]
    lines += [_last(found, event.at, by)] if by is not None or found.last else []
    text = "\n".join(lines) if found.accepted else say("ranking.none")
    return Reply(text, buttons=(*_rows(ranked), *_waiting(left)), board=BOARD)


def _last(found: Ranking, now: float, by: str | None) -> str:
    """Who changed the order last, and when."""
    last = found.last
    who, at = (by, now) if by is not None else (last.name, last.at) if last else ("", now)
    return say("ranking.last", who=who or say("desk.nameless"), at=moment(at))


def _rows(ranked: Sequence[Submission]) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        tuple(
            Button(press("rank", one.number, step), say(f"ranking.{step}", rank=at))
            for step in ("up", "down", "out")
            if not (step == "up" and at == 1) and not (step == "down" and at == len(ranked))
        )
        for at, one in enumerate(ranked, 1)
    )


def _waiting(left: Sequence[Submission]) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(press("rank", one.number, "in"), say("ranking.in", number=one.number)) for one in left[:LEFT]]
    return tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))


def remarks(accepted: Sequence[Submission], bureau: str, call: Call) -> tuple[str, ...]:
    """What is worth a word across these: one lead or one name twice, another city's recommender, kin names of units."""
    # Prose is compared where the pack is made: here only names count, and each press should be quick.
    drafts = [(say("filed.short", number=one.number), one.content) for one in accepted]
    bare = [(name, draft.model_copy(update={"texts": {}, "points": {}})) for name, draft in drafts]
    return (*(one.message for one in scan(bare, call)), *_elsewhere(accepted, bureau, call))


def _elsewhere(accepted: Sequence[Submission], bureau: str, call: Call) -> tuple[str, ...]:
    field = call.field_of_kind("recommender")
    said = [(one, one.content.fields.get(field.id, "") if field else "") for one in accepted]
    found = [(one, name, find_recommender(name, call)[0]) for one, name in said if name]
    return tuple(
        say("ranking.elsewhere", number=one.number, name=name)
        for one, name, body in found
        if body is not None and body.code != bureau
    )


HANDLERS = {"rank": rank}
