"""An entry on its way to the answers: sent for approval, tried on what was asked, compared, approved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bot.desk.crew import colleagues, done, title
from bot.desk.entries.conflicts import Conflict, conflicts
from bot.desk.entries.entry import Item, Past, View, called, named, saying
from bot.desk.entries.life import Doer, after
from bot.desk.entries.page import card, missing, refused, short
from bot.interview import filling
from bot.turn.days import moment
from bot.turn.effects import Weigh
from bot.turn.events import Compared, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say

SHOWN: Final = 10
# Behind the version of a button: in spite of what it gainsays.
SPITE: Final = "!"


def weighed(act: str) -> Callable[[Session, Consulted, Ground], Turn]:
    """A handler that has the entry compared with the notice before anything is done to it."""

    def handler(session: Session, event: Consulted, ground: Ground) -> Turn:
        view: View = event.found
        if view.item is None:
            return missing(session, event, ground)
        if act and (not view.item.may(act) or not view.item.answer):
            return refused(session, event, ground)
        asked = tuple(one.question for one in view.past) if not act else ()
        return Turn(session, effect=Weigh(event, view.item.questions, asked, view.item.kind == "ruling"))

    return handler


def _found(event: Compared) -> tuple[Consulted, View, Item, tuple[Conflict, ...]]:
    view: View = event.wanted.consulted.found
    item = view.item
    assert item is not None
    return event.wanted.consulted, view, item, conflicts(item, event.answers, view.published)


def warned(item: Item, found: tuple[Conflict, ...]) -> list[str]:
    """Each thing that an entry gainsays, with both texts."""
    lines = []
    for one in found:
        whom = say("faq.against_notice") if not one.number else say("faq.against_entry", number=one.number)
        what = "、".join(say(f"faq.differs_{each}") for each in one.what)
        lines.append(say("faq.conflict", whom=whom, what=what, other=short(one.text, 160), own=short(item.answer, 160)))
    return lines


# ---------------------------------------------------------------- for approval
def submitted(session: Session, event: Compared, ground: Ground) -> Turn:
    """Waiting for somebody else, who is told of it; with what it gainsays, if it does."""
    seen, view, item, found = _found(event)
    kept = done(session, seen, ground, "faq_submit", item.version)
    now = after(item, "faq_submit", Doer(seen.scope.user, ground.name))
    first = (say("faq.for_you", who=named(ground.name)), *warned(item, found))
    # In a letter there is nobody alone.
    letters = [Reply(*_letter(now, seen, ground, first), chat=chat) for chat in others(seen, view)]
    if view.alone:
        first = (say("faq.submitted_alone", called=called(item)), *warned(item, found))
        return Turn(kept, (card(now, seen, ground, *first), *filling.again(kept, ground)))
    told = "\n".join((say("faq.submitted", called=called(item)), *warned(item, found)))
    return filling.told(kept, told, ground, *letters)


def _letter(item: Item, seen: Consulted, ground: Ground, first: tuple[str, ...]) -> tuple[str, Any, Any]:
    told = card(item, seen, ground, *first)
    return told.text, told.quotes, told.buttons


def others(seen: Consulted, view: View) -> list[str]:
    """Whom to tell at the desk: the group they work in, else each of the others."""
    return colleagues(seen, view.clerks)


def published(session: Session, event: Compared, ground: Ground) -> Turn:
    """Among the answers from now on, if somebody else than the author saw it as it is and what it gainsays."""
    seen, view, item, found = _found(event)
    if item.author == seen.scope.user and not view.alone:
        return filling.told(session, say("faq.somebody_else"), ground)
    if item.state == "draft" and not view.alone:
        return filling.told(session, say("faq.submit_first", number=item.number), ground)
    version = seen.wish.text.removesuffix(SPITE)
    if version != str(item.version):
        first = say("faq.look_first") if not version else say("faq.changed_since")
        return Turn(session, (card(item, seen, ground, first, *warned(item, found)),))
    if found and not seen.wish.text.endswith(SPITE):
        anyway = Button(press("faq_publish", item.number, f"{item.version}{SPITE}"), say("faq.do_anyway"))
        return Turn(session, (Reply("\n".join((*warned(item, found), say("faq.sure"))), buttons=((anyway,),)),))
    return _out(session, event, ground)


def _out(session: Session, event: Compared, ground: Ground) -> Turn:
    seen, _view, item, found = _found(event)
    alone = item.author == seen.scope.user
    spite = say("faq.in_spite") if found else ""
    values = {"alone": alone, "detail": "；".join(one for one in (say("faq.alone") if alone else "", spite) if one)}
    said = saying(item, title(seen.scope.bureau, ground.call), ground.today)
    kept = done(session, seen, ground, "faq_publish", item.version, **values)
    kept = done(kept, seen, ground, "shelve", sayings=[said.model_dump()])
    told = say("faq.out", called=called(item)) + (say("faq.out_alone") if alone else "")
    letter = (
        () if alone else (Reply(say("faq.out_you", called=called(item), who=named(ground.name)), chat=item.author),)
    )
    return filling.told(kept, told, ground, *letter)


# ---------------------------------------------------------------- tried
def tried(session: Session, event: Compared, ground: Ground) -> Turn:
    """Which questions of the past it would have answered, and how those were answered then."""
    seen, view, item, found = _found(event)
    hits = [one for one, same in zip(view.past, event.same, strict=False) if same]
    told = "\n".join((trial(item, hits, len(view.past)), *warned(item, found)))
    buttons = card(item, seen, ground).buttons
    return Turn(session, (Reply(told, buttons=buttons), *filling.again(session, ground)))


def trial(item: Item, hits: list[Past], of: int) -> str:
    """The questions that an entry would have answered, at most ten of them, and how many there are."""
    lines = [
        say("faq.hit", question=short(one.question, 40), at=moment(one.at), then=_then(one)) for one in hits[:SHOWN]
    ]
    head = say("faq.trial", called=called(item), of=of, hits=len(hits), times=sum(one.times for one in hits))
    return "\n".join((head, *lines))


def _then(one: Past) -> str:
    known = one.status if one.status in ("answered", "not_covered", "ticket") else "declined"
    return say(f"faq.then_{known}")


HANDLERS: Final = {
    "faq_submit": weighed("faq_submit"), "faq_publish": weighed("faq_publish"), "faq_trial": weighed(""),
}  # fmt: skip
COMPARED: Final = {"faq_submit": submitted, "faq_publish": published, "faq_trial": tried}
