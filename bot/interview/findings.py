"""What the bureau's checks find in a draft, apart from what is still to come, and how it is told."""

from __future__ import annotations

from typing import Final

from bot.turn.wording import say
from drafting.application.whole_form import check, form_of
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.papers.report import SEVERITIES, weighed
from knowledge.call.definition import Call

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


def new_faults(before: Draft, after: Draft, call: Call) -> list[Finding]:
    """What must be mended in `after` and was sound, or not there, in `before`."""
    wrong = [one for one in faults(after, call) if one.severity == "error"]
    # Most of what is said is sound, and then there is nothing to compare with.
    known = {(one.code, one.message) for one in faults(before, call)} if wrong else set()
    return [one for one in wrong if (one.code, one.message) not in known]
