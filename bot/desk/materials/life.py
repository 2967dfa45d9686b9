"""A document of a bureau's own shelf: where it stands in its life, who may lead it on, what there is room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.desk.display_names import plain
from knowledge.library.intake.content import Piece

if TYPE_CHECKING:
    from bot.desk.crew import Clerk
    from bot.desk.entries.life import Doer

State = Literal["pending", "published", "replaced", "withdrawn"]
MEGA: Final = 1024 * 1024
LARGEST: Final = 10 * MEGA
# Of one document, and of all that a bureau keeps: a running bot leaves an index of more to whoever has time.
PASSAGES: Final = 1500
ALL_PASSAGES: Final = 4000
MOST: Final = 60
ROOM: Final = 100 * MEGA
# A title stands between these marks where it is cited, and must not end them itself.
MARKS: Final = str.maketrans("《》", "〈〉")
# Files opened in a day: for one person, for a desk.
BY_ONE: Final = 40
BY_ALL: Final = 80
# From which states each act may be done. What was replaced had its approval; what was withdrawn was meant to be gone.
LIFE: Final[Mapping[str, tuple[State, ...]]] = {
    "material_edit": ("pending", "published", "replaced", "withdrawn"),
    "material_publish": ("pending", "replaced", "withdrawn"),
    "material_withdraw": ("pending", "published", "replaced"),
    "material_drop": ("replaced", "withdrawn"),
}


@dataclass(frozen=True)
class Words:
    """What was said with a file: its title, its day and its last day as ISO days; empty where nothing was."""

    title: str = ""
    dated: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Material:
    """A document as it is kept; days are ISO days or empty, `passages` how many it has, `size` bytes, `file` base64.

    `pieces` and `file` are empty where they weren't asked for; `notes` is what its reader warned of.
    """

    number: int
    title: str
    name: str
    issuer: str = ""
    dated: str = ""
    valid_until: str = ""
    state: State = "pending"
    author: str = ""
    author_name: str = ""
    approver: str = ""
    approver_name: str = ""
    passages: int = 0
    size: int = 0
    hash: str = ""
    version: int = 1
    notes: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    file: str = ""

    def may(self, act: str) -> bool:
        """Whether an act may be done to it where it stands."""
        return self.state in LIFE[act]

    def over(self, today: date) -> bool:
        """True when its last day is past."""
        return bool(self.valid_until) and self.valid_until < today.isoformat()

    def own(self, person: str) -> bool:
        """True where somebody may publish it only if nobody else works there: it is theirs, and has no approval."""
        return self.author == person and self.state != "replaced"

    def narrows(self, values: Mapping[str, Any]) -> bool:
        """True for a change that lets it say less, which needs no approval: an earlier last day and nothing else."""
        until = str(values.get("valid_until", ""))
        return set(values) == {"valid_until"} and bool(until) and (not self.valid_until or until < self.valid_until)

    def like(self, other: Material) -> bool:
        """True for another document of the same title or from a file of the same name."""
        return self.number != other.number and (self.title == other.title or self.name == other.name)


@dataclass(frozen=True)
class Stock:
    """What somebody at the desk sees for a wish on documents: the one meant, with its pieces, all of them, who works
    there. Of all of them only what might make way has its pieces. `next` is the number a new one gets, `held` the
    hashes of files that stand on the shelf without the desk.
    """

    item: Material | None = None
    items: tuple[Material, ...] = ()
    clerks: tuple[Clerk, ...] = ()
    next: int = 1
    held: frozenset[str] = frozenset()

    @property
    def alone(self) -> bool:
        """True where a single person works, who publishes what they sent."""
        return len(self.clerks) < 2

    @property
    def size(self) -> int:
        """The bytes of all files that are kept."""
        return sum(one.size for one in self.items)

    @property
    def passages(self) -> int:
        """The passages of all documents that are kept."""
        return sum(one.passages for one in self.items)

    @property
    def full(self) -> bool:
        """True where nothing more is kept."""
        return len(self.items) >= MOST or self.size >= ROOM or self.passages >= ALL_PASSAGES

    def standing(self, item: Material) -> tuple[Material, ...]:
        """What stands on the shelf under the title or file name of another document."""
        return tuple(one for one in self.items if one.state == "published" and item.like(one))

    def replaced(self, item: Material) -> Material | None:
        """What a document took the place of last, if it may come back; None for nothing."""
        found = [one for one in self.items if one.state == "replaced" and item.like(one)]
        return max(found, key=lambda one: one.number, default=None)


def titled(text: str) -> str:
    """A text as a title in one line."""
    return plain(text, 80).strip("《》 ").translate(MARKS)


def after(item: Material, act: str, doer: Doer, **values: Any) -> Material:
    """The document once an act that it may be subject to is done, a version on; `values` are what an edit changes."""
    return replace(_led(item, act, doer, values), version=item.version + 1)


def _led(item: Material, act: str, doer: Doer, values: Mapping[str, Any]) -> Material:
    if act == "material_withdraw":
        return replace(item, state="withdrawn")
    if act == "material_publish":
        # What comes back keeps the approval it had.
        who = (item.approver, item.approver_name) if item.state == "replaced" else (doer.person, doer.name)
        return replace(item, state="published", approver=who[0], approver_name=who[1])
    if item.state == "published":
        return replace(item, **values)
    theirs = replace(item, author=doer.person, author_name=doer.name, approver="", approver_name="")
    return replace(theirs, state="pending", **values)
