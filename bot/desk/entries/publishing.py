"""An entry on its way to the answers: sent for approval, tried on what was asked, compared, approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.desk.approval import W, stale
from bot.desk.case import Action, Case, action, button
from bot.desk.display_names import named, short
from bot.desk.entries.conflicts import Conflict, conflicts
from bot.desk.entries.life import Asked, EntryLed, Item, Past, View, after, called, key, saying
from bot.desk.entries.page import ENTRIES, card
from bot.desk.life import Doer, Shelf
from bot.desk.sayings import Saying, Shelved
from bot.turn.days import moment
from bot.turn.effects import Weigh
from bot.turn.events import Compared, Turn
from bot.turn.replies import Reply
from bot.turn.wording import say

SHOWN: Final = 10
# Behind the version of a button: in spite of what it gainsays.
SPITE: Final = "!"
KNOWN: Final = ("answered", "not_covered", "ticket")


def shelved(item: Item, said: Saying | None) -> Shelved:
    """What an entry says from now on, None for nothing any more."""
    return Shelved((said or Saying(key=key(item.number), voice=item.kind),))


def warned(item: Item, against: Sequence[Conflict]) -> list[str]:
    """Each thing that an entry gainsays, with both texts."""
    lines = []
    for each in against:
        whom = say("faq.against_entry", number=each.number) if each.number else say("faq.against_notice")
        what = "、".join(say(f"faq.differs_{part}") for part in each.what)
        texts = {"other": short(each.text, 160), "own": short(item.answer, 160)}
        lines.append(say("faq.conflict", whom=whom, what=what, **texts))
    return lines


def to_author(case: Case[Shelf[Item]], item: Item, text: str) -> Sequence[Reply]:
    """Word to whoever wrote it last, where that is somebody else."""
    return () if item.author == case.user else (Reply(text, chat=item.author),)


def says(case: Case[Shelf[Item]], item: Item) -> Saying:
    """An entry as the bureau says it from today on."""
    return saying(item, case.office, case.ground.today)


def weighing(step: str) -> Callable[[Case[W]], Turn]:
    """Has the entry compared with the notice before anything is done to it; without a step with what was asked."""

    def compare(case: Case[W], item: Item) -> Turn:
        if step and not item.answer:
            return ENTRIES.refused(case)
        asked = tuple(past.question for past in case.seen.past) if isinstance(case.seen, Asked) else ()
        return case.asking(Weigh(case.event, item.questions, asked, item.kind == "ruling"))

    return ENTRIES.on(compare, step)


def _against(case: Case[View], event: Compared) -> tuple[Item, list[str]]:
    """The entry, and all that it gainsays in lines."""
    item = case.seen.item
    assert item is not None
    return item, warned(item, conflicts(item, event.answers, case.seen.published))


# ---------------------------------------------------------------- for approval
def submitted(case: Case[View], event: Compared) -> Turn:
    """Waiting for somebody else, who is told of it; with what it gainsays, if it does."""
    item, against = _against(case, event)
    kept = case.acting(EntryLed("faq_submit"), item.version)
    now = after(item, "faq_submit", Doer(case.user, case.ground.name))
    if case.seen.alone:
        return kept.shown(card(kept, now, say("faq.submitted_alone", called=called(item)), *against))
    letter = card(kept, now, say("faq.for_you", who=named(case.ground.name)), *against)
    text = "\n".join((say("faq.submitted", called=called(item)), *against))
    return kept.told(text, *(replace(letter, chat=chat) for chat in case.colleagues(case.seen.clerks)))


def published(case: Case[View], event: Compared) -> Turn:
    """Among the answers from now on, if somebody else than the author saw it as it is and what it gainsays."""
    item, against = _against(case, event)
    own, alone, seen = item.author == case.user, case.seen.alone, case.text.removesuffix(SPITE)
    if own and not alone:
        return case.told(say("faq.somebody_else"))
    if item.state == "draft" and not alone:
        return case.told(say("faq.submit_first", number=item.number))
    if why := stale(seen, item, needed=True):
        return Turn(case.session, (card(case, item, why, *against),))
    if against and not case.text.endswith(SPITE):
        anyway = button("faq_publish", item.number, f"{item.version}{SPITE}", say("faq.do_anyway"))
        return case.said("\n".join((*against, say("faq.sure"))), (anyway,))
    marks = [say("faq.alone")] * own + [say("faq.in_spite")] * bool(against)
    kept = case.acting(EntryLed("faq_publish", "；".join(marks)), item.version)
    kept = kept.acting(shelved(item, says(case, item)))
    text = say("faq.out", called=called(item)) + (say("faq.out_alone") if own else "")
    word = say("faq.out_you", called=called(item), who=named(case.ground.name))
    return kept.told(text, *to_author(case, item, word))


# ---------------------------------------------------------------- tried
def tried(case: Case[Asked], event: Compared) -> Turn:
    """Which questions of the past it would have answered, and how those were answered then."""
    item, against = _against(case, event)
    past = case.seen.past
    hits = [asked for asked, same in zip(past, event.same, strict=False) if same]
    text = "\n".join((trial(item, hits, len(past)), *against))
    return case.shown(Reply(text, buttons=card(case, item).buttons))


def trial(item: Item, hits: list[Past], of: int) -> str:
    """The questions that an entry would have answered, at most ten of them, and how many there are."""
    lines = [
        say("faq.hit", question=short(hit.question, 40), at=moment(hit.at),
            then=say(f"faq.then_{hit.status if hit.status in KNOWN else 'declined'}"))
        for hit in hits[:SHOWN]
    ]  # fmt: skip
    head = say("faq.trial", called=called(item), of=of, hits=len(hits), times=sum(hit.times for hit in hits))
    return "\n".join((head, *lines))


ACTIONS: Final[Mapping[str, Action]] = {
    "faq_submit": action("serves", View, weighing("faq_submit"), submitted),
    "faq_publish": action("serves", View, weighing("faq_publish"), published),
    "faq_trial": action("serves", Asked, weighing(""), tried),
}
