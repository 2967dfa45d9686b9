"""The bureau's checks on one's own draft, asked for: what is wrong in it already, and how much is still to come."""

from __future__ import annotations

from bot.hearing.signal import Heard
from bot.interview import filling
from bot.interview.findings import MOST, faults, listed
from bot.interview.show import label
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.application.whole_form import lacking


def examine(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The draft held against every rule: what is wrong, then how much is still missing."""
    found, left = faults(session.draft, ground.call), lacking(session.draft, ground.call)
    lines = [say("check.found", count=len(found)), *listed(found)] if found else [say("check.sound")]
    if left:
        shown = "、".join(label(item, ground.call) for item in left[:MOST])
        lines.append(say("check.missing", count=len(left), items=shown, more="等" if len(left) > MOST else ""))
    return filling.told(session, "\n".join(lines), ground)
