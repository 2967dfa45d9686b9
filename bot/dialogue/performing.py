"""Effects carried out: each kind by one function, with what the assistant was given for it."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.desk.papers import NO_PAPERS, Arrived, Digest, Digested, Intake, Papers, Produce
from bot.desk.registry import ACTIONS
from bot.turn.base import Effect, Event
from bot.turn.budget import BOUNDLESS, Budget
from bot.turn.card import Card
from bot.turn.codes import new_code
from bot.turn.effects import (
    Advise,
    Consult,
    Draw,
    Erase,
    Gather,
    Give,
    Invite,
    LookUp,
    Open,
    Read,
    Recall,
    Redeem,
    Weigh,
    Word,
    Write,
)
from bot.turn.events import (
    Advised,
    Coded,
    Compared,
    Drawn,
    Erased,
    Found,
    Gathered,
    Given,
    Opened,
    Recalled,
    Redeemed,
    Taken,
    Worded,
    Written,
)
from bot.turn.memory import Comer, Past, Purse
from bot.turn.outcome import Saved
from bot.turn.ports import Asker, Spending, Telling, Weighing
from bot.turn.replies import Incoming
from bot.turn.scope import PROVINCE
from bot.turn.services import NO_FILES, Files, Helper, WriteError, Writer, no_picture, no_prints
from bot.turn.wording import say
from drafting.form.draft import Draft
from drafting.form.understood import Understood
from drafting.narrative.judged import Judged
from knowledge.call.definition import Call


@dataclass(frozen=True)
class Services:
    """What a conversation is given of its outside; `mark` hashes what answers rest on.

    `reader` reads a form and checks it by a call's rules; `printer` gives the pages of a Word file to look at, nothing
    where that can't be had; `painter` draws how far a chat's draft is; `now` is the time of day as it is shown;
    `helper` is a model.
    """

    call: Call
    asker: Asker
    writer: Writer
    reader: Callable[[Path, Call], Opened]
    today: Callable[[], date]
    mark: str = ""
    printer: Callable[[Path], tuple[Path, ...]] = no_prints
    painter: Callable[[Draft, str], Path | None] = no_picture
    now: Callable[[], str] = str
    helper: Helper | None = None
    files: Files = NO_FILES
    charter: Callable[[Card, str], Path | None] = no_picture
    papers: Papers = NO_PAPERS
    budget: Budget = BOUNDLESS


@dataclass(frozen=True)
class Moment:
    """What an effect is carried out for: what somebody did, with the bureau that answers, what was saved, the day."""

    incoming: Incoming
    saved: Saved
    today: date

    @property
    def chat(self) -> str:
        """Where it happens."""
        return self.incoming.chat

    @property
    def past(self) -> Past:
        """What is kept and seldom wanted."""
        return self.saved.past

    def purse(self, outside: Services) -> Purse:
        """What this person may still spend today; in a group whoever speaks spends."""
        told = self.incoming
        person = told.chat if told.private else told.user or told.chat
        return Purse(outside.budget, self.past, person, told.bureau, self.today)


def perform(outside: Services, effect: Effect, moment: Moment) -> Event:
    """What comes of an effect; nothing outside fails otherwise than by an event that says so."""
    return PERFORMED[type(effect)](outside, effect, moment)


# ---------------------------------------------------------------- asked of the sources
def _look_up(outside: Services, effect: LookUp, moment: Moment) -> Event:
    told, asker = moment.incoming, outside.asker
    asker = asker.spending(moment.purse(outside).ask) if isinstance(asker, Spending) else asker
    asker = asker.telling(told.so_far) if isinstance(asker, Telling) else asker
    answer = asker.ask(effect.question, history=effect.history, today=moment.today, bureau=told.bureau)
    return Found(answer, effect.unread, effect.more, effect.question)


def _advise(outside: Services, effect: Advise, moment: Moment) -> Event:
    return Advised(effect, outside.asker.note(effect.item, today=moment.today, bureau=moment.incoming.bureau))


def _weigh(outside: Services, effect: Weigh, _moment: Moment) -> Event:
    """What the notice itself says to questions, and which others ask the same; nothing where that can't be told."""
    if not isinstance(outside.asker, Weighing):
        return Compared(effect)
    desk = effect.consulted.scope.bureau
    bureau = "" if desk == PROVINCE else desk
    found = outside.asker.weigh(effect.questions, effect.asked, bureau, ruling=effect.ruling)
    return Compared(effect, found.answers, found.same)


# ---------------------------------------------------------------- asked of a model
def _helper(outside: Services, moment: Moment) -> Helper | None:
    return outside.helper.spending(moment.purse(outside).ask) if outside.helper else None


