"""The life of an application that was handed in: who may do what with it when, and what becomes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

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
        return sum(one.severity == "error" for one in self.findings)

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
    said = "\n".join((*call.cover, *(one.model_dump_json(exclude={"tolerance"}) for one in rows)))
    return f"{call.call.id}/{hashlib.sha256(said.encode()).hexdigest()[:12]}"


# ---------------------------------------------------------------- who may what when
def refused(one: Submission, doing: Doing, *, serves: bool) -> str:
    """Why this can't be done as it stands, as a code; empty when it can. `serves` is true for the desk's people."""
    if one.state in ("withdrawn", "superseded"):
        return one.state
    if doing == "withdraw":
        if serves and one.source == "chat":
            return "theirs"
        return "was_accepted" if one.state == "accepted" and not serves else ""
    if not serves:
        return "not_yours"
    return REFUSALS[doing](one)


REFUSALS: Final[Mapping[Doing, Callable[[Submission], str]]] = {
    "accept": lambda one: "is_accepted" if one.state == "accepted" else "",
    "return": lambda one: "is_accepted" if one.state == "accepted" else "",
    "reopen": lambda one: "is_handed" if one.state == "submitted" else "",
    "renew": lambda one: "is_accepted" if one.state == "accepted" else "",
    "replace": lambda one: "" if one.state == "accepted" else "is_handed",
}
BECOMES: Final[Mapping[Doing, State]] = {
    "accept": "accepted", "return": "returned", "reopen": "submitted", "withdraw": "withdrawn", "renew": "superseded",
    "replace": "superseded",
}  # fmt: skip


def after(one: Submission, doing: Doing) -> Submission:
    """The same once something was done with it that isn't refused; whatever is no longer accepted has no rank."""
    state = BECOMES[doing]
    return replace(one, state=state, rank=one.rank if state == "accepted" else 0, version=one.version + 1)


# ---------------------------------------------------------------- the order
Step = Literal["in", "out", "up", "down"]


def moved(order: tuple[int, ...], number: int, step: Step) -> tuple[int, ...]:
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
