"""Which row of the conversation's table a message belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, Literal

from bot.hearing.cities import belongs
from bot.hearing.signal import SIGNALS, Heard, Signal
from bot.hearing.wishes import typed
from bot.turn.events import Pressed, Said, Sent
from bot.turn.session import Session
from bot.turn.wish import PRESS
from drafting.form.locating import place
from drafting.form.understood import Understood
from drafting.phrasebook import pattern
from drafting.reading.intents import asks, command, told_and_asked
from drafting.reading.message import understand
from drafting.reading.orders import ordered
from drafting.reading.parts import parts
from drafting.reading.setting import Setting
from knowledge.call.definition import Call
from knowledge.language.plain import plain

MOST: Final = 8000
FILE: Final = "file/"
CITY: Final = "city/"
PRESSES: Final[dict[str, Signal]] = {FILE: "choose", "read/": "settle", "word/": "settle", CITY: "city", PRESS: "desk"}
LONGEST_CLAUSE: Final = 30
LONGEST_ASIDE: Final = 160
# Commands that may stand in front of or behind something else in one message.
BESIDE: Final[tuple[Signal, ...]] = ("export", "preview", "progress", "undo", "skip", "back", "start", "cancel")
OF_DRAFTS: Final[tuple[Signal, ...]] = (
    "versions", "keep", "check", "compare", "restore", "fresh", "switch",
    "forget", "erase", "mine", "join", "invite", "people", "remove", "leave", "hand", "sure", "authors",
)  # fmt: skip
# What is done to people is no question.
ACTS: Final[tuple[Signal, ...]] = ("invite", "remove", "hand")
LONGEST_RESERVED: Final = 60
LOOSE: Final[tuple[Signal, ...]] = ("export", "preview", "progress")
_CLAUSES: Final = re.compile(r"[，,。！!；;~～\n]+|(?<=[\u4e00-\u9fff])\s+")


def hear(session: Session, event: Said | Pressed | Sent, call: Call) -> Heard:
    """The kind of one thing a person did, with what was understood of it."""
    if isinstance(event, Pressed):
        return Heard(next((kind for mark, kind in PRESSES.items() if event.id.startswith(mark)), "press"), event.id)
    if isinstance(event, Sent):
        return Heard("file", event.name)
    text = event.text
    if len(text) > MOST:
        return Heard("long", text)
    if not text.strip() or not any(char.isalnum() or char in "?？√×" for char in text):
        return Heard("blank", text)
    if named := _named(text, session, call):
        return Heard(named, text)
    got = _without_chatter(understand(text, Setting(call, session.draft, session.asking)))
    if session.asking and pattern("clauses.how").search(text.strip()):
        return Heard("help", text)
    if got.intent in SIGNALS and not _vows(got, text, session):
        return _wants(session, Heard(got.intent, text, got))
    return _told(session, text, got, call)


def orders(text: str, session: Session, call: Call) -> bool:
    """True for an order on a narrative section; one on a point by its number only where there are points."""
    order = ordered(text, call) if session.phase != "idle" else None
    if order is None or order.kind not in ("strike", "amend", "move", "swap"):
        return order is not None
    return bool(order.section or session.draft.points or session.draft.texts)


def _named(text: str, session: Session, call: Call) -> Signal | Literal[""]:
    """A place to go to, a command on drafts and colleagues, or a wish for what stays blank; empty for anything else."""
    if typed(text, serves=bool(session.desk)):
        return "desk"
    if orders(text, session, call):
        return "section"
    bare = text.strip(" 。.!！~～\n")
    if belongs(bare, session, call):
        return "city"
    # With no form open a bare name is a question on the notice.
    if place(bare, call) and (
        session.phase in ("filling", "complete") or pattern("clauses.goto").sub("", bare) != bare
    ):
        return "goto"
    found = next((one for one in OF_DRAFTS if pattern(f"clauses.{one}").search(bare)), None)
    if found in ACTS and asks(bare) and not pattern("clauses.invite_how").match(bare):
        return ""
    if found:
        return found
    if "\n" in bare or len(bare) > LONGEST_RESERVED or asks(bare):
        return ""
    return "reserved" if reserved(bare, call) else ""


def reserved(text: str, call: Call) -> Literal["opinion", "seal", ""]:
    """Which part that stays blank somebody wants written: the recommending body's opinion, seal and date, or none."""
    section = call.of_kind("opinion")
    ways = (section.title, *section.ways, f"{section.number}、") if section else ()
    if any(way in text for way in ways) and pattern("clauses.opinion").search(text):
        return "opinion"
    return "seal" if pattern("clauses.seal").match(text) else ""


