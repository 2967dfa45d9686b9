"""What an application lacks, how far it is, its form cell by cell and what is wrong there: every section is asked.

An item is a string: a field's id, a section's id (tasks, members, narratives, promise), `target/N` for the
figure of task N, `lead` for the lead's own part, `unit/NAME` for what a participant still owes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafting.form.cells import Form
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.kinds import kind_of
from drafting.kinds.kind import Parts
from drafting.rules.subject import COVER, Reading
from knowledge.call.definition import Call, Section


@dataclass(frozen=True)
class Progress:
    """How much of one section is there; `of` is 0 where the applicant writes nothing."""

    section: Section
    done: int
    of: int


def together(parts: Iterable[Parts]) -> Parts:
    """What several sections say, as one: mappings and rows joined."""
    whole: Parts = {}
    for name, value in (pair for one in parts for pair in one.items()):
        before = whole.get(name)
        joined = before | value if isinstance(before, dict) else before + value if isinstance(before, tuple) else value
        whole[name] = joined
    return whole


def lacking(draft: Draft, call: Call) -> tuple[str, ...]:
    """The items still open, in the order of the form; empty when the application is complete."""
    return tuple(item for section in call.sections for item, there in items(section, draft, call) if not there)


def items(section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
    """(item, is there) for everything a section wants, given what was decided so far."""
    return kind_of(section).items(section, draft, call)


def progress(draft: Draft, call: Call) -> tuple[Progress, ...]:
    """How far every section is, in the order of the form."""
    there = [(section, [done for _, done in items(section, draft, call)]) for section in call.sections]
    return tuple(Progress(section, sum(done), len(done)) for section, done in there)


def section_of(item: str, call: Call) -> Section:
    """The section an item belongs to; KeyError for no item."""
    opening = item.split("/", maxsplit=1)[0]
    for section in call.sections:
        if opening in (section.id, *kind_of(section).labels) or any(field.id == item for field in section.fields):
            return section
    raise KeyError(item)


# ---------------------------------------------------------------- the form cell by cell
def form_of(draft: Draft, call: Call) -> Form:
    """The form that says this draft; what has not been said leaves its cell as printed ("" in the form)."""
    return Form(**together(kind_of(section).cells(section, draft, call) for section in call.sections))


def draft_of(form: Form, call: Call) -> tuple[Draft, tuple[str, ...]]:
    """The draft that a form says, and a note on every cell that can't be read as one and on text nobody sees."""
    parts = together(kind_of(section).kept(section, form, call) for section in call.sections)
    notes = parts.pop("notes", ())
    return Draft(**parts), (*form.unseen, *notes)


def check(form: Form, call: Call) -> list[Finding]:
    """Every finding in a form, in the form's own order; an empty list when it is sound."""
    reading = Reading(form, call, draft_of(form, call)[0])
    order = {name: position for position, name in enumerate([COVER, *(one.number for one in call.sections)])}
    found = dict.fromkeys(one for section in call.sections for one in kind_of(section).check(section, reading))
    return sorted(found, key=lambda one: order.get(one.where.split("/")[0], len(order)))
