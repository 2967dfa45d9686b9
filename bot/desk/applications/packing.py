"""The pack a bureau sends on: the ranked table, every application in order, and what is to be stamped and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.desk.applications import actions
from bot.desk.applications.life import RankedFiles, Submission
from bot.desk.applications.page import barred, names_of
from bot.desk.bureau.life import Looked
from bot.desk.case import Action, Case, action, button
from bot.desk.display_names import plain
from bot.desk.papers import Produce, Produced
from bot.interview import filling
from bot.interview.drafts import title
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.overlay import Overlay
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.papers.scan import scan
from drafting.papers.summary import Applied, Objection, Signed, objections
from knowledge.call.definition import Call, Recommender

SHOWN: Final = 12
INSISTING: Final = "sure"


def against(ranking: RankedFiles, bureau: Recommender, call: Call) -> tuple[Objection, ...]:
    """Everything that speaks against the pack as it is ranked: what keeps it from being made, what is to be insisted
    on, and what is only said."""

    def called(filed: Submission) -> str:
        return say("pack.called", number=filed.number, what=plain(title(filed.content, call)))

    ranked = ranking.ranked
    held = [*objections([Applied(called(one), one.content, one.findings) for one in ranked], bureau, call)]
    held += [Objection(called(one), say("pack.altered"), "never") for one in ranked if not one.unaltered]
    held += [Objection(called(one), say("pack.changed", number=one.newer), "unless") for one in ranked if one.newer]
    held += [Objection(called(one), say("pack.unranked"), "unless") for one in ranking.unranked]
    drafts = [(say("filed.ranked", rank=rank), filed.content) for rank, filed in enumerate(ranked, 1)]
    # What one lead or one name twice comes to is said already.
    shared = [remark for remark in scan(drafts, call) if remark.code not in ("same_lead", "same_name")]
    return (*held, *(Objection(say("pack.across"), remark.message, "note") for remark in shared))


def lines_of(held: Sequence[Objection]) -> list[str]:
    """Each of them in a line."""
    return [say("pack.against", name=each.name, text=each.text) for each in held]


def weight(held: Sequence[Objection]) -> str:
    """The gravest of what speaks against a pack: `never`, `unless`, else empty."""
    return next((weight for weight in ("never", "unless") if any(each.weight == weight for each in held)), "")


def looked(ranking: RankedFiles) -> Looked:
    """That they were all looked at, for the record."""
    return Looked(say("pack.looked", order="、".join(str(filed.number) for filed in ranking.ranked)))


def signed(said: Overlay, bureau: Recommender) -> Signed:
    """Who recommends, and whom to call about it, as the bureau says."""
    return Signed(bureau, said.contact, said.phone)


def pack(case: Case[RankedFiles]) -> Turn:
    """The pack is made, unless something speaks against it: that is named first, and some of it may be insisted on."""
    ranking, call = case.seen, case.call
    bureau = next((body for body in call.recommenders if body.code == case.scope.bureau), None)
    if bureau is None or call.summary is None:
        return case.told(say("pack.no_table"))
    if shut := barred(case.ground):
        return case.told(shut)
    if not ranking.ranked:
        return case.told(say("pack.empty", count=len(ranking.accepted)))
    held = against(ranking, bureau, call)
    gravest = weight(held)
    if gravest == "never" or (gravest and not case.text):
        graver = lines_of([each for each in held if each.weight != "note"])
        lines = [say("pack.held", count=len(graver)), *graver[:SHOWN], *_more(graver)]
        lines.append(say("pack.mend" if gravest == "never" else "pack.sure"))
        return case.said("\n".join(lines), () if gravest == "never" else (button("pack", 0, INSISTING),))
    made = Produce("pack", ranking.ranked, signed(case.event.overlay, bureau), tuple(lines_of(held)))
    return case.acting(looked(ranking)).asking(made)


def _more(lines: Sequence[str]) -> list[str]:
    return [say("pack.more", count=len(lines) - SHOWN)] if len(lines) > SHOWN else []


def produced(session: Session, event: Produced, ground: Ground) -> Turn:
    """The pack with what is in it and what is to be looked after; or the file of one application."""
    asked, sign = event.asked, event.asked.signed
    if asked.what != "pack":
        return actions.produced(session, event, ground)
    if event.path is None:
        return filling.told(session, say("pack.failed", why=event.why), ground)
    lines = [say("pack.done", count=len(asked.of))]
    lines += [say("pack.line", rank=at, what=names_of(filed, ground.call)) for at, filed in enumerate(asked.of, 1)]
    lines += [*(say("pack.note", text=note) for note in asked.notes[:SHOWN]), *_more(asked.notes)]
    lines += [say("pack.no_contact")] if sign and not (sign.contact and sign.phone) else []
    return Turn(session, (Reply("\n".join(lines), file=event.path),))


ACTIONS: Final[Mapping[str, Action]] = {"pack": action("serves", RankedFiles, pack)}
