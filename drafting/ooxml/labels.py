"""What is printed beside the places to fill, in the words of the call: headings, labels, task rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from knowledge.call.definition import Call, Field, Section, Task
from knowledge.language.folding import fold
from knowledge.language.numerals import to_number

ORDINAL = re.compile(r"^[(第]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:部分|章|[)、.:,])*")
TAIL = re.compile(r"(?:\([^()]*\)|[:：。*_])+$")
END = re.compile(r"^附[件表录]\d*|对照表$")


@dataclass(frozen=True)
class Label:
    """A field's printed label, with the group it belongs to."""

    field: str
    text: str
    group: str = ""


def bare(text: str) -> str:
    """A label without colon, remarks in brackets and ruled lines."""
    return TAIL.sub("", fold(text))


def inline(text: str, label: str) -> int:
    """How many characters of `text` a label with its colon takes when it opens the text, 0 when it doesn't."""
    letters = r"[\s\u3000]*".join(map(re.escape, label))
    found = re.match(rf"[\s\u3000]*{letters}[\s\u3000]*(?:[(（][^()（）]*[)）])?[\s\u3000]*[:：]", text)
    return found.end() if found else 0


class Labels:
    """The printed words of one call's form, looked up in both directions."""

    def __init__(self, call: Call) -> None:
        self.call: Final = call

    @cached_property
    def cover(self) -> tuple[Label, ...]:
        """The cover's labels in order."""
        fields = self.call.field_by_id
        return tuple(Label(one, fields[one].cover or fields[one].label) for one in self.call.cover)

    @cached_property
    def fields(self) -> tuple[Label, ...]:
        """The labels of the field sections; a cover's wording of a label counts there as well."""
        return tuple(label for field in self.call.field_by_id.values() for label in _written(field))

    def of_cell(self, text: str, group: str, labels: tuple[Label, ...]) -> str:
        """The field whose label a cell is, "" when it is none; among equal labels the one of the current group."""
        said = bare(text)
        found = [one for one in labels if said in (fold(one.text), fold(one.group + one.text))]
        exact = [one for one in found if one.group and fold(one.group) == group]
        return (exact or found)[0].field if found else ""

    def heading(self, text: str) -> tuple[Section | None, bool]:
        """The section a line is the heading of, and whether its own number stands before it."""
        said = fold(text)
        if len(said) > 40:
            return None, False
        number = ORDINAL.match(said)
        title = bare(said[number.end() :] if number else said)
        for position, section in enumerate(self.call.sections, 1):
            if title == fold(section.title):
                return section, number is not None and to_number(number.group(1)) == position
        return (self._called(title) if number else None), False

    def _called(self, title: str) -> Section | None:
        """The section that goes by this other name; short ones are headings of somebody's prose as often."""
        return next((one for one in self.call.sections if title in map(fold, one.ways) and len(title) >= 4), None)

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {fold(task.text).rstrip("。."): task for task in self.call.tasks}

    def task_of(self, text: str) -> Task | None:
        """The task a cell's text is, starred or not."""
        return self._tasks.get(fold(text).strip("*★·").rstrip("。."))

    @cached_property
    def musts(self) -> frozenset[str]:
        """The words of the requirement column."""
        return frozenset((fold(self.call.marks.required), fold(self.call.marks.optional)))


def _written(field: Field) -> Iterator[Label]:
    yield Label(field.id, field.label, field.group)
    if field.cover and field.cover != field.label:
        yield Label(field.id, field.cover)
