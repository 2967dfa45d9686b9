"""What is known of an application so far: every fact once, each one already sound on its own."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from knowledge.call.definition import Call

LEAD: Final = "牵头单位"
PARTICIPANT: Final = "参与单位"

# How a message's lines come into a narrative section.
Manner = Literal["add", "front", "replace"]


# Room for a unit's conversion beyond what can be said; infinite and absurd numbers of a file are refused.
Number = Annotated[int | float, Field(allow_inf_nan=False, gt=-(10**24), lt=10**24)]


class Frozen(BaseModel):
    """Base of the draft's types: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(Frozen):
    """A figure with its unit; `note` is what the person added (图像, 不少于), never a second figure."""

    value: Number
    unit: str
    note: str = ""

    @field_validator("value")
    @classmethod
    def _whole(cls, value: float) -> int | float:
        return int(value) if float(value).is_integer() else value


class Choice(Frozen):
    """The decision on one task; `targets` are its figures, only where the row asks for one."""

    selected: bool
    targets: tuple[Amount, ...] = ()


class Part(Frozen):
    """What one unit takes on: task numbers and, in words, its duty."""

    tasks: tuple[int, ...] = ()
    duty: str = ""


class Member(Frozen):
    """A participating unit; the lead is no Member: its name is a field, its part is `Draft.lead`."""

    name: str
    intro: str = ""
    part: Part = Part()


class Point(Frozen):
    """One thing said for a narrative section; `aspect` is the point of the section it belongs to, empty when open.

    A `worded` one stands in the section's prose already and is kept as its source: it changes, and the prose goes.
    """

    text: str
    aspect: str = ""
    worded: bool = Field(default=False, exclude_if=lambda worded: not worded)


class Draft(Frozen):
    """An application in the making; whatever is absent has not been said.

    `texts` are sections as finished prose, pasted or worded, `points` what was said for sections bit by bit.
    """

    fields: dict[str, str] = {}
    tasks: dict[int, Choice] = {}
    lead: Part = Part()
    members: tuple[Member, ...] = ()
    texts: dict[str, tuple[str, ...]] = {}
    points: dict[str, tuple[Point, ...]] = {}
    promised: bool = False


def lead_name(draft: Draft, call: Call) -> str:
    """The lead's name, empty where it isn't known or the form doesn't ask for it."""
    field = call.field_of_kind("lead")
    return draft.fields.get(field.id, "") if field else ""
