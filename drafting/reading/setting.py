"""What a message is read against."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.form.draft import Draft
from knowledge.call.definition import Call, Field


@dataclass(frozen=True)
class Setting:
    """The call, what is known, and the item that was just asked for."""

    call: Call
    draft: Draft = Draft()
    asking: str = ""

    @property
    def asked_field(self) -> Field | None:
        """The cell that was asked for, None when something else was."""
        return self.call.field_by_id.get(self.asking)

    @property
    def asked_task(self) -> int | None:
        """The task whose figure was asked for."""
        kind, _, number = self.asking.partition("/")
        return int(number) if kind == "target" else None

    def asks_kind(self, kind: str) -> bool:
        """True when a section of this kind was asked for."""
        section = self.call.of_kind(kind)  # type: ignore[arg-type]
        return bool(section and self.asking.split("/")[0] == section.id)
