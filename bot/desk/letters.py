"""What goes to people without their having asked just then: reminders they asked for, word from their bureau."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.desk.awaiting import awaits
from bot.desk.crew import done, title
from bot.interview import filling
from bot.turn.days import day_text
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.overlay import Overlay
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish, press
from bot.turn.wording import say
from drafting.kinds.kind import shortened
from knowledge.call.definition import Call

BEFORE: Final = (14, 7, 3, 1)
KINDS: Final = ("deadline", "news")
LONGEST: Final = 1000
MORNING, NIGHT = 8, 21


@dataclass(frozen=True)
class Notices:
    """What is due on a day: `today` tells which it is, `hour` how late; nobody is woken at night."""

    call: Call
    today: Callable[[], date]
    hour: Callable[[], int] = lambda: 12

    def due(self, bureau: str, said: Overlay) -> Sequence[tuple[str, str]]:
        """(key, text) of the reminders that those who answer to a bureau should get today."""
        day, whose = deadline(self.call, bureau, said)
        if day is None or (day - self.today()).days not in BEFORE or not MORNING <= self.hour() < NIGHT:
            return ()
        left = (day - self.today()).days
        text = say("letters.due", whose=whose, left=left, day=day_text(day))
        return ((f"due/{day.isoformat()}/{left}", f"{text}\n{say('letters.stop')}"),)

    def news(self, bureau: str, text: str) -> str:
        """Word from a bureau as it goes out."""
        return f"{say('letters.news', bureau=title(bureau, self.call), text=text)}\n{say('letters.stop')}"

    def waiting(self, number: int, question: str, hours: float) -> str:
        """Word to a desk on a question that waits too long."""
        return say("letters.waiting", number=number, question=shortened(question), hours=f"{hours:.0f}")


def deadline(call: Call, bureau: str, said: Overlay) -> tuple[date | None, str]:
    """The day that counts for those who answer to a bureau, and whose it is: its own, else the call's first."""
    if said.inner_deadline:
        return said.inner_deadline, title(bureau, call)
    first = min(call.deadlines, key=lambda one: one.day, default=None)
    return (first.day, say("letters.notice")) if first else (None, "")


# ---------------------------------------------------------------- asked for, and stopped
def subscribe(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Reminders from now on, with what they are."""
    kept = done(session, event, ground, "subscribe", on=True)
    day, whose = deadline(ground.call, event.scope.bureau, event.overlay)
    left = (day - ground.today).days if day else 0
    marks = "、".join(str(one) for one in BEFORE if one < left or (one == left and left > 0))
    due = say("letters.on", days=marks) if marks else say("letters.over")
    due += say("letters.next", whose=whose, day=day_text(day)) if day and left > 0 else ""
    return filling.told(kept, f"{due}{say('letters.more')}", ground)


def stop(session: Session, event: Consulted, ground: Ground) -> Turn:
    """No more of it."""
    return filling.told(done(session, event, ground, "subscribe", on=False), say("letters.off"), ground)


# ---------------------------------------------------------------- word from a bureau
@dataclass(frozen=True)
class Addressed:
    """What there is for a word to everybody: its number, how many get it; `text` and `state` of one that exists."""

    number: int
    people: int
    text: str = ""
    state: str = ""


def write(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Word to everybody who asked for it, shown before it goes."""
    found: Addressed | None = event.found
    text = event.wish.text
    if found is None or not text:
        return filling.told(session, say("letters.gone"), ground)
    if len(text) > LONGEST:
        return filling.told(session, say("letters.long", limit=LONGEST), ground)
    if event.scope.bureau == PROVINCE:
        return filling.told(session, say("letters.bureaus"), ground)
    made = done(session, event, ground, "broadcast", number=found.number, text=text)
    buttons = (tuple(Button(press(one, found.number), say(f"buttons.{one}")) for one in ("send", "unsend")),)
    shown = say("letters.preview", people=found.people, text=text)
    return Turn(awaits(made, event, Wish("send", found.number)), (Reply(shown, buttons=buttons),))


def _decide(session: Session, event: Consulted, ground: Ground, state: str) -> Turn:
    found: Addressed | None = event.found
    if found is None or found.state != "draft":
        return filling.told(session, say("letters.gone"), ground)
    kept = done(session, event, ground, "send", state=state)
    return filling.told(kept, say(f"letters.{state}", people=found.people), ground)


HANDLERS = {
    "subscribe": subscribe,
    "stop": stop,
    "write": write,
    "send": lambda session, event, ground: _decide(session, event, ground, "sending"),
    "unsend": lambda session, event, ground: _decide(session, event, ground, "dropped"),
}
