"""What another draft says otherwise: item by item, and the draft with some of it taken over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from drafting.changes.additions import record
from drafting.form.amounts import write_amount
from drafting.form.draft import Choice, Draft, Member, Part
from drafting.form.duties import numbers
from drafting.form.understood import Understood
from drafting.form.values import check_choice, check_field, check_target, full_label
from drafting.narrative.compose import gauge, written
from drafting.narrative.points import finished
from knowledge.call.definition import Call, Task
from knowledge.language.folding import fold, length, same, tidy

NOTHING: Final = "未填"
UNDECIDED: Final = "任务未定"
LEAD: Final = "lead"
MEMBERS: Final = "members"
TASK: Final = "task"


@dataclass(frozen=True)
class Difference:
    """One item that both say differently; `id` is a field, task/8, lead, members or a narrative section."""

    id: str
    label: str
    old: str
    new: str


def differences(old: Draft, new: Draft, call: Call) -> tuple[Difference, ...]:
    """Everything `new` says otherwise and may be kept, in the form's order.

    What `new` is silent on is no difference, nor is a value that breaks a rule, nor the promise: a person makes it.
    """
    return tuple(one for part in (_fields, _tasks, _units, _texts) for one in part(old, new, call))


def adopted(draft: Draft, other: Draft, ids: Collection[str], call: Call) -> Draft:
    """The draft with these items as the other has them, nothing else changed but what follows from them."""
    wanted = [number for number in other.tasks if f"{TASK}/{number}" in ids]
    taken = [number for number in wanted if other.tasks[number].selected]
    got = Understood(
        select=tuple(taken),
        deselect=tuple(number for number in wanted if number not in taken),
        targets={number: other.tasks[number].targets for number in taken if other.tasks[number].targets},
        fields={key: kept for key, kept in _sound_fields(other, call).items() if key in ids},
    )
    made = record(draft, got, call)
    prose = {key: lines for key, lines in other.texts.items() if key in ids}
    for key, lines in prose.items():
        made = finished(made, call.section(key), lines)
    units = {name: getattr(other, name) for name in (LEAD, MEMBERS) if name in ids}
    return made.model_copy(update=units)


# ---------------------------------------------------------------- fields and tasks
def _fields(old: Draft, new: Draft, call: Call) -> Iterator[Difference]:
    for key, said in _sound_fields(new, call).items():
        before = old.fields.get(key, "")
        if not same(tidy(before), tidy(said)):
            yield Difference(key, full_label(call.field_by_id[key]), before or NOTHING, said)


def _sound_fields(draft: Draft, call: Call) -> dict[str, str]:
    """The values as written, a short name completed; those with a problem are left out."""
    found = {}
    for key, field in call.field_by_id.items():
        said = draft.fields.get(key, "")
        kept = check_field(field, said, draft, call) if said else None
        if isinstance(kept, str):
            found[key] = said if same(kept, tidy(said)) else kept
    return found


def _tasks(old: Draft, new: Draft, call: Call) -> Iterator[Difference]:
    for task in call.tasks:
        choice, before = new.tasks.get(task.number), old.tasks.get(task.number)
        if choice is None or not _is_sound(task, choice, call) or _shown(choice, call) == _shown(before, call):
            continue
        if before and before.selected and choice.selected and not choice.targets:
            continue
        label = f"任务{task.number}（{task.short}）"
        yield Difference(f"{TASK}/{task.number}", label, _shown(before, call), _shown(choice, call))


def _is_sound(task: Task, choice: Choice, call: Call) -> bool:
    figures = choice.selected and choice.targets
    return check_choice(task, choice.selected, call) is None and not (
        figures and check_target(task, choice.targets, call)
    )


def _shown(choice: Choice | None, call: Call, gap: str = " ") -> str:
    if choice is None:
        return "未定"
    return gap.join(filter(None, (call.marks.of(choice.selected), "；".join(map(write_amount, choice.targets)))))


# ---------------------------------------------------------------- units and prose
def _units(old: Draft, new: Draft, _call: Call) -> Iterator[Difference]:
    if new.lead != Part() and new.lead != old.lead:
        yield Difference(LEAD, "牵头单位的分工", _part(old.lead) or NOTHING, _part(new.lead))
    names = [fold(one.name) for one in new.members]
    if new.members and new.members != old.members and len(set(names)) == len(names):
        yield Difference(MEMBERS, "参与单位", _members(old.members) or NOTHING, _members(new.members))


def _tasks_of(part: Part) -> str:
    return f"任务{numbers(part.tasks)}" if part.tasks else ""


def _part(part: Part) -> str:
    return "，".join(filter(None, (_tasks_of(part), part.duty)))


def _members(members: tuple[Member, ...]) -> str:
    return "；".join(f"{one.name}（{_part(one.part) or '未写分工'}）" for one in members)


def _texts(old: Draft, new: Draft, call: Call) -> Iterator[Difference]:
    for section in call.sections:
        said, before = new.texts.get(section.id, ()), written(section, old, call)
        if said and said != before:
            old_text = f"{sum(map(length, before))}字" if before else NOTHING
            new_text = f"{sum(map(length, said))}字，" + next(_from(before, said))
            yield Difference(section.id, section.title, old_text, new_text)


def _from(before: tuple[str, ...], said: tuple[str, ...]) -> Iterator[str]:
    """Where the texts part."""
    for place, line in enumerate(said):
        if place >= len(before) or before[place] != line:
            yield f"从“{line[:16]}…”起不同"
    yield "少了后面的段落"


# ---------------------------------------------------------------- two versions, line by line
def compared(old: Draft, new: Draft, call: Call) -> list[str]:
    """A line for everything that is not the same in both: 名称：旧 → 新; empty when they agree."""
    return [
        f"{what}：{before} → {after}"
        for group in (_compared_fields, _compared_tasks, _compared_units, _compared_texts)
        for what, before, after in group(old, new, call)
        if before != after
    ]


def _compared_fields(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    for key, field in call.field_by_id.items():
        yield full_label(field), old.fields.get(key, NOTHING), new.fields.get(key, NOTHING)


def _compared_tasks(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    for task in call.tasks:
        before, after = (_shown(one.tasks.get(task.number), call, gap="") for one in (old, new))
        yield f"任务{task.number}", before, after


def _compared_units(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    lead = call.field_of_kind("lead")
    earlier, later = (_tasks_of(draft.lead) or UNDECIDED for draft in (old, new))
    yield "牵头单位的分工" if lead else "分工", earlier, later
    before, after = (
        {one.name: f"{one.intro or NOTHING}，{_tasks_of(one.part) or UNDECIDED}" for one in draft.members}
        for draft in (old, new)
    )
    for name in {**before, **after}:
        yield name, before.get(name, "没有"), after.get(name, "没有")


def _described(unit: Member) -> str:
    return f"{unit.intro or NOTHING}，{_tasks_of(unit.part) or UNDECIDED}"


def _compared_texts(old: Draft, new: Draft, call: Call) -> Iterator[tuple[str, str, str]]:
    for section in call.sections:
        before, after = (written(section, draft, call) for draft in (old, new))
        if before != after:
            sizes = [gauge(section, draft, call).characters for draft in (old, new)]
            gone = [line for line in before if line not in after]
            come = [line for line in after if line not in before]
            yield section.title, f"{sizes[0]}字{_some(gone)}", f"{sizes[1]}字{_some(come)}"


def _some(lines: list[str]) -> str:
    return f"（{'／'.join(line[:40] for line in lines[:3])}）" if lines else ""
