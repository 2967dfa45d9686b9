"""Whoever works at a desk doesn't begin an application by the way: what isn't understood is answered with what can be
said there."""

from __future__ import annotations

from typing import Final

from bot.hearing.routing import chatter, hear
from bot.hearing.signal import Heard, Signal
from bot.interview.filling import told
from bot.turn.events import Found, Said, Turn
from bot.turn.ground import Ground
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wording import say
from knowledge.call.definition import Call

# What opens a draft, or resumes one, although nobody said so.
ASIDE: Final[tuple[Signal, ...]] = ("facts", "goto")
NEAR: Final = (
    ("申报", "applications"), ("退", "applications"), ("接收", "applications"), ("排", "applications"),
    ("口径", "entries"), ("常见", "entries"), ("发布", "entries"), ("审", "entries"),
    ("统计", "office"), ("通知", "office"), ("同事", "office"), ("设置", "office"),
)  # fmt: skip


def aside(session: Session, heard: Heard) -> bool:
    """True for what somebody at a desk says that would open or resume an application without their meaning it."""
    if not session.desk or session.phase not in ("idle", "paused"):
        return False
    return heard.signal in ASIDE or (heard.signal == "start" and heard.got.intent != "start")


def mixed(session: Session, pieces: tuple[str, ...], call: Call) -> bool:
    """True where parts of a message would do so and none says it; such a message is heard as one."""
    heard = [hear(session, Said(one), call) for one in pieces]
    begun = any(one.signal == "start" and one.got.intent == "start" for one in heard)
    return not begun and any(aside(session, one) for one in heard)


def unanswered(session: Session, event: Found) -> bool:
    """True for what somebody at a desk said that was no question the notice answers, nor small talk."""
    free = session.phase in ("idle", "paused") and bool(session.desk) and not chatter(event.question)
    return free and event.unread and event.answer.status != "answered"


def unheard(session: Session, text: str, ground: Ground) -> Turn:
    """That it wasn't understood, and the commands nearest to it."""
    above = session.desk == PROVINCE
    near = next((name for word, name in NEAR if word in text and not above), "tickets")
    return told(session, say("unheard.told", near=say(f"unheard.{near}")), ground)
