"""What an application still lacks, in the order of the form, and how far each section is.

An item is a string: a field's id, a section's id (tasks, members, narratives, promise), `target/N` for the
figure of task N, `lead` for the lead's own part, `unit/NAME` for what a participant still owes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drafting.form.draft import Draft
from drafting.form.duties import uncovered
from knowledge.call.definition import Call, Section


@dataclass(frozen=True)
class Progress:
    """How much of one section is there; `of` is 0 where the applicant writes nothing."""

    section: Section
    done: int
    of: int


def lacking(draft: Draft, call: Call) -> tuple[str, ...]:
    """The items still open, in the order of the form; empty when the application is complete."""
    return tuple(item for section in call.sections for item, there in items(section, draft, call) if not there)


def items(section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
    """(item, is there) for everything a section wants, given what was decided so far."""
    if section.kind == "fields":
        yield from ((field.id, bool(draft.fields.get(field.id))) for field in section.fields)
    elif section.kind == "tasks":
        yield from _tasks(section, draft, call)
    elif section.kind == "members":
        yield from _members(section, draft, call)
    elif section.kind == "narrative":
        yield section.id, bool(draft.texts.get(section.id) or draft.points.get(section.id))
    elif section.kind == "commitment":
        yield section.id, draft.promised


def _tasks(section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
    yield section.id, all(task.number in draft.tasks for task in call.tasks)
    for task in call.tasks:
        choice = draft.tasks.get(task.number)
        if task.starred and choice and choice.selected:
            yield f"target/{task.number}", bool(choice.targets)


def _members(section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
    yield section.id, len(draft.members) >= call.consortium.min_members
    for member in draft.members:
        yield f"unit/{member.name}", bool(member.intro and member.part.tasks)
    if call.field_of_kind("lead"):
        yield "lead", bool(draft.lead.tasks)
    if draft.members and draft.lead.tasks:
        yield "cover", not uncovered(draft)


def progress(draft: Draft, call: Call) -> tuple[Progress, ...]:
    """How far every section is, in the order of the form."""
    out = []
    for section in call.sections:
        there = [done for _, done in items(section, draft, call)]
        out.append(Progress(section, sum(there), len(there)))
    return tuple(out)


def section_of(item: str, call: Call) -> Section:
    """The section an item belongs to."""
    kind = item.split("/", maxsplit=1)[0]
    by_kind = {"target": "tasks", "unit": "members", "lead": "members", "cover": "members"}
    for section in call.sections:
        if kind == section.id or any(field.id == item for field in section.fields) or by_kind.get(kind) == section.kind:
            return section
    raise KeyError(item)
