"""What two versions of a draft say differently, in a person's words."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.form.amounts import write_amount
from drafting.form.draft import Choice, Draft, Part
from drafting.form.values import full_label
from drafting.narrative.compose import gauge, written
from knowledge.call.definition import Call

NONE = "未填"


def differences(old: Draft, new: Draft, call: Call) -> list[str]:
    """A line for everything that is not the same in both: 名称：旧 → 新; empty when they agree."""
    return [
        f"{what}：{before} → {after}"
        for group in (_fields, _tasks, _units, _texts)
        for what, before, after in group(old, new, call)
        if before != after
    ]


def _fields(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    for key, field in call.field_by_id.items():
        yield full_label(field), old.fields.get(key, NONE), new.fields.get(key, NONE)


def _tasks(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    for task in call.tasks:
        before, after = (_choice(one.tasks.get(task.number), call) for one in (old, new))
        yield f"任务{task.number}", before, after


def _choice(choice: Choice | None, call: Call) -> str:
    if choice is None:
        return "未定"
    mark = call.marks.chosen if choice.selected else call.marks.left
    return mark + "；".join(map(write_amount, choice.targets))


def _units(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    lead = call.field_of_kind("lead")
    yield "牵头单位的分工" if lead else "分工", _part(old.lead), _part(new.lead)
    before, after = (
        {one.name: f"{one.intro or NONE}，{_part(one.part)}" for one in draft.members} for draft in (old, new)
    )
    for name in {**before, **after}:
        yield name, before.get(name, "没有"), after.get(name, "没有")


def _part(part: Part) -> str:
    return f"任务{'、'.join(map(str, part.tasks))}" if part.tasks else "任务未定"


def _texts(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    for section in call.narratives():
        before, after = (written(section, draft, call) for draft in (old, new))
        if before != after:
            sizes = [gauge(section, draft, call).characters for draft in (old, new)]
            gone = [line for line in before if line not in after]
            come = [line for line in after if line not in before]
            yield section.title, f"{sizes[0]}字{_some(gone)}", f"{sizes[1]}字{_some(come)}"


def _some(lines: list[str]) -> str:
    return f"（{'／'.join(line[:40] for line in lines[:3])}）" if lines else ""