def _vows(got: Understood, text: str, session: Session) -> bool:
    """True for a promise nobody asked for yet: its points are to be seen one by one first."""
    if got.says_facts or got.problems or got.intent == "ask_policy" or session.phase != "filling":
        return False
    return not session.draft.promised and bool(pattern("clauses.promising").search(text))


def _without_chatter(got: Understood) -> Understood:
    """What was understood without cells that would hold small talk or a command."""
    kept = {key: value for key, value in got.fields.items() if not (chatter(value) or command(value) in BESIDE)}
    return replace(got, fields=kept) if kept != got.fields else got


def _told(session: Session, text: str, got: Understood, call: Call) -> Heard:
    promise = call.of_kind("commitment")
    if promise and _vows(got, text, session):
        return Heard("goto", promise.title)
    idle = session.phase in ("idle", "paused")
    if got.promised is not None and not pattern("clauses.vow").search(text):
        return Heard("remark", text)
    if chatter(text) and not (got.promised is not None or session.asking.startswith("target/")):
        return Heard("unread" if idle else "remark", text)
    wanted = _beside(text) if not got.says_facts or _bare(got, session) else ""
    if wanted:
        return Heard(wanted, text)
    if got.says_facts or (got.problems and not idle):
        return Heard("facts", text, got)
    if idle:
        return Heard("start" if opens(text) else "unread", text, got)
    return Heard("remark" if states(text) else "unread", text, got)


def _bare(got: Understood, session: Session) -> bool:
    """True when all a message says is its own text, taken for the answer to the open question."""
    kind = session.asking.partition("/")[0]
    alone = replace(got, fields={}, texts={}, aspect="", manner="add", problems=())
    return alone == Understood() and set(got.fields) | set(got.texts) <= {kind}


def _wants(session: Session, heard: Heard) -> Heard:
    """A question without the sign of one may be somebody who wants to begin, or has to ask a colleague first."""
    if heard.signal != "ask_policy" or pattern("clauses.asking").search(heard.text):
        return heard
    if session.phase == "idle":
        return Heard("start", heard.text) if opens(heard.text) else heard
    return Heard("remark", heard.text) if pattern("clauses.wait").search(heard.text) else heard


def chatter(text: str) -> bool:
    """True for words that pass between people and say nothing about the form."""
    return bool(pattern("clauses.chatter").fullmatch(text.strip()))


def opens(text: str) -> bool:
    """True when somebody says that they want to apply, to fill the form, to be led through it."""
    return bool(pattern("clauses.opening").search(text))


def states(text: str) -> bool:
    """True for a statement, which is no question even where a question could be made of its words."""
    return bool(pattern("clauses.statement").search(text.strip()))


def _beside(text: str) -> Signal | Literal[""]:
    """The command that a message of a few clauses holds beside friendly words; empty when it holds none."""
    if len(text) > LONGEST_ASIDE or asks(text):
        return ""
    found = [_clause(one) for one in _CLAUSES.split(text) if one.strip()]
    return next((one for one in reversed(found) if one), "")


def _clause(clause: str) -> Signal | Literal[""]:
    name = command(clause)
    if name in BESIDE:
        return next(one for one in BESIDE if one == name)
    if len(clause) > LONGEST_CLAUSE or pattern("clauses.negated").search(clause):
        return ""
    return next((one for one in LOOSE if pattern(f"clauses.{one}").search(clause.strip())), "")


def apart(text: str, session: Session, call: Call) -> tuple[str, ...]:
    """The parts of a message that says several things, () when it is one; a command at its end is a part."""
    if len(text) > MOST or typed(text, serves=bool(session.desk)) or orders(text, session, call):
        return ()
    found = [*parts(text, call)]
    last = [one for one in _CLAUSES.split(text) if one.strip()][-1:]
    tail = last[0].strip() if last else ""
    if tail and tail != text.strip() and command(tail) in BESIDE and not asks(text) and "\n" not in text:
        head = text.strip()[: text.strip().rindex(tail)].strip(" ，,。！!；;")
        got = understand(head, Setting(call, session.draft, session.asking))
        return (head, tail) if (got.says_facts or got.problems) and not chatter(head) else ()
    return tuple(found) if len(found) > 1 else _stated(text, session, call)


def _stated(text: str, session: Session, call: Call) -> tuple[str, ...]:
    """A short message that states something sound and asks something else, in its two parts; () for any other."""
    head, asked = told_and_asked(plain(text))
    got = understand(head, Setting(call, session.draft, session.asking)) if head else Understood()
    return (head, asked) if got.says_facts and not got.problems and not got.texts and not chatter(head) else ()
