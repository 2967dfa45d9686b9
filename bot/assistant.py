"""The one driver of every channel: load, step, carry out what was asked for, step again, hand over to be saved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from bot.budget import BOUNDLESS, Budget, Purse
from bot.card import Card
from bot.chatfiles import NO_FILES, Files
from bot.city import answering
from bot.codes import new_code
from bot.desk.overlay import Overlay
from bot.desk.papers import NO_PAPERS, Arrived, Intake, Papers, Produce
from bot.desk.scope import PROVINCE
from bot.desk.stages import staged
from bot.dialogue import step
from bot.events import (
    Advise,
    Advised,
    Coded,
    Compared,
    Consult,
    Draw,
    Drawn,
    Effect,
    Erase,
    Erased,
    Event,
    Found,
    Gather,
    Gathered,
    Give,
    Given,
    Invite,
    LookUp,
    Open,
    Opened,
    Pressed,
    Read,
    Recall,
    Recalled,
    Redeem,
    Redeemed,
    Said,
    Sent,
    Taken,
    Turn,
    Weigh,
    Word,
    Worded,
    Written,
)
from bot.filling import Ground
from bot.hearing import hear
from bot.ports import (
    AnswerRecord,
    Asker,
    Comer,
    DraftStep,
    Outcome,
    Past,
    Saved,
    Spending,
    Telling,
    Weighing,
    WordedAnswer,
)
from bot.replies import Incoming, Reply
from bot.session import ROWS, Session
from bot.standing import CHINA
from bot.team import ALONE, tidy_name
from bot.wording import say
from drafting.draft import Draft
from drafting.history import changes, upgraded
from drafting.judged import Judged
from drafting.reading.understood import Understood
from knowledge.answer import Answer
from knowledge.call import Call
from knowledge.errors import SentenceError

NOTICE_VERSION: Final = "2026-11"


class WriteError(SentenceError):
    """The Word file could not be made; the text says why, in Chinese."""


class Helper(Protocol):
    """A model that helps with drafting; what it gives is judged already, and it raises nothing."""

    def spending(self, spend: Callable[[], bool]) -> Helper:
        """The same, which asks `spend` before each call, and makes none where that says no."""
        ...

    def read(self, asked: Read) -> Understood:
        """What a text may mean, as far as it says so; empty where that can't be told."""
        ...

    def word(self, asked: Word) -> Judged:
        """A section in words that keep to what was said."""
        ...


class Writer(Protocol):
    """Who fills the official form."""

    def __call__(self, draft: Draft, chat: str, version: int) -> tuple[Path, tuple[str, ...]]:
        """The file's absolute path and the labels the blank had no place for; WriteError when there is no file."""
        ...


def no_prints(_docx: Path) -> tuple[Path, ...]:
    """No pages to look at."""
    return ()


def no_card(_draft: Draft, _chat: str) -> Path | None:
    """No picture of how far it is."""
    return None


def no_chart(_card: Card, _chat: str) -> Path | None:
    """No picture of numbers."""
    return None


