"""The call as data: what a pack's call.toml says, as frozen types with the questions everybody asks of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

FieldKind = Literal[
    "text", "full_name", "lead", "recommender", "cluster", "chain", "long_text", "person", "phone", "email"
]
SectionKind = Literal["fields", "tasks", "members", "narrative", "commitment", "opinion"]
Binds = Literal["applicant", "bureau", "all"]


class Frozen(BaseModel):
    """Base of every pack type: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Heading(Frozen):
    """What the call is called and who issued it."""

    id: str
    title: str
    short_title: str
    issuer: str
    issuer_full: str
    issued: date
    basis: str
    region: str
    form_title: str
    summary_title: str


class Period(Frozen):
    """The months an application's work lies in, first and last day inclusive, with the words that say so."""

    start: date
    end: date
    clause: str


class Deadline(Frozen):
    """A day by which somebody must have done something; `binds` says who."""

    id: str
    day: date
    what: str
    binds: Binds
    clause: str


class Contact(Frozen):
    """One way to reach the issuer."""

    kind: Literal["office", "address", "postcode", "email", "person", "phone"]
    value: str
    clause: str


class Consortium(Frozen):
    """Who may apply together: bounds are inclusive, None where the notice sets none."""

    bodies: tuple[str, ...]
    encouraged_leads: tuple[str, ...] = ()
    lead_conditions: tuple[str, ...]
    not_legal_person: tuple[str, ...] = ()
    min_members: int
    max_members: int | None = None
    quota: int | None = None


class Recommender(Frozen):
    """A body that may recommend: ASCII code, the place it serves, its full name, short names people use."""

    code: str
    city: str
    name: str
    aliases: tuple[str, ...] = ()


class Task(Frozen):
    """One row of the task table; `indicator` is the printed target cell, empty for rows that want no figure.

    `ways` name the row anywhere, `nouns` are single words that mean it only where the form is filled. `stated` are the
    words that in prose stand right before this row's figure, … for words in between.
    """

    number: int
    library: str
    text: str
    required: bool
    indicator: str = ""
    units: tuple[str, ...] = ()
    whole: bool = True
    measure: str = ""
    stated: tuple[str, ...] = ()
    short: str
    ways: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every way the row is spoken of where the form is filled, each once."""
        return tuple(dict.fromkeys((*self.ways, *self.nouns, self.short, self.text.rstrip("。"))))

    @property
    def starred(self) -> bool:
        """True when the row is marked * and needs a figure once chosen."""
        return bool(self.indicator)

    @property
    def unit(self) -> str | None:
        """The unit a bare number takes; None where the unit must be said."""
        return self.units[0] if len(self.units) == 1 else None


class Cluster(Frozen):
    """One row of the cluster table."""

    number: int
    name: str
    chains: tuple[str, ...]


class Field(Frozen):
    """One cell of the form: `label` is printed beside it, `cover` is its label on the cover when it stands there."""

    id: str
    label: str
    group: str = ""
    kind: FieldKind = "text"
    cover: str = ""
    ask: str
    hint: str = ""
    clause: str = ""
    example: str = ""
    personal: bool = False
    ways: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every way the cell is named in full: 联系人电话, 电话, 联系电话."""
        return tuple(dict.fromkeys((f"{self.group}{self.label}", self.label, *self.ways)))


class Aspect(Frozen):
    """A point that a narrative section is asked to cover; `signs` are words that give away what is said for it."""

    name: str
    ask: str
    ways: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    example: str = ""


class Section(Frozen):
    """One numbered part of the form; `length` in characters without white space, `tolerance` a share of it.

    `every_aspect` says that a point left out is an error, not only worth a word; `states_targets` that the section
    is about the chosen tasks, so that tasks, targets and who does what open it.
    """

    id: str
    number: str
    title: str
    kind: SectionKind
    ask: str = ""
    hint: str = ""
    clause: str = ""
    fields: tuple[Field, ...] = ()
    length: int | None = None
    tolerance: float = 0.2
    aspects: tuple[Aspect, ...] = ()
    every_aspect: bool = False
    states_targets: bool = False
    statements: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


class Marks(Frozen):
    """How a task is marked as taken or left, what stands where no figure belongs, the words for must and may."""

    chosen: str
    left: str
    none: str
    required: str = "必选"
    optional: str = "可选"

    def of(self, taken: bool) -> str:
        """The mark of a task that is taken, or left."""
        return self.chosen if taken else self.left


