"""The life of a question that was handed to people: who may do what with it when, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.turn.acts import Act

State = Literal["open", "taken", "asked", "answered", "closed"]
Doing = Literal[
    "take", "over", "leave", "hand", "answer", "more", "fix", "ask", "reask", "said", "pass", "fetch", "back", "close",
    "reopen", "note",
]  # fmt: skip
LIVE: Final = ("open", "taken", "asked")
TO_ASKER: Final = ("answer", "more", "fix", "ask", "reask")


@dataclass(frozen=True)
class Word:
    """Something said on a ticket, at a time in seconds since 1970; `person` is whose ticket it is, `by` who spoke."""

    by: str
    name: str
    kind: str
    text: str
    at: float


@dataclass(frozen=True)
class Ticket:
    """A question at a desk. `raised` says that the province has it; `holder` who works on it, empty for nobody.

    `earlier` are the questions asked before it, `near` what was found in the notice, `entry` the number of an FAQ entry
    made of it, `filed` whether an application bears the same number. Times are seconds since 1970.
    """

    bureau: str
    number: int
    person: str
    question: str
    name: str = ""
    state: State = "open"
    raised: bool = False
    holder: str = ""
    holder_name: str = ""
    version: int = 1
    opened: float = 0.0
    updated: float = 0.0
    earlier: tuple[str, ...] = ()
    near: str = ""
    words: tuple[Word, ...] = ()
    entry: int = 0
    filed: bool = False

    @property
    def matter(self) -> str:
        """The key under which answers to messages about it are known."""
        return f"{self.bureau}/{self.number}"

    @property
    def answer(self) -> Word | None:
        """What it was answered last, a correction if there is one; None for not at all."""
        return next((one for one in reversed(self.words) if one.kind in ANSWERS), None)

    @property
    def valid(self) -> str:
        """The answer that counts, with what was added to it; empty for none."""
        return valid((one.kind, one.text) for one in self.words)


ANSWERS: Final = ("answer", "fix")


def valid(words: Iterable[tuple[str, str]]) -> str:
    """Of what was said on a ticket, as pairs of kind and text: the last answer and what was added behind it."""
    told: list[str] = []
    for kind, text in words:
        if kind in ANSWERS:
            told = [text]
        elif kind == "more":
            told.append(text)
    return "\n".join(told)


@dataclass(frozen=True)
class Doer:
    """Somebody who does something with a ticket; `applicant` for whose it is, `above` for the province.

    `to` is whom they hand it over to.
    """

    person: str
    name: str = ""
    applicant: bool = False
    above: bool = False
    to: str = ""
    to_name: str = ""


def refused(ticket: Ticket, doing: Doing, doer: Doer) -> str:
    """Why somebody can't do this with a ticket as it stands, as a code; empty when they can."""
    if doer.applicant:
        return "" if doing in ("said", "close", "reopen") else "not_yours"
    if ticket.raised != doer.above and doing not in ("note", "back", "fetch"):
        return "above" if ticket.raised else "below"
    return REFUSALS[doing](ticket, doer)


def _held(ticket: Ticket, doer: Doer) -> str:
    """Why somebody doesn't speak on a ticket: another one has it, or it is over."""
    if ticket.state == "closed":
        return "closed"
    return "held" if ticket.holder and ticket.holder != doer.person else ""


def _answer(ticket: Ticket, doer: Doer) -> str:
    return "answered" if ticket.state == "answered" else _held(ticket, doer)


def _take(ticket: Ticket, doer: Doer) -> str:
    if ticket.holder == doer.person and ticket.state in LIVE:
        return "mine"
    return _answer(ticket, doer)


def _over(ticket: Ticket, doer: Doer) -> str:
    return "closed" if ticket.state == "closed" else "mine" if ticket.holder == doer.person else ""


def _leave(ticket: Ticket, doer: Doer) -> str:
    if ticket.state not in LIVE:
        return ticket.state
    return "" if ticket.holder == doer.person else "held" if ticket.holder else "free"


def _hand(ticket: Ticket, doer: Doer) -> str:
    return _answer(ticket, doer) or ("" if doer.to and doer.to != ticket.holder else "theirs")


