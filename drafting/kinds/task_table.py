"""The table of tasks: which are taken, and with what figures."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, Final, Literal

from drafting.form.amounts import read_amounts, write_amount
from drafting.form.cells import Form, TaskRow
from drafting.form.draft import Amount, Choice, Draft, Frozen, Number
from drafting.form.duties import numbers
from drafting.form.marks import read_mark
from drafting.form.understood import Understood
from drafting.form.values import check_choice, settle
from drafting.kinds.kind import Answer, Asked, FileParts, Json, Kind, Parts, Said, Words, described, in_rows
from drafting.ooxml.task_rows import TaskRows, task_rows
from drafting.rules import target_cells
from knowledge.call.definition import Call, Section, Task

DONE: Literal["done"] = "done"
LABELS: Final = {"target": "任务{}的目标"}


class _Target(Frozen):
    value: Number
    unit: str
    note: str = ""


class _Task(Frozen):
    selected: bool
    targets: tuple[_Target, ...] = ()


class TaskTable(Kind):
    """One section: the rows are the call's tasks."""

    labels = LABELS
    paths = ("tasks",)
    content = "tasks"
    needed = True
    rules = target_cells.RULES

    def items(self, section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
        """The table, then a figure for each task that is taken and wants one."""
        yield section.id, all(task.number in draft.tasks for task in call.tasks)
        for task in call.tasks:
            choice = draft.tasks.get(task.number)
            if task.starred and choice and choice.selected:
                yield f"target/{task.number}", bool(choice.targets)

    def asked(self, section: Section, item: str, draft: Draft, call: Call) -> Asked:
        """A task's figure, or the table as toggles with a button that settles the rest."""
        kind, _, number = item.partition("/")
        if kind == "target":
            return _figure(call.task_by_number[int(number)])
        toggles = [Answer(str(task.number), _toggle(task, draft, call)) for task in call.tasks]
        answers = (*in_rows(toggles), (Answer(DONE, Said("buttons.tasks_done")),))
        return Asked(_undecided(section, draft, call), answers, board=True)

    def pressed(self, section: Section, item: str, value: str, draft: Draft, call: Call) -> Understood | None:
        """A task toggled; or the rest settled, mandatory ones taken, the others left."""
        if item != section.id:
            return None
        if value == DONE:
            open_ = [task for task in call.tasks if task.number not in draft.tasks]
            return Understood(
                select=tuple(task.number for task in open_ if task.required),
                deselect=tuple(task.number for task in open_ if not task.required),
            )
        task = call.task_by_number.get(int(value)) if value.isdigit() else None
        return _toggled(task, draft, call) if task else None

    def helped(self, section: Section, item: str, call: Call) -> tuple[str, str, Words]:
        """The task's row for a figure."""
        kind, _, number = item.partition("/")
        if kind != "target":
            return super().helped(section, item, call)
        task = call.task_by_number[int(number)]
        return task.text, task.indicator, Said("ask.example_amount", {"example": f"100{task.units[0]}"})

    def preview(self, section: Section, draft: Draft, call: Call) -> Iterator[Words]:
        """A line a task."""
        return (_line(task, draft.tasks.get(task.number), call) for task in call.tasks)

    def cells(self, section: Section, draft: Draft, call: Call) -> Parts:
        """A row a task; an undecided one stays as printed."""
        return {"tasks": tuple(_row(task, draft.tasks.get(task.number), call) for task in call.tasks)}

    def kept(self, section: Section, form: Form, call: Call) -> Parts:
        """The rows whose mark can be read, with their figures."""
        notes: list[str] = []
        return {"tasks": dict(_choices(form, call, notes)), "notes": tuple(notes)}

    def facts(self, section: Section, draft: Draft, call: Call) -> Json:
        """The decisions by number."""
        return {"tasks": {str(number): _fact(choice) for number, choice in sorted(draft.tasks.items())}}

    def stated(self, section: Section, facts: Json, call: Call) -> Parts:
        """The decisions by number, each a mapping."""
        told = {int(number): _Task.model_validate(task) for number, task in facts.get("tasks", {}).items()}
        return {"tasks": {number: task.model_dump() for number, task in told.items()}}

    def schema(self, section: Section, call: Call) -> Json:
        """An object with every task."""
        made = described({"type": "object", "title": section.title}, section.clause)
        made["properties"] = {str(task.number): _task_schema(task) for task in call.tasks}
        made["required"] = [str(task.number) for task in call.tasks]
        return {"tasks": made | {"additionalProperties": False}}

    def place(self, section: Section, found: FileParts) -> TaskRows:
        """The rows of the section's table, or of any where it has none."""
        part = found.under(section)
        return task_rows(part if part.rows else found.everything, found.labels)

    def unplaced(self, section: Section, names: Set[str], cover: Set[str], call: Call) -> Iterator[str]:
        """The tasks without a row."""
        labels = (f"任务{task.number}" for task in call.tasks)
        return (label for label in labels if label not in names)


# ---------------------------------------------------------------- the conversation
def _figure(task: Task) -> Asked:
    wanted = {"number": task.number, "short": task.short, "indicator": task.indicator}
    open_ = () if task.unit else (Said("ask.target_open", {"example": f"100{task.units[0]}"}),)
    return Asked((Said("ask.target", wanted), *open_))


def _undecided(section: Section, draft: Draft, call: Call) -> tuple[Words, ...]:
    """What is still open of the tasks; the board shows as taken what must be, and that is said to be open too."""
    left = [task for task in call.tasks if task.number not in draft.tasks]
    if not draft.tasks or not left:
        return tuple(filter(None, (section.ask, section.hint)))
    must, may = (tuple(one.number for one in left if one.required is wanted) for wanted in (True, False))
    lines: list[Words] = []
    if may:
        lines.append(Said("ask.tasks_left", {"count": len(may), "items": numbers(may)}))
    if must:
        lines.append(Said("ask.tasks_must", {"items": numbers(must), "done": Said("buttons.tasks_done")}))
    return tuple(lines)


def _is_taken(task: Task, draft: Draft) -> bool:
    """Whether the board shows a task as taken: a mandatory one is until it is refused."""
    choice = draft.tasks.get(task.number)
    return choice.selected if choice else task.required


def _toggle(task: Task, draft: Draft, call: Call) -> str:
    mark = call.marks.chosen if _is_taken(task, draft) else "　"
    return f"{mark}{task.number}{task.short}{'*' if task.starred else ''}"


def _toggled(task: Task, draft: Draft, call: Call) -> Understood:
    take = not _is_taken(task, draft)
    problem = check_choice(task, take, call)
    if problem:
        return Understood(problems=(problem,))
    return Understood(select=(task.number,)) if take else Understood(deselect=(task.number,))


def _line(task: Task, choice: Choice | None, call: Call) -> str:
    name = f"{task.number} {task.short}"
    if choice is None:
        return f"未定 {name}"
    wanted = f"：{written(choice) or '目标未填'}" if task.starred and choice.selected else ""
    return f"{call.marks.of(choice.selected)} {name}{wanted}"


# ---------------------------------------------------------------- cells and facts
def written(choice: Choice) -> str:
    """The figures of a decision, as the cell has them."""
    return "；".join(map(write_amount, choice.targets))


def _row(task: Task, choice: Choice | None, call: Call) -> TaskRow:
    row = TaskRow(task=task.number, number=str(task.number), library=task.library, text=task.text)
    if choice is None:
        return row
    target = written(choice) if task.starred and choice.selected else call.marks.none
    return TaskRow(**{**vars(row), "mark": call.marks.of(choice.selected), "target": target})


def _choices(form: Form, call: Call, notes: list[str]) -> Iterator[tuple[int, Choice]]:
    for row in form.tasks:
        task = call.task_by_number.get(row.task)
        selected = read_mark(row.mark, call)
        if task is not None and selected is not None:
            yield row.task, Choice(selected=selected, targets=_targets(row, task, notes) if selected else ())
        elif row.mark.strip():
            notes.append(f"没读懂：任务{row.number or row.task}：看不出选还是不选（{row.mark}）")


def _targets(row: TaskRow, task: Task, notes: list[str]) -> tuple[Amount, ...]:
    if not task.starred:
        return ()
    figures = read_amounts(row.target, task)
    if figures.code:
        notes.append(f"没读懂：任务{task.number}：目标不是确切数字（{row.target}）")
    return settle(task, figures.amounts)


def _fact(choice: Choice) -> dict[str, Any]:
    targets = [amount.model_dump(exclude_defaults=True) for amount in choice.targets]
    return {"selected": choice.selected} | ({"targets": targets} if targets else {})


# ---------------------------------------------------------------- schema
def _task_schema(task: Task) -> Json:
    chosen: Json = {"const": True} if task.required else {"type": "boolean"}
    made: Json = {"type": "object", "title": task.text, "properties": {"selected": {**chosen, "title": "任务选取"}}}
    made["required"] = ["selected"]
    if not task.starred:
        made["properties"]["targets"] = {"title": "任务目标", "maxItems": 0}
        return made
    made["properties"]["targets"] = _targets_schema(task)
    taken = {"properties": {"selected": {"const": True}}, "required": ["selected"]}
    wanted = {"required": ["targets"], "properties": {"targets": {"minItems": 1}}}
    return made | {"if": taken, "then": wanted, "else": {"properties": {"targets": {"maxItems": 0}}}}


def _targets_schema(task: Task) -> Json:
    value = {"type": "integer" if task.whole else "number", "exclusiveMinimum": 0, "title": "数字"}
    unit = {"enum": list(task.units), "title": "单位"}
    properties = {"value": value, "unit": unit, "note": {"type": "string", "title": "说明"}}
    amount = {
        "type": "object",
        "properties": properties,
        "required": ["value", "unit"],
        "additionalProperties": False,
    }
    return {"type": "array", "title": "任务目标", "description": task.indicator, "items": amount}
