"""The bureau's checks on one's own draft: what is wrong in it already, apart from what is still to come."""

from __future__ import annotations

from typing import Final

from bot import filling
from bot.events import Turn
from bot.filling import Ground
from bot.heard import Heard
from bot.replies import Reply
from bot.session import Session
from bot.show import label
from bot.wording import say
from drafting.cells import form_of
from drafting.draft import Draft
from drafting.interview import lacking
from drafting.problem import Finding
from drafting.report import SEVERITIES, weighed
from drafting.rules import check
from knowledge.call import Call

MOST: Final = 10
# What these say of a draft is only that something has not been told yet, which `lacking` says better.
TO_COME: Final = frozenset({
    "field_missing", "contact_missing", "task_mark_missing", "target_missing_number", "too_few_members",
    "member_profile_missing", "member_duty_missing", "task_without_unit", "section_missing", "section_too_short",
    "plan_part_missing", "commitment_undated",
})  # fmt: skip


def faults(draft: Draft, call: Call) -> list[Finding]:
    """What must be mended or looked at in what has been said so far, the gravest first."""
    return [one for one in weighed(check(form_of(draft, call), call)) if one.code not in TO_COME]


def finding_line(one: Finding) -> str:
    """A finding with how to mend it, in a line."""
    mend = f"→{one.mend}" if one.mend else ""
    return f"{SEVERITIES.get(one.severity, one.severity)} {one.where}：{one.message}{mend}"


def listed(found: list[Finding]) -> list[str]:
    """A line a finding, at most ten, and how many more there are."""
    left = len(found) - MOST
    return [*map(finding_line, found[:MOST]), *([say("check.more", count=left)] if left > 0 else [])]


def examine(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The draft held against every rule: what is wrong, then how much is still missing."""
    found, left = faults(session.draft, ground.call), lacking(session.draft, ground.call)
    lines = [say("check.found", count=len(found)), *listed(found)] if found else [say("check.sound")]
    if left:
        shown = "、".join(label(item, ground.call) for item in left[:MOST])
        lines.append(say("check.missing", count=len(left), items=shown, more="等" if len(left) > MOST else ""))
    return Turn(session, (Reply("\n".join(lines)), *filling.again(session, ground)))
