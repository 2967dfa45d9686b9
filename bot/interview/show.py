"""A draft in words: what was just noted, how far it is, all of it."""

from __future__ import annotations

from bot.outside.card import Card
from bot.turn.wording import say
from drafting.application.missing import items, lacking, progress, section_of
from drafting.form.amounts import write_amount
from drafting.form.draft import Choice, Draft
from drafting.form.duties import uncovered
from drafting.form.understood import Understood, Unit
from drafting.form.values import full_label
from drafting.narrative.compose import gauge, written
from knowledge.call.definition import Call, Section


def numbers(tasks: tuple[int, ...]) -> str:
    """1、3、4."""
    return "、".join(map(str, tasks))


def label(item: str, call: Call) -> str:
    """What an item is called to a person."""
    kind, _, rest = item.partition("/")
    if item in call.field_by_id:
        return full_label(call.field_by_id[item])
    if any(one.id == kind for one in call.narratives()) and rest:
        return f"{call.section(kind).title}·{rest}"
    names = {
        "target": f"任务{rest}的目标",
        "unit": f"{rest}的简介或分工",
        "lead": "牵头单位的分工",
        "cover": "任务分工",
    }
    return names.get(kind) or section_of(item, call).title


def noted(got: Understood, before: Draft, after: Draft, call: Call) -> str:
    """One line of what a message put down, empty when it put down nothing."""
    parts = put_down(got, before, after, call)
    return say("draft.noted", what="；".join(parts)) if parts else ""


def put_down(got: Understood, before: Draft, after: Draft, call: Call) -> list[str]:
    """What a message puts down, a few words a thing."""
    parts = [f"{full_label(call.field_by_id[key])} {value}" for key, value in _new_fields(before, after)]
    parts += _marks(got)
    parts += [f"任务{number} {'；'.join(map(write_amount, found))}" for number, found in sorted(got.targets.items())]
    parts += [f"去掉 {name}" for name in got.remove_members]
    parts += [f"{old}换成{new}" for old, new in got.rename.items()]
    parts += [_unit(unit) for unit in got.members]
    parts += [_text(call.section(key), after, call) for key in got.texts]
    if got.promised:
        parts.append("承诺书已确认")
    return [shortened(part) for part in parts]


def _new_fields(before: Draft, after: Draft) -> list[tuple[str, str]]:
    return [(key, value) for key, value in after.fields.items() if before.fields.get(key) != value]


def _marks(got: Understood) -> list[str]:
    said = [f"做任务{numbers(got.select)}"] if got.select else []
    return said + ([f"不做任务{numbers(got.deselect)}"] if got.deselect else [])


def _unit(unit: Unit) -> str:
    told = f"任务{numbers(unit.tasks)}" if unit.tasks else "简介" if unit.intro else ""
    return f"{unit.name or unit.role}（{told}）" if told else unit.name or unit.role


def _text(section: Section, draft: Draft, call: Call) -> str:
    there = gauge(section, draft, call)
    wanted = f"（要求{there.wanted}字左右）" if there.wanted else ""
    return f"{section.title} {there.characters}字{wanted}"


def measured(got: Understood, after: Draft, call: Call, asking: str) -> list[str]:
    """What a section just told of still wants: aspects without a word, else thin ones; `asking` is the open item."""
    out = []
    for section in (call.section(key) for key in got.texts):
        there = gauge(section, after, call)
        if there.missing:
            asked = asking.partition("/")[0] == section.id
            names = [one.name if asked else f"{one.name}（{one.ask}）" for one in there.missing]
            out.append(say("draft.missing_aspects", aspects="；".join(names)))
        elif any(one.worded for one in after.points.get(section.id, ())):
            out.append(say("section.behind", title=section.title))
        elif there.thin and there.short:
            out.append(say("draft.thin", aspects="、".join(one.name for one in there.thin[:2])))
    return out


def fit(section: Section, count: int) -> str:
    """How long a section is against the form's wish: 812字（要求1000字左右，合适）."""
    if not section.length:
        return say("section.size", count=count)
    apart = count - section.length
    if abs(apart) <= section.length * section.tolerance:
        how = say("section.fits")
    else:
        how = say("section.over" if apart > 0 else "section.under", count=abs(apart))
    return say("section.length", count=count, wanted=section.length, how=how)


