"""An entry of a bureau's FAQ, or a ruling of its people: what it says, and what each step of its life makes of it.

What answers was approved, and never two wordings at once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Final, Literal

from bot.desk.life import Approved, Doer, Edit, Life, Shelf, Step, led, out_of
from bot.desk.sayings import Saying
from bot.desk.tickets.life import Ticket
from bot.turn.acts import Change
from bot.turn.wording import say

State = Literal["draft", "pending", "published", "withdrawn"]
Kind = Literal["faq", "ruling"]
Doing = Literal["faq_edit", "faq_submit", "faq_publish", "faq_return", "faq_withdraw", "faq_drop", "faq_back"]
LONGEST_QUESTION: Final = 200
LONGEST_ANSWER: Final = 600
LONGEST_SOURCE: Final = 100
MOST_SIMILAR: Final = 20
# So many earlier wordings of an entry are kept.
KEPT: Final = 10


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
class Item(Approved):
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
        return Words(**{part.name: getattr(self, part.name) for part in fields(Words)})

    @property
    def told(self) -> Item | None:
        """The entry as it answers now; None when it doesn't."""
        if self.state == "published":
            return self
        return replace(self.saying(self.standing), state="published", standing=None) if self.standing else None

    def saying(self, words: Words) -> Item:
        """The entry with other words."""
        return replace(self, **{**asdict(words), "similar": words.similar})

    def own(self, person: str) -> bool:
        """True when only whoever works by themselves may publish it: it is theirs, or nobody sent it for approval."""
        return self.author == person or self.state == "draft"


# ---------------------------------------------------------------- what becomes of it
def after(item: Item, step: str, doer: Doer, edit: EntryEdited | None = None) -> Item:
    """The entry once a step is taken that it may be subject to, with what an edit changes of it."""
    made = replace(led(STEPS, item, step, doer), reason="", backed="")
    return edit.applied(made) if edit else made


def _to(state: State) -> Step[Item]:
    return Step(out_of("draft" if state == "pending" else "pending"), lambda item, _doer: replace(item, state=state))


def _edited(item: Item, doer: Doer) -> Item:
    """Other words, a draft; published ones stand until they are approved."""
    standing = item.words if item.state == "published" else item.standing
    theirs = replace(item, author=doer.person, author_name=doer.name, approver="", approver_name="")
    return replace(theirs, state="draft", standing=standing)


def _published(item: Item, doer: Doer) -> Item:
    past = (*item.past, item.standing)[-KEPT:] if item.standing else item.past
    passed = replace(item, approver=doer.person, approver_name=doer.name)
    return replace(passed, state="published", standing=None, past=past)


def _withdrawn(item: Item, _doer: Doer) -> Item:
    """Answers no more; a change on its way goes on by itself."""
    return replace(item, standing=None) if item.standing else replace(item, state="withdrawn")


def _dropped(item: Item, _doer: Doer) -> Item:
    assert item.standing is not None
    return replace(item.saying(item.standing), state="published", standing=None)


def _back(item: Item, _doer: Doer) -> Item:
    """The published words before those that stand, which are gone with it; a change on its way goes on beside them."""
    *past, earlier = item.past
    left = replace(item, past=tuple(past))
    if item.state in ("draft", "pending"):
        return replace(left, standing=earlier)
    return replace(left.saying(earlier), state="published")


STEPS: Final[Life[Item]] = {
    "faq_edit": Step(lambda _item, _doer: "", _edited),
    "faq_submit": _to("pending"),
    "faq_publish": Step(out_of("draft", "pending"), _published),
    "faq_return": _to("draft"),
    "faq_withdraw": Step(out_of("draft", "pending", "published"), _withdrawn),
    "faq_drop": Step(
        lambda item, _doer: "" if item.standing and item.state in ("draft", "pending") else "not_now", _dropped
    ),
    "faq_back": Step(lambda item, _doer: "" if item.past else "not_now", _back),
}
Item.life = STEPS


# ---------------------------------------------------------------- what is seen
@dataclass(frozen=True)
class Past:
    """A question as it was asked: how it was answered last, when, how often, in seconds since 1970."""

    question: str
    status: str
    at: float
    times: int = 1


@dataclass(frozen=True)
class View(Shelf[Item]):
    """What somebody at the desk sees for a wish on entries."""

    @property
    def published(self) -> tuple[Item, ...]:
        """What answers now, in the words it answers with."""
        return tuple(item.told for item in self.items if item.told)


@dataclass(frozen=True)
class Asked(View):
    """Entries with what was asked of the bureau."""

    past: tuple[Past, ...] = ()


@dataclass(frozen=True)
class Keeping(View):
    """Entries with the ticket that one is to be made of, None where it wasn't answered."""

    ticket: Ticket | None = None


# ---------------------------------------------------------------- what is changed
@dataclass(frozen=True)
class EntryBegun(Change):
    """A new entry in these words, of the ticket of that number or of none."""

    words: Words
    of: Kind = "faq"
    ticket: int = 0
    kind = "faq_new"

    def item(self, number: int, author: str, name: str) -> Item:
        """The entry under its number."""
        blank = Item(number, "", "", kind=self.of, ticket=self.ticket)
        return blank.saying(replace(self.words, author=author, author_name=name))


@dataclass(frozen=True)
class EntryEdited(Edit):
    """Other words of an entry."""

    question: str | None = None
    answer: str | None = None
    valid_until: str | None = None
    similar: tuple[str, ...] | None = None
    source: str | None = None
    kind = "faq_edit"


@dataclass(frozen=True)
class EntryLed(Change):
    """A step in the life of an entry, with what the record says of it."""

    kind: Doing
    detail: str = ""


def saying(item: Item, issuer: str, today: date) -> Saying:
    """An entry as the bureau says it from today on."""
    return Saying(
        key=key(item.number), title=item.question, text=item.answer, questions=item.questions, voice=item.kind,
        issuer=issuer, dated=today.isoformat(), valid_until=item.valid_until,
    )  # fmt: skip


def key(number: int) -> str:
    """Under which key of the shelf an entry stands."""
    return f"faq/{number}"


def called(item: Item) -> str:
    """An entry by its kind and number."""
    return say(f"faq.called_{item.kind}", number=item.number)
