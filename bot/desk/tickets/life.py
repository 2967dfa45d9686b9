"""The life of a question that was handed to people: who may do what with it when, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.desk.life import Clerk, Doer, Life, Step, led
from bot.turn.acts import Act, Change
from bot.turn.wish import Seen

State = Literal["open", "taken", "asked", "answered", "closed"]
Doing = Literal[
    "take", "over", "leave", "hand", "answer", "more", "fix", "ask", "reask", "said", "pass", "fetch", "back", "close",
    "reopen", "note",
]  # fmt: skip
LIVE: Final = ("open", "taken", "asked")
TO_ASKER: Final = ("answer", "more", "fix", "ask", "reask")
ANSWERS: Final = ("answer", "fix")
# What the asker may do.
ASKERS: Final = ("said", "close", "reopen")
# What only shows that somebody was there is no word on the ticket.
SILENT: Final = ("take", "over")
# What is done to the only one in somebody's hand where no number is said.
IN_HAND: Final = ("answer", "more", "ask", "note", "pass", "close", "leave", "hand")


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
    made of it. Times are seconds since 1970.
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

    @property
    def matter(self) -> str:
        """The key under which answers to messages about it are known."""
        return f"{self.bureau}/{self.number}"

    @property
    def answer(self) -> Word | None:
        """What it was answered last, a correction if there is one; None for not at all."""
        return next((word for word in reversed(self.words) if word.kind in ANSWERS), None)

    @property
    def valid(self) -> str:
        """The answer that counts, with what was added to it; empty for none."""
        return valid((word.kind, word.text) for word in self.words)


def valid(words: Iterable[tuple[str, str]]) -> str:
    """Of what was said on a ticket, as pairs of kind and text: the last answer and what was added behind it."""
    answer: list[str] = []
    for kind, text in words:
        if kind in ANSWERS:
            answer = [text]
        elif kind == "more":
            answer.append(text)
    return "\n".join(answer)


# ---------------------------------------------------------------- what is seen, what is changed
@dataclass(frozen=True)
class Opening(Seen):
    """What there is for a new ticket: the number it gets, and the asker's own that are open: number and question."""

    number: int
    open: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class OwnTickets(Seen):
    """A person's own, at any bureau, the newest first."""

    tickets: tuple[Ticket, ...] = ()


@dataclass(frozen=True)
class TicketSeen(Seen):
    """The ticket that is meant. None where there is no such one, or several: `places` are the bureaus that have one of
    the number, `filed` says that an application bears it. `clerks` is who works there, where it is handed over.
    """

    ticket: Ticket | None
    places: tuple[str, ...] = ()
    filed: bool = False
    clerks: tuple[Clerk, ...] = ()

    @property
    def meant(self) -> int:
        """The number of the ticket."""
        return self.ticket.number if self.ticket else 0


class Handover(TicketSeen):
    """A ticket that is handed over, with who works there."""


@dataclass(frozen=True)
class TicketOpened(Change):
    """A question handed to a bureau."""

    question: str
    earlier: tuple[str, ...] = ()
    near: str = ""
    kind = "ticket"
    needs = "anyone"


@dataclass(frozen=True)
class TicketTended(Change):
    """A step in the life of a ticket of the bureau `of`, with what was said; `to` is whom it is handed to."""

    step: Doing
    of: str
    text: str = ""
    to: str = ""
    to_name: str = ""
    kind = "tend"
    needs = "anyone"


def went_out(act: Act[Change]) -> str:
    """The key of the ticket whose asker an act sends what was said; empty where it sends them nothing."""
    change = act.change
    return f"{change.of}/{act.number}" if isinstance(change, TicketTended) and change.step in TO_ASKER else ""


# ---------------------------------------------------------------- who may do what when
def refused(ticket: Ticket, doing: Doing, doer: Doer) -> str:
    """Why somebody can't do this with a ticket as it stands, as a code; empty when they can."""
    if doer.applicant:
        return "" if doing in ASKERS else "not_yours"
    if ticket.raised != doer.above and doing not in ("note", "back", "fetch"):
        return "above" if ticket.raised else "below"
    return STEPS[doing].barred(ticket, doer)


