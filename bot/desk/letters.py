"""What goes to people without their having asked just then: reminders they asked for, word from their bureau."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.desk.bureau.life import Addressed, NewsSent, NewsWritten, Subscribed
from bot.desk.case import Action, Case, actions, button
from bot.hearing.cities import office_name
from bot.turn.days import day_text
from bot.turn.events import Turn
from bot.turn.overlay import Overlay
from bot.turn.wish import Nothing
from bot.turn.wording import say
from drafting.kinds.kind import shortened
from knowledge.call.definition import Call

BEFORE: Final = (14, 7, 3, 1)
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
        return f"{say('letters.news', bureau=office_name(bureau, self.call), text=text)}\n{say('letters.stop')}"

    def waiting(self, number: int, question: str, hours: float) -> str:
        """Word to a desk on a question that waits too long."""
        return say("letters.waiting", number=number, question=shortened(question), hours=f"{hours:.0f}")


def deadline(call: Call, bureau: str, said: Overlay) -> tuple[date | None, str]:
    """The day that counts for those who answer to a bureau, and whose it is: its own, else the call's first."""
    if said.inner_deadline:
        return said.inner_deadline, office_name(bureau, call)
    first = min(call.deadlines, key=lambda deadline: deadline.day, default=None)
    return (first.day, say("letters.notice")) if first else (None, "")


# ---------------------------------------------------------------- asked for, and stopped
def subscribe(case: Case[Nothing]) -> Turn:
    """Reminders from now on, with what they are."""
    day, whose = deadline(case.call, case.scope.bureau, case.event.overlay)
    left = (day - case.ground.today).days if day else 0
    marks = "、".join(str(days) for days in BEFORE if days < left or (days == left and left > 0))
    due = say("letters.on", days=marks) if marks else say("letters.over")
    due += say("letters.next", whose=whose, day=day_text(day)) if day and left > 0 else ""
    return case.acting(Subscribed(True)).told(f"{due}{say('letters.more')}")


def stop(case: Case[Nothing]) -> Turn:
    """No more of it."""
    return case.acting(Subscribed(False)).told(say("letters.off"))


# ---------------------------------------------------------------- word from a bureau
def write(case: Case[Addressed]) -> Turn:
    """Word to everybody who asked for it, shown before it goes."""
    number, text = case.seen.number, case.text
    if not number or not text:
        return case.told(say("letters.gone"))
    if len(text) > LONGEST:
        return case.told(say("letters.long", limit=LONGEST))
    if case.above:
        return case.told(say("letters.bureaus"))
    kept = case.acting(NewsWritten(text), number=number).awaiting("send", number)
    shown = say("letters.preview", people=case.seen.people, text=text)
    return kept.said(shown, (button("send", number), button("unsend", number)))


def decide(case: Case[Addressed]) -> Turn:
    """It goes, or it doesn't."""
    news = NewsSent("sending" if case.wish.kind == "send" else "dropped")
    if case.seen.state != "draft":
        return case.told(say("letters.gone"))
    return case.acting(news).told(say(f"letters.{news.state}", people=case.seen.people))


ACTIONS: Final[Mapping[str, Action]] = {
    **actions("anyone", Nothing, {"subscribe": subscribe, "stop": stop}),
    **actions("rules", Addressed, {"write": write, "send": decide, "unsend": decide}),
}
