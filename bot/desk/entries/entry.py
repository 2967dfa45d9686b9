"""An entry of a bureau's FAQ, or a ruling of its people: what it says and where it stands in its life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Final, Literal

from bot.desk.crew import Clerk
from bot.desk.sayings import Saying
from bot.turn.wording import say

State = Literal["draft", "pending", "published", "withdrawn"]
Kind = Literal["faq", "ruling"]
LONGEST_QUESTION: Final = 200
LONGEST_ANSWER: Final = 600
LONGEST_SOURCE: Final = 100
MOST_SIMILAR: Final = 20
# From which states each act may be done, and where it leads.
LIFE: Final[Mapping[str, tuple[tuple[State, ...], State]]] = {
    "faq_edit": (("draft", "pending", "published", "withdrawn"), "draft"),
    "faq_submit": (("draft",), "pending"),
    "faq_publish": (("draft", "pending"), "published"),
    "faq_return": (("pending",), "draft"),
    "faq_withdraw": (("draft", "pending", "published"), "withdrawn"),
    "faq_drop": (("draft", "pending"), "published"),
    "faq_back": (("draft", "pending", "published", "withdrawn"), "published"),
}


@dataclass(frozen=True)
class Words:
    """What an entry says at one time: `source` is what it rests on, as its author put it; who wrote and approved it."""

    question: str
    answer: str
    similar: tuple[str, ...] = ()
    valid_until: str = ""
    source: str = ""
    author: str = ""
    author_name: str = ""
    approver: str = ""
    approver_name: str = ""


@dataclass(frozen=True)
class Item:
    """An entry as it is kept; `valid_until` an ISO day or empty, `updated` in seconds, `reason` why it came back.

    While published words are being changed, they are `standing` and go on answering. `past` are the published words
    before those, oldest first. `backed` names who put earlier words back, as long as nothing was done since.
    """

    number: int
    question: str
    answer: str
    similar: tuple[str, ...] = ()
    kind: Kind = "faq"
    state: State = "draft"
    author: str = ""
    author_name: str = ""
    approver: str = ""
    approver_name: str = ""
    ticket: int = 0
    valid_until: str = ""
    version: int = 1
    updated: float = 0.0
    reason: str = ""
    source: str = ""
    standing: Words | None = None
    past: tuple[Words, ...] = ()
    backed: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """Everything it answers, or will once it is published."""
        return (self.question, *self.similar)

    @property
    def words(self) -> Words:
        """What it says as it is written now, published or not."""
        return Words(**{one.name: getattr(self, one.name) for one in fields(Words)})

    @property
    def told(self) -> Item | None:
        """The entry as it answers now; None when it doesn't."""
        if self.state == "published":
            return self
        return replace(self.saying(self.standing), state="published", standing=None) if self.standing else None

    def saying(self, words: Words) -> Item:
        """The entry with other words."""
        return replace(self, **{**asdict(words), "similar": words.similar})

    def over(self, today: date) -> bool:
        """True when its last day is past."""
        return bool(self.valid_until) and self.valid_until < today.isoformat()

    def may(self, act: str) -> bool:
        """Whether an act may be done to it where it stands."""
        if (act == "faq_drop" and self.standing is None) or (act == "faq_back" and not self.past):
            return False
        return self.state in LIFE[act][0]


@dataclass(frozen=True)
class Past:
    """A question as it was asked: how it was answered last, when, how often, in seconds since 1970."""

    question: str
    status: str
    at: float
    times: int = 1


@dataclass(frozen=True)
class Told:
    """A ticket as far as an entry is made of it: what was asked and what was answered last."""

    number: int
    question: str
    answer: str


@dataclass(frozen=True)
class View:
    """What somebody at the desk sees for a wish on entries: the one meant, all of them, who works there, the past.

    `next` is the number that a new one gets.
    """

    item: Item | None = None
    items: tuple[Item, ...] = ()
    clerks: tuple[Clerk, ...] = ()
    past: tuple[Past, ...] = ()
    ticket: Told | None = None
    next: int = 1

    @property
    def published(self) -> tuple[Item, ...]:
        """What answers now, in the words it answers with."""
        return tuple(one.told for one in self.items if one.told)

    @property
    def alone(self) -> bool:
        """True where a single person works, who approves what they wrote."""
        return len(self.clerks) < 2


def saying(item: Item, issuer: str, today: date) -> Saying:
    """An entry as the bureau says it from today on."""
    text = {"title": item.question, "text": item.answer, "questions": item.questions, "voice": item.kind}
    return Saying.model_validate(
        {"key": key(item.number), **text, "issuer": issuer, "dated": today.isoformat(), "valid_until": item.valid_until}
    )


def key(number: int) -> str:
    """Under which key of the shelf an entry stands."""
    return f"faq/{number}"


def called(item: Item) -> str:
    """An entry by its kind and number."""
    return say(f"faq.called_{item.kind}", number=item.number)


def named(name: str) -> str:
    """Somebody by name."""
    return name or say("desk.nameless")
