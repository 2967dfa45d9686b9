"""A bureau's people, groups and word to everybody: what is seen of them, and what is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.desk.applications.life import Submission
from bot.desk.counting import Numbers
from bot.desk.entries.life import Item
from bot.desk.life import Clerk, Line
from bot.desk.tickets.life import Ticket, TicketSeen
from bot.turn.acts import Change
from bot.turn.scope import Role
from bot.turn.wish import Seen

KINDS: Final = ("deadline", "news")
ROLES: Final = {"admin": "desk.admin", "staff": "desk.staff", "province": "desk.staff", "operator": "desk.operator"}


# ---------------------------------------------------------------- what is seen
@dataclass(frozen=True)
class Pass(Seen):
    """What a code opens: work at a desk, in a role; `state` says whether it does, `already` where they work by now."""

    bureau: str = ""
    role: Role = "staff"
    state: str = "wrong"
    already: str = ""


@dataclass(frozen=True)
class Place(Seen):
    """A group as it is kept: whose it is and what for; empty for one that is nobody's."""

    bureau: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Crew(Seen):
    """Who works there."""

    clerks: tuple[Clerk, ...] = ()


@dataclass(frozen=True)
class Recruiting(Seen):
    """A code that nobody knows yet."""

    code: str


@dataclass(frozen=True)
class Record(Seen):
    """The last acts, newest first."""

    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Figures(Seen):
    """What is counted, of one bureau or of each."""

    numbers: tuple[Numbers, ...] = ()


@dataclass(frozen=True)
class Addressed(Seen):
    """What there is for a word to everybody: its number (0 for none there), how many get it; `text` and `state` of one
    that exists.
    """

    number: int = 0
    people: int = 0
    text: str = ""
    state: str = ""


@dataclass(frozen=True)
class Waiting(Seen):
    """What waits at a desk: tickets, and entries that wait for approval."""

    tickets: tuple[Ticket, ...] = ()
    entries: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Things(Seen):
    """What bears a number at a desk."""

    ticket: TicketSeen
    entry: Item | None = None
    filed: Submission | None = None


# ---------------------------------------------------------------- what is changed
@dataclass(frozen=True)
class Settled(Change):
    """Parts of what a bureau says of itself, by their names in its settings, as JSON has them."""

    parts: Mapping[str, object]
    kind = "settle"
    needs = "heads"


@dataclass(frozen=True)
class Recruited(Change):
    """A code with which one more comes to work at the desk."""

    code: str
    role: Role
    kind = "recruit"
    needs = "heads"


@dataclass(frozen=True)
class Joined(Change):
    """A code used up by somebody who works there from now on."""

    code: str
    kind = "join"
    needs = "anyone"


@dataclass(frozen=True)
class Dismissed(Change):
    """Somebody who works there no longer, and what they were called."""

    person: str
    called: str = ""
    kind = "dismiss"


@dataclass(frozen=True)
class GroupBound(Change):
    """A group made the bureau's: its people's, or its applicants'."""

    chat: str
    use: Literal["staff", "public"]
    kind = "bind"
    needs = "heads"


@dataclass(frozen=True)
class Looked(Change):
    """A look at what somebody handed in."""

    detail: str
    kind = "look"


@dataclass(frozen=True)
class Judged(Change):
    """An answer found good or bad by who asked."""

    mark: str
    good: bool
    kind = "judge"
    needs = "anyone"


@dataclass(frozen=True)
class Subscribed(Change):
    """Reminders and word from the bureau from now on, or no more of them."""

    on: bool
    kind = "subscribe"
    needs = "anyone"


@dataclass(frozen=True)
class NewsWritten(Change):
    """Word to everybody, kept until somebody says that it should go."""

    text: str
    kind = "broadcast"
    needs = "heads"


@dataclass(frozen=True)
class NewsSent(Change):
    """It goes, or it doesn't."""

    state: Literal["sending", "dropped"]
    kind = "send"
    needs = "heads"