def thin(section: Section, draft: Draft, call: Call) -> list[str]:
    """The aspects of a section that want more, each with what can be told; nothing when the section is long enough."""
    there = gauge(section, draft, call)
    want = [*there.missing, *there.thin]
    if not want or not there.short:
        return []
    return [say("section.thin"), *(f"· {one.name}：{one.ask}" for one in want)]


def parted(before: Draft, after: Draft, call: Call) -> list[str]:
    """A line on each section whose wording went because it said something that changed."""
    gone = (
        section for section in call.narratives()
        if any(one.worded for one in before.points.get(section.id, ())) and section.id not in after.texts
    )  # fmt: skip
    return [say("section.parted", title=f"{one.number}、{one.title}") for one in gone]


def shortened(text: str, most: int = 60) -> str:
    """A text on one line, cut where it gets long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def progress_text(draft: Draft, call: Call) -> str:
    """A line a section, and what is open next."""
    lines = []
    for one in progress(draft, call):
        mark = "—" if not one.of else "✓" if one.done == one.of else f"{one.done}/{one.of}"
        lines.append(f"{one.section.number}、{one.section.title} {mark}")
    return "\n".join([*lines, _next_item(draft, call)])


def progress_card(draft: Draft, call: Call) -> Card:
    """The same as a card to draw: the application's first name above, what is open next below."""
    rows = [(f"{one.section.number}、{one.section.title}", one.done, one.of) for one in progress(draft, call)]
    name = next((draft.fields[key] for key in call.cover if draft.fields.get(key)), call.call.short_title)
    return Card(name, rows, _next_item(draft, call))


def _next_item(draft: Draft, call: Call) -> str:
    left = lacking(draft, call)
    return f"下一项：{label(left[0], call)}" if left else say("draft.complete")


def preview(draft: Draft, call: Call) -> str:
    """The whole draft, section by section; what is missing reads 未填."""
    return "\n\n".join(_section(section, draft, call) for section in call.sections if any(items(section, draft, call)))


def _section(section: Section, draft: Draft, call: Call) -> str:
    body = {"fields": _fields, "tasks": _tasks, "members": _members, "narrative": _narrative, "commitment": _promise}
    return f"【{section.number}、{section.title}】\n" + "\n".join(body[section.kind](section, draft, call))


def _fields(section: Section, draft: Draft, _call: Call) -> list[str]:
    return [f"{full_label(field)}：{draft.fields.get(field.id, '未填')}" for field in section.fields]


def _tasks(_section: Section, draft: Draft, call: Call) -> list[str]:
    return [_task(task.number, task.short, draft.tasks.get(task.number), call) for task in call.tasks]


def _task(number: int, short: str, choice: Choice | None, call: Call) -> str:
    if choice is None:
        return f"未定 {number} {short}"
    target = "；".join(map(write_amount, choice.targets))
    wanted = call.task_by_number[number].starred and choice.selected
    return f"{call.marks.chosen if choice.selected else call.marks.left} {number} {short}" + (
        f"：{target or '目标未填'}" if wanted else ""
    )


def _members(_section: Section, draft: Draft, call: Call) -> list[str]:
    lead = call.field_of_kind("lead")
    lines = [f"牵头：{draft.fields.get(lead.id, '未填')}，任务{numbers(draft.lead.tasks) or '未定'}"] if lead else []
    lines += [
        f"参与：{one.name}，{shortened(one.intro or '简介未填', 30)}，任务{numbers(one.part.tasks) or '未定'}"
        for one in draft.members
    ]
    left = uncovered(draft)
    return [*lines, *([f"还没有单位承担：任务{numbers(left)}"] if left else [])] or ["未填"]


def _narrative(section: Section, draft: Draft, call: Call) -> list[str]:
    found = written(section, draft, call)
    if not found:
        return ["未填"]
    gaps = [say("preview.gap", aspect=one.name) for one in gauge(section, draft, call).missing]
    return [
        _text(section, draft, call).removeprefix(section.title).strip(),
        *(shortened(one, 120) for one in found),
        *gaps,
    ]


def _promise(_section: Section, draft: Draft, _call: Call) -> list[str]:
    return ["已确认，盖章和日期留到纸质件" if draft.promised else "未确认"]
