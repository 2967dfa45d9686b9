"""What the whole application asks of a kind of section; a kind overrides what it has, the rest is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from drafting.form.cells import Form
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.form.understood import Understood
from drafting.ooxml.blocks import Part
from drafting.ooxml.labels import Labels
from drafting.rules.prose import placeholders
from drafting.rules.subject import Reading, finding
from knowledge.call.definition import Call, FieldKind, Section

T = TypeVar("T")
Json = dict[str, Any]
# Parts of a Form, of a Draft, of an application's JSON, by name; several sections' parts are put together.
Parts = dict[str, Any]
Rule = Callable[[Reading, Section], Iterator[Finding]]


@dataclass(frozen=True)
class Said:
    """A sentence of the conversation by its name there, worded by whoever speaks."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


Words = str | Said


@dataclass(frozen=True)
class Answer:
    """One answer that can be pressed: what it stands for, and what it says."""

    value: str
    label: Words


@dataclass(frozen=True)
class Asked:
    """A question: its lines, and answers in rows; a `board` of toggles stays open while it is pressed."""

    lines: tuple[Words, ...]
    answers: tuple[tuple[Answer, ...], ...] = ()
    board: bool = False


class Place(Protocol):
    """Where a section stands in a Word file."""

    @property
    def names(self) -> frozenset[str]:
        """The fields and tasks that have a place there."""

    def write(self, form: Form, call: Call) -> None:
        """Put the form's values there."""

    def read(self) -> Parts:
        """What stands there, as parts of a Form."""


@dataclass(frozen=True)
class FileParts:
    """A Word file by sections: the labels of its call, the blocks under each heading."""

    labels: Labels
    parts: dict[str, Part]

    def under(self, section: Section) -> Part:
        """What stands under a section's heading, nothing where it has none."""
        return self.parts.get(section.id, Part())

    @property
    def everything(self) -> Part:
        """All of the form, whatever it stands under."""
        return Part(blocks=[block for key, part in self.parts.items() if key != "after" for block in part.blocks])


class Kind:
    """How one kind of section behaves.

    `labels` call its items by what opens their names, `paths` are the parts of a draft that are its alone, `stepwise`
    says that it is asked item by item, `needed` that an application without its keys is none, `content` is the part of
    a Form that may not be empty, `stamped` whose seal it takes.
    """

    labels: ClassVar[Mapping[str, str]] = {}
    paths: ClassVar[tuple[str, ...]] = ()
    stepwise: ClassVar[bool] = False
    needed: ClassVar[bool] = False
    content: ClassVar[str] = ""
    stamped: ClassVar[FieldKind | None] = None
    rules: ClassVar[tuple[Rule, ...]] = ()

    # ---------------------------------------------------------------- the conversation
    def items(self, section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
        """(item, is there) for everything the section wants, given what was decided so far."""
        yield from ()

    def label(self, section: Section, item: str, call: Call) -> str:
        """What an item is called to a person."""
        opening, _, name = item.partition("/")
        return self.labels[opening].format(name) if opening in self.labels else section.title

    def asked(self, section: Section, item: str, draft: Draft, call: Call) -> Asked:
        """The question for an item."""
        return Asked(tuple(filter(None, (section.ask, section.hint))))

    def pressed(self, section: Section, item: str, value: str, draft: Draft, call: Call) -> Understood | None:
        """What a pressed answer says, None when its value means nothing here."""
        return None

    def helped(self, section: Section, item: str, call: Call) -> tuple[str, str, Words]:
        """(what is asked, the clause, an example) for an item."""
        return section.hint, section.clause, ""

    def standing(self, section: Section, item: str, draft: Draft, call: Call) -> Words:
        """What the draft says at an item, in a few words; empty when it says nothing."""
        return ""

    def preview(self, section: Section, draft: Draft, call: Call) -> Iterator[Words]:
        """All that the draft says in the section, a line a thing."""
        yield from ()

    # ---------------------------------------------------------------- cells and facts
    def cells(self, section: Section, draft: Draft, call: Call) -> Parts:
        """What stands in the section's cells, as parts of a Form."""
        return {}

    def kept(self, section: Section, form: Form, call: Call) -> Parts:
        """What the cells say, as parts of a Draft, with `notes` on those that can't be read as one."""
        return {}

    def facts(self, section: Section, draft: Draft, call: Call) -> Json:
        """What the draft says, as keys of the JSON object people exchange."""
        return {}

    def stated(self, section: Section, facts: Json, call: Call) -> Parts:
        """What such an object says, as parts of a Draft."""
        return {}

    def schema(self, section: Section, call: Call) -> Json:
        """The JSON Schema of the section's keys."""
        return {}

    # ---------------------------------------------------------------- checks
    def there(self, section: Section, form: Form) -> bool:
        """Whether the section has any content."""
        return not self.content or bool(getattr(form, self.content))

    def texts(self, section: Section, reading: Reading) -> Iterator[tuple[str, str]]:
        """(place, text) for every text a template may have left something in."""
        yield from ()

    def check(self, section: Section, reading: Reading) -> Iterator[Finding]:
        """The findings in the section."""
        for rule in self.rules:
            yield from rule(reading, section)
        yield from self.absent(section, reading)
        yield from placeholders(self.texts(section, reading), section)

    def absent(self, section: Section, reading: Reading) -> Iterator[Finding]:
        """section_missing: every part of the form is there and the prose is written (V13)."""
        if not self.there(section, reading.form):
            text = f"“{section.number}、{section.title}”没有内容。"
            yield finding("section_missing", section.number, text, section.clause)

    # ---------------------------------------------------------------- Word
    def place(self, section: Section, found: FileParts) -> Place | None:
        """Where the section stands in a file, None where it doesn't."""
        return None

    def unplaced(self, section: Section, names: Set[str], cover: Set[str], call: Call) -> Iterator[str]:
        """The labels of the section that a file doesn't have, given the names of all places and of its cover's."""
        yield from ()


def in_rows(answers: list[T], wide: int = 2) -> tuple[tuple[T, ...], ...]:
    """The answers in rows."""
    return tuple(tuple(answers[start : start + wide]) for start in range(0, len(answers), wide))


def shortened(text: str, most: int = 60) -> str:
    """A text on one line, cut where it gets long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def described(made: Json, text: str) -> Json:
    """A schema with its description, where there is one."""
    return made | ({"description": text} if text else {})
