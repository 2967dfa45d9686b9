"""A document of a bureau's own shelf: where it stands in its life, who may lead it on, what there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from bot.desk.display_names import plain
from bot.desk.life import MEGA, Approved, Doer, Edit, Life, Shelf, Step, led, out_of
from bot.turn.acts import Change
from knowledge.library.intake.content import Piece

State = Literal["pending", "published", "replaced", "withdrawn"]
Doing = Literal["material_publish", "material_withdraw", "material_drop"]
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


@dataclass(frozen=True)
class Words:
    """What was said with a file: its title, its day and its last day as ISO days; empty where nothing was."""

    title: str = ""
    dated: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Material(Approved):
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

    def own(self, person: str) -> bool:
        """True where somebody may publish it only if nobody else works there: it is theirs, and has no approval."""
        return self.author == person and self.state != "replaced"

    def narrows(self, edit: MaterialEdited) -> bool:
        """True for a change that lets it say less, which needs no approval: an earlier last day and nothing else."""
        until = edit.valid_until or ""
        return set(edit.parts) == {"valid_until"} and bool(until) and (not self.valid_until or until < self.valid_until)

    def like(self, other: Material) -> bool:
        """True for another document of the same title or from a file of the same name."""
        return self.number != other.number and (self.title == other.title or self.name == other.name)


# ---------------------------------------------------------------- what becomes of it
def after(item: Material, step: str, doer: Doer, edit: MaterialEdited | None = None) -> Material:
    """The document once a step is taken that it may be subject to, with what an edit changes of it."""
    made = led(STEPS, item, step, doer)
    return edit.applied(made) if edit else made


def _edited(item: Material, doer: Doer) -> Material:
    if item.state == "published":
        return item
    return replace(
        item, author=doer.person, author_name=doer.name, approver="", approver_name="", state="pending"
    )  # fmt: skip


def _published(item: Material, doer: Doer) -> Material:
    """On the shelf; what comes back keeps the approval it had."""
    if item.state != "replaced":
        item = replace(item, approver=doer.person, approver_name=doer.name)
    return replace(item, state="published")


# What was replaced had its approval; what was withdrawn was meant to be gone.
STEPS: Final[Life[Material]] = {
    "material_edit": Step(lambda _item, _doer: "", _edited),
    "material_publish": Step(out_of("pending", "replaced", "withdrawn"), _published),
    "material_withdraw": Step(
        out_of("pending", "published", "replaced"), lambda item, _doer: replace(item, state="withdrawn")
    ),
    "material_drop": Step(out_of("replaced", "withdrawn"), lambda item, _doer: item),
}
Material.life = STEPS


# ---------------------------------------------------------------- what is seen, what is changed
@dataclass(frozen=True)
class Stock(Shelf[Material]):
    """What somebody at the desk sees for a wish on documents: the one meant with its pieces. Of all of them only what
    might make way has its pieces.
    """

    @property
    def size(self) -> int:
        """The bytes of all files that are kept."""
        return sum(item.size for item in self.items)

    @property
    def passages(self) -> int:
        """The passages of all documents that are kept."""
        return sum(item.passages for item in self.items)

    @property
    def full(self) -> bool:
        """True where nothing more is kept."""
        return len(self.items) >= MOST or self.size >= ROOM or self.passages >= ALL_PASSAGES


class StockFile(Stock):
    """Documents, the one meant with its file."""


@dataclass(frozen=True)
class Stocked(Stock):
    """Documents where one more comes in: `held` are the hashes of files that stand on the shelf without the desk."""

    held: frozenset[str] = field(default=frozenset(), kw_only=True)


@dataclass(frozen=True)
class MaterialBegun(Change):
    """A document that was read, to be kept under its number."""

    item: Material
    kind = "material_new"


@dataclass(frozen=True)
class MaterialEdited(Edit):
    """Other words about a document."""

    title: str | None = None
    dated: str | None = None
    issuer: str | None = None
    valid_until: str | None = None
    kind = "material_edit"


@dataclass(frozen=True)
class MaterialLed(Change):
    """A step in the life of a document, with what the record says of it."""

    kind: Doing
    detail: str = ""


def titled(text: str) -> str:
    """A text as a title in one line."""
    return plain(text, 80).strip("《》 ").translate(MARKS)


def standing(items: Sequence[Material], item: Material) -> tuple[Material, ...]:
    """What stands on the shelf under the title or file name of another document."""
    return tuple(old for old in items if old.state == "published" and item.like(old))


def replaced(items: Sequence[Material], item: Material) -> Material | None:
    """What a document took the place of last, if it may come back; None for nothing."""
    earlier = [old for old in items if old.state == "replaced" and item.like(old)]
    return max(earlier, key=lambda old: old.number, default=None)
