"""A section kind is one file here: what it asks, lacks, reads, records, checks, shows, and its place in Word.

Everybody else loops over `call.sections` and asks `kind_of(section)`. To add a kind: a file with a `Kind` that
overrides what it has, its line in `KINDS`, its word in `knowledge.call.definition.SectionKind`.
"""

from __future__ import annotations

from typing import Final

from drafting.kinds.kind import Kind
from drafting.kinds.narrative import Narrative
from drafting.kinds.opinion import Opinion
from drafting.kinds.particulars import Particulars
from drafting.kinds.promise import Promise
from drafting.kinds.task_table import TaskTable
from drafting.kinds.unit_table import UnitTable
from knowledge.call.definition import Section, SectionKind

KINDS: Final[dict[SectionKind, Kind]] = {
    "fields": Particulars(),
    "tasks": TaskTable(),
    "members": UnitTable(),
    "narrative": Narrative(),
    "commitment": Promise(),
    "opinion": Opinion(),
}


def kind_of(section: Section) -> Kind:
    """How this section behaves."""
    return KINDS[section.kind]
