"""The life of an application that was handed in: who may do what with it when, and what becomes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from bot.desk.life import MEGA, Doer, Life, Line, Step, led
from bot.turn.acts import Change
from bot.turn.wish import Seen
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from knowledge.call.definition import Call

State = Literal["submitted", "returned", "accepted", "withdrawn", "superseded"]
Source = Literal["chat", "mail"]
Doing = Literal["accept", "return", "reopen", "withdraw", "renew", "replace"]
STATES: Final[tuple[State, ...]] = ("submitted", "returned", "accepted", "withdrawn", "superseded")
# What a newer version of the same draft takes the place of at once; an accepted one stays until the newer is accepted.
RENEWED: Final = ("submitted", "returned")
LIVE: Final = (*RENEWED, "accepted")
LARGEST: Final = 10 * MEGA


@dataclass(frozen=True)
class Comment:
    """What somebody at the desk says of a place: `where` in the form's words, `item` what is asked there, or empty."""

    where: str
    item: str
    text: str
    at: float = 0.0


@dataclass(frozen=True)
class Submission:
    """What was handed in, as it was then: `facts` are the draft's, `form` the form they were written for.

    One that came by `mail` has its `file` in base64, left out where it isn't asked for, and `name` is that file's;
    else `name` is who handed it in. `newer` is the number of a later version of the same draft that waits, `older` of
    an accepted one before it, `before` of the last one before it; 0 for none. Times are seconds since 1970.
    """

    bureau: str
    number: int
    person: str
    name: str = ""
    draft: str = ""
    source: Source = "chat"
    title: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    form: str = ""
    file: str = ""
    hash: str = ""
    findings: tuple[Finding, ...] = ()
    comments: tuple[Comment, ...] = ()
    state: State = "submitted"
    rank: int = 0
    version: int = 1
    made: float = 0.0
    updated: float = 0.0
    newer: int = 0
    older: int = 0
    before: int = 0

    @property
    def content(self) -> Draft:
        """What it says."""
        return Draft.model_validate(self.facts)

    @property
    def errors(self) -> int:
        """How many findings must be mended."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def unaltered(self) -> bool:
        """Whether what is kept of one handed in here is what was handed in."""
        return self.source == "mail" or self.hash == digest(self.facts, self.form)


def digest(facts: Mapping[str, Any], form: str) -> str:
    """The SHA-256 of what is handed in for a form."""
    said = json.dumps([form, facts], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def edition(call: Call) -> str:
    """Which form it is, down to its last word: the call and a short mark of its cells and rows."""
    rows = [*call.tasks, *call.clusters, *call.sections, *call.recommenders]
    # How far lengths may be off is each bureau's own.
    said = "\n".join((*call.cover, *(row.model_dump_json(exclude={"tolerance"}) for row in rows)))
    return f"{call.call.id}/{hashlib.sha256(said.encode()).hexdigest()[:12]}"


# ---------------------------------------------------------------- who may what when
def refused(filed: Submission, doing: Doing, doer: Doer) -> str:
    """Why this can't be done as it stands, as a code; empty when it can."""
    if filed.state in ("withdrawn", "superseded"):
        return filed.state
    if doer.applicant and doing != "withdraw":
        return "not_yours"
    return STEPS[doing].barred(filed, doer)


def after(filed: Submission, doing: Doing) -> Submission:
    """The same once something was done with it that isn't refused; whatever is no longer accepted has no rank."""
    return led(STEPS, filed, doing, Doer())


def _withdraw(filed: Submission, doer: Doer) -> str:
    if not doer.applicant:
        return "theirs" if filed.source == "chat" else ""
    return "was_accepted" if filed.state == "accepted" else ""


def _step(state: State, barred: Callable[[Submission, Doer], str]) -> Step[Submission]:
    return Step(barred, lambda filed, _doer: replace(filed, state=state, rank=filed.rank if state == "accepted" else 0))


def _new(filed: Submission, _doer: Doer) -> str:
    return "is_accepted" if filed.state == "accepted" else ""


