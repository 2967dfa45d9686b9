"""What every rule looks at: the form, the call, and the form read as a draft."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from drafting.form.cells import Form, TaskRow, UnitRow, split_units
from drafting.form.draft import Draft
from drafting.form.marks import read_mark
from drafting.form.problem import Finding, Problem
from knowledge.call.definition import Call

COVER: Final = "封面"
_DATA: Final = tomllib.loads(Path(__file__).with_name("mends.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Reading:
    """A form under check, and what of it can be read as a draft."""

    form: Form
    call: Call
    draft: Draft

    @cached_property
    def units(self) -> tuple[UnitRow | None, tuple[UnitRow, ...]]:
        """The lead's row and the participants'."""
        return split_units(self.form, self.call)

    @cached_property
    def rows(self) -> dict[int, TaskRow]:
        """The first row of each task of the call."""
        return {row.task: row for row in reversed(self.form.tasks) if row.task}

    @cached_property
    def marks(self) -> dict[int, bool | None]:
        """The decision in each row."""
        return {number: read_mark(row.mark, self.call) for number, row in self.rows.items()}

    @cached_property
    def lead(self) -> str:
        """The lead's name as section one, else the cover, has it."""
        field = self.call.field_of_kind("lead")
        return (self.form.fields.get(field.id, "") or self.form.cover.get(field.id, "")) if field else ""

    def at_field(self, key: str) -> str:
        """The place of a field: 一/联系人/电话, or 封面/推荐单位 where it is printed on the cover only."""
        field = self.call.field_by_id[key]
        if key not in self.form.fields and key in self.form.cover:
            return f"{COVER}/{field.cover}"
        section = next(one for one in self.call.sections if field in one.fields)
        return "/".join(filter(None, (section.number, field.group, field.label)))


def finding(code: str, where: str, message: str, rule: str = "") -> Finding:
    """A finding with the severity and the mending of its code."""
    severity = "warning" if code in _DATA["warnings"]["codes"] else "error"
    return Finding(code, severity, where, message, rule, _DATA["mends"].get(code, ""))


def raised(problem: Problem, where: str) -> Finding:
    """The finding a problem with a single value makes."""
    return finding(problem.code, where, problem.text, problem.rule)
