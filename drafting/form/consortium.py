"""Who takes part, judged as a whole: how many, none twice, the lead not among its own participants."""

from __future__ import annotations

from drafting.form.draft import Draft
from drafting.form.problem import Problem
from knowledge.call.definition import Call
from knowledge.language.folding import fold, is_empty, same


def check_members(draft: Draft, call: Call) -> tuple[Problem, ...]:
    """Everything wrong with who takes part: too_few_members, too_many_members, duplicate_member, lead_as_member.

    `on` is the member's name, "members" for their number; counted besides the lead (clause min_members, Q01).
    """
    names = [member.name for member in draft.members if not is_empty(member.name)]
    problems = [_too_few(len({fold(name) for name in names}), call), _too_many(len(names), call)]
    lead = call.field_of_kind("lead")
    leader = draft.fields.get(lead.id, "") if lead else ""
    problems += [_repeated(name, names[:position], leader, call) for position, name in enumerate(names)]
    return tuple(problem for problem in problems if problem)


def _too_few(count: int, call: Call) -> Problem | None:
    least = call.consortium.min_members
    if count >= least:
        return None
    text = f"除牵头单位外现有{count}家参与单位，成员单位应不少于{least}家。"
    return Problem("too_few_members", "members", text, call.clauses.get("min_members", ""))


def _too_many(count: int, call: Call) -> Problem | None:
    most = call.consortium.max_members
    if most is None or count <= most:
        return None
    text = f"现有{count}家参与单位，成员单位应不超过{most}家。"
    return Problem("too_many_members", "members", text, call.clauses.get("max_members", ""))


def _repeated(name: str, before: list[str], leader: str, call: Call) -> Problem | None:
    rule = call.clauses.get("min_members", "")
    if leader and same(name, leader):
        return Problem("lead_as_member", name, f"“{name}”已是牵头单位，不能再列为参与单位。", rule)
    if any(same(name, other) for other in before):
        return Problem("duplicate_member", name, f"参与单位“{name}”重复。", rule)
    return None
