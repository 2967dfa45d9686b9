"""The question for each open item, with its buttons."""

from __future__ import annotations

from bot.interview.show import label, numbers
from bot.turn.replies import Button, Reply
from bot.turn.wording import say
from drafting.application.missing import items, section_of
from drafting.form.draft import Draft
from drafting.form.duties import uncovered
from knowledge.call.definition import Aspect, Call, Cluster, Field, Section, Task

Rows = tuple[tuple[Button, ...], ...]
BOARD = "tasks"


def question(item: str, draft: Draft, call: Call, *, brief: bool = False) -> Reply:
    """The question for an item: its section and how far that is, what is wanted, and what can be pressed.

    A `brief` one, for an item that was asked just before, leaves its hint out.
    """
    kind, _, rest = item.partition("/")
    field = call.field_by_id.get(item)
    if field:
        text, buttons = _field(field, draft, call)
        text = field.ask if brief else text
    elif kind == "target":
        text, buttons = _target(call.task_by_number[int(rest)]), ()
    elif kind in ("lead", "unit", "cover"):
        text, buttons = _part(kind, rest, draft), ()
    elif rest and (aspect := aspect_of(item, call)):
        text, buttons = say("ask.aspect", aspect=aspect.name, ask=aspect.ask), ()
    else:
        text, buttons = _section(section_of(item, call), draft, call, int(rest or 1))
    return Reply(f"{_head(item, draft, call)}\n{text}", buttons=buttons, board=BOARD if _is_board(item, call) else "")


def aspect_of(item: str, call: Call) -> Aspect | None:
    """The aspect that an item like plan/工作计划 is about, None for any other item."""
    id_, _, name = item.partition("/")
    section = next((one for one in call.narratives() if one.id == id_), None)
    return next((one for one in section.aspects if one.name == name), None) if section else None


def _is_board(item: str, call: Call) -> bool:
    section = call.of_kind("tasks")
    return bool(section and item == section.id)


def _head(item: str, draft: Draft, call: Call) -> str:
    section = section_of(item, call)
    there = [done for _, done in items(section, draft, call)]
    count = say("ask.of", done=sum(there), of=len(there)) if len(there) > 1 else ""
    return f"{section.number}、{section.title}{count}"


def _field(field: Field, draft: Draft, call: Call) -> tuple[str, Rows]:
    text = "\n".join(part for part in (field.ask, field.hint) if part)
    if field.kind == "cluster":
        return text, pairs([Button(f"{field.id}/{one.number}", f"{one.number} {one.name}") for one in call.clusters])
    if field.kind == "chain":
        cluster = chosen_cluster(draft, call)
        chains = cluster.chains if cluster else ()
        return text, pairs([Button(f"{field.id}/{n}", name) for n, name in enumerate(chains, 1)])
    return text, ()


def chosen_cluster(draft: Draft, call: Call) -> Cluster | None:
    """The cluster the draft names, None when it names none."""
    field = call.field_of_kind("cluster")
    return call.cluster_by_name.get(draft.fields.get(field.id, "")) if field else None


def pairs(buttons: list[Button], wide: int = 2) -> Rows:
    """The buttons in rows."""
    return tuple(tuple(buttons[start : start + wide]) for start in range(0, len(buttons), wide))


def _target(task: Task) -> str:
    text = say("ask.target", number=task.number, short=task.short, indicator=task.indicator)
    return text if task.unit else text + "\n" + say("ask.target_open", example=f"100{task.units[0]}")


def _part(kind: str, rest: str, draft: Draft) -> str:
    if kind == "lead":
        return say("ask.lead")
    if kind == "cover":
        return say("ask.cover", tasks=numbers(uncovered(draft)))
    unit = next(one for one in draft.members if one.name == rest)
    wants = [say("ask.unit_intro")] * (not unit.intro) + [say("ask.unit_tasks")] * (not unit.part.tasks)
    return say("ask.unit", name=rest, what="、".join(wants))


def _section(section: Section, draft: Draft, call: Call, point: int) -> tuple[str, Rows]:
    text = "\n".join(part for part in (section.ask, section.hint) if part)
    if section.kind == "tasks":
        return _undecided(text, draft, call), board(section, draft, call)
    if section.kind == "members" and draft.members:
        counted = say("ask.members_more", count=len(draft.members), least=call.consortium.min_members)
        return f"{counted}\n{section.hint}", ()
    if section.kind == "commitment":
        yes, no = Button(f"{section.id}/yes", say("buttons.agree")), Button(f"{section.id}/no", say("buttons.later"))
        if not section.statements:
            return section.ask, ((yes, no),)
        shown = section.statements[point - 1]
        body = say("promise.point", number=point, count=len(section.statements), text=shown)
        return f"{body}\n{say('promise.ask')}", ((yes, no),)
    return text, ()


def _undecided(text: str, draft: Draft, call: Call) -> str:
    """What is still open of the tasks; the board shows as taken what must be, and that is said to be open too."""
    left = [task for task in call.tasks if task.number not in draft.tasks]
    if not draft.tasks or not left:
        return text
    must, may = (tuple(one.number for one in left if one.required is wanted) for wanted in (True, False))
    lines = [say("ask.tasks_left", count=len(may), items=numbers(may))] if may else []
    lines += [say("ask.tasks_must", items=numbers(must), done=say("buttons.tasks_done"))] if must else []
    return "\n".join(lines)


def board(section: Section, draft: Draft, call: Call) -> Rows:
    """The task table as toggles, then the button that settles the rest (mandatory taken, optional left)."""
    toggles = [Button(f"{section.id}/{task.number}", _toggle(task, draft, call)) for task in call.tasks]
    return (*pairs(toggles), (Button(f"{section.id}/done", say("buttons.tasks_done")),))


def _toggle(task: Task, draft: Draft, call: Call) -> str:
    choice = draft.tasks.get(task.number)
    mark = call.marks.chosen if (choice.selected if choice else task.required) else "　"
    return f"{mark}{task.number}{task.short}{'*' if task.starred else ''}"


def guidance(item: str, call: Call) -> str:
    """What helps with an item: what the form asks, its clause, and an example that says that it is one."""
    hint, clause, example = _help(item, call)
    rule = say("draft.rule", rule=clause) if clause else ""
    shown = say("ask.example", example=example) if example else ""
    return say("help.asking", item=label(item, call), hint="\n".join(part for part in (hint, rule, shown) if part))


def _help(item: str, call: Call) -> tuple[str, str, str]:
    """(what is asked, clause, example) for any item."""
    kind, _, rest = item.partition("/")
    field, section, aspect = call.field_by_id.get(item), section_of(item, call), aspect_of(item, call)
    if field:
        return field.hint or field.ask, field.clause, field.example
    if kind == "target":
        task = call.task_by_number[int(rest)]
        return task.text, task.indicator, say("ask.example_amount", example=f"100{task.units[0]}")
    if aspect:
        return aspect.ask, section.clause, aspect.example
    if section.kind == "narrative":
        points = "\n".join(f"· {one.name}：{one.ask}" for one in section.aspects)
        return f"{points}\n{section.hint}", section.clause, next((one.example for one in section.aspects), "")
    if section.kind == "commitment":
        return section.ask, section.clause, ""
    return section.hint, section.clause, ""
