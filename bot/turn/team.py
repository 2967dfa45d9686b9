"""Who is in a draft, and what each did to it: plain values, and what people are called."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from bot.turn.wording import say
from drafting.form.draft import Draft
from knowledge.language.folding import same

Role = Literal["owner", "editor", "unit"]
LONGEST_NAME: Final = 20


@dataclass(frozen=True)
class Person:
    """Somebody in a draft: `chat` is who it is, `unit` the unit they fill when that is all they fill.

    `confirmed` is the mark of the unit's part that they confirmed; `active` in seconds since 1970; `here` is false
    for those who left.
    """

    chat: str
    role: Role = "owner"
    name: str = ""
    unit: str = ""
    confirmed: str = ""
    active: float = 0.0
    here: bool = True


@dataclass(frozen=True)
class Note:
    """What somebody changed at a time: by path, what stood there before and after; true for a personal value."""

    by: str
    at: float
    changed: Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Version:
    """A version of a draft that was kept, and when as it was told."""

    number: int
    at: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Team:
    """The people of a draft seen by one of them: units invited so far, and what others did since `me` looked last."""

    me: Person = Person("")
    people: tuple[Person, ...] = ()
    invited: tuple[str, ...] = ()
    news: tuple[Note, ...] = ()

    @property
    def unit(self) -> str:
        """The unit that is all this person fills; empty for owner and editors."""
        return self.me.unit if self.me.role == "unit" else ""

    @property
    def others(self) -> tuple[Person, ...]:
        """Everybody else who is in the draft now."""
        return tuple(one for one in self.people if one.here and one.chat != self.me.chat)

    @property
    def owner(self) -> Person:
        """Whose draft it is."""
        return next((one for one in self.people if one.role == "owner" and one.here), self.me)

    def called(self, chat: str) -> str:
        """What a person is called to the others; those without a name go by what they do."""
        found = next((one for one in self.people if one.chat == chat), None)
        if found is None:
            return say("team.somebody")
        nameless = [one.chat for one in self.people if one.role == found.role and not one.name]
        number = nameless.index(chat) + 1 if len(nameless) > 1 and chat in nameless else ""
        roles = {"owner": say("team.owner"), "editor": f"{say('team.editor')}{number}", "unit": found.unit}
        return found.name or roles[found.role]


ALONE: Final = Team()


@dataclass(frozen=True)
class Offer:
    """What a code opens, or why it doesn't any more; `facts` are the draft's, `team` is it as whoever joins sees it."""

    draft: str
    facts: Mapping[str, Any]
    team: Team
    state: Literal["open", "used", "expired"] = "open"


@dataclass(frozen=True)
class Shelved:
    """One of a person's drafts."""

    draft: str
    facts: Mapping[str, Any]
    team: Team


class Deed(BaseModel):
    """Something to be saved besides facts; `draft` is the row it is about, empty for the one begun in this turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["keep", "invite", "join", "remove", "hand", "confirm", "rename", "strike", "forget"]
    draft: str = ""
    person: str = ""
    role: Role = "editor"
    unit: str = ""
    code: str = ""
    text: str = ""
    number: int = 0
    facts: dict[str, Any] = {}
    keys: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()


def tidy_name(name: str) -> str:
    """A name from outside on one short line, without marks that turn or hide what stands beside it."""
    seen = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def mark(draft: Draft, unit: str) -> str:
    """A short mark of a unit's part as it stands, empty when the draft has no such unit."""
    found = next((one for one in draft.members if same(one.name, unit)), None)
    return hashlib.sha256(found.model_dump_json(exclude={"name"}).encode()).hexdigest()[:12] if found else ""


def has_confirmed(person: Person, draft: Draft) -> bool:
    """True while the unit's part is what this person confirmed."""
    return bool(person.confirmed) and person.confirmed == mark(draft, person.unit)


def unconfirmed(team: Team, draft: Draft) -> tuple[str, ...]:
    """Units that were invited and whose part nobody of theirs has confirmed as it stands."""
    sure = {one.unit for one in team.people if one.here and one.role == "unit" and has_confirmed(one, draft)}
    asked = (*(one.unit for one in team.people if one.here and one.role == "unit"), *team.invited)
    there = {one.name for one in draft.members}
    return tuple(dict.fromkeys(one for one in asked if one not in sure and one in there))