def _fix(ticket: Ticket, doer: Doer) -> str:
    """An answer that was wrong is put right even when everything is over."""
    if ticket.state != "answered" and ticket.answer is None:
        return "unanswered"
    return "" if ticket.state == "closed" else _held(ticket, doer)


def _reask(ticket: Ticket, doer: Doer) -> str:
    if ticket.state not in ("answered", "closed"):
        return "open"
    return "" if ticket.state == "closed" else _held(ticket, doer)


def _fetch(ticket: Ticket, doer: Doer) -> str:
    """Back from the province as long as nobody there has it."""
    if not ticket.raised or doer.above:
        return "not_raised"
    return "" if ticket.state == "open" and not ticket.holder else "above_has"


REFUSALS: Final[Mapping[Doing, Callable[[Ticket, Doer], str]]] = {
    "take": _take,
    "over": _over,
    "leave": _leave,
    "hand": _hand,
    "answer": _answer,
    "more": _held,
    "fix": _fix,
    "ask": _answer,
    "reask": _reask,
    "fetch": _fetch,
    "said": lambda _ticket, _doer: "askers",
    "pass": lambda ticket, _doer: "closed" if ticket.state == "closed" else "",
    "back": lambda ticket, doer: "" if ticket.raised and doer.above else "not_above",
    "close": lambda ticket, _doer: "closed" if ticket.state == "closed" else "",
    "reopen": lambda ticket, _doer: "" if ticket.state in ("answered", "closed") else "open",
    "note": lambda _ticket, _doer: "",
}


def after(ticket: Ticket, doing: Doing, doer: Doer) -> Ticket:
    """The ticket once something was done with it that isn't refused."""
    return replace(CHANGES[doing](ticket, doer), version=ticket.version + 1)


def _mine(ticket: Ticket, doer: Doer, state: State) -> Ticket:
    return replace(ticket, state=state, holder=doer.person, holder_name=doer.name)


def _nobodys(ticket: Ticket, *, raised: bool) -> Ticket:
    return replace(ticket, state="open", holder="", holder_name="", raised=raised)


def _theirs(ticket: Ticket, doer: Doer) -> Ticket:
    state: State = "asked" if ticket.state == "asked" else "taken"
    return replace(ticket, state=state, holder=doer.to, holder_name=doer.to_name)


def _again(ticket: Ticket, _doer: Doer) -> Ticket:
    """Back to whoever had it, else to everybody."""
    return replace(ticket, state="taken" if ticket.holder else "open")


CHANGES: Final[Mapping[Doing, Callable[[Ticket, Doer], Ticket]]] = {
    "take": lambda ticket, doer: _mine(ticket, doer, "taken"),
    "over": lambda ticket, doer: _mine(ticket, doer, "taken" if ticket.state in LIVE else ticket.state),
    "leave": lambda ticket, _doer: _nobodys(ticket, raised=ticket.raised),
    "hand": _theirs,
    "answer": lambda ticket, doer: _mine(ticket, doer, "answered"),
    "fix": lambda ticket, doer: _mine(ticket, doer, "answered"),
    "reask": lambda ticket, doer: _mine(ticket, doer, "asked"),
    "fetch": lambda ticket, _doer: _nobodys(ticket, raised=False),
    "more": lambda ticket, doer: _mine(ticket, doer, "answered"),
    "ask": lambda ticket, doer: _mine(ticket, doer, "asked"),
    "said": _again,
    "pass": lambda ticket, _doer: _nobodys(ticket, raised=True),
    "back": lambda ticket, _doer: _nobodys(ticket, raised=False),
    "close": lambda ticket, _doer: replace(ticket, state="closed"),
    "reopen": _again,
    "note": lambda ticket, _doer: ticket,
}
# What only shows that somebody was there is no word on the ticket.
SPOKEN: Final = (
    "answer", "more", "fix", "ask", "reask", "said", "note", "pass", "fetch", "back", "reopen", "close", "leave",
    "hand",
)  # fmt: skip


def went_out(one: Act) -> bool:
    """Whether an act sends an asker what was said."""
    return one.kind == "tend" and one.values["doing"] in TO_ASKER
