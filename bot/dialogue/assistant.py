"""The one driver of every channel: load, step, carry out what was asked for, step again, hand over to be saved."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime

from bot.desk.draft_stages import staged
from bot.dialogue.performing import Moment, Services, perform
from bot.dialogue.restoring import outcome, restore
from bot.dialogue.table import step
from bot.hearing.routing import hear
from bot.interview.city import answering
from bot.turn.base import Event
from bot.turn.days import CHINA
from bot.turn.effects import LookUp
from bot.turn.events import Found, Pressed, Said, Sent, Turn
from bot.turn.ground import Ground
from bot.turn.outcome import AnswerRecord, Outcome, Saved
from bot.turn.overlay import Overlay
from bot.turn.ports import WordedAnswer
from bot.turn.replies import Incoming, Reply
from bot.turn.session import Session
from bot.turn.team import ALONE, tidy_name
from bot.turn.wording import say
from knowledge.answers.answer import Answer


class Assistant(Services):
    """The conversation with its outside: `handle` is all a channel calls."""

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
            user=incoming.user or incoming.chat,
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
            event = marked(perform(self, effect, Moment(own, saved, ground.today)), saved)
            turn = step(turn.session, event, ground)
            replies += turn.replies
            if turn.told is not None and isinstance(effect, LookUp):
                record = self._record(effect, turn.told, ground.today, own.bureau)
                answers += (
                    replace(record, mark=event.mark if isinstance(event, Found) and not turn.session.desk else ""),
                )
        after, stage = staged(before, turn.session, team, (ground.call, answering(turn.session, ground)))
        replies = (*(one.reply for one in saved.letters), *replies)
        made = outcome(before, Turn(after, replies), saved, self.call)
        return replace(made, answers=answers, name=name, stage=stage)

    def _record(self, asked: LookUp, told: Answer, today: date, bureau: str) -> AnswerRecord:
        kept = (asked.question, told.text, told.status, told.citations, told.passages, asked.history)
        record = AnswerRecord(*kept, today=today.isoformat(), bureau=bureau, pack=self.mark)
        if not isinstance(told, WordedAnswer):
            return record
        return replace(record, exact=told.exact, model=told.model, prompt=told.prompt)


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