@dataclass(frozen=True)
class Assistant:
    """The conversation with its outside: `handle` is all a channel calls; `mark` hashes what answers rest on.

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
    painter: Callable[[Draft, str], Path | None] = no_card
    now: Callable[[], str] = str
    helper: Helper | None = None
    files: Files = NO_FILES
    charter: Callable[[Card, str], Path | None] = no_chart
    papers: Papers = NO_PAPERS
    budget: Budget = BOUNDLESS

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        """The next state and the replies to one thing a person did; nothing is saved here."""
        before = restore(saved)
        day = incoming.today or self.today()
        now = "" if incoming.today else self.now()
        last = datetime.fromtimestamp(saved.updated, CHINA).date() if now and saved.updated else None
        team, name = saved.draft.team if saved.draft else ALONE, tidy_name(incoming.name)
        ground = Ground(
            self.call,
            day,
            drafting=incoming.drafting,
            private=incoming.private,
            pictures=incoming.pictures,
            now=now,
            seen=last,
            team=team,
            name=name,
            model=self.helper is not None,
            bureau=incoming.bureau,
            chat=saved.chat,
            matter=incoming.matter,
            replying=incoming.replying,
        )
        ground = overlaid(ground, saved.past.overlay(answering(before, ground)), abroad=incoming.abroad)
        done = _event(incoming)
        turn = _gone(before, done, ground) if saved.removed else step(before, done, ground)
        replies = turn.replies
        answers: tuple[AnswerRecord, ...] = ()
        while (effect := turn.effect) is not None:
            own = replace(incoming, bureau=answering(turn.session, ground))
            event = marked(self._perform(effect, own, saved, ground.today), saved)
            turn = step(turn.session, event, ground)
            replies += turn.replies
            if turn.told is not None and isinstance(effect, LookUp):
                record = self._record(effect, turn.told, ground.today, own.bureau)
                answers += (
                    replace(record, mark=event.mark if isinstance(event, Found) and not turn.session.desk else ""),
                )
        after, stage = staged(before, turn.session, team, (ground.call, answering(turn.session, ground)))
        replies = (*(one.reply for one in saved.letters), *replies)
        outcome = _outcome(before, Turn(after, replies), saved, self.call)
        return replace(outcome, answers=answers, name=name, stage=stage)

    def _record(self, asked: LookUp, told: Answer, today: date, bureau: str) -> AnswerRecord:
        kept = (asked.question, told.text, told.status, told.citations, told.passages, asked.history)
        record = AnswerRecord(*kept, today=today.isoformat(), bureau=bureau, pack=self.mark)
        if not isinstance(told, WordedAnswer):
            return record
        return replace(record, exact=told.exact, model=told.model, prompt=told.prompt)

    def _perform(self, effect: Effect, incoming: Incoming, saved: Saved, today: date) -> Event:
        person = incoming.chat if incoming.private else incoming.user or incoming.chat
        purse = Purse(self.budget, saved.past, person, incoming.bureau, today)
        if isinstance(effect, LookUp | Advise | Weigh):
            return self._known(effect, incoming, today, purse)
        if isinstance(effect, Read | Word):
            return self._helped(effect, purse)
        if isinstance(effect, Recall | Redeem | Invite | Consult):
            return _of_people(effect, incoming, saved.past)
        if isinstance(effect, Gather | Erase):
            return self._own(effect, incoming, saved)
        if isinstance(effect, Draw | Give | Produce):
            return self._made(effect, incoming, today)
        if isinstance(effect, Open | Intake):
            return self._opened(effect, incoming, purse)
        try:
            path, unplaced = self.writer(effect.draft, incoming.chat, saved.draft.version if saved.draft else 0)
        except WriteError as error:
            return Written(None, why=str(error))
        return Written(path, unplaced, prints=self.printer(path))

    def _opened(self, effect: Open | Intake, incoming: Incoming, purse: Purse) -> Event:
        """What stands in a file that somebody sent, or that came to a desk by mail; unread once the day's are."""
        if isinstance(effect, Open):
            path = incoming.file or Path(effect.name)
            return (
                self.reader(path, effect.call)
                if purse.open("file")
                else Opened(path.name, None, why=say("upload.spent"))
            )
        if replace(purse, bureau=effect.asked.scope.bureau).open("mail"):
            return self.papers.intake(effect, incoming.file)
        name = incoming.file.name if incoming.file else ""
        return Arrived(effect.asked, Opened(name, None, why=say("mail.spent")))

    def _made(self, effect: Draw | Give | Produce, incoming: Incoming, today: date) -> Event:
        """A picture of how far a draft is, or what a desk gives."""
        chat = incoming.chat
        if isinstance(effect, Produce):
            return self.papers.produce(effect, chat, today)
        if isinstance(effect, Draw):
            return Drawn(self.painter(effect.draft, chat))
        file = self.files.put(chat, effect.name, effect.content) if effect.name else None
        return Given(effect, file, self.charter(effect.card, chat) if effect.card else None)

    def _known(self, effect: LookUp | Advise | Weigh, incoming: Incoming, today: date, purse: Purse) -> Event:
        """What the sources say on a question, or the bureau on an item."""
        bureau = incoming.bureau
        if isinstance(effect, Weigh):
            return self._weighed(effect)
        if isinstance(effect, Advise):
            return Advised(effect, self.asker.note(effect.item, today=today, bureau=bureau))
        asker = self.asker.spending(purse.ask) if isinstance(self.asker, Spending) else self.asker
        asker = asker.telling(incoming.so_far) if isinstance(asker, Telling) else asker
        answer = asker.ask(effect.question, history=effect.history, today=today, bureau=bureau)
        return Found(answer, effect.unread, effect.more, effect.question)

    def _weighed(self, effect: Weigh) -> Event:
        """What the notice itself says to questions, and which others ask the same; nothing where that can't be told."""
        if not isinstance(self.asker, Weighing):
            return Compared(effect)
        desk = effect.consulted.scope.bureau
        bureau = "" if desk == PROVINCE else desk
        found = self.asker.weigh(effect.questions, effect.asked, bureau, ruling=effect.ruling)
        return Compared(effect, found.answers, found.same)

    def _own(self, effect: Gather | Erase, incoming: Incoming, saved: Saved) -> Event:
        """A person's own data as a file, or the files made for them removed."""
        if isinstance(effect, Erase):
            self.files.clear(incoming.chat)
            return Erased()
        kept = {"conversation": dict(saved.state or {}), **saved.past.everything()}
        return Gathered(self.files.write(incoming.chat, kept))

    def _helped(self, effect: Read | Word, purse: Purse) -> Event:
        """What a model makes of it, nothing where there is none."""
        helper = self.helper.spending(purse.ask) if self.helper else None
        if isinstance(effect, Read):
            return Taken(effect, helper.read(effect) if helper else Understood())
        return Worded(effect, helper.word(effect) if helper else Judged(reason="there is no model"))