class Column(Frozen):
    """A column of the summary table; `holds` is rank, members (the participants), units (the lead first) or a field."""

    label: str
    holds: str


class Summary(Frozen):
    """The table in which a recommender ranks applications, word for word; in `title` `city` stands for its city.

    How many it may hold is `Consortium.quota`.
    """

    attachment: str = ""
    title: str
    city: str
    seal: str
    contact: str
    phone: str
    columns: tuple[Column, ...]
    note: str = ""


class Call(Frozen):
    """The whole call, as one call.toml says it; `products` are what a chain makes, its words separated by blanks."""

    call: Heading
    period: Period
    deadlines: tuple[Deadline, ...]
    contacts: tuple[Contact, ...]
    consortium: Consortium
    recommenders: tuple[Recommender, ...]
    tasks: tuple[Task, ...]
    clusters: tuple[Cluster, ...] = ()
    products: dict[str, str] = {}
    marks: Marks
    sections: tuple[Section, ...]
    cover: tuple[str, ...] = ()
    summary: Summary | None = None
    clauses: dict[str, str]

    def __hash__(self) -> int:
        """By identity, so that what depends on the call alone can be kept for it."""
        return id(self)

    @cached_property
    def task_by_number(self) -> dict[int, Task]:
        """Every task under its number."""
        return {task.number: task for task in self.tasks}

    @cached_property
    def field_by_id(self) -> dict[str, Field]:
        """Every field of every section under its id."""
        return {field.id: field for section in self.sections for field in section.fields}

    @cached_property
    def cluster_of_chain(self) -> dict[str, Cluster]:
        """The cluster that owns each chain."""
        return {chain: cluster for cluster in self.clusters for chain in cluster.chains}

    @cached_property
    def cluster_by_name(self) -> dict[str, Cluster]:
        """Every cluster under its name."""
        return {cluster.name: cluster for cluster in self.clusters}

    @cached_property
    def chain_of_product(self) -> dict[str, str]:
        """The chain that makes each product, longest word first; `_` in the pack stands for a blank."""
        found = {word.replace("_", " "): chain for chain, words in self.products.items() for word in words.split()}
        return {word: found[word] for word in sorted(found, key=lambda one: (-len(one), one))}

    @cached_property
    def places(self) -> dict[str, str]:
        """The item that each name of a section, field or aspect stands for; sections before what stands in them."""
        found: dict[str, str] = {}
        for section in (one for one in self.sections if one.kind != "opinion"):
            numbered = (f"第{section.number}部分", f"{section.number}、{section.title}", f"第{section.number}项")
            found |= {name: section.id for name in (*numbered, section.title, *section.ways) if name not in found}
        for section in self.sections:
            for field in section.fields:
                found |= {name: field.id for name in field.names if name not in found}
            for one in section.aspects:
                found |= {name: f"{section.id}/{one.name}" for name in (one.name, *one.ways) if name not in found}
        return found

    @cached_property
    def libraries(self) -> tuple[str, ...]:
        """The printed groups of tasks, in order, each once."""
        return tuple(dict.fromkeys(task.library for task in self.tasks))

    def section(self, id_: str) -> Section:
        """The section with this id; KeyError when the form has none."""
        return next((one for one in self.sections if one.id == id_), None) or _missing(id_)

    def of_kind(self, kind: SectionKind) -> Section | None:
        """The first section of a kind, None when the form has none."""
        return self._section_of_kind.get(kind)

    @cached_property
    def _section_of_kind(self) -> dict[str, Section]:
        return {one.kind: one for one in reversed(self.sections)}

    def narratives(self) -> tuple[Section, ...]:
        """The sections written in prose, in order."""
        return tuple(one for one in self.sections if one.kind == "narrative")

    def field_of_kind(self, kind: FieldKind) -> Field | None:
        """The first field of a kind, None when the form has none."""
        return self._field_of_kind.get(kind)

    @cached_property
    def _field_of_kind(self) -> dict[str, Field]:
        return {one.kind: one for one in reversed(self.field_by_id.values())}

    def numbers(self, *, required: bool | None = None, starred: bool | None = None) -> tuple[int, ...]:
        """Task numbers in order, narrowed to (not) mandatory and (not) starred ones."""
        return tuple(
            task.number for task in self.tasks if required in (None, task.required) and starred in (None, task.starred)
        )


def _missing(id_: str) -> Section:
    raise KeyError(id_)