def _read(outside: Services, effect: Read, moment: Moment) -> Event:
    helper = _helper(outside, moment)
    return Taken(effect, helper.read(effect) if helper else Understood())


def _word(outside: Services, effect: Word, moment: Moment) -> Event:
    helper = _helper(outside, moment)
    return Worded(effect, helper.word(effect) if helper else Judged(reason="there is no model"))


# ---------------------------------------------------------------- fetched of what is kept
def _consult(_outside: Services, effect: Consult, moment: Moment) -> Event:
    told = moment.incoming
    bureau = effect.bureau or told.bureau
    comer = Comer(told.user or told.chat, told.chat, bureau)
    return moment.past.consult(effect.wish, comer, ACTIONS[effect.wish.kind])


def _recall(_outside: Services, effect: Recall, moment: Moment) -> Event:
    return recalled(effect, moment.past)


def recalled(wanted: Recall, past: Past) -> Recalled:
    """What was kept, of the kind that is wanted."""
    if wanted.what == "versions":
        return Recalled(wanted, versions=tuple(past.versions()))
    if wanted.what == "notes":
        return Recalled(wanted, notes=tuple(past.notes()))
    return Recalled(wanted, drafts=tuple(past.drafts()))


def _redeem(_outside: Services, effect: Redeem, moment: Moment) -> Event:
    return Redeemed(effect.code, *moment.past.offer(effect.code))


def _invite(_outside: Services, effect: Invite, moment: Moment) -> Event:
    code, door = new_code(), moment.incoming.door
    return Coded(effect, code, f"{door}{code}" if door else "")


def _gather(outside: Services, _effect: Gather, moment: Moment) -> Event:
    kept = {"conversation": dict(moment.saved.state or {}), **moment.past.everything(moment.incoming.user)}
    told = json.dumps(kept, ensure_ascii=False, indent=1)
    return Gathered(outside.files.put(moment.chat, "我的数据.json", told.encode("utf-8", "replace")))


def _erase(outside: Services, _effect: Erase, moment: Moment) -> Event:
    outside.files.clear(moment.chat)
    return Erased()


# ---------------------------------------------------------------- files
def _write(outside: Services, effect: Write, moment: Moment) -> Event:
    draft = moment.saved.draft
    try:
        path, unplaced = outside.writer(effect.draft, moment.chat, draft.version if draft else 0)
    except WriteError as error:
        return Written(None, why=str(error))
    return Written(path, unplaced, prints=outside.printer(path))


def _open(outside: Services, effect: Open, moment: Moment) -> Event:
    """What stands in a file that somebody sent; unread once the day's are."""
    path = moment.incoming.file or Path(effect.name)
    if not moment.purse(outside).open("file"):
        return Opened(path.name, None, why=say("upload.spent"))
    return outside.reader(path, effect.call)


def _intake(outside: Services, effect: Intake, moment: Moment) -> Event:
    """What stands in a file that came to a desk by mail; unread once the day's are."""
    file = moment.incoming.file
    if replace(moment.purse(outside), bureau=effect.asked.scope.bureau).open("mail"):
        return outside.papers.intake(effect, file)
    return Arrived(effect.asked, Opened(file.name if file else "", None, why=say("mail.spent")))


def _digest(outside: Services, effect: Digest, moment: Moment) -> Event:
    """The document in a file that was sent for a desk's shelf; unread once the day's are."""
    file = moment.incoming.file
    if replace(moment.purse(outside), bureau=effect.asked.scope.bureau).open("shelf"):
        return outside.papers.digest(effect, file)
    return Digested(effect, file.name if file else "", why=say("stock.spent"))


def _produce(outside: Services, effect: Produce, moment: Moment) -> Event:
    return outside.papers.produce(effect, moment.chat, moment.today)


def _draw(outside: Services, effect: Draw, moment: Moment) -> Event:
    return Drawn(outside.painter(effect.draft, moment.chat))


def _give(outside: Services, effect: Give, moment: Moment) -> Event:
    # Spreadsheets read a text as UTF-8 only where it is marked as such.
    content = b64decode(effect.content) if effect.raw else effect.content.encode("utf-8-sig", "replace")
    file = outside.files.put(moment.chat, effect.name, content) if effect.name else None
    return Given(effect, file, outside.charter(effect.card, moment.chat) if effect.card else None)


PERFORMED: Final[dict[type, Callable[[Services, Any, Moment], Event]]] = {
    LookUp: _look_up, Advise: _advise, Weigh: _weigh, Read: _read, Word: _word, Consult: _consult, Recall: _recall,
    Redeem: _redeem, Invite: _invite, Gather: _gather, Erase: _erase, Write: _write, Open: _open, Intake: _intake,
    Digest: _digest, Produce: _produce, Draw: _draw, Give: _give,
}  # fmt: skip
