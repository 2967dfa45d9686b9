"""What is to be changed at a desk: values that are carried out with the turn that decided on them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.turn.scope import Role, Scope


class Act(BaseModel):
    """A change of kind `kind` to what bears `number` (0 for something new), decided as `role` of `bureau`.

    `was` is the version it was decided on, 0 where that doesn't matter; `values` are the kind's own, as JSON has them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    bureau: str
    role: Role
    user: str
    name: str = ""
    number: int = 0
    was: int = 0
    values: dict[str, Any] = {}

    @property
    def scope(self) -> Scope:
        """As what it is done."""
        return Scope(self.bureau, self.role, self.user)


def act(kind_: str, scope: Scope, number_: int = 0, was_: int = 0, /, **values: Any) -> Act:
    """A change decided by somebody in a scope."""
    who = {"bureau": scope.bureau, "role": scope.role, "user": scope.user}
    return Act.model_validate({"kind": kind_, **who, "number": number_, "was": was_, "values": values})