def after(ticket: Ticket, doing: Doing, doer: Doer) -> Ticket:
    """The ticket once something was done with it that isn't refused."""
    return led(STEPS, ticket, doing, doer)


# What speaks against a step, by the code of its sentence.
AGAINST: Final[Mapping[str, Callable[[Ticket, Doer], bool]]] = {
    "closed": lambda ticket, _doer: ticket.state == "closed",
    "answered": lambda ticket, _doer: ticket.state == "answered",
    "open": lambda ticket, _doer: ticket.state in LIVE,
    "mine": lambda ticket, doer: ticket.holder == doer.person,
    "free": lambda ticket, _doer: not ticket.holder,
    # Somebody else speaks for it; once it is over nobody does.
    "held": lambda ticket, doer: ticket.state != "closed" and ticket.holder not in ("", doer.person),
    "theirs": lambda ticket, doer: doer.to in ("", ticket.holder),
    "unanswered": lambda ticket, _doer: ticket.state != "answered" and ticket.answer is None,
    "askers": lambda _ticket, _doer: True,
    "not_above": lambda ticket, doer: not ticket.raised or not doer.above,
    "not_raised": lambda ticket, doer: not ticket.raised or doer.above,
    "above_has": lambda ticket, _doer: ticket.state != "open" or bool(ticket.holder),
}


def _unless(*codes: str) -> Callable[[Ticket, Doer], str]:
    """Why a step can't be taken: the first of these that holds."""
    return lambda ticket, doer: next((code for code in codes if AGAINST[code](ticket, doer)), "")


# ---------------------------------------------------------------- what becomes of it
def _mine(state: State) -> Callable[[Ticket, Doer], Ticket]:
    return lambda ticket, doer: replace(ticket, state=state, holder=doer.person, holder_name=doer.name)


def _nobodys(*, raised: bool | None = None) -> Callable[[Ticket, Doer], Ticket]:
    """Everybody's again; passed to the province or back from it where that is said."""

    def made(ticket: Ticket, _doer: Doer) -> Ticket:
        above = ticket.raised if raised is None else raised
        return replace(ticket, state="open", holder="", holder_name="", raised=above)

    return made


def _taken_over(ticket: Ticket, doer: Doer) -> Ticket:
    return _mine("taken" if ticket.state in LIVE else ticket.state)(ticket, doer)


def _theirs(ticket: Ticket, doer: Doer) -> Ticket:
    state: State = "asked" if ticket.state == "asked" else "taken"
    return replace(ticket, state=state, holder=doer.to, holder_name=doer.to_name)


def _again(ticket: Ticket, _doer: Doer) -> Ticket:
    """Back to whoever had it, else to everybody."""
    return replace(ticket, state="taken" if ticket.holder else "open")


STEPS: Final[Life[Ticket]] = {
    "take": Step(_unless("answered", "closed", "mine", "held"), _mine("taken")),
    "over": Step(_unless("closed", "mine"), _taken_over),
    "leave": Step(_unless("answered", "closed", "held", "free"), _nobodys()),
    "hand": Step(_unless("answered", "closed", "held", "theirs"), _theirs),
    "answer": Step(_unless("answered", "closed", "held"), _mine("answered")),
    "more": Step(_unless("closed", "held"), _mine("answered")),
    # An answer that was wrong is put right even when everything is over.
    "fix": Step(_unless("unanswered", "held"), _mine("answered")),
    "ask": Step(_unless("answered", "closed", "held"), _mine("asked")),
    "reask": Step(_unless("open", "held"), _mine("asked")),
    # Back from the province as long as nobody there has it.
    "fetch": Step(_unless("not_raised", "above_has"), _nobodys(raised=False)),
    "said": Step(_unless("askers"), _again),
    "pass": Step(_unless("closed"), _nobodys(raised=True)),
    "back": Step(_unless("not_above"), _nobodys(raised=False)),
    "close": Step(_unless("closed"), lambda ticket, _doer: replace(ticket, state="closed")),
    "reopen": Step(_unless("open"), _again),
    "note": Step(_unless(), lambda ticket, _doer: ticket),
}
