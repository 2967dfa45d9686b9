"""What one message says, before it is applied to a draft."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from drafting.form.draft import LEAD, PARTICIPANT, Amount, Manner
from drafting.form.problem import Problem


@dataclass(frozen=True)
class Unit:
    """A unit as a message speaks of it; None where the message is silent on a part."""

    name: str
    role: str = PARTICIPANT
    intro: str | None = None
    tasks: tuple[int, ...] | None = None
    duty: str | None = None

    @property
    def leads(self) -> bool:
        """True for the lead's own row."""
        return self.role == LEAD


@dataclass(frozen=True)
class Understood:
    """The content of one message; what was refused stands only under `problems`.

    `aspect` and `manner` say where in a narrative section the lines of `texts` belong, and how they come in.
    """

    select: tuple[int, ...] = ()
    deselect: tuple[int, ...] = ()
    targets: dict[int, tuple[Amount, ...]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    members: tuple[Unit, ...] = ()
    remove_members: tuple[str, ...] = ()
    rename: dict[str, str] = field(default_factory=dict)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    aspect: str = ""
    manner: Manner = "add"
    promised: bool | None = None
    intent: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def says_facts(self) -> bool:
        """True when there is something to record."""
        return bool(
            self.select or self.deselect or self.targets or self.fields or self.members
            or self.remove_members or self.rename or self.texts or self.promised is not None
        )  # fmt: skip


def merged(one: Understood, other: Understood) -> Understood:
    """What two readings of different pieces of a message say together."""
    return replace(
        one,
        select=(*one.select, *other.select),
        deselect=(*one.deselect, *other.deselect),
        targets={**one.targets, **other.targets},
        fields={**one.fields, **other.fields},
        members=(*one.members, *other.members),
        remove_members=(*one.remove_members, *other.remove_members),
        rename={**one.rename, **other.rename},
        problems=(*one.problems, *other.problems),
    )
