"""From what is known to what stands in the cells, and back, tolerantly."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.form.amounts import read_amounts, write_amount
from drafting.form.cells import Form, TaskRow, UnitRow
from drafting.form.draft import LEAD, PARTICIPANT, Amount, Choice, Draft, Member, Part
from drafting.form.duties import read_duty, write_duty
from drafting.form.marks import read_mark
from drafting.form.values import check_field, settle
from drafting.narrative.compose import written
from knowledge.call.definition import Call, Task
from knowledge.language.folding import fold, is_empty, same, tidy


# ---------------------------------------------------------------- writing
def form_of(draft: Draft, call: Call) -> Form:
    """The form that says this draft; what has not been said leaves its cell as printed ("" in the form)."""
    cover = {one: draft.fields.get(one, "") for one in call.cover}
    return Form(
        cover=cover,
        fields={one: draft.fields.get(one, "") for one in call.field_by_id},
        tasks=tuple(_task_row(task, draft.tasks.get(task.number), call) for task in call.tasks),
        units=tuple(_unit_rows(draft, call)),
        texts={one.id: lines for one in call.narratives() if (lines := _lines(written(one, draft, call)))},
    )


def _lines(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """A paragraph of the file is a line: what holds several becomes several, white space at their ends is not kept."""
    return tuple(line.strip() for one in paragraphs for line in one.split("\n") if line.strip())


def _task_row(task: Task, choice: Choice | None, call: Call) -> TaskRow:
    row = TaskRow(task=task.number, number=str(task.number), library=task.library, text=task.text)
    if choice is None:
        return row
    mark = call.marks.chosen if choice.selected else call.marks.left
    written = "；".join(write_amount(amount) for amount in choice.targets)
    wanting = task.starred and choice.selected
    return TaskRow(**{**vars(row), "mark": mark, "target": written if wanting else call.marks.none})


def _unit_rows(draft: Draft, call: Call) -> Iterator[UnitRow]:
    lead = call.field_of_kind("lead")
    name = draft.fields.get(lead.id, "") if lead else ""
    yield UnitRow(LEAD, name, call.marks.none, write_duty(LEAD, draft.lead))
    for position, member in enumerate(draft.members, 1):
        yield UnitRow(f"{PARTICIPANT}{position}", member.name, member.intro, write_duty(PARTICIPANT, member.part))


# ---------------------------------------------------------------- reading
def draft_of(form: Form, call: Call) -> tuple[Draft, tuple[str, ...]]:
    """The draft that a form says, and a note on every cell that can't be read as one and on text nobody sees."""
    notes = [*form.unseen]
    fields = dict(_fields(form, call))
    leader, others = split_units(form, call)
    draft = Draft(
        fields=fields,
        tasks=dict(_tasks(form, call, notes)),
        lead=read_duty(leader.duty, call) if leader else Part(),
        members=tuple(_member(unit, call) for unit in others),
        texts={key: lines for key, lines in form.texts.items() if lines},
        promised=bool(form.promise and form.promise.date),
    )
    return draft, tuple(notes)


def _fields(form: Form, call: Call) -> Iterator[tuple[str, str]]:
    """Section one before the cover; a value that is wrong is kept as it stands."""
    known = Draft()
    for key, field in call.field_by_id.items():
        said = form.fields.get(key, "") or form.cover.get(key, "")
        if is_empty(said):
            continue
        kept = check_field(field, said, known, call) if field.kind in ("cluster", "chain") else said
        yield key, kept if isinstance(kept, str) else tidy(said)


def _tasks(form: Form, call: Call, notes: list[str]) -> Iterator[tuple[int, Choice]]:
    for row in form.tasks:
        task = call.task_by_number.get(row.task)
        selected = read_mark(row.mark, call)
        if task is None or selected is None:
            notes += (
                [f"没读懂：任务{row.number or row.task}：看不出选还是不选（{row.mark}）"] if row.mark.strip() else []
            )
            continue
        yield row.task, Choice(selected=selected, targets=_targets(row, task, notes) if selected else ())


def _targets(row: TaskRow, task: Task, notes: list[str]) -> tuple[Amount, ...]:
    if not task.starred:
        return ()
    figures = read_amounts(row.target, task)
    if figures.code:
        notes.append(f"没读懂：任务{task.number}：目标不是确切数字（{row.target}）")
    return settle(task, figures.amounts)


def split_units(form: Form, call: Call) -> tuple[UnitRow | None, tuple[UnitRow, ...]]:
    """The lead's row and the participants'; rows without a name are left out.

    The lead is labelled so, or says so of itself, or has the lead's name, or stands first.
    """
    named = [unit for unit in form.units if not is_empty(unit.name)]
    field = call.field_of_kind("lead")
    name = (form.fields.get(field.id, "") or form.cover.get(field.id, "")) if field else ""
    signs = (
        lambda unit: unit.label.startswith(LEAD),
        lambda unit: fold(unit.duty).startswith(LEAD),
        lambda unit: bool(name) and same(unit.name, name),
    )
    found = next((unit for sign in signs for unit in named if sign(unit)), None)
    if found is None and any(unit.label.startswith(LEAD) for unit in form.units):
        return None, tuple(named)
    leader = found or next((unit for unit in named if not unit.label.startswith(PARTICIPANT)), None)
    return leader, tuple(unit for unit in named if unit is not leader)


def _member(unit: UnitRow, call: Call) -> Member:
    intro = "" if is_empty(unit.intro) else unit.intro
    return Member(name=tidy(unit.name), intro=intro, part=read_duty(unit.duty, call))
