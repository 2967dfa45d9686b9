"""As what somebody comes to a bureau's desk: the key without which nothing of it can be read or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["applicant", "staff", "admin", "province", "operator"]
# Who may do something: anybody as far as it is theirs, who works at the desk, who rules there; the province's people
# are the heads of their own desk.
Needs = Literal["anyone", "serves", "heads", "rules"]
# The code under which the province has a desk of its own.
PROVINCE: Final = "province"
# All bureaus, for an operator who copies or erases the whole database.
EVERY: Final = "*"


@dataclass(frozen=True)
class Scope:
    """One bureau seen by one person in one role; `bureau` is a recommender's code, `province` for the province."""

    bureau: str
    role: Role
    user: str

    @property
    def serves(self) -> bool:
        """True for whoever works at the desk."""
        return self.role != "applicant"

    @property
    def rules(self) -> bool:
        """True for whoever may change what the bureau says of itself and who works there."""
        return self.role in ("admin", "operator")

    def allows(self, needs: Needs) -> bool:
        """Whether somebody like this is what is needed."""
        heads = self.rules or self.role == "province"
        return {"anyone": True, "serves": self.serves, "heads": heads, "rules": self.rules}[needs]


def operator(bureau: str = EVERY) -> Scope:
    """Somebody at the machine itself, for one bureau or all."""
    return Scope(bureau, "operator", "operator")