def _of_people(effect: Recall | Redeem | Invite | Consult, incoming: Incoming, past: Past) -> Event:
    """What is kept of drafts and the people in them, or at a desk, or a new code."""
    if isinstance(effect, Consult):
        bureau = effect.bureau or incoming.bureau
        return past.consult(effect.wish, Comer(incoming.user or incoming.chat, incoming.chat, bureau))
    if isinstance(effect, Recall):
        return recalled(effect, past)
    if isinstance(effect, Redeem):
        return Redeemed(effect.code, *past.offer(effect.code))
    code = new_code()
    return Coded(effect, code, f"{incoming.door}{code}" if incoming.door else "")


def overlaid(ground: Ground, said: Overlay, *, abroad: bool) -> Ground:
    """The ground with what the bureau says of itself: no drafting abroad where it wants none, its own tolerance."""
    drafting = ground.drafting and (said.drafting or not abroad)
    return replace(ground, overlay=said, drafting=drafting, call=said.judging(ground.call))


def marked(event: Event, saved: Saved) -> Event:
    """An answer with what tells it from all others: the same again when the turn is handled again."""
    if not isinstance(event, Found):
        return event
    told = f"{saved.chat}\0{saved.version}\0{event.question}".encode("utf-8", "replace")
    return replace(event, mark=hashlib.sha256(told).hexdigest()[:12])


def _event(incoming: Incoming) -> Said | Pressed | Sent:
    if incoming.press is not None:
        return Pressed(incoming.press)
    if incoming.text is not None:
        return Said(incoming.text)
    return Sent(incoming.file.name if incoming.file else "", incoming.caption)


def _gone(session: Session, event: Said | Pressed | Sent, ground: Ground) -> Turn:
    """The turn of somebody who is no longer in the draft: nothing they say of it is taken for another one."""
    told = (Reply(say("people.gone")),)
    if hear(session, event, ground.call).signal not in (
        "join",
        "switch",
        "ask_policy",
        "forget",
        "erase",
        "mine",
        "city",
        "desk",
    ):
        return Turn(session, told)
    turn = step(session, event, ground)
    return replace(turn, replies=(*told, *turn.replies))


def recalled(wanted: Recall, past: Past) -> Recalled:
    """What was kept, of the kind that is wanted."""
    if wanted.what == "versions":
        return Recalled(wanted, versions=tuple(past.versions()))
    if wanted.what == "notes":
        return Recalled(wanted, notes=tuple(past.notes()))
    return Recalled(wanted, drafts=tuple(past.drafts()))


def restore(saved: Saved) -> Session:
    """The session as it was saved, with its draft; a fresh one for a chat never seen, or no longer in its draft."""
    state = dict(saved.state or {})
    if saved.removed:
        state = {key: state[key] for key in ("consent", "questions", "misses", "bureau", "desk") if key in state}
    if saved.draft is None:
        return Session.model_validate(state)
    draft = Draft.model_validate(saved.draft.facts)
    steps = upgraded(state.pop("steps", []), draft)
    return Session.model_validate({**state, "steps": steps, "draft": draft, "place": saved.draft.id})


def _outcome(before: Session, turn: Turn, saved: Saved, call: Call) -> Outcome:
    after = turn.session
    # What stands at its default is left out, so that the release before this one reads the state as well.
    state = after.model_dump(mode="json", exclude=set(ROWS), exclude_defaults=True)
    given = after.consent == "given" and before.consent != "given"
    agreed = NOTICE_VERSION if given else ""
    left, current = None, None
    if after.put_by is None:
        begins = after.phase != "idle" and saved.draft is None
        step_ = _step(before, after.draft, saved, call) if begins or after.draft != before.draft else None
    else:
        left = _step(before, after.put_by, saved, call) if after.put_by != before.draft else None
        begins = not after.place and after.phase != "idle"
        step_ = DraftStep(after.draft.model_dump(mode="json"), call=call.call.id) if begins else None
        current = None if begins else after.place
    return Outcome(state, turn.replies, step_, agreed, left=left, current=current, deeds=after.deeds, acts=after.acts)


def _step(before: Session, draft: Draft, saved: Saved, call: Call) -> DraftStep:
    event = {"by": saved.chat, "asked": before.asking, "changed": _told(before.draft, draft, call)}
    id_ = saved.draft.id if saved.draft else ""
    return DraftStep(draft.model_dump(mode="json"), (event,), call.call.id, id_)


def _told(before: Draft, after: Draft, call: Call) -> dict[str, Any]:
    """What was there and what is there now, by path; of a personal field only whether there was and is anything."""
    personal = {f"fields/{key}" for key, field in call.field_by_id.items() if field.personal}
    return {
        path: tuple(None if one is None else True for one in values) if path in personal else values
        for path, values in changes(before, after).items()
    }
