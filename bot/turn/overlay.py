"""What a bureau says of itself on top of the province's text."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from knowledge.call.definition import Call


class Overlay(BaseModel):
    """A bureau's settings; empty ones leave the province's text as it is. `tolerance` is a share of a section's length.

    `staff_chat` is the group its people work in, `crew` how many they are, `wait_hours` after how long a ticket that
    waits is recalled to them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    active: bool = False
    name: str = ""
    inner_deadline: date | None = None
    contact: str = Field("", max_length=40)
    phone: str = Field("", max_length=60)
    greeting: str = Field("", max_length=300)
    priorities: str = Field("", max_length=300)
    tolerance: float | None = Field(None, ge=0, le=1)
    drafting: bool = True
    staff_chat: str = ""
    crew: int = 0
    wait_hours: float = Field(24.0, gt=0, le=24 * 30)

    def but(self, **changes: Any) -> Overlay:
        """The same with some parts changed; ValueError for what can't stand there."""
        return Overlay.model_validate({**self.model_dump(), **changes})

    @property
    def staffed(self) -> bool:
        """Whether questions can be handed to somebody there."""
        return self.active and self.crew > 0

    @property
    def reach(self) -> str:
        """How the bureau is reached: name and number as far as they are known."""
        return "，".join(part for part in (self.contact, self.phone) if part)

    def judging(self, call: Call) -> Call:
        """The call with the bureau's own tolerance of lengths, where it has one."""
        return call if self.tolerance is None else tolerant(call, self.tolerance)


@lru_cache(maxsize=32)
def tolerant(call: Call, tolerance: float) -> Call:
    """The call with another tolerance of the lengths of its sections."""
    sections = tuple(one.model_copy(update={"tolerance": tolerance}) for one in call.sections)
    return Call.model_validate({**{name: getattr(call, name) for name in Call.model_fields}, "sections": sections})


SILENT = Overlay()
