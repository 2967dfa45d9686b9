"""The order in which a bureau recommends: on one message, by buttons, as many as the call allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast, get_args

from bot.desk.applications.life import Move, Ordered, Ranking, Submission, moved, placed
from bot.desk.applications.page import names_of
from bot.desk.case import Action, Case, action, button
from bot.desk.display_names import named
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.replies import Reply
from bot.turn.wording import say
from drafting.form.values import find_recommender
from drafting.papers.scan import scan
from knowledge.call.definition import Call

BOARD: Final = "rank"
LEFT: Final = 10
MOVES: Final = get_args(Move)


def rank(case: Case[Ranking]) -> Turn:
    """The order shown, or changed by one step and shown in the same place."""
    ranking, number, most = case.seen, case.number, case.call.consortium.quota
    before = tuple(filed.number for filed in ranking.ranked)
    if number and number not in {filed.number for filed in ranking.accepted}:
        return case.told(say("ranking.not_accepted", number=number))
    order = _order(before, number, case.text) if number else before
    if most is not None and len(order) > max(most, len(before)):
        return case.said(say("ranking.full", most=most, rule=case.call.clauses.get("quota", "")))
    last = ranking.last
    if order == before:
        return Turn(case.session, (_board(case, before, _last(last.name, last.at) if last else ""),))
    kept = case.acting(Ordered(order, ranking.revision))
    return Turn(kept.session, (_board(case, order, _last(case.ground.name, case.event.at)),))


def _order(before: tuple[int, ...], number: int, text: str) -> tuple[int, ...]:
    if text.isdecimal():
        return placed(before, number, min(max(1, int(text)), 999))
    return moved(before, number, cast(Move, text)) if text in MOVES else before


def _last(who: str, at: float) -> str:
    """Who changed the order last, and when."""
    return say("ranking.last", who=named(who), at=moment(at))


def _board(case: Case[Ranking], order: Sequence[int], last: str) -> Reply:
    accepted, call, most = case.seen.accepted, case.call, case.call.consortium.quota
    known = {filed.number: filed for filed in accepted}
    ranked = [known[number] for number in order]
    left = [known[number] for number in sorted(known) if number not in order]
    full = say("ranking.of", count=len(ranked), most=most) if most else say("ranking.count", count=len(ranked))
    lines = [say("ranking.head", bureau=case.office, full=full)]
    lines += [say("ranking.line", rank=at, what=names_of(filed, call), number=filed.number)
              for at, filed in enumerate(ranked, 1)]  # fmt: skip
    lines += [say("ranking.left", count=len(left))] if left else []
    lines += [say("ranking.waits", what=names_of(filed, call), number=filed.number) for filed in left[:LEFT]]
    lines += [say("ranking.note", text=text) for text in remarks([*ranked, *left], case.scope.bureau, call)]
    lines += [last] if last else []
    rows = [
        tuple(
            button("rank", filed.number, step, say(f"ranking.{step}", rank=at))
            for step in ("up", "down", "out")
            if not (step == "up" and at == 1) and not (step == "down" and at == len(ranked))
        )
        for at, filed in enumerate(ranked, 1)
    ]
    waiting = [button("rank", one.number, "in", say("ranking.in", number=one.number)) for one in left[:LEFT]]
    rows += [tuple(waiting[at : at + 3]) for at in range(0, len(waiting), 3)]
    return Reply("\n".join(lines) if accepted else say("ranking.none"), buttons=tuple(rows), board=BOARD)


def remarks(accepted: Sequence[Submission], bureau: str, call: Call) -> tuple[str, ...]:
    """What is worth a word across these: one lead or one name twice, another city's recommender, kin names of units."""
    # Prose is compared where the pack is made: here only names count, and each press should be quick.
    drafts = [(say("filed.short", number=filed.number), filed.content) for filed in accepted]
    bare = [(name, draft.model_copy(update={"texts": {}, "points": {}})) for name, draft in drafts]
    return (*(remark.message for remark in scan(bare, call)), *_elsewhere(accepted, bureau, call))


def _elsewhere(accepted: Sequence[Submission], bureau: str, call: Call) -> tuple[str, ...]:
    field = call.field_of_kind("recommender")
    said = [(filed, filed.content.fields.get(field.id, "") if field else "") for filed in accepted]
    bodies = [(filed, name, find_recommender(name, call)[0]) for filed, name in said if name]
    return tuple(
        say("ranking.elsewhere", number=filed.number, name=name)
        for filed, name, body in bodies
        if body is not None and body.code != bureau
    )


ACTIONS: Final[Mapping[str, Action]] = {"rank": action("serves", Ranking, rank)}
