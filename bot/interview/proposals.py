"""What waits for a yes: facts as a model read them, a section in a model's words. Nothing of it counts before."""

from __future__ import annotations

from typing import Final

from bot.hearing.signal import Heard, Signal
from bot.interview import filling
from bot.interview.recording import refusals
from bot.interview.show import fit, put_down, thin
from bot.turn.budget import SPENT
from bot.turn.effects import Read, Word
from bot.turn.events import Taken, Turn, Worded
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session, Wording
from bot.turn.wording import say
from drafting.changes.additions import record
from drafting.form.understood import Understood
from drafting.narrative.compose import written
from drafting.narrative.points import adopted, facts
from drafting.phrasebook import pattern
from drafting.reading.intents import command
from drafting.reading.orders import KINDS
from knowledge.call.definition import Section
from knowledge.language.folding import length

READ, WORD = "read/", "word/"
# Messages that leave an open proposal standing; after any other one it is gone.
BESIDE: Final[frozenset[Signal]] = frozenset({"help", "ask_policy", "progress", "preview", "remark", "blank", "settle"})
CHOICES: Final = {
    "take": "section.take",
    "again": "section.again",
    "shorter": "section.shorter",
    "longer": "section.longer",
    "none": "section.none",
}

Rows = tuple[tuple[Button, ...], ...]


# ---------------------------------------------------------------- facts as a model read them
def taken(session: Session, event: Taken, ground: Ground) -> Turn:
    """What a model read as a question to say yes to; what it could not read either is named as before."""
    asked, got = event.asked, event.got
    before = session.draft
    lines = put_down(got, before, record(before, got, ground.call), ground.call)
    refused = refusals(got)
    if not got.says_facts or not lines or record(before, got, ground.call) == before:
        texts = [Reply("\n".join(refused), problems=got.problems)] if refused else [Reply(asked.otherwise)]
        return _on(session, asked, ground, tuple(texts))
    waiting = session.but(proposed=got)
    text = "\n".join([say("read.meant", what="；".join(lines)), *refused])
    return Turn(waiting, (Reply(text, buttons=_yes_no(), problems=got.problems),))


def _on(session: Session, asked: Read, ground: Ground, replies: tuple[Reply, ...]) -> Turn:
    """On with the form where the message had facts of its own, else the open question again."""
    if asked.onward:
        return filling.go_on(session, ground, replies, wanted=asked.wanted)
    return Turn(session, (*replies, *filling.again(session, ground)))


def _yes_no() -> Rows:
    return ((Button(f"{READ}yes", say("read.yes")), Button(f"{READ}no", say("read.no"))),)


# ---------------------------------------------------------------- a section in a model's words
def worded(session: Session, event: Worded, ground: Ground) -> Turn:
    """The wording to be adopted or not, with its length and what was taken out; without one, the text as it is."""
    section, judged = ground.call.section(event.asked.section), event.judged
    if judged.reason:
        plain = "\n".join(written(section, session.draft, ground.call))
        sentence = "section.spent" if judged.reason == SPENT else "section.failed"
        told = say(sentence, title=_title(section), fit=_fit(section, plain), text=plain)
        return filling.told(session, told, ground)
    would = adopted(session.draft, section, judged.lines)
    text = "\n".join(written(section, would, ground.call))
    lines = [say("section.draft", title=_title(section), fit=_fit(section, text)), text, say("section.label")]
    lines += [say("section.removed", count=len(judged.removed))] if judged.removed else []
    lines += [say("section.added", count=len(judged.added))] if judged.added else []
    lines += thin(section, would, ground.call) if event.asked.kind == "longer" else []
    said = tuple(one.text for one in facts(session.draft, section))
    waiting = session.but(wording=Wording(section=section.id, lines=judged.lines, facts=said))
    return Turn(waiting, (Reply("\n".join(lines), buttons=_five()),))


def _title(section: Section) -> str:
    return f"{section.number}、{section.title}"


def _fit(section: Section, text: str) -> str:
    return fit(section, length(text))


def _five() -> Rows:
    shown = [Button(f"{WORD}{one}", say(key)) for one, key in CHOICES.items()]
    return tuple(shown[:2]), tuple(shown[2:])


# ---------------------------------------------------------------- the answer
def typed(session: Session, text: str) -> str:
    """The id of the button that a typed text stands for, "" when it answers nothing that waits."""
    bare = text.strip(" 。.!！~～\n")
    if session.proposed is not None and (said := command(bare)) in ("confirm", "deny"):
        return f"{READ}{'yes' if said == 'confirm' else 'no'}"
    rows = (_yes_no() if session.proposed is not None else ()) + (_five() if session.wording else ())
    pressed = next((one.id for row in rows for one in row if one.label == bare), "")
    if pressed or session.wording is None:
        return pressed
    return next((f"{WORD}{one}" for one in ("take", "none") if pattern(f"orders.{one}").fullmatch(bare)), "")


def kept(session: Session, heard: Heard) -> Session:
    """The session without a proposal that the person passed over."""
    return session if session.proposed is None or heard.signal in BESIDE else session.but(proposed=None)


def settle(session: Session, heard: Heard, ground: Ground) -> Turn:
    """An answer to what waits: recorded or adopted, worded anew, or dropped."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    if heard.text.startswith(READ) and session.proposed is not None:
        return _answered(session.but(proposed=None), session.proposed, heard, ground)
    if heard.text.removeprefix(WORD) in CHOICES and session.wording is not None:
        return _chosen(session, session.wording, heard.text.removeprefix(WORD), ground)
    return filling.told(session, say("draft.stale"), ground)


def _answered(session: Session, got: Understood, heard: Heard, ground: Ground) -> Turn:
    if heard.text == f"{READ}yes":
        return filling.facts(session, Heard("facts", got=got), ground)
    return filling.told(session, say("read.dropped"), ground)


def _chosen(session: Session, wording: Wording, choice: str, ground: Ground) -> Turn:
    section = ground.call.section(wording.section)
    without = session.but(wording=None)
    if choice == "none":
        return Turn(without, (Reply(say("section.left")), *filling.again(session, ground)))
    if wording.facts != tuple(one.text for one in facts(session.draft, section)):
        return Turn(without, (Reply(say("section.changed", title=_title(section))), *filling.again(session, ground)))
    if choice == "take":
        after = adopted(session.draft, section, wording.lines)
        count = sum(map(length, written(section, after, ground.call)))
        told = Reply(say("section.taken", title=_title(section), fit=fit(section, count)))
        return filling.go_on(without.changed(after), ground, (told,), keep=True)
    kind = next(one for one in KINDS if one == choice)
    return Turn(session, effect=Word(section.id, kind, session.draft, wording.lines))
