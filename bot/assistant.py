"""The one driver of every channel: load, step, carry out what was asked for, step again, hand over to be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from bot.dialogue import step
from bot.events import (
    Draw,
    Drawn,
    Effect,
    Event,
    Found,
    LookUp,
    Open,
    Opened,
    Pressed,
    Read,
    Said,
    Sent,
    Taken,
    Turn,
    Word,
    Worded,
    Written,
)
from bot.filling import Ground
from bot.ports import AnswerRecord, Asker, DraftStep, Outcome, Saved, WordedAnswer
from bot.replies import Incoming
from bot.session import Session
from bot.standing import CHINA
from drafting.draft import Draft
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


@dataclass(frozen=True)
class Assistant:
    """The conversation with its outside: `handle` is all a channel calls; `mark` hashes what answers rest on.

    `reader` reads a form somebody sent; `printer` gives the pages of a Word file to look at, nothing where that can't
    be had; `painter` draws how far a chat's draft is; `now` is the time of day as it is shown; `helper` is a model.
    """

    call: Call
    asker: Asker
    writer: Writer
    reader: Callable[[Path], Opened]
    today: Callable[[], date]
    mark: str = ""
    printer: Callable[[Path], tuple[Path, ...]] = no_prints
    painter: Callable[[Draft, str], Path | None] = no_card
    now: Callable[[], str] = str
    helper: Helper | None = None

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        """The next state and the replies to one thing a person did; nothing is saved here."""
        before = restore(saved)
        day, seen = incoming.today or self.today(), incoming.pictures
        now = "" if incoming.today else self.now()
        last = datetime.fromtimestamp(saved.updated, CHINA).date() if now and saved.updated else None
        ground = Ground(self.call, day, incoming.drafting, incoming.private, seen, now, last, self.helper is not None)
        turn = step(before, _event(incoming), ground)
        replies = turn.replies
        answers: tuple[AnswerRecord, ...] = ()
        while (effect := turn.effect) is not None:
            event = self._perform(effect, incoming, saved, ground.today)
            turn = step(turn.session, event, ground)
            replies += turn.replies
            if turn.told is not None and isinstance(effect, LookUp):
                answers += (self._record(effect, turn.told, ground.today, incoming.bureau),)
        return replace(_outcome(before, Turn(turn.session, replies), saved, self.call), answers=answers)

    def _record(self, asked: LookUp, told: Answer, today: date, bureau: str) -> AnswerRecord:
        kept = (asked.question, told.text, told.status, told.citations, told.passages, asked.history)
        record = AnswerRecord(*kept, today=today.isoformat(), bureau=bureau, pack=self.mark)
        if not isinstance(told, WordedAnswer):
            return record
        return replace(record, exact=told.exact, model=told.model, prompt=told.prompt)

    def _perform(self, effect: Effect, incoming: Incoming, saved: Saved, today: date) -> Event:
        if isinstance(effect, LookUp):
            answer = self.asker.ask(effect.question, history=effect.history, today=today, bureau=incoming.bureau)
            return Found(answer, effect.unread, effect.more, effect.question)
        if isinstance(effect, Read):
            return Taken(effect, self.helper.read(effect) if self.helper else Understood())
        if isinstance(effect, Word):
            return Worded(effect, self.helper.word(effect) if self.helper else Judged(reason="there is no model"))
        if isinstance(effect, Draw):
            return Drawn(self.painter(effect.draft, incoming.chat))
        if isinstance(effect, Open):
            return self.reader(incoming.file or Path(effect.name))
        try:
            path, unplaced = self.writer(effect.draft, incoming.chat, saved.draft.version if saved.draft else 0)
        except WriteError as error:
            return Written(None, why=str(error))
        return Written(path, unplaced, prints=self.printer(path))


def _event(incoming: Incoming) -> Said | Pressed | Sent:
    if incoming.press is not None:
        return Pressed(incoming.press)
    if incoming.text is not None:
        return Said(incoming.text)
    return Sent(incoming.file.name if incoming.file else "")


def restore(saved: Saved) -> Session:
    """The session as it was saved, with its draft; a fresh one for a chat never seen."""
    draft = Draft.model_validate(saved.draft.facts) if saved.draft else Draft()
    return Session.model_validate({**(saved.state or {}), "draft": draft})


def _outcome(before: Session, turn: Turn, saved: Saved, call: Call) -> Outcome:
    after = turn.session
    # What stands at its default is left out, so that the release before this one reads the state as well.
    state = after.model_dump(mode="json", exclude={"draft"}, exclude_defaults=True)
    step_ = None
    if after.draft != before.draft or (after.phase != "idle" and saved.draft is None):
        facts = after.draft.model_dump(mode="json")
        step_ = DraftStep(
            facts=facts,
            events=({"asked": before.asking, "changed": _changes(before.draft, facts)},),
            call=call.call.id,
            id=saved.draft.id if saved.draft else "",
        )
    given = after.consent == "given" and before.consent != "given"
    return Outcome(state, turn.replies, step_, NOTICE_VERSION if given else "")


def _changes(before: Draft, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of the draft that are new, as they stand now."""
    old = before.model_dump(mode="json")
    return {key: value for key, value in facts.items() if old[key] != value}
