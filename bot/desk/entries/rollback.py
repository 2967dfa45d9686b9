"""An entry's earlier words back among the answers at once, and a change that was begun given up."""

from __future__ import annotations

from typing import Final

from bot.desk.crew import done, title
from bot.desk.entries.entry import View, called, named, saying
from bot.desk.entries.life import Doer, after
from bot.desk.entries.page import card, refused
from bot.desk.entries.publishing import others
from bot.interview import filling
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted
from bot.turn.wording import say


def back(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The words before those that stand, which were approved once; by a button only on what was seen there.

    After somebody just did so it takes the button: two who say it at once mean one step, not two.
    """
    view: View = event.found
    item, seen = view.item, event.wish.text
    if item is None or not item.may("faq_back"):
        return refused(session, event, ground, say("faq.no_earlier"))
    if seen and seen != str(item.version):
        return refused(session, event, ground, say("faq.changed_since"))
    if not seen and item.backed:
        return refused(session, event, ground, say("faq.back_already", who=item.backed))
    now = after(item, "faq_back", Doer(event.scope.user, ground.name))
    assert now.told is not None
    said = saying(now.told, title(event.scope.bureau, ground.call), ground.today)
    kept = done(session, event, ground, "faq_back", item.version)
    kept = done(kept, event, ground, "shelve", sayings=[said.model_dump()])
    word = say("faq.back_you", who=named(ground.name), called=called(item), question=said.title, answer=said.text)
    letters = [Reply(word, chat=chat) for chat in _concerned(event, view, ground)]
    told = say("faq.back_over" if now.told.over(ground.today) else "faq.back")
    return Turn(kept, (card(now, event, ground, told), *letters, *filling.again(session, ground)))


def _concerned(event: Consulted, view: View, ground: Ground) -> list[str]:
    """Who hears of it: the desk, and whose words are gone, as far as they still work there."""
    assert view.item is not None
    authors = {view.item.author, view.item.told.author if view.item.told else ""}
    wrote = [one.person for one in view.clerks if one.person in authors]
    here = (event.scope.user, ground.chat)
    return [one for one in dict.fromkeys((*others(event, view), *wrote)) if one not in here]


def drop(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A change given up; what stands goes on."""
    view: View = event.found
    item, seen = view.item, event.wish.text
    if item is None or not item.may("faq_drop"):
        return refused(session, event, ground, say("faq.no_change"))
    if seen and seen != str(item.version):
        return refused(session, event, ground, say("faq.changed_since"))
    now = after(item, "faq_drop", Doer(event.scope.user, ground.name))
    kept = done(session, event, ground, "faq_drop", item.version)
    word = Reply(say("faq.dropped_you", who=named(ground.name), called=called(item)), chat=item.author)
    letters = () if item.author == event.scope.user else (word,)
    return Turn(kept, (card(now, event, ground, say("faq.dropped")), *letters, *filling.again(session, ground)))


HANDLERS: Final = {"faq_back": back, "faq_drop": drop}