STEPS: Final[Life[Submission]] = {
    "accept": _step("accepted", _new),
    "return": _step("returned", _new),
    "reopen": _step("submitted", lambda filed, _doer: "is_handed" if filed.state == "submitted" else ""),
    "withdraw": _step("withdrawn", _withdraw),
    "renew": _step("superseded", _new),
    "replace": _step("superseded", lambda filed, _doer: "" if filed.state == "accepted" else "is_handed"),
}


# ---------------------------------------------------------------- what is seen
@dataclass(frozen=True)
class Handing(Seen):
    """What there is for one more: the number it gets, and what the person handed in here before, newest first."""

    number: int
    own: tuple[Submission, ...] = ()


class HandedIn(Handing):
    """What the person handed in at any bureau."""


@dataclass(frozen=True)
class Filed(Seen):
    """Everything at a desk, the newest first."""

    every: tuple[Submission, ...] = ()


@dataclass(frozen=True)
class FiledSeen(Seen):
    """The one that is meant, without its file; None for none."""

    filed: Submission | None = None


class FiledOwn(FiledSeen):
    """The one that is meant by a button of whose it is, which names its bureau: at any other there is none."""


class FiledWhole(FiledSeen):
    """The one that is meant, with its file."""


@dataclass(frozen=True)
class Mailbox(Seen):
    """What there is for one more file: the number it gets, how many are kept and their bytes, whose hash has which."""

    number: int
    files: int = 0
    size: int = 0
    known: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranking(Seen):
    """What was accepted, the number the next change of the order gets, and the last one in the record."""

    accepted: tuple[Submission, ...]
    revision: int
    last: Line | None = None

    @property
    def ranked(self) -> tuple[Submission, ...]:
        """Those with a rank, in order."""
        return tuple(sorted((filed for filed in self.accepted if filed.rank), key=lambda one: (one.rank, one.number)))

    @property
    def unranked(self) -> tuple[Submission, ...]:
        """The others, in the order in which they came."""
        return tuple(sorted((filed for filed in self.accepted if not filed.rank), key=lambda one: one.number))


class RankedFiles(Ranking):
    """The same with the files of what is ranked."""


# ---------------------------------------------------------------- what is changed
@dataclass(frozen=True)
class Content:
    """What is handed in, as it is kept: the facts of a draft, the form they were written for, what its check found."""

    facts: Mapping[str, Any]
    form: str
    hash: str
    title: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Applied(Change):
    """A draft handed in by its applicant."""

    content: Content
    draft: str
    kind = "apply"
    needs = "anyone"


@dataclass(frozen=True)
class Mailed(Change):
    """A file that came by mail: its bytes in base64, and its name."""

    content: Content
    file: str
    name: str
    kind = "mail"


@dataclass(frozen=True)
class Renewed(Change):
    """What was handed in of a draft before gives way to a newer version."""

    draft: str
    kind = "renew"


@dataclass(frozen=True)
class Vetted(Change):
    """A step in the life of an application, with what was said of its places, and what the record says."""

    step: Doing
    detail: str = ""
    comments: tuple[Comment, ...] = ()
    kind = "vet"
    needs = "anyone"


@dataclass(frozen=True)
class Ordered(Change):
    """The whole order of what is recommended, as the change of it of that number."""

    order: tuple[int, ...]
    revision: int
    kind = "rank"


# ---------------------------------------------------------------- the order
Move = Literal["in", "out", "up", "down"]


def moved(order: tuple[int, ...], number: int, step: Move) -> tuple[int, ...]:
    """The order with one put in at its end, taken out, or a place further up or down; the same where it can't be."""
    if step == "in":
        return order if number in order else (*order, number)
    if number not in order:
        return order
    place = order.index(number)
    return {
        "out": lambda: placed(order, number, 0),
        "up": lambda: placed(order, number, max(1, place)),
        "down": lambda: placed(order, number, place + 2),
    }[step]()


def placed(order: tuple[int, ...], number: int, place: int) -> tuple[int, ...]:
    """The order with one at a place counted from 1, at its end where that is beyond it; 0 takes it out."""
    rest = [one for one in order if one != number]
    if place > 0:
        rest.insert(place - 1, number)
    return tuple(rest)
