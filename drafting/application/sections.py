"""What an application still lacks, in the order of the form, and how far each section is.

An item is a string: a field's id, a section's id (tasks, members, narratives, promise), `target/N` for the
figure of task N, `lead` for the lead's own part, `unit/NAME` for what a participant still owes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafting.form.draft import Draft
from drafting.kinds import kind_of
from drafting.kinds.base import Parts
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
        if opening in (section.id, *kind_of(section).prefixes) or any(field.id == item for field in section.fields):
            return section
    raise KeyError(item)
