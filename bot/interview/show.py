"""A draft in words: what was just noted, how far it is, all of it."""

from __future__ import annotations

from bot.turn.card import Card
from bot.turn.wording import say
from drafting.application.whole_form import items, lacking, progress, section_of
from drafting.form.amounts import write_amount
from drafting.form.draft import Draft
from drafting.form.duties import numbers
from drafting.form.understood import Understood, Unit
from drafting.form.values import full_label
from drafting.kinds import kind_of
from drafting.kinds.kind import Said, shortened
from drafting.kinds.narrative import measured as length_of
from drafting.narrative.compose import gauge
from knowledge.call.definition import Call, Section


def said(line: object) -> str:
    """A line in words: a sentence of the wording with its values filled in, several of them joined."""
    if isinstance(line, tuple):
        return "、".join(map(said, line))
    if isinstance(line, Said):
        return say(line.key, **{name: said(value) for name, value in line.values.items()})
    return str(line)


def label(item: str, call: Call) -> str:
    """What an item is called to a person."""
    section = section_of(item, call)
    return kind_of(section).label(section, item, call)


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
    return f"{section.title} {length_of(section, draft, call)}"


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
        section for section in call.sections
        if any(one.worded for one in before.points.get(section.id, ())) and section.id not in after.texts
    )  # fmt: skip
    return [say("section.parted", title=f"{one.number}、{one.title}") for one in gone]


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
    wanting = (section for section in call.sections if any(items(section, draft, call)))
    return "\n\n".join(_section(section, draft, call) for section in wanting)


def _section(section: Section, draft: Draft, call: Call) -> str:
    lines = map(said, kind_of(section).preview(section, draft, call))
    return "\n".join((f"【{section.number}、{section.title}】", *lines))
